"""Letters for a whole table: a draft for each row, all letters in one file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from pmcli.cli.line import output
from pmcli.cli.line.progress import progress
from pmcli.cli.line.report import tell_all, told
from pmcli.cli.line.session import current
from pmcli.disclosure.as_json import head_json
from pmcli.documents import building
from pmcli.documents.formats import ending
from pmcli.documents.rendering import rendered
from pmcli.documents.subject import Setting
from pmcli.form.model import Form
from pmcli.messages import Sentence, Speakable
from pmcli.problems import Usage, Want
from pmcli.record.model import Record
from pmcli.spreadsheets.letters import Letters, read_letters
from pmcli.spreadsheets.reading import read_sheets
from pmcli.store.office import built_in_folder
from pmcli.workflow.act import Act
from pmcli.workflow.batch import Batch, NewEach, TakeEach

SHOWN = 10
"""So many findings are named on the terminal; --format json has them all."""


def new_for_each(
    form: Form,
    file: str,
    common: Mapping[str, Sequence[str]],
    act: Act,
    shown: str,
    target: str | None,
) -> int:
    """Draft a record for each row of a table and print all letters to one file.

    `form` is the form with the variables of the template that `common` names. All records are one
    commit. Given again after an interruption, it makes what is missing and prints the whole. Raises
    Usage for a table or a row that will not do: then nothing is written.
    """
    plan = form.templates
    assert plan is not None
    if not common.get(plan.by) or common[plan.by][-1] == plan.free:
        raise Usage.of(Want.MISSING, Sentence("batch_wants_template"), "template")
    path = Path(file).expanduser()
    target = target or f"{path.stem}.pdf"
    output.check_target(target)
    letters = read_letters(form, read_sheets(path), common)
    store = current().store

    command = NewEach(form, letters.rows, path.name, lambda rows: progress(rows, "batch_drafting"))
    written = store.apply(command, act, lambda drafts: progress(drafts, "import_writing"))
    batch = written.outcome
    printed = _print(form, batch, ending(target, "pdf"), target, shown)
    if shown == "json":
        _json(form, batch, letters, written.commit, target, printed)
    else:
        _tell(batch, letters, path.name, printed)
    return 0


def take_batch(
    form: Form,
    command: str,
    name: str,
    given: Mapping[str, Sequence[str]],
    act: Act,
    shown: str,
) -> int:
    """Take a step on all records of a batch that are where it can be taken, as one commit.

    Raises Usage where there are none, Refused where one of them is refused: then none is changed.
    """
    store = current().store

    taking = TakeEach(form, command, name, given, lambda items: progress(items, "batch_taking"))
    written = store.apply(taking, act)
    batch = written.outcome
    if shown == "json":
        output.out_json(
            {
                "form": form.name,
                "commit": written.commit or None,
                "records": [
                    head_json(
                        draft.form.name, draft.id, draft.values["state"], written.paths[draft.id]
                    )
                    for draft in batch.drafts
                ],
                "warnings": [told(s) for sentences in batch.told.values() for s in sentences],
            }
        )  # fmt: skip
        return 0
    label = form.transitions[command][0].label
    sentence = Sentence("batch_taken", step=label, count=len(batch.numbers))
    output.out(sentence.text(current().language))
    _tell_records(batch.told)
    return 0


def _print(form: Form, batch: Batch, format: str, target: str, shown: str) -> list[str]:
    """Print the letters in the table's order; return the numbers of those that were printed."""
    session = current()
    store = session.store
    setting = Setting(store.office, store.present(), store.records, session.language)
    layout = next(iter(form.layouts.values()))
    records: list[Record] = []
    for number in batch.numbers:
        record = store.records.by_id(number)
        if record is not None and building.may_be_printed(layout, record, setting):
            records.append(record)
    if not records:
        return []
    pages = [
        building.record_page(layout, record, setting)
        for record in progress(records, "batch_printing")
    ]
    own = store.root / "templates"
    made = rendered(pages, format, own if own.is_dir() else None, built_in_folder("templates"))
    tell_all(made.warnings)
    output.deliver(made.data, target)
    return [record.id for record in records]


def _tell(batch: Batch, letters: Letters, file: str, printed: Sequence[str]) -> None:
    language = current().language
    kept = len(batch.numbers) - len(batch.new)
    output.out(
        Sentence("batch_done", file=file, new=len(batch.new), kept=kept, printed=len(printed)).text(
            language
        )
    )
    if letters.unused:
        output.tell(Sentence("batch_unused", headers=list(letters.unused)).text(language))
    for row, first in batch.repeated:
        output.tell(Sentence("batch_repeated", row=row, first=first).text(language))
    left = [number for number in batch.numbers if number not in set(printed)]
    if left:
        output.tell(
            Sentence("batch_not_printed", numbers=left[:SHOWN], count=len(left)).text(language)
        )
    _tell_records(batch.told)
    if batch.new:
        output.tell(Sentence("batch_next", file=file).text(language))


def _tell_records(told: Mapping[str, Sequence[Speakable]]) -> None:
    """What there is to say of records, each sentence once."""
    language = current().language
    by_words: dict[str, list[str]] = {}
    for number, sentences in told.items():
        for text in sentences:
            by_words.setdefault(text.text(language), []).append(number)
    for words, numbers in list(by_words.items())[:SHOWN]:
        sentence = Sentence("batch_told", count=len(numbers), first=numbers[0], words=words)
        tell_all([sentence])
    if len(by_words) > SHOWN:
        output.tell(Sentence("import_more", count=len(by_words) - SHOWN).text(language))


def _json(
    form: Form,
    batch: Batch,
    letters: Letters,
    commit: str,
    target: str,
    printed: Sequence[str],
) -> None:
    fresh = set(batch.new)
    repeated = {row for row, _ in batch.repeated}
    rows = [row for row, _ in letters.rows if row not in repeated]
    output.out_json(
        {
            "form": form.name,
            "commit": commit or None,
            "records": [
                {"row": row, "id": number, "new": number in fresh,
                 "warnings": [told(s) for s in batch.told.get(number, ())]}
                for row, number in zip(rows, batch.numbers, strict=True)
            ],
            "repeated": [{"row": row, "first": first} for row, first in batch.repeated],
            "columns": dict(letters.columns),
            "unused": list(letters.unused),
            "output": target if printed else None,
            "printed": list(printed),
        }
    )  # fmt: skip
