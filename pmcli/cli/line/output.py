"""What commands print: sentences to stderr, data to stdout, tables that fit the terminal."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from pathlib import Path
from typing import Any

from pmcli.documents.columns import column_of, terminal_columns
from pmcli.messages import Label, Sentence, Shown, as_it_stands, listed
from pmcli.patterns import regex
from pmcli.problems import ExitCode, NextStep, Problem, Refused, SystemFailure, Unmet, Usage, Want

SCHEMA = 1


def out(text: str = "") -> None:
    """Print data."""
    sys.stdout.write(_harmless(text) + "\n")


def tell(text: str) -> None:
    """Print a message, after the data that was printed before it."""
    with contextlib.suppress(OSError, ValueError):
        sys.stdout.flush()
    sys.stderr.write(_DIRECTION.sub("\ufffd", _harmless(text)) + "\n")


_CONTROL = regex(r"[\x00-\x08\x0b\x0d-\x1f\x7f-\x9f]")


_DIRECTION = regex("[\u202a-\u202e\u2066-\u2069]")
"""Characters that turn the rest of a line round."""


def _harmless(text: str) -> str:
    """A text without characters that could command the terminal."""
    return _CONTROL.sub("\ufffd", text)


def deliver(data: str | bytes, target: str | None) -> None:
    """Print data, or write it to the file `target` and say so.

    Raises Usage for what is no file name, SystemFailure where no file can be written.
    """
    from pmcli.store.files import write_atomically

    if target is None:
        if isinstance(data, str):
            out(data)
        else:
            sys.stdout.flush()
            sys.stdout.buffer.write(data)
        return
    path = check_target(target)
    if isinstance(data, str):
        data = (data.removesuffix("\n") + "\n").encode("utf-8", "replace")
    write_atomically(path, data)
    tell(Sentence("file_written", path=target).text(_language()))


def check_target(target: str) -> Path:
    """The path of a file that is to be written.

    Raises Usage for what is no file name, SystemFailure where there can be no such file.
    """
    path = Path(target).expanduser()
    if not target.strip() or "\0" in target:
        raise Usage.of(Want.VALUE, Sentence("bad_file_name", path=target), "output")
    if path.is_dir() or not path.name:
        raise SystemFailure(Sentence("is_a_folder", path=target))
    if not path.parent.is_dir():
        raise SystemFailure(Sentence("folder_missing", path=str(path.parent)))
    if not os.access(path.parent, os.W_OK):
        raise SystemFailure(Sentence("folder_not_writable", path=str(path.parent)))
    return path


def _language() -> str:
    from pmcli.cli.line.session import current

    return current().language


def json_text(value: dict[str, Any]) -> str:
    """One JSON object with the schema number first."""
    import json

    from pmcli.form.values import jsonable

    text = json.dumps({"schema": SCHEMA, **jsonable(value)}, ensure_ascii=False, indent=2)
    return _CONTROL.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def out_json(value: dict[str, Any]) -> None:
    """Print one JSON object."""
    out(json_text(value))


def steps_text(steps: Sequence[NextStep], language: str) -> str:
    """Next steps as a list in a sentence: `dispatch 派单`, others' with the role in brackets."""
    from pmcli.trade import ROLES

    words = []
    for step in steps:
        text = f"{step.command} {step.label.text(language)}"
        if step.roles:
            roles = listed([ROLES.get(r, r) for r in step.roles], language)
            text += Label(f"（{roles}）", f" ({roles})").text(language)
        words.append(text)
    return listed(words, language)


def problem_lines(problem: Problem, language: str, shown: Shown = as_it_stands) -> list[str]:
    """A problem as the lines a clerk reads."""
    sentences = [sentence.text(language, shown) for sentence in problem.sentences]
    if not isinstance(problem, Refused):
        return sentences
    refusal = problem.refusal
    if refusal.record:
        head = Sentence(
            "refused", record=refusal.record, state=refusal.state_label, key=refusal.state
        )
    else:
        head = Sentence("refused_new", form=refusal.state_label)
    lines = [head.text(language, shown), *(f"  - {s}" for s in sentences)]
    if refusal.next_steps:
        steps = steps_text(refusal.next_steps, language)
        lines.append(Sentence("next_steps", steps=steps).text(language))
    for see in dict.fromkeys(refusal.see):
        lines.append(Sentence("see", command=see).text(language))
    return lines


def problem_json(problem: Problem, language: str, shown: Shown = as_it_stands) -> dict[str, Any]:
    """A problem as scripts read it."""
    error: dict[str, Any] = {
        "code": int(problem.code),
        "kind": problem.code.name.lower(),
        "messages": [sentence.text(language, shown) for sentence in problem.sentences],
    }
    if problem.code in (ExitCode.USAGE, ExitCode.REFUSED):
        error["unmet"] = [_unmet_json(one, language, shown) for one in problem.unmet]
    if isinstance(problem, Refused):
        error["record"] = problem.refusal.record or None
        error["state"] = problem.refusal.state or None
        error["next"] = [
            {"command": s.command, "label": s.label.text(language), "roles": list(s.roles)}
            for s in problem.refusal.next_steps
        ]
        error["see"] = list(dict.fromkeys(problem.refusal.see))
    return {"error": error}


def _unmet_json(one: Unmet, language: str, shown: Shown) -> dict[str, Any]:
    return {
        "kind": one.kind.value,
        "form": one.form or None,
        "fields": [shown(name) for name in one.fields],
        "alternatives": [shown(name) for name in one.alternatives],
        "guard": one.guard or None,
        "why": one.why.text(language, shown) if one.why is not None else None,
        "message": one.text(language, shown),
    }


def width() -> int | None:
    """Columns of the terminal, or COLUMNS when it is set; None where lines may be of any length."""
    if os.environ.get("COLUMNS", "").isdigit() or sys.stdout.isatty():
        import shutil

        return shutil.get_terminal_size().columns
    return None


def table(
    headers: Sequence[str],
    rows: Sequence[Sequence[str]],
    fit: int | None = None,
    wrap_last: bool = False,
    whole: frozenset[int] = frozenset(),
) -> str:
    """A plain table whose columns align with Chinese text; the widest columns give way to `fit`.

    What is too long is cut with …, but in the last column it is wrapped when `wrap_last` is set.
    The columns numbered in `whole` are cut last.
    """
    import tabulate

    tabulate.MIN_PADDING = 0
    heads, cells = _fitting(headers, rows, fit, wrap_last, whole)
    return tabulate.tabulate(cells, heads, tablefmt="simple", disable_numparse=True)


def aligned(
    headers: Sequence[str],
    rows: Sequence[Sequence[str]],
    fit: int | None = None,
    wrap_last: bool = False,
    whole: frozenset[int] = frozenset(),
) -> Iterator[str]:
    """The lines of the same table one by one, for commands that are quick and lists that are long.

    Tabulate takes longer to load than a list to answer, and a second for some thousand rows.
    """
    heads, cells = _fitting(headers, rows, fit, wrap_last, whole)
    drawn = [
        [[part.strip() for part in cell.splitlines()] or [""] for cell in row] for row in cells
    ]
    head = [text.splitlines() or [""] for text in heads]
    widths = [
        max((terminal_columns(part) for row in (head, *drawn) for part in row[i]), default=0)
        for i in range(len(heads))
    ]
    yield from _lines(head, widths)
    yield "  ".join("-" * width for width in widths).rstrip()
    for row in drawn:
        yield from _lines(row, widths)


def _lines(row: Sequence[Sequence[str]], widths: Sequence[int]) -> Iterator[str]:
    """A row as the lines it takes."""
    for parts in zip_longest(*row, fillvalue=""):
        yield "  ".join(map(pad, parts, widths)).rstrip()


def _fitting(
    headers: Sequence[str],
    rows: Sequence[Sequence[str]],
    fit: int | None,
    wrap_last: bool,
    whole: frozenset[int],
) -> tuple[list[str], list[list[str]]]:
    """Heads and cells cut or wrapped to their columns."""
    cells = [[_one_line(cell) for cell in row] for row in rows]
    heads = list(headers)
    if fit is None or not heads:
        return heads, cells
    widths = [
        max((terminal_columns(row[i]) for row in cells), default=0) for i in range(len(heads))
    ]
    if wrap_last:
        rest = fit - sum(widths[:-1]) - 2 * (len(widths) - 1)
        widths[-1] = min(widths[-1], max(rest, 20))
    least = [max(w, min(terminal_columns(h), 4)) for w, h in zip(widths, heads, strict=True)]
    limits = _fitted(least, fit, whole)
    room = fit - sum(limits) - 2 * (len(limits) - 1)
    for i, head in enumerate(heads):
        more = min(max(terminal_columns(head) - limits[i], 0), max(room, 0))
        limits[i], room = limits[i] + more, room - more
    last = len(limits) - 1 if wrap_last else None
    cells = [
        [
            "\n".join(wrap(cell, limits[i])) if i == last else shorten(cell, limits[i])
            for i, cell in enumerate(row)
        ]
        for row in cells
    ]
    return ["\n".join(wrap(text, limits[i])) for i, text in enumerate(heads)], cells


def _one_line(text: str) -> str:
    return " ".join(text.split()) if "\n" in text or "\t" in text else text


def _fitted(widths: Sequence[int], fit: int, whole: frozenset[int]) -> list[int]:
    """Column widths that fit, two columns apart; the first one, the number, is never cut.

    The others are taken from the widest first: at first those not in `whole`, down to 6, then those
    of `whole` down to 9, then all of them down to 4.
    """
    limits = list(widths)
    room = fit - 2 * (len(limits) - 1)
    rest = range(1, len(limits))
    for free, least in (
        ([i for i in rest if i not in whole], 6),
        (sorted(whole), 9),
        (list(rest), 4),
    ):
        while free and sum(limits) > room:
            widest = max(free, key=lambda i: limits[i])
            if limits[widest] <= least:
                break
            limits[widest] -= 1
    return limits


def shorten(text: str, limit: int) -> str:
    """Cut a text to a number of columns, with … where something is missing."""
    if terminal_columns(text) <= limit:
        return text
    kept, used = "", 0
    for char in text:
        size = max(column_of(char), 0)
        if used + size > limit - 1:
            break
        kept, used = kept + char, used + size
    return kept + "…"


def pad(text: str, columns: int) -> str:
    """Fill a text with spaces to a number of columns."""
    return text + " " * max(0, columns - terminal_columns(text))


_TOKEN = regex(r"(?:[!-~]+|[^\s!-~])[，。、；：！？）》」”…]*|[ \t\u3000]+|\s")


def wrap(text: str, columns: int) -> list[str]:
    """Break a text into lines of at most so many columns.

    Chinese breaks between any two characters but not before a closing mark; a Latin word or number
    is kept whole unless it is longer than a line.
    """
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line, used = "", 0
        for token in _TOKEN.findall(paragraph):
            size = max(terminal_columns(token), 0)
            if used + size > columns and line.strip():
                lines.append(line.rstrip())
                line, used = "", 0
                token = token.lstrip()
                size = max(terminal_columns(token), 0)
            while size > columns:
                kept = 0
                for index, char in enumerate(token):
                    kept += max(column_of(char), 0)
                    if kept > columns and index:
                        lines.append(token[:index])
                        token = token[index:]
                        break
                else:
                    break
                size = max(terminal_columns(token), 0)
            line, used = line + token, used + size
        lines.append(line.rstrip())
    return lines
