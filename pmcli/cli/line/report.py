"""Problems, warnings and findings told, masked as messages are, and the exit code of a problem."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pmcli.cli.line import output
from pmcli.cli.line.session import current
from pmcli.messages import Sentence, Speakable
from pmcli.problems import ExitCode, Fault, Problem, Unreadable


def language_now() -> str:
    """The session's language, Chinese where even that cannot be known."""
    try:
        return current().language
    except Problem:
        return "zh"


def said(text: str) -> str:
    """A file's name or a line of a file, as it may be told."""
    from pmcli.record.masking import Secrets

    session = current()
    # What failed before an office was opened can quote none.
    if "store" not in session.__dict__:
        return Secrets().masked(text, strict=False)
    try:
        return session.border.said(text)
    except (Problem, OSError):
        return Secrets().masked(text, strict=False)


def told(sentence: Speakable) -> str:
    """A sentence that may quote a record, a file or its name, as it may be told."""
    return sentence.text(language_now(), said)


def fault_json(fault: Fault) -> dict[str, Any]:
    """What is wrong in a file, as scripts read it."""
    return {"file": said(fault.file), "line": fault.line or None, "message": told(fault.sentence)}


def tell_all(sentences: Sequence[Speakable]) -> None:
    """Print messages, each on a line of its own, as they may be told."""
    for sentence in sentences:
        output.tell(told(sentence))


def report(problem: Problem, as_json: bool) -> int:
    """Tell a problem, as one JSON object too where that was asked for; return its exit code."""
    language = language_now()
    if as_json:
        output.out_json(output.problem_json(problem, language, said))
    for line in output.problem_lines(problem, language, said):
        output.tell(line)
    return int(problem.code)


def findings_code(faults: list[Any]) -> int:
    """Report files that could not be read and return the exit code for a list that lacks them."""
    if not faults:
        return int(ExitCode.DONE)
    return report(Unreadable(Sentence("left_out", count=len(faults)), *faults), as_json=False)
