"""`pmcli <form> verify`: whether a print still says what its record says."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pmcli.cli.line import output
from pmcli.cli.line.options import Argument, CommandSpec, check_format, format_option, leaf
from pmcli.cli.line.records import find
from pmcli.cli.line.session import current
from pmcli.dataclass import dataclass
from pmcli.documents import building
from pmcli.documents.subject import Setting
from pmcli.documents.verifying import Copy, difference, read_copy, sheets_of
from pmcli.form.expressions import evaluate
from pmcli.form.model import Form, Proof
from pmcli.form.theme import THEMES, Dress
from pmcli.messages import Sentence
from pmcli.patterns import regex
from pmcli.problems import ExitCode, NotFound, Usage, Want
from pmcli.record.model import Record
from pmcli.workflow.scope import Scope

if TYPE_CHECKING:
    from pmcli.messages.keys import Key

_CHANGES = regex(r"有效期至\s*\d+\s*年\s*\d+\s*月\s*\d+\s*日|Valid until [\d-]+")
"""What may be filled in after the text was approved and printed."""
_LEAST = 6
"""So many characters of a fingerprint are enough to tell it by."""


@dataclass(frozen=True)
class Verdict:
    """What was found of one print or record: whether it holds, and why."""

    id: str
    holds: bool
    fingerprint: str | None
    why: Sentence


def verify_command(form: Form, language: str) -> CommandSpec:
    """`pmcli <form> verify ID|PDF [CODE]`."""

    def run(what: str, code: str | None, format: str | None) -> int:
        shown = check_format(format, ("table", "json"))
        assert form.proof is not None
        path = Path(what).expanduser()
        if path.suffix.lower() == ".pdf" or path.is_file():
            if code is not None:
                raise Usage.of(Want.ONLY_ONE, Sentence("verify_code_with_file"), "code", "file")
            verdicts = list(_of_file(form, form.proof, path))
        else:
            verdicts = [_of_record(form, form.proof, find(form, what), code)]
        return _report(verdicts, shown)

    return leaf(
        "verify",
        Sentence("help_verify").text(language),
        run,
        [
            Argument("what", "ID|PDF"),
            Argument("code", "[CODE]", required=False),
            format_option(language, ("table", "json")),
        ],
    )


def _of_record(form: Form, proof: Proof, record: Record, code: str | None) -> Verdict:
    """Whether a record's text is the one its fingerprint was taken of, and `code` from a print."""
    held = record.get(proof.field)
    if not held:
        return Verdict(record.id, False, None, Sentence("verify_no_fingerprint"))
    store = current().store
    scope = Scope(form, record.values, store.present(), store.records)
    if evaluate(proof.text, scope) != held:
        return Verdict(record.id, False, held, Sentence("verify_record_changed"))
    if code is None:
        return Verdict(record.id, True, held, Sentence("verify_record_holds", code=held))
    typed = "".join(code.split()).lower()
    if len(typed) < _LEAST:
        raise Usage.of(Want.VALUE, Sentence("verify_code_short", count=_LEAST), "code")
    if held.startswith(typed):
        return Verdict(record.id, True, held, Sentence("verify_code_holds", code=held))
    return Verdict(record.id, False, held, Sentence("verify_code_differs", code=code, held=held))


def _of_file(form: Form, proof: Proof, path: Path) -> Iterator[Verdict]:
    copy = read_copy(path)
    if not copy.marks:
        raise Usage.of(Want.VALUE, Sentence("verify_no_mark", file=str(path)), "file")
    for mark in copy.marks:
        number, _, code = mark.partition(" ")
        try:
            record = find(form, number)
        except NotFound:
            yield Verdict(number, False, code or None, Sentence("verify_no_record"))
            continue
        if not code:
            yield Verdict(number, False, None, Sentence("verify_sample"))
            continue
        verdict = _of_record(form, proof, record, code)
        if verdict.holds:
            differs = _differs(form, proof, record, copy, mark)
            why = Sentence("verify_file_holds", code=code)
            if differs is not None:
                why = Sentence("verify_text_differs", where=differs)
            verdict = Verdict(record.id, differs is None, verdict.fingerprint, why)
        yield verdict


def _differs(form: Form, proof: Proof, record: Record, copy: Copy, mark: str) -> str | None:
    """Where a file's text is not what pmcli would print in any dress; None where it is."""
    found = sheets_of(copy, mark)
    closest: str | None = None
    for dress in _dresses():
        wanted = _printed(form, proof, record, dress)
        differs = difference(found, wanted, _CHANGES)
        if differs is None:
            return None
        closest = closest or differs
    return closest


def _dresses() -> Iterator[Dress]:
    """How the print may have been set, the office's own way first."""
    own = current().store.office.dress
    yield own
    for theme, letterhead, seal in product(THEMES, (False, True), (False, True)):
        dress = Dress(theme, letterhead, own.code, seal)
        if dress != own:
            yield dress


def _printed(form: Form, proof: Proof, record: Record, dress: Dress) -> tuple[str, ...]:
    """The text of the sheets that pmcli would print now."""
    from pmcli.documents.pdf import pdf

    session = current()
    store = session.store
    setting = Setting(store.office, store.present(), store.records, session.language, dress=dress)
    page = building.record_page(form.layouts[proof.layout], record, setting)
    data = pdf([page]).data
    assert isinstance(data, bytes)
    return read_copy(BytesIO(data)).sheets


def _report(verdicts: list[Verdict], shown: str) -> int:
    language = current().language
    holds = all(verdict.holds for verdict in verdicts)
    if shown == "json":
        output.out_json({"holds": holds, "records": [_json(v, language) for v in verdicts]})
    else:
        for verdict in verdicts:
            key: Key = "verify_holds" if verdict.holds else "verify_fails"
            output.out(Sentence(key, id=verdict.id, why=verdict.why).text(language))
    return int(ExitCode.DONE if holds else ExitCode.FINDINGS)


def _json(verdict: Verdict, language: str) -> dict[str, Any]:
    return {
        "id": verdict.id,
        "holds": verdict.holds,
        "fingerprint": verdict.fingerprint,
        "why": verdict.why.text(language),
    }
