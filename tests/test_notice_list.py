"""`pmcli notice templates`: all of them, one of them, and those that are faulty."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Any

import pytest
from conftest import Desk
from wcwidth import wcswidth

from pmcli.form.text_template import SUFFIX

FOLDER = Path(__file__).parent.parent / "templates" / "notices"
KEYS = sorted(path.name.removesuffix(SUFFIX) for path in FOLDER.iterdir())
OWN = (
    "---\nlabel: 泳池 | Pool\naudience: 全体 | all\npresets: {genre: 通知, addressee: 各位业主：}\n"
    "lead: {before: day, at_least: 2d, source: 惯例}\nvalid: {until: day}\norder: [issue_on, day]\n"
    "title: 关于泳池开放的通知\n"
    "variables:\n  day: {label: 日期 | Day, type: date, required: true, example: 2026-03-08}\n---\n"
    "因天气转暖，泳池{{ day }}起开放。感谢您的支持！\n"
)


def own(desk: Desk, name: str, text: str) -> str:
    folder = desk.root / "templates" / "notices"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}{SUFFIX}").write_text(text, "utf-8")
    return f"templates/notices/{name}{SUFFIX}"


def listed(desk: Desk, more: str = "") -> list[Any]:
    found: list[Any] = desk.do(f"notice templates --format json {more}").json["templates"]
    return found


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_table_has_every_template_and_fits(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    monkeypatch.setenv("PMCLI_LANG", language)
    lines = desk.do("notice templates").out.splitlines()
    assert max(map(wcswidth, lines)) <= 80
    assert [line.split()[0] for line in lines[2:]] == KEYS
    (water,) = [line.split() for line in lines if line.startswith("water-outage ")]
    assert water[-3:] == ["24h", "end+1d", "5+1"]


def test_the_list_can_be_narrowed_to_a_genre(desk: Desk) -> None:
    assert [t["key"] for t in listed(desk, "--genre 公示")] == [
        "common-income",
        "renovation-posting",
        "survey-result",
    ]
    assert desk.do("notice templates --genre letter --format json").json["templates"]
    refused = desk.refused("notice templates --genre 公文", 2)
    assert "温馨提示" in refused.err


def test_json_has_everything_of_a_template(desk: Desk) -> None:
    (found,) = [t for t in listed(desk) if t["key"] == "power-outage"]
    assert found["label"] == "计划停电"
    assert found["audience"] == "受影响楼栋"
    assert found["presets"]["genre"] == "通知"
    assert [(lead["at_least"], lead["figure"], lead["when"]) for lead in found["lead"]] == [
        ("2d", "notice.own_power_lead", "own_work"),
        ("7d", "notice.power_lead", None),
    ]
    assert found["valid"] == {"until": ["end"], "plus": "1d", "for": None}
    assert found["order"] == [["issue_on", "start", "end"]]
    scope = {v["name"]: v for v in found["variables"]}["scope"]
    assert scope == {
        "name": "scope",
        "option": "--scope",
        "type": "text+",
        "required": True,
        "label": "停电范围",
        "help": "例：3号楼；5号楼",
        "example": ["3号楼", "5号楼"],
        "choices": {},
    }


@pytest.mark.parametrize("key", KEYS)
def test_the_example_of_a_template_works_on_any_day(desk: Desk, key: str) -> None:
    desk.clock("2027-12-30 09:00")
    found = desk.do(f"notice templates {key} --format json").json
    assert [v["name"] for v in found["variables"] if v["required"] and not v["example"]] in (
        [],
        ["next_step"],
    )
    made = desk.do(shlex.split(found["command"])[1:])
    assert "错误" not in made.err and "提醒" not in made.err and "提前" not in made.err, made.err


def test_one_template_is_shown_with_its_variables_and_an_example(desk: Desk) -> None:
    out = desk.do("notice templates water-outage").out
    assert max(map(wcswidth, out.splitlines())) <= 80
    assert "读者：受影响楼栋" in out
    assert "停水时间前 24h（城市供水条例第22条" in out and "notice.water_lead" in out
    assert "有效至：恢复时间 + 1d" in out
    assert "--water-point" in out and "例：3号楼大堂门口" in out
    command = out[out.index("pmcli notice new") :].replace("\\\n", " ")
    desk.do(shlex.split(command)[1:])


def test_an_unknown_template_is_answered_with_the_list(desk: Desk) -> None:
    assert "water-outage" in desk.refused("notice templates nosuch", 2).err


def test_an_own_template_shows_with_its_file(desk: Desk) -> None:
    path = own(desk, "pool", OWN)
    (found,) = [t for t in listed(desk) if t["key"] == "pool"]
    assert found["path"] == path
    assert path in desk.do("notice templates pool").out
    number = desk.do("notice new pool --day 2026-03-08").id
    assert desk.show(number)["valid_until"] == "2026-03-08"
    assert "应有 2 天（惯例）" in desk.do("notice new pool --day 2026-03-06").err
    desk.refused("notice new pool --day 2026-03-04", 2)
    assert [t["path"] for t in listed(desk) if t["key"] == "pets"] == [
        "<pmcli>/templates/notices/pets.md.j2"
    ]


@pytest.mark.parametrize(
    ("change", "line", "part"),
    [
        (("{{ day }}起", "{{ day }}\n{% if %}起"), 13, "模板有误"),
        (("{{ day }}起", "{{ day }}\n{{ nosuch }}起"), 13, "nosuch"),
        (("before: day", "before: dya"), 5, "dya"),
        (("before: day", "when: dya, before: day"), 5, "dya"),
        (("at_least: 2d", "at_least: soon"), 5, "soon"),
        (("at_least: 2d, ", ""), 5, "at_least"),
        (("until: day", "until: dya"), 6, "dya"),
        (("until: day", "until: day, plus: x"), 6, "x"),
        (("until: day", "for: x"), 6, "x"),
        (("until: day", ""), 6, "until"),
        (("[issue_on, day]", "[issue_on, dya]"), 7, "dya"),
        (("[issue_on, day]", "day"), 7, "order"),
        (("addressee: 各位业主：", "adressee: 各位业主："), 4, "adressee"),
        (("type: date", "type: dat"), 10, "dat"),
        (("  day:", "  help:"), 10, "help"),
        (("  day:", "  title:"), 10, "title"),
        (("audience:", "audiense:"), 3, "audiense"),
        (("label: 泳池", "label: [泳池"), 3, "YAML"),
        (("---\nlabel", "label"), 1, "---"),
    ],
)
def test_a_faulty_template_is_named_with_its_line_and_hides_no_other(
    desk: Desk, change: tuple[str, str], line: int, part: str
) -> None:
    assert change[0] in OWN
    path = own(desk, "pool", OWN.replace(*change, 1))
    result = desk.refused("notice templates", 1)
    assert [x.split()[0] for x in result.out.splitlines()[2:]] == KEYS
    (fault,) = [x for x in result.err.splitlines() if path in x][:1]
    assert part in fault
    assert f"{path}:{line}:" in fault
    assert f"{path}:{line}:" in desk.refused("forms check", 1).err
    assert f"{path}:{line}:" in desk.refused("forms check notice", 1).err
    assert f"{path}:{line}:" in desk.refused("notice new pool --day 2026-03-08", 1).err
    assert f"{path}:{line}:" in desk.refused("notice templates pool", 1).err
    assert len(desk.refused("notice templates --format json", 1).json["errors"]) >= 1
    desk.do("notice new pets --advice 出门遛犬请牵好绳")


def test_a_template_in_another_encoding_is_a_fault(desk: Desk) -> None:
    folder = desk.root / "templates" / "notices"
    folder.mkdir(parents=True)
    (folder / f"gbk{SUFFIX}").write_bytes(OWN.encode("gbk"))
    (folder / f"folder{SUFFIX}").mkdir()
    result = desk.refused("notice templates", 1)
    assert "gbk.md.j2:2: 不是 UTF-8 编码" in result.err
    assert "folder.md.j2" in result.err
    desk.refused("notice new gbk", 1)
    desk.refused("notice new folder", 1)


@pytest.mark.parametrize("name", ["templates", "verify"])
def test_a_step_cannot_have_the_name_of_a_command(desk: Desk, name: str) -> None:
    (desk.root / "forms").mkdir()
    (desk.root / "forms" / "visit.yaml").write_text(
        "form: visit\nextends: visit\ntransitions:\n"
        f"  {name}: {{label: 甲, from: received, to: same}}\n",
        "utf-8",
    )
    assert f"步骤名“{name}”不可用" in desk.refused("forms check", 1).err


def test_only_forms_with_templates_have_the_command(desk: Desk) -> None:
    assert "templates" in desk.do("notice --help").out
    assert "templates" not in desk.do("visit --help").out
    desk.refused("visit templates", 2)
