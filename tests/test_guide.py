"""docs/guide says what happens: its screens stand in the transcripts, its commands are there.

A screen of the guide is a block that names its transcript, ```console 03-paid-repair, and has lines
that were typed there, in the transcript's order; what was printed is filled in by

    WRITE_TRANSCRIPTS=1 python -m pytest tests/test_transcripts.py tests/test_guide.py

A block ```text visit new is seen at a terminal, whoever types that command and answers.
"""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
from conftest import Desk
from transcript import FOLDER, WRITING, Step, read

from pmcli.cli.program.app import run
from pmcli.cli.program.form_group import form_group
from pmcli.cli.program.root import root
from pmcli.store.office import load_library

GUIDE = Path(__file__).parents[1] / "docs" / "guide"
PAGES = sorted(GUIDE.glob("*.md"))
BLOCK = re.compile(r"^```(\w+)(?: ([^\n]*))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)

pages = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)


def as_screen(steps: list[Step]) -> str:
    """Steps as a reader sees them: what was typed, what was printed."""
    return "\n\n".join("\n".join((step.typed, *step.printed)) for step in steps) + "\n"


def screen(transcript: str, block: str) -> str:
    """What the lines typed in a block came to in a transcript; each must stand there, in order."""
    steps = read((FOLDER / f"{transcript}.zh.txt").read_text("utf-8"))
    found: list[Step] = []
    for typed in (line for line in block.splitlines() if line.startswith("$ ")):
        place = next((i for i, step in enumerate(steps) if step.typed == typed), None)
        assert place is not None, f"not in {transcript}, or not in this order: {typed}"
        found.append(steps[place])
        steps = steps[place + 1 :]
    return as_screen(found)


@pages
def test_screens_are_those_of_the_transcripts(page: Path) -> None:
    text = page.read_text("utf-8")

    def filled(block: re.Match[str]) -> str:
        if block[1] != "console":
            return block[0]
        return f"```console {block[2]}\n{screen(block[2], block[3])}```"

    now = BLOCK.sub(filled, text)
    if WRITING:
        page.write_text(now, "utf-8", newline="\n")
        return
    assert now == text


@pages
def test_commands_named_in_the_text_are_there(page: Path) -> None:
    text = page.read_text("utf-8")
    spoken = BLOCK.sub(lambda block: block[3] if block[1] == "sh" else "", text)
    named = re.findall(r"`(pmcli [^`]+)`", spoken) + re.findall(r"^(pmcli .*)$", spoken, re.M)
    for line in named:
        exists(shlex.split(line)[1:])


def exists(words: list[str]) -> None:
    """A command, its step and its options are the program's; 单种 stands for any form."""
    name, rest = words[0].replace("单种", "repair"), words[1:]
    library = load_library(None)
    if name in library:
        group: Any = form_group(name)
        if not rest:
            return
        command = group.get_command(None, rest[0])
    else:
        command = root(run).get_command(None, name)
    assert command is not None, words
    options = {option for parameter in command.params for option in parameter.opts}
    given = {word for word in words if re.match(r"--?[a-z]", word)}
    assert given <= options | {"--help"}, (words, given - options)


@pages
def test_links_lead_somewhere(page: Path) -> None:
    for link in re.findall(r"\]\(([^)]+)\)", page.read_text("utf-8")):
        assert (page.parent / link.partition("#")[0]).is_file(), link


def test_the_index_has_every_page() -> None:
    index = (GUIDE / "README.md").read_text("utf-8")
    assert [page.name for page in PAGES if f"({page.name})" not in index] == ["README.md"]


@pages
def test_no_word_of_the_trade_reaches_the_clerk(page: Path) -> None:
    spoken = BLOCK.sub("", page.read_text("utf-8"))
    assert re.findall(r"(?<!\.)\b(?:git|YAML|commit|JSON)\b", spoken, re.IGNORECASE) == []


def test_questions_look_as_the_guide_shows_them(desk: Desk) -> None:
    terminal = pytest.importorskip("terminal")
    shown = [m[3].strip() for m in BLOCK.finditer((GUIDE / "01-begin.md").read_text("utf-8"))
             if m[1] == "text"]  # fmt: skip
    clerk = terminal.Terminal(desk, "visit new")
    try:
        clerk.sees(shown[0])
        for label, answer in (("接待类别", "bx"), ("来访方式", "来电"), ("来访人", "王女士"),
                              ("反映内容", "厨房水管漏水"), ("给出哪一项", "1"),
                              ("房号", "3栋2单元501"), ("还可以填", "")):  # fmt: skip
            clerk.answer(label, answer)
        clerk.sees(shown[1])
        clerk.type("\r")
        clerk.ends()
    finally:
        clerk.close()
