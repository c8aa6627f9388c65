"""Folders of records that have not changed are answered from one sheet, and never wrongly."""

from __future__ import annotations

import os
import sqlite3
from datetime import UTC
from pathlib import Path

import pytest
from conftest import Desk
from scenes import bring

from pmcli.record.query import Query
from pmcli.store.index import Entry, Index, forget_rows
from pmcli.store.office import load_library
from pmcli.store.records import Records

pytestmark = pytest.mark.usefixtures("settled")
LIBRARY = load_library(None)
KEPT = ".git/pmcli/index.sqlite3"


def sheets(root: Path) -> dict[str, bytes]:
    """What is kept of folders."""
    with sqlite3.connect(root / KEPT) as database:
        return dict(database.execute("select path, sheet from month"))


def office(desk: Desk) -> tuple[str, Path]:
    """A received visit and where its file is; the index knows its folder."""
    number = bring(desk, "visit", "received")
    desk.do("visit list")
    path = next((desk.root / "records/visit").rglob(f"{number}.md"))
    return number, path


def looked_at(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The folders whose files are looked at one by one from now on."""
    seen: list[str] = []
    look = Index.look

    def spied(self: Index, folder: str, *more: object, **named: object) -> object:
        seen.append(folder)
        return look(self, folder, *more, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(Index, "look", spied)
    return seen


def test_a_folder_that_stands_is_not_looked_through(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    number, path = office(desk)
    assert f"records/visit/{path.parent.parent.name}/{path.parent.name}" in sheets(desk.root)
    seen = looked_at(monkeypatch)
    assert number in desk.do("visit list --open").out
    assert "visit" not in "".join(seen)


@pytest.mark.parametrize("change", ["edited", "set back", "moved", "gone", "come", "restored"])
def test_whatever_happens_to_a_file_is_seen(desk: Desk, change: str) -> None:
    number, path = office(desk)
    text = path.read_text("utf-8")
    stat = path.stat()
    other = text.replace("state: received", "state: answered")
    if change == "edited":
        path.write_text(other, "utf-8")
    elif change == "set back":
        path.write_text(other, "utf-8")
        os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    elif change == "moved":
        path.rename(path.with_name("LF-260301-A77.md"))
    elif change == "gone":
        path.unlink()
    elif change == "come":
        path.with_name("LF-260301-A77.md").write_text(text.replace(number, "LF-260301-A77"))
    else:
        path.write_text(other, "utf-8")
        desk("visit list")
        desk.git("checkout", "-q", "--", str(path.relative_to(desk.root)))
    fresh = desk("visit list --format json")
    (desk.root / KEPT).unlink()
    plain = desk("visit list --format json")
    assert (fresh.code, fresh.out) == (plain.code, plain.out)
    answered = desk("visit list --state answered --format json").json["records"]
    assert len(answered) == (change in ("edited", "set back"))


def test_an_unreadable_file_is_told_each_time(desk: Desk) -> None:
    _, path = office(desk)
    path.with_name("LF-260301-A78.md").write_text("---\nid: [\n---\n", "utf-8")
    for _ in range(2):
        result = desk("visit list")
        assert (result.code, "A78" in result.err) == (1, True)


def test_another_form_reads_anew(desk: Desk) -> None:
    number, _ = office(desk)
    desk.do("forms eject visit")
    form = desk.root / "forms/visit.yaml"
    text = form.read_text("utf-8")
    form.write_text(text.replace("  received:", "  received_:", 1), "utf-8")
    assert desk("visit list").code != 0
    form.write_text(text, "utf-8")
    assert number in desk.do("visit list --open").out


@pytest.mark.parametrize("damage", ["letter", "cut", "kind", "count"])
def test_a_damaged_sheet_is_not_believed(desk: Desk, damage: str) -> None:
    number, _ = office(desk)
    with sqlite3.connect(desk.root / KEPT) as database:
        ((data,),) = database.execute("select sheet from month where path like '%/visit/%'")
        changed = {
            "letter": data.replace(b"received", b"answered"),
            "cut": data[:-3],
            "kind": "text",
            "count": b"\0" + data[1:],
        }[damage]
        assert changed != data
        database.execute("update month set sheet = ? where path like '%/visit/%'", (changed,))
    assert number in desk.do("visit list --state received").out
    assert number not in desk("visit list --state answered").out


def test_a_damaged_row_is_not_believed(desk: Desk) -> None:
    number, _ = office(desk)
    with sqlite3.connect(desk.root / KEPT) as database:
        database.execute("delete from month")
        database.execute("update record set state = 'answered' where number = ?", (number,))
    assert number in desk.do("visit list --state received").out
    assert number not in desk("visit list --state answered").out


def test_a_sheet_is_of_the_form_by_which_it_was_read(desk: Desk) -> None:
    _, path = office(desk)
    folder = str(path.parent.relative_to(desk.root))
    with os.scandir(path.parent) as found:
        entries = [Entry("visit", f"{folder}/{e.name}", e.name[:-3], e) for e in found]
    index = Index(desk.root / ".git/pmcli")
    with sqlite3.connect(desk.root / KEPT) as database:
        ((form,),) = database.execute("select form from month where path = ?", (folder,))
    assert index.sheet(folder, form, entries) is not None
    assert index.sheet(folder, f"{form} of another zone", entries) is None


def test_a_folder_that_has_gone_leaves_no_sheet(desk: Desk) -> None:
    _, path = office(desk)
    bring(desk, "repair", "received")
    desk.do("repair list")
    assert [one for one in sheets(desk.root) if "/visit/" in one]
    path.unlink()
    path.parent.rmdir()
    desk("visit list")
    assert [one for one in sheets(desk.root) if "/visit/" in one] == []


def test_what_is_fresh_is_not_trusted(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pmcli.store.index.FRESH_NS", 3_600_000_000_000)
    office(desk)
    assert sheets(desk.root) == {}


def test_what_is_erased_leaves_its_sheet(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    folder = tmp_path / ".git/pmcli"
    database = Index._open(folder / "index.sqlite3")
    with database:
        database.executemany(
            "insert into month values (?, 'f', x'00', ?)",
            [("records/x/2026/01", b"SECRET"), ("records/x/2026/02", b"OTHER")],
        )
    database.close()
    forget_rows(folder, ["records/x/2026/01/X-260101-A01.md"], wholly=True)
    left = b"".join(file.read_bytes() for file in folder.iterdir())
    assert (b"SECRET" in left, b"OTHER" in left) == (False, True)


def test_a_reader_adds_nothing(tmp_path: Path, desk: Desk) -> None:
    office(desk)
    (desk.root / KEPT).unlink()
    index = Index(desk.root / ".git/pmcli", writes=False)
    found = Records(desk.root, LIBRARY, UTC, "A", index).find(Query(forms=("visit",)))
    assert len(found) == 1
    assert not (desk.root / KEPT).exists()
