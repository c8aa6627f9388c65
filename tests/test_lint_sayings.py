"""Sentences as offices write them, each in a notice: what is wrong in them, and what only looks it.

`lint_sayings.txt` holds one a line: `code|genre|sentence`. The code is to be found in the sentence;
with a `-` before it the sentence is innocent, and no rule about tone, promises or privacy speaks.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from time import perf_counter

import pytest

from pmcli.lint import check

WORDING = {f"N2{n:02}" for n in range(1, 11)} | {f"N3{n:02}" for n in range(1, 8)}
SUBJECTS = {
    "N202": "交纳物业服务费",
    "N203": "维护小区秩序",
    "N204": "交纳物业服务费",
    "N205": "维护小区环境",
    "N208": "小区近期活动",
    "N209": "清理公共区域",
    "N305": "物业服务费收缴情况",
    "N306": "物业服务收费方式",
    "N307": "物业服务费收缴情况",
}


def _sayings() -> dict[tuple[str, bool], list[tuple[str, str]]]:
    """Genre and sentence, by code and whether they are innocent."""
    sayings = defaultdict(list)
    text = (Path(__file__).parent / "lint_sayings.txt").read_text("utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            code, genre, sentence = line.split("|", 2)
            sayings[code.lstrip("-"), code.startswith("-")].append((genre, sentence))
    return dict(sayings)


SAYINGS = _sayings()


def _notice(code: str, genre: str, sentence: str) -> str:
    subject = SUBJECTS.get(code, "小区近期事项")
    lines = ["招领启事" if genre == "启事" else f"关于{subject}的{genre}"]
    if genre in ("通知", "温馨提示", "函"):
        lines.append("尊敬的业主：")
    table = sentence.startswith("|")
    lines.append("　　为维护大家的生活环境，现就有关事项说明如下。")
    lines += [part if table else f"　　{part}" for part in sentence.split("⏎")]
    lines += ["　　如有疑问，可致电0371-60000000。感谢您的理解与支持！"]
    return "\n".join([*lines, "有效期至2026年6月30日", "阳光里物业服务中心", "2026年5月8日", ""])


def _found(code: str, genre: str, sentence: str) -> set[str]:
    return {finding.code for finding in check(_notice(code, genre, sentence))} & WORDING


@pytest.mark.parametrize("code", sorted(WORDING))
def test_what_is_wrong_is_found_in_any_words(code: str) -> None:
    said = SAYINGS[code, False]
    assert len(said) >= 3
    assert [text for genre, text in said if code not in _found(code, genre, text)] == []


@pytest.mark.parametrize("code", sorted(WORDING))
def test_what_only_looks_wrong_passes(code: str) -> None:
    said = SAYINGS[code, True]
    assert len(said) >= 3
    assert [(text, found) for genre, text in said if (found := _found(code, genre, text))] == []


def test_a_thousand_notices_take_seconds() -> None:
    notices = [
        _notice(code, genre, text) for (code, _), said in SAYINGS.items() for genre, text in said
    ]
    start = perf_counter()
    for notice in notices[:1000]:
        check(notice)
    assert perf_counter() - start < 30
