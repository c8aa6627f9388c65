"""lint: notices are checked for form, tone, privacy and punctuation."""

from __future__ import annotations

import difflib
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pmcli.cli.line import output
from pmcli.cli.line.options import Argument, check_format, flag, format_option, leaf, option
from pmcli.cli.line.session import current
from pmcli.dataclass import dataclass
from pmcli.lint import Finding, Report, Settings, fixed, inspect
from pmcli.lint.model import GENRES, Severity
from pmcli.lint.rule import Rule
from pmcli.lint.rules import BY_CODE
from pmcli.messages import Sentence, known
from pmcli.problems import ExitCode, NotFound, Unmet, Usage, Want
from pmcli.record.model import Record
from pmcli.store.lint_settings import nearest_settings
from pmcli.workflow.scope import Scope

if TYPE_CHECKING:
    from pmcli.messages.keys import Key

FORMATS = ("table", "json", "sarif")
STDIN = "-"


@dataclass(frozen=True)
class Text:
    """A text to check: what to call it, its genre where that is known, and where it begins."""

    name: str
    content: str
    settings: Settings
    genre: str | None = None
    first_line: int = 1
    """The line of the file that the text begins in."""
    path: Path | None = None
    """The file, for what is one."""
    record: Record | None = None
    """The record, for what is the text of one."""


def command(name: str) -> Any:
    """Build the command."""
    language = current().language

    def help_(key: Key) -> str:
        return Sentence(key).text(language)

    return leaf(
        name,
        help_("help_lint"),
        run,
        [
            Argument("what", "FILE|ID|-", required=False, many=True),
            option("--explain", help_("help_lint_explain"), "CODE", "choice"),
            option("--ignore", help_("help_lint_ignore"), "CODE", "choice", multiple=True),
            flag("--strict", help_("help_lint_strict")),
            flag("--fix", help_("help_lint_fix")),
            format_option(language, FORMATS),
        ],
    )


def run(
    what: Sequence[str] | None,
    explain: str | None,
    ignore: Sequence[str] | None,
    strict: bool,
    fix: bool,
    format: str | None,
) -> int:
    """Check texts; exit 1 for an error, or with --strict for a warning."""
    shown = check_format(format, FORMATS)
    if explain is not None:
        return _explain(explain, shown)
    ignored = frozenset(_known(code) for code in ignore or ())
    if not what:
        raise Usage.of(Want.MISSING, Sentence("lint_nothing"), "files")
    texts = [_text(name, ignored) for name in what]
    if fix:
        texts = [_mended(text) for text in texts]
    reports = [(text, _inspected(text)) for text in texts]
    faults = [replace(f, file=text.name) for text, report in reports for f in report.faults]
    if faults:
        raise Usage(*(Unmet(Want.VALUE, fault, fields=("files",)) for fault in faults))
    if not (fix and STDIN in what):  # standard output then carries the mended text
        _SHOW[shown](reports)
    severities = {f.severity for _, report in reports for f in report.findings}
    failed = "error" in severities or (strict and "warning" in severities)
    return int(ExitCode.FINDINGS if failed else ExitCode.DONE)


def _known(code: str) -> str:
    """The rule's code as the catalogue spells it; raises Usage."""
    if code.strip().upper() not in BY_CODE:
        raise Usage.of(
            Want.UNKNOWN,
            Sentence("lint_no_rule", code=code, codes=list(BY_CODE)),
            "off",
            near=BY_CODE,
        )
    return code.strip().upper()


_SEVERITIES: Mapping[Severity, Key] = {"error": "lint_error", "warning": "lint_warning"}


def _explained(rule: Rule, language: str) -> str:
    """What a rule is about; its code where there are no words for it."""
    key = known("lint_explain_", rule.code)
    return Sentence(key).text(language) if key is not None else rule.code


def _explain(code: str, shown: str) -> int:
    rule, language = BY_CODE[_known(code)], current().language
    what = _explained(rule, language)
    scope: Any = Sentence("lint_applies_all")
    if rule.genres is not None:
        scope = [genre for genre in GENRES if genre in rule.genres]
    if shown != "table":
        output.out_json(
            {
                "code": rule.code,
                "severity": rule.severity,
                "genres": scope if isinstance(scope, list) else None,
                "text": what,
                "source": rule.source,
            }
        )
        return int(ExitCode.DONE)
    head = Sentence(
        "lint_rule_head",
        code=rule.code,
        severity=Sentence(_SEVERITIES[rule.severity]),
        scope=scope,
        source=rule.source,
    )
    output.out(head.text(language))
    output.out(what)
    return int(ExitCode.DONE)


def _text(name: str, ignored: frozenset[str]) -> Text:
    """The text of a file, of a record, or from standard input."""
    if name == STDIN:
        settings = _settings(Path.cwd(), ignored)
        return Text(STDIN, _decoded(STDIN, sys.stdin.buffer.read()), settings)
    path = Path(name).expanduser()
    if path.is_file():
        content = _decoded(name, path.read_bytes())
        return Text(name, content, _settings(path.absolute().parent, ignored), path=path)
    return _record_text(name, ignored)


def _settings(folder: Path, ignored: frozenset[str]) -> Settings:
    office = current().given_office
    settings = nearest_settings(folder, Path(office).expanduser() if office else None)
    return replace(settings, ignore=settings.ignore | ignored)


def _decoded(name: str, data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Usage.of(
            Want.VALUE, Sentence("lint_not_utf8", name=name, line=line), "files"
        ) from None


def _inspected(text: Text) -> Report:
    """What is found in a text; of a record, as its form says."""
    if text.record is None or not text.record.form.lint:
        return inspect(text.content, genre=text.genre, settings=text.settings)
    from pmcli.workflow.texts import inspected

    return inspected(text.record.form, _scope(text.record), text.settings)


def _scope(record: Record) -> Scope:
    store = current().store
    return Scope(record.form, record.values, store.present(), store.records)


def _record_text(name: str, ignored: frozenset[str]) -> Text:
    from pmcli.cli.line.records import any_record

    if current().root is None or Path(name).name != name or Path(name).suffix:
        raise NotFound(Sentence("lint_no_such", name=name))
    record = any_record(name)
    settings = _settings(current().store.root, ignored)
    if record.form.lint:
        from pmcli.workflow.texts import checked_text

        content = checked_text(record.form, _scope(record))
        return Text(record.path, content, settings, record=record)
    if not record.body.strip():
        raise Usage.of(Want.VALUE, Sentence("lint_no_text", name=record.id), "files")
    genre = str(record.values.get("genre") or "")
    at = record.text.rfind(record.body)
    return Text(
        record.path,
        record.body,
        settings,
        genre=genre if genre in GENRES else None,
        first_line=record.text.count("\n", 0, at) + 1 if at > 0 else 1,
    )


def _mended(text: Text) -> Text:
    """Mend a file in place and say how many places; standard input is printed mended."""
    from pmcli.store.files import write_atomically

    content = fixed(text.content, text.settings)
    if text.name == STDIN:
        output.out(content.removesuffix("\n"))
        return replace(text, content=content)
    if text.path is None:
        raise Usage.of(Want.VALUE, Sentence("lint_fix_files_only", name=text.name), "fix")
    count = _differences(text.content, content)
    if count:
        write_atomically(text.path, content.encode("utf-8"))
    said = Sentence("lint_fixed", name=text.name, count=count)
    output.tell(said.text(current().language))
    return replace(text, content=content)


def _differences(before: str, after: str) -> int:
    """How many places of a text differ."""
    count = 0
    for old, new in zip(before.splitlines(), after.splitlines(), strict=True):
        if old != new:
            steps = difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
            count += sum(1 for step in steps if step[0] != "equal")
    return count


Reports = list[tuple[Text, Report]]


def _line(text: Text, finding: Finding) -> int:
    """The line of the file; in a record, where the checked line stands in it."""
    if text.record is None:
        return text.first_line + finding.line - 1
    lines = text.content.split("\n")
    words = lines[finding.line - 1].strip() if finding.line <= len(lines) else ""
    held = text.record.text.split("\n")
    start = len(held) - len(text.record.body.rstrip("\n").split("\n"))
    body = next(
        (n for n, line in enumerate(held) if n >= start - 1 and line.strip() == words), None
    )
    if not words or body is None:
        body = next((n for n, line in enumerate(held) if words and words in line), 0)
    return body + 1


def _show_table(reports: Reports) -> None:
    language = current().language
    for text, report in reports:
        for finding in report.findings:
            severity = Sentence(_SEVERITIES[finding.severity]).text(language)
            place = f"{text.name}:{_line(text, finding)}"
            message = finding.message.text(language)
            output.out(f"{place}: {finding.code} {severity} {message} [{finding.source}]")
    found = [finding for _, report in reports for finding in report.findings]
    summary = Sentence(
        "lint_summary",
        files=len(reports),
        errors=sum(1 for finding in found if finding.severity == "error"),
        warnings=sum(1 for finding in found if finding.severity == "warning"),
        suppressed=sum(len(report.suppressed) for _, report in reports),
    )
    output.tell(summary.text(language))


def _show_json(reports: Reports) -> None:
    language = current().language
    output.out_json(
        {
            "findings": [
                {
                    "file": text.name,
                    "line": _line(text, finding),
                    "column": finding.column,
                    "code": finding.code,
                    "severity": finding.severity,
                    "message": finding.message.text(language),
                    "source": finding.source,
                }
                for text, report in reports
                for finding in report.findings
            ],
            "suppressed": sum(len(report.suppressed) for _, report in reports),
        }
    )


def _show_sarif(reports: Reports) -> None:
    import json

    from pmcli import __version__

    language = current().language
    rules = [
        {
            "id": rule.code,
            "shortDescription": {"text": _explained(rule, language)},
            "defaultConfiguration": {"level": rule.severity},
        }
        for rule in BY_CODE.values()
    ]
    results = [
        {
            "ruleId": finding.code,
            "level": finding.severity,
            "message": {"text": finding.message.text(language)},
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": {"uri": Path(text.name).as_posix()},
                        "region": {
                            "startLine": _line(text, finding),
                            "startColumn": finding.column,
                        },
                    }
                }
            ],
        }
        for text, report in reports
        for finding in report.findings
    ]
    tool = {"driver": {"name": "pmcli", "version": __version__, "rules": rules}}
    log = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{"tool": tool, "results": results}],
    }
    output.out(json.dumps(log, ensure_ascii=False, indent=2))


_SHOW = {"table": _show_table, "json": _show_json, "sarif": _show_sarif}
