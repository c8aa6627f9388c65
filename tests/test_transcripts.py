"""The day of a desk, typed and printed: tests/transcripts, replayed (transcript.py says how)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from conftest import Desk
from transcript import FOLDER, WRITING, Player, read, written
from wcwidth import wcswidth

TRANSCRIPTS = sorted(FOLDER.glob("*.txt"))
COLUMNS = 80


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: path.name.removesuffix(".txt"))
def test_it_prints_what_the_transcript_says(
    path: Path, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PMCLI_LANG", path.suffixes[0].strip("."))
    player = Player(desk, monkeypatch)
    steps = read(path.read_text("utf-8"))
    played = [player.play(step) for step in steps]
    if WRITING:
        path.write_text(written(played), "utf-8", newline="\n")
        return
    assert written(played) == path.read_text("utf-8")


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: path.name.removesuffix(".txt"))
def test_no_table_and_no_page_is_wider_than_the_terminal(path: Path) -> None:
    for step in read(path.read_text("utf-8")):
        columns = [line for line in step.printed if re.search(r"\S  +\S|[│├┌└]", line)]
        assert [line for line in columns if wcswidth(line) > COLUMNS] == [], step.typed


def test_each_topic_is_there_in_both_languages() -> None:
    topics = {path.name.split(".")[0] for path in TRANSCRIPTS}
    wanted = {f"{topic}.{language}.txt" for topic in topics for language in ("zh", "en")}
    assert {path.name for path in TRANSCRIPTS} == wanted
