"""Broken files of an office: they are named, and what is whole is served."""

from __future__ import annotations

from conftest import Desk
from failing import REPAIR, VISIT, WORDS, fails

BROKEN = {
    "gbk": ("---\nid: NUMBER\nstate: received\n---\n厨房".encode("gbk"), 5),
    "gbk key": ("---\nid: NUMBER\nvisitor: 王女士\nstate: received\n---\n".encode("gbk"), 3),
    "utf-16": ("---\nid: NUMBER\n---\n".encode("utf-16"), 1),
    "nul": (b"---\nid: NUMBER\nstate: received\nvisitor: a\0b\n---\n", 4),
    "empty": (b"", 1),
    "no front matter": (b"id: x\n", 1),
    "not closed": (b"---\nid: NUMBER\nstate: received\n", 4),
    "yaml": (b"---\nid: NUMBER\nstate: [received\n---\n", None),
    "tab": (b"---\nid: NUMBER\n\tstate: received\n---\n", None),
    "twice": (b"---\nid: NUMBER\nstate: received\nstate: closed\n---\n", 4),
    "anchor": (b"---\nid: NUMBER\nstate: received\nx: &a 1\ny: *a\n---\n", 4),
    "state": (b"---\nid: NUMBER\nstate: nowhere\n---\n", 3),
    "no state": (b"---\nid: NUMBER\n---\n", 1),
    "time": (b"---\nid: NUMBER\nstate: received\ncreated_at: soon\n---\n", 4),
    "early": (b"---\nid: NUMBER\nstate: received\ncreated_at: 0001-01-01T00:00:00+14:00\n---\n", 4),
    "other number": (b"---\nid: JD-260305-A77\nstate: received\n---\n", 1),
    "other form": (b"---\nid: NUMBER\nform: repair\nstate: received\n---\n", 1),
    "conflict": (b"<<<<<<< HEAD\n---\nid: NUMBER\n---\n", 1),
    "list": (b"---\n- a\n- b\n---\n", 2),
    "deep": (b"---\nid: NUMBER\nstate: received\nx: " + b"[" * 60_000 + b"\n---\n", 4),
    "line separator": ("---\nid: NUMBER\nstate: received\nx: a\u2028b\n---\n".encode(), 4),
    "history": (b"---\nid: NUMBER\nstate: received\nhistory: soon\n---\n", 4),
}


def test_a_broken_record_is_named_and_the_others_served(desk: Desk, visit: str) -> None:
    path = f"records/visit/2026/03/{desk.do([*VISIT, *WORDS]).id}.md"
    for data, line in BROKEN.values():
        (desk.root / path).write_bytes(data.replace(b"NUMBER", path[-16:-3].encode()))
        desk.git("commit", "-qam", "spoilt")
        named_and_left_out(desk, visit, path, line)
    fails(desk, ["visit", "list"], 1, path)
    assert path in desk.refused(["check"], 1).out
    desk.do(["visit", "reply", visit, "--reply", "好", "--reply-method", "phone"])
    assert desk.do([*VISIT, *WORDS]).id == "JD-260305-A03"
    desk.clean()


def named_and_left_out(desk: Desk, visit: str, path: str, line: int | None) -> None:
    place = f"{path}:{line}" if line else path
    number = path[-16:-3]

    listed = fails(desk, ["visit", "list", "--format", "json"], 1, place)
    assert [record["id"] for record in listed.json["records"]] == [visit]
    assert [error.startswith(place) for error in listed.json["errors"]] == [True]
    fails(desk, ["visit", "show", number], 1, place)
    fails(desk, ["visit", "reply", number, "--reply", "x", "--reply-method", "phone"], 1, place)


def test_other_things_in_the_records_folder(desk: Desk, visit: str) -> None:
    folder = desk.root / "records/visit/2026/03"
    (folder / "JD-260305-A50.md").mkdir()
    (folder / "JD-260305-A51.md").symlink_to("/nowhere")
    (folder / "备注.txt").write_text("x", "utf-8")
    (folder / ".DS_Store").write_bytes(b"\0")
    listed = fails(desk, ["visit", "list", "--format", "json"], 1, "JD-260305-A50.md")
    assert [record["id"] for record in listed.json["records"]] == [visit]
    assert "A51" in listed.err
    desk.do(["visit", "reply", visit, "--reply", "好", "--reply-method", "phone"])


def test_a_broken_office_file(desk: Desk, visit: str) -> None:
    path = desk.root / "office.yaml"
    good = path.read_text("utf-8")
    for text, place in (
        (good + "nope: 1\n", f"office.yaml:{good.count(chr(10)) + 1}"),
        (good.replace("language: zh", "language: fr"), "office.yaml:"),
        (good + "time_zone: Mars/Base\n", "office.yaml:"),
        (good.replace("Asia/Shanghai", "Mars/Base"), "office.yaml:"),
        ("name: [x\n", "office.yaml:"),
        ("", "office.yaml"),
        (good + "figures: {repair.dispatch: soon}\n", "office.yaml:"),
        (good.replace("roles: [reception]", "roles: [king]", 1), "office.yaml:"),
    ):
        path.write_text(text, "utf-8")
        fails(desk, ["visit", "list"], 1, place)
        fails(desk, [*VISIT, *WORDS], 1, place)
    path.write_bytes("name: 翠湖\n".encode("gbk"))
    fails(desk, ["visit", "list"], 1, "office.yaml")
    path.unlink()
    path.mkdir()
    assert desk(["visit", "list"]).code in (1, 3, 6)


def test_a_broken_form_leaves_the_others_working(desk: Desk, visit: str) -> None:
    (desk.root / "forms").mkdir()
    own = desk.root / "forms" / "repair.yaml"
    for text in (
        "form: repair\nnope: 1\n",
        "form: repair\nfields: [\n",
        "extends: nothing\n",
        "",
        "extends: repair\nfields: {unit: {type: colour}}\n",
        "extends: repair\nstates: {limbo: 悬 | limbo}\n",
    ):
        own.write_text(text, "utf-8")
        fails(desk, ["repair", "list"], 1, "forms/repair.yaml")
        fails(desk, REPAIR, 1, "forms/repair.yaml")
        assert desk.do(["visit", "list", "--format", "json"]).json["total"] >= 1
        desk.do([*VISIT, *WORDS])
    own.write_bytes("form: repair # 维修\n".encode("gbk"))
    fails(desk, ["repair", "list"], 1, "forms/repair.yaml")
    desk.do([*VISIT, *WORDS])
