"""check: everything in the office's folder that is not as it should be, file by file."""

from __future__ import annotations

from typing import Any

from pmcli.cli.line import output
from pmcli.cli.line.options import by_option, check_format, flag, format_option, leaf
from pmcli.cli.line.report import fault_json, told
from pmcli.cli.line.session import current
from pmcli.messages import Sentence
from pmcli.problems import ExitCode, Fault
from pmcli.store.checks import check_office

FORMATS = ("table", "json")


def command(name: str) -> Any:
    """Build the command."""
    language = current().language
    return leaf(
        name,
        Sentence("help_check").text(language),
        run,
        [
            flag("--fix", Sentence("help_check_fix").text(language)),
            by_option(language),
            format_option(language, FORMATS),
        ],
    )


def run(fix: bool, by: str | None, format: str | None) -> int:
    """Report what is wrong, after mending what is safe with --fix; exit 1 when something is."""
    shown = check_format(format, FORMATS)
    store = current().store
    count, faults = check_office(store)
    done: list[Sentence] = []
    commit = ""
    mended: list[Fault] = []
    if fix:
        from pmcli.store.mending import Mend

        written = store.apply(Mend(store), store.act(by, None))
        done, commit = written.outcome.done, written.commit
        store.records.forget()
        found = faults
        count, faults = check_office(store)
        mended = [fault for fault in found if _said(fault) not in {_said(f) for f in faults}]
    if shown == "json":
        _print_json(count, faults, mended, commit, fix)
    else:
        _print(count, faults, done)
    return int(ExitCode.FINDINGS if faults else ExitCode.DONE)


def _said(fault: Fault) -> tuple[str, str]:
    return fault.file, fault.sentence.text("en")


def _print(count: int, faults: list[Fault], done: list[Sentence]) -> None:
    language = current().language
    for sentence in done:
        output.out(told(sentence))
    if not faults:
        output.out(Sentence("check_fine", count=count).text(language))
        return
    output.out(Sentence("check_found", count=len(faults)).text(language))
    for fault in faults:
        output.out(told(fault))


def _print_json(
    count: int, faults: list[Fault], mended: list[Fault], commit: str, fix: bool
) -> None:
    findings = [
        fault_json(fault) | {"fixed": fixed}
        for fixed, group in ((True, mended), (False, faults))
        for fault in group
    ]
    more = {"commit": commit or None} if fix else {}
    output.out_json({"records": count, "findings": findings, **more})
