"""A repository answers a query as a plain filter over what was written does, and never in part."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from asked_offices import (
    ACT,
    JOB,
    LIBRARY,
    NUMBERS,
    OFFICES,
    QUERIES,
    ZONE,
    Written,
    counted,
    in_file_order,
    meant,
    write,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from pmcli.form.formula import Formula
from pmcli.form.library import Library
from pmcli.problems import FormulaFails, Unreadable, Usage
from pmcli.record.query import Query, Span, days
from pmcli.store.index import Index
from pmcli.store.records import Records, state_told
from pmcli.workflow.draft import Work

pytestmark = pytest.mark.usefixtures("settled")

GROUPS = st.lists(
    st.sampled_from(["state", "form", "open", "sort", "others", "created_at:day", "on_day:month",
                     "created_at:month", "keeper"]),
    max_size=3, unique=True,
)  # fmt: skip


def opened(root: Path, writes: bool = True) -> Records:
    return Records(root, LIBRARY, ZONE, "A", Index(root / "kept", writes))


def test_the_forms_are_forms() -> None:
    assert LIBRARY.all()[1] == []


@settings(max_examples=150, deadline=None)
@given(OFFICES, st.lists(QUERIES, min_size=1, max_size=6), st.integers(1, 4), GROUPS)
def test_an_answer_is_that_of_a_plain_filter(
    written: tuple[Written, ...], queries: list[Query], most: int, names: list[str]
) -> None:
    """By reading, from the cache, from a cache that is only looked at, and asked one at a time."""
    office = in_file_order(written)
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        write(root, office)
        cold, looking = opened(root), opened(root, writes=False)
        for query in queries:
            wanted = meant(query, office)
            for records in (cold, looking, opened(root), opened(root, writes=False)):
                found = [record.id for record in records.find(query, ACT)]
                assert found == wanted
                limited = replace(query, limit=most)
                assert [r.id for r in records.find(limited, ACT)] == found[:most]
                groups = records.count(limited, names, ACT)
                assert groups == counted(query, names, office)
                assert groups.total() == len(found)
            assert cold.faults == []


@settings(max_examples=60, deadline=None)
@given(OFFICES, st.sampled_from([*NUMBERS, "1-1-101", "3-2-501"]))
def test_links_and_numbers_are_those_of_a_plain_filter(
    written: tuple[Written, ...], to: str
) -> None:
    office = in_file_order(written)
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder), office)
        records = opened(Path(folder))
        links = {(o.form, o.id, f) for o in office if o.id != to for f, n in o.named if n == to}
        found = records.links(to)
        assert {(link.form, link.number, link.field) for link in found} == links
        assert len(found) == len(links)
        for prefix in ("", "JB-260301", "JB", "DA-260302-A1", "X"):
            known = [one.id for one in office if one.id.startswith(prefix)]
            assert records.numbers(prefix) == known
            filed = [number for number in known if number.startswith("DA")]
            assert records.numbers(prefix, ["filed"]) == filed


@settings(max_examples=80, deadline=None)
@given(OFFICES, QUERIES, st.lists(st.sampled_from(NUMBERS), unique=True, max_size=3), GROUPS)
def test_drafts_lie_over_the_answer(
    written: tuple[Written, ...], query: Query, changed: list[str], names: list[str]
) -> None:
    """What a command has changed so far counts as it stands now, and comes last."""
    office = in_file_order(written)
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder), office)
        work = Work(opened(Path(folder)))
        for number in changed:
            place = next((p for p, one in enumerate(office) if one.id == number), None)
            if place is None:
                continue
            draft, one = work.open(number), office.pop(place)
            assert draft is not None
            draft.put("keeper", "李晓")
            draft.put("state", "shut")
            draft.put("home", "3-2-501")
            now = {**one.values, "keeper": "李晓", "state": "shut", "home": "3-2-501"}
            office.append(replace(one, values=now))
        assert [record.id for record in work.find(query, ACT)] == meant(query, office)
        assert work.count(query, names, ACT) == counted(query, names, office)
        links = {(o.form, o.id, f) for o in office for f, n in o.named if n == "3-2-501"}
        assert {(k.form, k.number, k.field) for k in work.links("3-2-501")} == links
        assert sorted(work.numbers()) == sorted(one.id for one in office)


def example(root: Path, *more: tuple[str, str]) -> Records:
    """An office of one job, and other files by name."""
    at = ACT.at
    values = {
        "id": "JB-260301-A01", "form": "job", "state": "open", "created_at": at,
        "created_by": "李晓", "keeper": "李晓", "guest": "欧阳雨", "phone": "13800138000",
        "said": "欧阳雨说灯坏了，电话13800138000",
    }  # fmt: skip
    write(root, [Written("job", values, at)])
    for name, text in more:
        (root / "records/job/2026/03" / name).write_text(text, "utf-8")
    return opened(root)


@pytest.mark.parametrize(
    ("text", "shown", "revealed"),
    [("灯坏了", 1, 1), ("欧阳雨", 0, 1), ("13800138000", 0, 1), ("138", 0, 1), ("lamp", 0, 0),
     ("灯 ０３０１", 1, 1), ("灯 欧阳", 0, 1)],
)  # fmt: skip
def test_words_are_not_found_where_a_list_would_mask_them(
    tmp_path: Path, text: str, shown: int, revealed: int
) -> None:
    records = example(tmp_path)
    assert len(records.find(Query(text=text))) == shown
    assert len(records.find(Query(text=text, reveal=True))) == revealed


BROKEN = ("JB-260301-A02.md", "---\nid: JB-260301-A02\nstate: shut\n: : :\n---\n")


def test_what_cannot_be_read_is_told_and_stops_what_is_decided(tmp_path: Path) -> None:
    records = example(tmp_path, BROKEN)
    assert [record.id for record in records.find(Query())] == ["JB-260301-A01"]
    assert [fault.file for fault in records.faults] == [f"records/job/2026/03/{BROKEN[0]}"]
    assert records.numbers() == ["JB-260301-A01", "JB-260301-A02"]
    asked = [Query(), Query(open=True), Query(links_to="1-1-101"), Query(forms=("job",)),
             Query(ids=frozenset(["JB-260301-A02"]))]  # fmt: skip
    for query in asked:
        for strict in (records, opened(tmp_path)):
            with strict.strict(), pytest.raises(Unreadable):
                strict.find(query)
            with strict.strict(), pytest.raises(Unreadable):
                strict.count(query)
    with records.strict(), pytest.raises(Unreadable):
        records.links("1-1-101")


def test_a_broken_record_stops_no_question_that_it_cannot_answer(tmp_path: Path) -> None:
    fresh = example(tmp_path, BROKEN)
    with fresh.strict():
        assert fresh.find(Query(ids=frozenset(["JB-260301-A01"])))
        assert fresh.find(Query(forms=("filed",))) == []
        assert fresh.find(Query(forms=())) == []
        assert fresh.find(Query(archive=True)) == []
    (record,) = fresh.find(Query())
    assert Query(forms=("job",)).admits(record) and not Query(forms=()).admits(record)


def test_a_formula_that_fails_is_the_fault_of_whoever_wrote_it(tmp_path: Path) -> None:
    records = example(tmp_path)
    assert records.find(Query(where=Formula("fee > 5")), ACT) == []
    with pytest.raises(Usage):
        records.find(Query(where=Formula("id > 5")), ACT)
    with pytest.raises(FormulaFails):
        records.find(Query(where=Formula("fee > 5", "job.yaml", 3)), ACT)


@pytest.mark.parametrize(
    ("first", "last", "there"),
    [(date(2026, 3, 5), date(2026, 3, 5), True), (date(2026, 3, 6), None, False),
     (None, date(2026, 3, 4), False), (None, date.max, True), (date.min, None, True)],
)  # fmt: skip
def test_days_hold_both_of_their_ends(
    tmp_path: Path, first: date | None, last: date | None, there: bool
) -> None:
    assert bool(example(tmp_path).find(Query(created=days(first, last, ZONE)))) == there


def test_a_day_is_its_first_moment() -> None:
    span = Span(ACT.at, None)
    assert date(2026, 3, 5) not in span and date(2026, 3, 6) in span
    assert "2026-03-06" not in span and None not in span
    assert ACT.at in span and ACT.at not in Span(ends=ACT.at)


def test_files_that_change_are_read_anew_and_only_those_asked_for(tmp_path: Path) -> None:
    records = example(tmp_path)
    assert records.find(Query(keeper="张敏")) == []
    path = tmp_path / "records/job/2026/03/JB-260301-A01.md"
    path.write_text(path.read_text("utf-8").replace("keeper: 李晓", "keeper: 张敏"), "utf-8")
    assert opened(tmp_path).find(Query(keeper="张敏", ids=frozenset(["JB-260301-A01"])))
    records.forget()
    assert records.find(Query(keeper="张敏"))
    broken = path.with_name(BROKEN[0])
    broken.write_text(BROKEN[1], "utf-8")
    some = opened(tmp_path)
    some.find(Query(ids=frozenset(["JB-260301-A01"])))
    assert some.faults == []


def test_a_form_that_cannot_be_read_has_no_records_unless_it_is_asked_for(tmp_path: Path) -> None:
    example(tmp_path)
    library = Library({}, {"job": ("job.yaml", JOB.replace("states:", "stats:"))})
    records = Records(tmp_path, library, ZONE, "A", Index(None))
    assert records.find(Query()) == []
    with pytest.raises(Unreadable):
        records.find(Query(forms=("job",)))


@pytest.mark.parametrize(
    ("line", "told"),
    [("state: open", "open"), ("state: 'open'  # now", "open"), ('state: "shut"\r', "shut"),
     ('"state": open', None), ('state: "sh\\u0075t"', None), (" state: open", None),
     ("x: 1", None)],
)  # fmt: skip
def test_a_state_is_told_only_where_it_is_plain(line: str, told: str | None) -> None:
    data = f"---\nid: JB-260301-A01\n{line}\nkeeper: 李晓\n---\nstate: held\n".encode()
    assert state_told(data) == told
