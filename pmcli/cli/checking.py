"""check: everything in the office's folder that is not as it should be, file by file."""

from __future__ import annotations

from typing import Any

from pmcli.cli import output
from pmcli.cli.options import check_format, format_option, leaf
from pmcli.cli.session import current
from pmcli.messages import Sentence
from pmcli.problems import ExitCode
from pmcli.store.checks import check_office

FORMATS = ("table", "json")


def command(name: str) -> Any:
    """Build the command."""
    language = current().language
    return leaf(
        name, Sentence("help_check").text(language), run, [format_option(language, FORMATS)]
    )


def run(format: str | None) -> int:
    """Report what is wrong; exit 1 when something is."""
    shown = check_format(format, FORMATS)
    store, language = current().store, current().language
    count, faults = check_office(store)
    code = ExitCode.FINDINGS if faults else ExitCode.DONE
    if shown == "json":
        findings = [
            {"file": f.file, "line": f.line or None, "message": f.sentence.text(language)}
            for f in faults
        ]
        output.out_json({"records": count, "findings": findings})
    elif faults:
        output.out(Sentence("check_found", count=len(faults)).text(language))
        for fault in faults:
            output.out(fault.text(language))
    else:
        output.out(Sentence("check_fine", count=count).text(language))
    return int(code)
