"""The demonstration is a day that really happens, on any machine, and fits a visitor's patience."""

from __future__ import annotations

import os
import shlex
from pathlib import Path

import pytest
from conftest import Desk
from pypdf import PdfReader
from wcwidth import wcswidth

from pmcli.cli.commands.demo import load_story

LINES = 155
"""Two minutes of reading."""


@pytest.fixture
def visitor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Somebody in an empty folder, with no git settings at all."""
    folder = tmp_path / "来 访"
    folder.mkdir()
    visitor = Desk(folder, monkeypatch)
    monkeypatch.delenv("PMCLI_NOW")
    return visitor


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_day_is_told_and_the_papers_lie_there(
    visitor: Desk, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PMCLI_LANG", language)
    before = dict(os.environ)
    told = visitor.do(["demo", "演 示"]).out
    assert dict(os.environ) == before
    lines = told.splitlines()
    assert len(lines) <= LINES
    assert [line for line in lines if wcswidth(line) > 80] == []
    story = load_story()
    for step in story.steps:
        if step.shown:
            line = story.line(step, language)
            assert f"$ {line}" in told.replace(" \\\n    ", " ")
        if step.note is not None:
            assert step.note.text(language)[:6] in told
    folder = visitor.root / "演 示" / story.folder.text(language)
    pages = sorted(folder.iterdir())
    assert len(pages) == 4
    for page in pages:
        assert f"  {Path('演 示', folder.name, page.name)}" in lines
        said = "".join(sheet.extract_text() for sheet in PdfReader(page).pages)
        assert "虚构" in said or "fictional" in said
    visitor.root /= "演 示"
    assert visitor("check").code == 0
    assert visitor.git("config", "user.name").strip() == "张敏"


def test_it_shows_refusals_and_every_kind_of_paper_work() -> None:
    steps = load_story().steps
    assert sum(step.shown and step.exit != 0 for step in steps) >= 3
    forms = {shlex.split(step.run)[1] for step in steps if step.shown}
    assert {"visit", "repair", "complaint", "patrol", "violation", "renovation", "duty",
            "handover", "revisit"} <= forms  # fmt: skip


def test_a_folder_in_use_is_left_alone(visitor: Desk) -> None:
    (visitor.root / "mine").mkdir()
    (visitor.root / "mine" / "letter.txt").write_text("x", "utf-8")
    (visitor.root / "note.txt").write_text("x", "utf-8")
    for name in ("mine", "note.txt"):
        result = visitor(["demo", name])
        assert result.code == 5
        assert name in result.err
        assert "Traceback" not in result.err
    found = sorted(path.name for path in visitor.root.rglob("*"))
    assert found == ["letter.txt", "mine", "note.txt"]


def test_a_visitor_who_signs_his_own_commits(visitor: Desk) -> None:
    settings = Path(os.environ["HOME"]) / ".gitconfig"
    settings.write_text("[user]\nname = Some Body\n[commit]\ngpgsign = true\n", "utf-8")
    visitor.do("demo there")
    visitor.root /= "there"
    assert "Some Body" not in visitor.git("log", "--format=%an", "--", "records")


def test_an_empty_folder_will_do_and_the_default_has_a_name(visitor: Desk) -> None:
    (visitor.root / "pmcli-demo").mkdir()
    visitor.do("demo")
    assert (visitor.root / "pmcli-demo" / "office.yaml").is_file()
