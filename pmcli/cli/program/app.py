"""The program: finds the command, runs it, turns problems into exit codes. Nothing else exits."""

from __future__ import annotations

import contextlib
import io
import os
import sys
from itertools import pairwise
from typing import Any

from pmcli import COMPLETING
from pmcli.cli.line import output
from pmcli.cli.line.report import language_now, report
from pmcli.cli.line.session import Session, begin, current
from pmcli.messages import Sentence
from pmcli.problems import ExitCode, Problem

INTERRUPTED = 130
"""What shells use for a command ended by Ctrl-C: 128 and the signal's number."""


def run(arguments: list[str]) -> int:
    """Run one command line and return its exit code."""
    _prepare_streams()
    begin(Session())
    as_json = _wants_json(arguments)
    try:
        if instruction := os.environ.get(COMPLETING):
            from pmcli.cli.completion.answers import answer
            from pmcli.cli.program.root import root

            return answer(instruction, root(run))
        result: Any = _at_once(arguments)
        if result is None:
            from pmcli.cli.program.root import run_typed

            result = run_typed(arguments, as_json, run)
        sys.stdout.flush()
        if result == INTERRUPTED:  # typer answers Ctrl-C with this number and no word
            raise KeyboardInterrupt
    except Problem as problem:
        return report(problem, as_json)
    except KeyboardInterrupt:
        output.tell(Sentence("interrupted").text(language_now()))
        return INTERRUPTED
    except BrokenPipeError:
        return _reader_gone()
    except SystemExit as end:
        if end.code != 1:
            raise
        return _reader_gone()  # typer ends in this way when a pipe breaks
    except OSError as error:
        from pathlib import Path

        from pmcli.store.files import failed

        return report(failed(Path(error.filename or "."), error), as_json)
    return result if isinstance(result, int) else int(ExitCode.DONE)


def _at_once(arguments: list[str]) -> int | None:
    """Run a step, a list or a record's page whose command line is as it should be.

    None for everything else: typer is there for what has to be explained.
    """
    words = arguments
    if words[:1] == ["--office"] and len(words) > 2 and not words[1].startswith("-"):
        begin(Session(words[1]))
        words = words[2:]
    if len(words) < 2 or words[0].startswith("-") or words[0] not in current().library:
        return None
    from pmcli.cli.line.quick import values_of
    from pmcli.cli.program.form_commands import form_command

    form = current().library.get(words[0])
    if form.templates is not None and words[1] in form.templates.steps:
        return None
    command = form_command(form, words[1], current().language, False)
    values = values_of(command, words[2:]) if command is not None else None
    return command.run(**values) if command is not None and values is not None else None


def _prepare_streams() -> None:
    """Write UTF-8 whatever the platform's default, and nowhere to what the caller has closed."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, io.StringIO())
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


def _reader_gone() -> int:
    """Send what is still buffered nowhere: the other end of the pipe has closed."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.__stdout__.fileno())  # type: ignore[union-attr]
    return int(ExitCode.DONE)


def _wants_json(arguments: list[str]) -> bool:
    pairs = pairwise(arguments)
    return "--format=json" in arguments or ("--format", "json") in pairs
