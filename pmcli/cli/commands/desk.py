"""desk: this clone's letter."""

from __future__ import annotations

from typing import Any

from pmcli.cli.commands.init import check_desk
from pmcli.cli.line import output
from pmcli.cli.line.options import Argument, leaf
from pmcli.cli.line.session import current
from pmcli.messages import Sentence


def command(name: str) -> Any:
    """Build the command."""
    letter = Argument("letter", "[LETTER]", required=False)
    said = Sentence("help_desk").text(current().language)
    return leaf(name, said, show_or_set_desk, [letter])


def show_or_set_desk(letter: str | None) -> int:
    """Show this clone's letter, or set it."""
    store = current().store
    if letter:
        store.git.set_config("pmcli.desk", check_desk(letter))
    desk = store.git.config("pmcli.desk")
    output.out(Sentence("desk_is", desk=desk or "A").text(current().language))
    return 0
