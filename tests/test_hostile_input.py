"""What an attacker types is stored as typed or refused: never evaluated, never a way to hang."""

from __future__ import annotations

import pytest
from conftest import Desk
from mistyped import refuse, repair
from scenes import bring

from pmcli.form.normal import unmarked

TEXTS = [
    "-rf", "--", "---", "---\nid: x\n---", "...", "{{ 7*7 }}", "{% raw %}", "{{ self }}", "# 注",
    "x: y\n- z", "%s {0} {x}", "\u200b零宽\u202e倒", "\ufeffabc", "<script>alert(7*7)</script>",
    "|> yaml", "&a *a !!python/object", "'\"\\", "漏水\n\n\n", "=1+1",
]  # fmt: skip


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_is_kept_as_typed(desk: Desk, text: str) -> None:
    number = desk.do(repair(request=text)).id
    assert desk.show(number)["request"].strip() == unmarked(text).strip()
    desk.clean()
    for shown in ("txt", "html"):
        page = desk.do(f"repair print {number} --format {shown}").out
        assert "<script>alert" not in (page if shown == "html" else "")
        if "{" in text:
            assert text in page
    assert text not in desk.git("log", "-1", "--format=%s") or len(text) < 3
    desk.do("check")


PLACES = [
    "{{ 7*7 }}", "{% raw %}", "---", "'", ": ", "\ufeff厨", "no", "0123", "1e3", "~", "null",
    "12:30", "=1+1", "@x", "\uffff", "\U0010ffff", "厨\u202e房",
]  # fmt: skip


@pytest.mark.parametrize("place", PLACES)
def test_a_line_is_kept_as_typed(desk: Desk, place: str) -> None:
    number = desk.do(repair(place=place)).id
    assert desk.show(number)["place"] == unmarked(place).strip()
    assert unmarked(place).strip() in desk.do("repair list --columns place --format csv").out
    desk.do(f"repair print {number} --format html")
    desk.clean()


def test_a_value_is_no_formula_in_a_sentence_or_subject(desk: Desk) -> None:
    number = bring(desk, "repair", "working")
    hold = ["repair", "hold", number, "--hold-reason", "parts", "--reason", "{{ 7*7 }}"]
    desk.do([*hold, "--by", "李强"])
    assert desk.show(number)["history"][-1]["reason"] == "{{ 7*7 }}"
    assert "49" not in desk.git("log", "-1", "--format=%B")
    name = "{{ 7*7 }}{% raw %}"
    line = ["visit", "new", "--category", "other", "--channel", "phone", "--content", name]
    visit = desk.do([*line, "--visitor", name]).id
    said = desk.refused(["visit", "refer", visit, "--reason", name]).err
    assert "49" not in said
    quoted = ["repair", "list", "--state", name]
    assert name in refuse(desk, quoted, 2)


def test_stored_control_characters_do_not_reach_the_terminal(desk: Desk) -> None:
    number = bring(desk, "repair", "received")
    path = desk.root / desk.show(number)["path"]
    path.write_text(path.read_text("utf-8").replace("place: 厨房", 'place: "厨\\e[31m房"'), "utf-8")
    for line in (f"repair show {number}", "repair list --columns id,place"):
        result = desk(line)
        assert "\x1b" not in result.out + result.err


def grown(seed: str, around: str, times: int) -> str:
    for _ in range(times):
        seed = around.replace("_", seed)
    return seed


REFUSED = [
    "'a'*10**9", "9**9**9", "*".join(["10000000000"] * 40), "(" * 500 + "1" + ")" * 500,
    "[" * 90 + "]" * 90, "().__class__", "{}.items()", "x|attr('y')", "self", "cycler", "lipsum",
    "range(10)", "a" * 10_000, "1 }}{% for x in [1] %}{{ 1", "1 #}", "{# x #}", "1 %}", "{{ 1 }}",
    "", "1 +", "unit = 3", "nope == 1", "not " * 300 + "1", "'abc' < 3", "worker < 3",
    "'%999999999d' % 1", "worker|default('x'*99)", "1/0", "1e400", "-1e400", "[1e308,1e308]|sum",
    "1|round(99999999, 'ceil') > 0", "1|round(999999999999)", "[1,'a']|sort", "id[::0]",
    "created_at > '2026'", "worker is mapping", "worker|foo", "[].append(1)", "id*3", "[id]*3",
    "\udcff", "\0", "super()", "__import__('os')", "find('nope','x')", "1 < 2 < 'a'",
    grown("id", "id|join(_)", 40), "id" + "|join(id)" * 40,
    "id" + "|list|string" * 40,
    grown("id", "([none]*0 + [id,id,id])|map('join', _)|join", 12),
    grown("[id]", "[[],[],[],[]]|map('first')|map('default', _)", 14) + " ~ ''",
]  # fmt: skip


@pytest.mark.parametrize("formula", REFUSED, ids=lambda text: text[:30].encode("ascii", "replace"))
def test_a_hostile_formula_is_refused(desk: Desk, formula: str) -> None:
    bring(desk, "repair", "dispatched")
    said = refuse(desk, ["repair", "list", "--where", formula], 2)
    assert "<locals>" not in said


@pytest.mark.parametrize(
    "formula",
    ["''.join", "worker['__class__']", "{'a':1}.a.b.c", "[]|first", "none|length",
     "record('../../etc/passwd')", "[{'a': 1}]|map(attribute='a.__class__')|first", "before.x"],
)  # fmt: skip
def test_what_is_not_there_is_nothing(desk: Desk, formula: str) -> None:
    bring(desk, "repair", "dispatched")
    assert desk.do(["repair", "list", "--where", formula, "--format", "json"]).json["total"] == 0


def test_history_is_no_name_in_a_condition(desk: Desk) -> None:
    """It would be empty there, and a condition on it always false."""
    assert "history" in desk.refused(["repair", "list", "--where", "history"], 2).err
