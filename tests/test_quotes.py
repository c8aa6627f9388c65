"""What a hand writes without quotes is, once saved, the same to every YAML reader."""

from __future__ import annotations

import frontmatter
import pytest
from conftest import Desk
from scenes import bring

WORDS = ["12:30", "no", "0301", "1e3", "2026-03-05", "0x1F", "1_000", "~x", "on", "1.5", "+1", ".5"]


def written(desk: Desk, number: str, word: str) -> None:
    path = desk.root / desk.show(number)["path"]
    text = path.read_text("utf-8").replace("place: 厨房", f"place: {word}  # 手写", 1)
    text = text.replace("phone:", f"门禁: {word}\nphone:", 1)
    path.write_text(text, "utf-8")


def read(desk: Desk, number: str) -> dict[str, object]:
    """The record as a reader of YAML 1.1 has it."""
    return dict(frontmatter.load(str(desk.root / desk.show(number)["path"])).metadata)


@pytest.mark.parametrize("word", WORDS)
def test_saved_by_pmcli(desk: Desk, word: str) -> None:
    number = bring(desk, "repair", "received")
    written(desk, number, word)
    desk.do("save")
    assert desk.show(number)["place"] == word
    found = read(desk, number)
    assert (found["place"], found["门禁"]) == (word, word)
    assert "  # 手写\n" in (desk.root / desk.show(number)["path"]).read_text("utf-8")
    desk.clean()
    assert "没有加引号" not in desk("check").out


@pytest.mark.parametrize("word", ["12:30", "no", "0301"])
def test_committed_by_git_and_mended_by_check(desk: Desk, word: str) -> None:
    number = bring(desk, "repair", "received")
    written(desk, number, word)
    desk.git("commit", "-qam", "随手改")
    told = desk("check")
    assert told.code == 1 and "place 的值没有加引号" in told.out
    desk("check --fix")
    assert read(desk, number)["place"] == word
    assert "没有加引号" not in desk("check").out


def test_rows_too(desk: Desk) -> None:
    number = bring(desk, "repair", "quoted")
    path = desk.root / desk.show(number)["path"]
    text = path.read_text("utf-8")
    assert "item: 换角阀" in text
    path.write_text(text.replace("item: 换角阀", "item: 0301", 1), "utf-8")
    desk.do("save --by 李强")
    rows = read(desk, number)["quote_items"]
    assert isinstance(rows, list) and rows[0]["item"] == "0301" and rows[0]["qty"] == 1
    desk.do("check")
