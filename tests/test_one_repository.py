"""One place looks through folders of records; all others ask it, and for what they want."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import Desk
from scenes import bring

from pmcli.record.query import Query
from pmcli.store.records import Records
from pmcli.workflow.act import Act
from pmcli.workflow.judging import Judged

SOURCE = Path(__file__).parents[1] / "pmcli"
TREES = {
    path.relative_to(SOURCE): ast.parse(path.read_text("utf-8"))
    for path in sorted(SOURCE.rglob("*.py"))
}
SCANS = {
    "store/records.py": "the records",
    "form/frozen.py": "the program's own code",
    "store/checks.py": "folders that no form owns, journals kept aside",
    "store/files.py": "temporary files of killed commands",
    "store/founding.py": "what stands where an office is to be",
    "store/git_locks.py": "git's lock files, processes",
    "store/office.py": "forms and templates",
    "store/packing.py": "git's loose objects",
    "store/traces.py": "texts that were being edited",
    "cli/commands/demo.py": "the guide's pages",
}
"""The modules that may look through folders, and what for."""
ASK_FOR_ALL = {
    "store/checks.py": "every record is checked, and every list that follows others",
    "store/mending.py": "every record may want mending",
    "disclosure/border.py": "nobody on file may stand in words that others read",
    "spreadsheets/rows.py": "the numbers of all homes, once for a whole table",
    "cli/guided/offers.py": "any record may be chosen where a field may name any",
}
"""The modules that may ask for all records of a form, and why."""
SCANNING = {"scandir", "listdir", "iterdir", "glob", "iglob", "rglob"}
WALKS = {"os.walk", "os.fwalk"}
NARROW_NOTHING = {"forms", "work", "archive", "sort", "limit", "reveal"}
"""Parts of a query that leave all records of a form in its answer."""
INSIDE = set("_all _some _near _files _place _look _month _read _read_at _read_by _seen_of".split())
"""What the reading repository does within itself."""


def scans(tree: ast.AST) -> Iterator[str]:
    """Calls that look through a folder."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = ast.unparse(node.func)
            if name in WALKS or name.rpartition(".")[2] in SCANNING:
                yield ast.unparse(node)
        if isinstance(node, ast.ImportFrom) and node.module in ("os", "glob"):
            names = {one.name for one in node.names}
            yield from (f"{node.module}.{one}" for one in names & {*SCANNING, "walk", "fwalk"})


def asks_for_all(tree: ast.AST) -> Iterator[str]:
    """Queries that narrow nothing, or hide what they narrow."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] == "Query":
            given = {keyword.arg for keyword in node.keywords}
            if node.args or None in given or given <= NARROW_NOTHING:
                yield ast.unparse(node)


def filters(tree: ast.AST) -> Iterator[str]:
    """Answers that are filtered by whoever asked, and ways around the question."""
    for node in ast.walk(tree):
        if isinstance(node, ast.comprehension) and node.ifs and _is_answer(node.iter):
            yield ast.unparse(node)
        if isinstance(node, ast.For) and _is_answer(node.iter):
            first = node.body[0]
            if isinstance(first, ast.If) and isinstance(first.body[0], ast.Continue):
                yield ast.unparse(node)
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "filter":
            yield from (ast.unparse(node) for one in node.args[1:] if _is_answer(one))
        inside = isinstance(node, ast.Attribute) and node.attr in INSIDE
        if inside and not ast.unparse(node).startswith("self._"):
            yield ast.unparse(node)


def _is_answer(node: ast.expr) -> bool:
    return any(
        isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and call.func.attr == "find"
        for call in ast.walk(node)
    )


def found(look: Any) -> dict[str, list[str]]:
    """By package and file name, which stays when a module moves within its package."""
    hits: dict[str, list[str]] = {}
    for path, tree in TREES.items():
        if list(look(tree)):
            hits.setdefault(path.as_posix(), []).extend(look(tree))
    return hits


def test_only_these_look_through_folders() -> None:
    assert set(found(scans)) == set(SCANS)


def test_only_these_ask_for_all_records_of_a_form() -> None:
    assert set(found(asks_for_all)) == set(ASK_FOR_ALL)


def test_nobody_filters_an_answer_or_reaches_round_the_question() -> None:
    """Drafts alone stand in the place of what was found."""
    hits = found(filters)
    assert {name: len(told) for name, told in hits.items()} == {"workflow/draft.py": 1}, hits


PLANTED = [
    (scans, "import os\nfor entry in os.scandir('records'): print(entry)"),
    (scans, "from os import walk"),
    (scans, "found = sorted((root / 'records').rglob('*.md'))"),
    (scans, "import glob\nglob.glob('records/*')"),
    (scans, "def names(folder):\n    return [p.name for p in folder.iterdir()]"),
    (asks_for_all, "records.find(Query())"),
    (asks_for_all, "records.find(Query(forms=(name,), sort=('id',)))"),
    (asks_for_all, "records.find(query.Query(archive=True, limit=5000))"),
    (asks_for_all, "records.find(Query(**wanted))"),
    (filters, "[r for r in records.find(Query(open=True)) if r.get('unit') == unit]"),
    (filters, "for r in records.find(q):\n    if r.open:\n        continue\n    use(r)"),
    (filters, "list(filter(is_mine, records.find(q)))"),
    (filters, "for r in store.records._all(name): use(r)"),
]


@pytest.mark.parametrize(("look", "source"), PLANTED)
def test_what_may_not_be_is_seen_where_it_is_planted(look: Any, source: str) -> None:
    assert list(look(ast.parse(source)))


@pytest.mark.parametrize("look", [scans, asks_for_all, filters])
def test_an_honest_question_is_no_finding(look: Any) -> None:
    source = "found = [r.id for r in records.find(Query(forms=(name,), open=True), act)]"
    assert list(look(ast.parse(source))) == []


def test_the_ways_of_before_are_gone() -> None:
    public = {name for name in vars(Records) if not name.startswith("_")}
    assert public & {"of_form", "naming", "entries"} == set()


def blind(patch: pytest.MonkeyPatch, to: Callable[[Query], bool]) -> list[Query]:
    """Let the repository find nothing for some questions; they are listed as they are asked."""
    asked: list[Query] = []
    see = Records._judged

    def judged(self: Records, query: Query, act: Act | None) -> Judged:
        if not to(query):
            return see(self, query, act)
        asked.append(query)
        return Judged([], query, act, self)

    patch.setattr(Records, "_judged", judged)
    return asked


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("repair list --format json", '"total": 0'),
        ("complaint list --open --format json", '"total": 0'),
        ("check", "（0 张单据）"),
        ("complaint print --layout monthly --month 2026-03", "合计"),
    ],
)
def test_lists_checks_and_tallies_know_only_what_they_are_told(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, line: str, told: str
) -> None:
    numbers = [bring(desk, "repair", "dispatched"), bring(desk, "complaint", "assigned")]
    seen = desk(line).out
    assert told not in seen or line.startswith("complaint print")
    asked = blind(monkeypatch, lambda query: True)
    out = desk(line).out
    assert told in out and asked and out != seen
    assert not [number for number in numbers if number in out]


@pytest.mark.parametrize("blinded", [False, True])
def test_a_handover_lists_the_open_work_that_is_found(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, blinded: bool
) -> None:
    number = bring(desk, "repair", "received")
    if blinded:
        assert not blind(monkeypatch, lambda query: query.work is True and query.links_to is None)
    handover = bring(desk, "handover", "drafted")
    assert (number in desk.do(f"handover show {handover} --format json").out) is not blinded


@pytest.mark.parametrize("blinded", [False, True])
def test_a_home_is_named_by_what_is_found(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, blinded: bool
) -> None:
    bring(desk, "repair", "received")
    if blinded:
        blind(monkeypatch, lambda query: query.links_to is not None)
    shown = desk.do("unit list --columns number,open_records --format csv").out
    assert shown.splitlines()[1] == f"3-2-501,{0 if blinded else 1}"


def test_parts_of_numbers_and_new_numbers_come_from_the_numbers_given(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring(desk, "repair", "received")
    assert desk.do("repair show a01 --format json")
    given = ["BX-260305-A06", "BX-260305-A07"]

    def numbers(_self: Records, prefix: str = "", forms: object = None) -> list[str]:
        return [number for number in given if number.startswith(prefix)]

    monkeypatch.setattr(Records, "numbers", numbers)
    assert desk("repair show a01").code == 3
    assert bring(desk, "repair", "received") == "BX-260305-A08"
