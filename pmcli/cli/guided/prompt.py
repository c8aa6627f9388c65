"""Whether a person is there to be asked, and one question put to them."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from pmcli.cli.line import output
from pmcli.cli.line.session import current
from pmcli.documents.columns import terminal_columns
from pmcli.form.normal import folded
from pmcli.messages import Speakable
from pmcli.problems import Problem

if TYPE_CHECKING:
    from prompt_toolkit.completion import Completer

_SWITCHED_OFF = {"no", "0", "off", "false"}
_PLAIN_TERMINALS = {"dumb", "unknown"}
_YES, _NO = {"", "y", "yes", "是", "好", "ok"}, {"n", "no", "否", "不"}
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


class LeftOff(Exception):
    """The person has read why something cannot be done so and has nothing to change."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self.problem = problem


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
    head = output.pad(label, _LABEL_WIDTH)
    taken = max(terminal_columns(head), _LABEL_WIDTH) + 4
    first, *rest = output.wrap(value, max(columns() - taken, 20))
    output.tell(f"  {head}  {first}")
    for line in rest:
        output.tell(" " * taken + line)


def columns() -> int:
    """Columns that text may fill."""
    return max(output.width() or 80, 40)


def rows() -> int:
    """Lines that the terminal shows."""
    import shutil

    return shutil.get_terminal_size().lines


def ask(
    label: str,
    hint: str = "",
    typed: str = "",
    completer: Completer | None = None,
) -> str:
    """Ask for one line and take the question off the screen again.

    `typed` stands there, selected: what is typed or pasted takes its place, the arrow keys go into
    it to mend it, Enter leaves it. The hint may have several lines. Raises KeyboardInterrupt for
    Ctrl-C, Ctrl-D and Esc; Esc first closes a list of completions.
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
        key_bindings=_keys(),
        erase_when_done=True,
    )
    _select_all(question.application.current_buffer)
    return str(question.unsafe_ask())


def consent(label: str, hint: str) -> bool:
    """Ask until the answer is yes, which Enter is too, or no."""
    while True:
        agreed = meant_as_consent(ask(label, hint))
        if agreed is not None:
            return agreed


def meant_as_consent(text: str) -> bool | None:
    """Whether an answer is a yes or a no; None for anything else."""
    word = folded(text)
    return True if word in _YES else False if word in _NO else None


def _select_all(buffer: Any) -> None:
    if not buffer.text:
        return
    from prompt_toolkit.selection import SelectionState

    buffer.selection_state = SelectionState(original_cursor_position=0)
    buffer.selection_state.enter_shift_mode()


def _keys() -> Any:
    from prompt_toolkit.filters import shift_selection_mode
    from prompt_toolkit.key_binding import KeyBindings
    from prompt_toolkit.keys import Keys

    keys = KeyBindings()

    @keys.add("c-d")
    def _(event: Any) -> None:
        event.app.exit(exception=KeyboardInterrupt())

    @keys.add("escape", eager=False)
    def _(event: Any) -> None:
        if event.current_buffer.complete_state is not None:
            event.current_buffer.cancel_completion()
        else:
            event.app.exit(exception=KeyboardInterrupt())

    @keys.add("delete", filter=shift_selection_mode)
    @keys.add("c-u", filter=shift_selection_mode)
    @keys.add("c-k", filter=shift_selection_mode)
    @keys.add("c-w", filter=shift_selection_mode)
    def _(event: Any) -> None:
        event.current_buffer.cut_selection()

    @keys.add(Keys.BracketedPaste, filter=shift_selection_mode)
    def _(event: Any) -> None:
        event.current_buffer.cut_selection()
        event.key_processor.feed(event.key_sequence[0], first=True)

    return keys
