"""Every type of field can be corrected: by an option, in the editor and by hand, and taken back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from conftest import Desk
from logbook import FILE, VALUES, change, logbook

from pmcli.form.types import TYPES

Door = Callable[[Desk, str, str, pytest.MonkeyPatch], None]


def test_the_form_has_every_type() -> None:
    assert {kind.removesuffix("s") for kind in VALUES} >= {t.removesuffix("s") for t in TYPES}


def by_save(desk: Desk, number: str, kind: str, patch: pytest.MonkeyPatch) -> None:
    change(desk.root / str(desk.show(number)["path"]), kind)
    desk.do("save")


def by_option(desk: Desk, number: str, kind: str, patch: pytest.MonkeyPatch) -> None:
    desk.do(["logbook", "edit", number, f"--a-{kind}", VALUES[kind][1]])


def by_editor(desk: Desk, number: str, kind: str, patch: pytest.MonkeyPatch) -> None:
    typed = desk.root.parent / "typed.md"
    typed.write_bytes((desk.root / str(desk.show(number)["path"])).read_bytes())
    change(typed, kind)
    patch.setenv("EDITOR", f"cp '{typed}'")
    patch.delenv("VISUAL", raising=False)
    desk.do(f"logbook edit {number} --file")


@pytest.mark.parametrize("door", [by_save, by_option, by_editor])
@pytest.mark.parametrize("kind", VALUES)
def test_a_value_of_every_type_is_corrected_and_taken_back(
    desk: Desk, kind: str, door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = logbook(desk)
    before = desk.show(number)
    differs = VALUES[kind][0] != VALUES[kind][1]
    assert before[f"a_{kind}"] is not None
    door(desk, number, kind, monkeypatch)
    desk.clean()
    after = desk.show(number)
    assert {name for name in before if before[name] != after.get(name)} - {"history"} == (
        {f"a_{kind}"} if differs else set()
    )
    if differs:
        row = after["history"][-1]
        assert (row["command"], row["changed"]) == ("edit", [f"a_{kind}"])
        desk.do("check")
        desk.do(f"undo {number} --reason 改错")
        assert {**desk.show(number), "history": 0} == {**before, "history": 0}
    desk.do("check")
    desk.do(f"logbook drop {number}")


@pytest.mark.parametrize("door", [by_save, by_option, by_editor])
def test_nonsense_of_a_type_is_refused_with_its_name(
    desk: Desk, door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = logbook(desk)
    head = desk.head
    for kind in ("integer", "money", "date", "datetime", "time", "month", "span", "duration",
                 "choice", "flag", "unit", "link"):  # fmt: skip
        monkeypatch.setitem(VALUES, kind, (VALUES[kind][0], "胡写"))
        if kind in FILE:
            monkeypatch.setitem(FILE, kind, "胡写")
        with pytest.raises(AssertionError) as told:
            door(desk, number, kind, monkeypatch)
        said = str(told.value)
        assert f"a_{kind}" in said or f"a-{kind}" in said or ("胡写" in said and ".md:" in said), (
            said
        )
        assert "Traceback" not in said and desk.head == head
        desk.git("checkout", "--", "records")
