"""Whether a person is there to be asked, and one question put to them."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from pmcli.cli import output
from pmcli.cli.session import current
from pmcli.messages import Speakable

if TYPE_CHECKING:
    from prompt_toolkit.completion import Completer

_SWITCHED_OFF = {"no", "0", "off", "false"}
_PLAIN_TERMINALS = {"dumb", "unknown"}
_MENU_LINES = 7
_LABEL_WIDTH = 18
_STYLE = [
    ("qmark", "bold"),
    ("question", "bold"),
    ("instruction", ""),
    ("answer", ""),
    ("completion-menu", "noreverse"),
]
"""Weight and no colour: readable on any background."""


def somebody_there() -> bool:
    """Whether questions may be asked: a person at a terminal, and PMCLI_ASK is not `no`."""
    if os.environ.get("PMCLI_ASK", "").strip().lower() in _SWITCHED_OFF:
        return False
    if os.environ.get("TERM", "").lower() in _PLAIN_TERMINALS:
        return False
    streams = (sys.stdin, sys.stdout, sys.stderr)
    return all(stream is not None and stream.isatty() for stream in streams)


def tell(sentence: Speakable, indent: str = "") -> None:
    """Say something to the person, wrapped to the terminal."""
    for line in output.wrap(sentence.text(current().language), columns() - len(indent)):
        output.tell(indent + line)


def tell_wrong(sentences: Sequence[Speakable]) -> None:
    """Say what is wrong with an answer."""
    for sentence in sentences:
        first, *rest = output.wrap(sentence.text(current().language), columns() - 2)
        output.tell("× " + first)
        for line in rest:
            output.tell("  " + line)


def tell_answer(label: str, value: str) -> None:
    """Leave an answer standing where its question stood."""
    from wcwidth import wcswidth

    head = output.pad(label, _LABEL_WIDTH)
    taken = max(wcswidth(head), _LABEL_WIDTH) + 4
    first, *rest = output.wrap(value, max(columns() - taken, 20))
    output.tell(f"  {head}  {first}")
    for line in rest:
        output.tell(" " * taken + line)


def columns() -> int:
    """Columns that text may fill."""
    return max(output.width() or 80, 40)


def ask(
    label: str,
    hint: str = "",
    typed: str = "",
    completer: Completer | None = None,
    escape_ends: bool = False,
) -> str:
    """Ask for one line and take the question off the screen again; `typed` stands there to correct.

    The hint may have several lines. Raises KeyboardInterrupt for Ctrl-C and Ctrl-D, and for Esc
    where `escape_ends`.
    """
    import questionary

    question = questionary.text(
        label,
        default=typed,
        qmark="?",
        instruction=f"{hint}›" if not hint or hint.endswith("\n") else f"{hint} ›",
        style=questionary.Style(_STYLE),
        completer=completer,
        complete_while_typing=completer is not None,
        complete_in_thread=completer is not None,
        reserve_space_for_menu=_MENU_LINES if completer is not None else 0,
        key_bindings=_keys() if escape_ends else None,
        erase_when_done=True,
    )
    try:
        return str(question.unsafe_ask())
    except EOFError:
        raise KeyboardInterrupt from None


def _keys() -> Any:
    from prompt_toolkit.key_binding import KeyBindings

    keys = KeyBindings()

    @keys.add("escape", eager=False)
    def _(event: Any) -> None:
        event.app.exit(exception=KeyboardInterrupt())

    return keys
