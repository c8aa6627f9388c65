"""What a shell's script asks of pmcli, answered in the words of that shell."""

from __future__ import annotations

import contextlib
import os
import re
import shlex
from collections.abc import Callable
from typing import Any

from typer.exceptions import TyperException

from pmcli.cli.completion.scripts import script
from pmcli.cli.completion.values import value_items
from pmcli.cli.line import output
from pmcli.cli.line.typer_parts import (
    CompletionItem,
    Parameter,
    resolve_context,
    resolve_incomplete,
)
from pmcli.problems import Problem


def answer(instruction: str, root: Any) -> int:
    """Print what may come next at the cursor, or a shell's script; say nothing when in doubt."""
    action, _, shell = instruction.partition("_")
    with contextlib.suppress(Problem, TyperException, OSError):
        if action == "source":
            output.out(script(shell).rstrip("\n"))
        elif action == "complete" and shell in _ANSWERS:
            for line in _ANSWERS[shell](root, _typed()):
                output.out(line)
    return 0


def _typed() -> list[str]:
    """The words of the line up to the cursor as they were typed; the last one may be empty."""
    text = os.environ.get("COMP_WORDS", "")
    index = int(os.environ.get("COMP_CWORD", "0"))
    words = text.split("\n")
    if len(words) == 1 and index:
        words = text.split(" ")
    return (words + [""] * index)[: index + 1]


def _plain(word: str) -> str:
    """A word without its quotes and backslashes, also where a quote is not closed yet."""
    for end in ("", '"', "'"):
        with contextlib.suppress(ValueError):
            return "".join(shlex.split(word + end))
    return word


def _items(root: Any, words: list[str], incomplete: str) -> list[CompletionItem]:
    """What may come after some words, in place of an incomplete one."""
    context = resolve_context(root, {}, "pmcli", words)
    found, rest = resolve_incomplete(context, words, incomplete)
    if isinstance(found, Parameter):
        return value_items(context, found, rest)
    return list(found.shell_complete(context, rest))


def _whole(root: Any, before: list[str], last: str) -> list[CompletionItem]:
    """What may stand in place of the last word, for shells to which `--option=value` is one."""
    items = _items(root, before, last)
    option, equals, _ = last.partition("=")
    if equals and option.startswith("-"):
        for item in items:
            item.value = f"{option}={item.value}"
    return items


def _bash(root: Any, words: list[str]) -> list[str]:
    """Lines `kind,value`. Bash breaks words at `=` and `:`; it replaces what follows the last."""
    typed = words[-1]
    joined: list[str] = []
    glue = False
    for word in words[1:]:
        if word and set(word) <= set(":=") and joined:
            if joined[-1].startswith("--") and word == "=":
                joined.append("")
            else:
                joined[-1] += word
            glue = True
        elif glue:
            joined[-1] += word
            glue = False
        else:
            joined.append(word)
    *before, last = map(_plain, joined)
    items = _items(root, before, last)
    cut = 0
    if last.endswith(typed) and ":" in last and ":" not in typed.strip(":"):
        cut = last.rfind(":") + 1
    kept = _told_apart(items, last)
    return [f"{item.type},{_bash_word(str(item.value)[cut:], typed)}" for item in kept]


def _told_apart(items: list[CompletionItem], typed: str) -> list[CompletionItem]:
    """Leave out several answers that do not go on from what was typed: bash would delete it."""
    folded = typed.casefold()
    if len(items) == 1 or all(str(i.value).casefold().startswith(folded) for i in items):
        return items
    return []


def _bash_word(value: str, typed: str) -> str:
    if typed[:1] in ("'", '"'):
        return value
    return re.sub(r"([\s!\"#$&'()*;<>?\[\\\]^`{|}~])", r"\\\1", value)


def _zsh(root: Any, words: list[str]) -> list[str]:
    """Three lines each: kind, value, explanation."""
    *before, last = map(_plain, words[1:])
    items = _whole(root, before, last)
    return [line for i in items for line in (i.type, str(i.value) or "_", i.help or "_")]


def _fish(root: Any, words: list[str]) -> list[str]:
    """Lines `kind,value<tab>explanation`. Fish has taken the quotes off all words but the last."""
    items = _whole(root, words[1:-1], _plain(words[-1]))
    return [f"{i.type},{i.value}" + (f"\t{i.help}" if i.help else "") for i in items]


def _powershell(root: Any, words: list[str]) -> list[str]:
    """Lines `kind<tab>value<tab>explanation`."""
    *before, last = map(_plain, words[1:])
    items = _whole(root, before, last)
    return [f"{i.type}\t{_powershell_word(str(i.value))}\t{i.help or i.value}" for i in items]


def _powershell_word(value: str) -> str:
    if re.fullmatch(r"[\w\-./:=]+", value):
        return value
    return "'" + value.replace("'", "''") + "'"


_ANSWERS: dict[str, Callable[[Any, list[str]], list[str]]] = {
    "bash": _bash,
    "zsh": _zsh,
    "fish": _fish,
    "powershell": _powershell,
    "pwsh": _powershell,
}
