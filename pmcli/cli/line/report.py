"""A problem told, and the exit code that goes with it."""

from __future__ import annotations

from typing import Any

from pmcli.cli.line import output
from pmcli.cli.line.session import current
from pmcli.messages import Sentence
from pmcli.problems import ExitCode, Problem, Unreadable


def language_now() -> str:
    """The session's language, Chinese where even that cannot be known."""
    try:
        return current().language
    except Problem:
        return "zh"


def report(problem: Problem, as_json: bool) -> int:
    """Tell a problem, as one JSON object too where that was asked for; return its exit code."""
    language = language_now()
    if as_json:
        output.out_json(output.problem_json(problem, language))
    for line in output.problem_lines(problem, language):
        output.tell(line)
    return int(problem.code)


def findings_code(faults: list[Any]) -> int:
    """Report files that could not be read and return the exit code for a list that lacks them."""
    if not faults:
        return int(ExitCode.DONE)
    return report(Unreadable(Sentence("left_out", count=len(faults)), *faults), as_json=False)
