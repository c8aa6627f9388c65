"""Which files a repository opens for a question, and whose faults are told then."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from asked_offices import ACT, LIBRARY, ZONE, Written, write

from pmcli.problems import Unreadable
from pmcli.record.query import Query
from pmcli.store.index import Index
from pmcli.store.records import Records
from pmcli.workflow.draft import Work

pytestmark = pytest.mark.usefixtures("settled")

FIRST, SECOND, THIRD = (f"JB-260305-A0{n}" for n in (1, 2, 3))
FOLDER = "records/job/2026/03"


def job(number: str, state: str = "open", **more: Any) -> Written:
    values = {
        "id": number, "form": "job", "state": state, "created_at": ACT.at, "created_by": "李晓",
        "keeper": "李晓", **more,
    }  # fmt: skip
    return Written("job", values, ACT.at)


def office(root: Path, *jobs: Written) -> Records:
    write(root, jobs)
    return Records(root, LIBRARY, ZONE, "A", Index(root / "kept"))


def numbers(records: Records, query: Query) -> list[str]:
    return [record.id for record in records.find(query, ACT)]


def broken(root: Path, number: str, state: str) -> None:
    text = f"---\nid: {number}\nstate: {state}\n: : :\n---\n"
    (root / FOLDER / f"{number}.md").write_text(text, "utf-8")


def only(*asked: str, **more: Any) -> Query:
    return Query(ids=frozenset(asked), **more)


def test_a_record_that_names_itself_is_not_among_those_that_name_it(tmp_path: Path) -> None:
    records = office(tmp_path, job(FIRST, others=[FIRST, SECOND]), job(SECOND, others=[FIRST]))
    assert numbers(records, Query(links_to=FIRST)) == [SECOND]
    (record,) = records.find(only(FIRST))
    assert not Query(links_to=FIRST).admits(record)


def test_those_that_name_a_record_come_in_the_order_of_their_files(tmp_path: Path) -> None:
    named = {"others": [THIRD]}
    jobs = (job(FIRST, "shut", **named), job(SECOND, **named), job(THIRD))
    assert numbers(office(tmp_path, *jobs), Query(links_to=THIRD)) == [FIRST, SECOND]


def test_what_names_a_record_since_then_is_found_after_forgetting(tmp_path: Path) -> None:
    records = office(tmp_path, job(FIRST), job(SECOND, others=[THIRD]))
    assert numbers(records, Query(links_to=THIRD)) == [SECOND]
    write(tmp_path, [job(FIRST, others=[THIRD])])
    records.forget()
    assert numbers(records, Query(links_to=THIRD)) == [FIRST, SECOND]


def test_where_something_is_decided_a_file_is_not_believed_its_state_alone(tmp_path: Path) -> None:
    records = office(tmp_path, job(FIRST))
    broken(tmp_path, SECOND, "shut")
    asked = only(FIRST, SECOND, forms=("job",), open=True)
    assert numbers(records, asked) == [FIRST] and records.faults == []
    with records.strict(), pytest.raises(Unreadable):
        records.find(asked)


def test_a_broken_file_stops_no_question_that_is_not_about_it(tmp_path: Path) -> None:
    records = office(tmp_path, job(FIRST))
    broken(tmp_path, SECOND, "open")
    assert numbers(records, only(SECOND, forms=("job",))) == [] and len(records.faults) == 1
    with records.strict():
        assert numbers(records, only(FIRST, forms=("job",))) == [FIRST]
        with pytest.raises(Unreadable):
            records.find(only(FIRST, SECOND, forms=("job",)))


def test_incomplete_are_those_that_lack_what_is_asked_for_and_are_open(tmp_path: Path) -> None:
    named, bare, gone = ("DA-260305-A01", "DA-260305-A02", "DA-260305-A03")
    common = {"form": "filed", "created_at": ACT.at, "created_by": "李晓", "keeper": "李晓"}
    records = office(
        tmp_path,
        Written("filed", {**common, "id": named, "state": "held", "name": "某某"}, ACT.at),
        Written("filed", {**common, "id": bare, "state": "held"}, ACT.at),
        Written("filed", {**common, "id": gone, "state": "shut"}, ACT.at),
    )
    assert numbers(records, Query(forms=("filed",), incomplete=True)) == [bare]
    (line,) = records.lines(Query(forms=("filed",), incomplete=True), ACT)
    assert line.missing == ("name",) and line.due is None and not line.overdue


def test_what_lacks_a_value_comes_last_either_way(tmp_path: Path) -> None:
    late, early = {"on_day": date(1965, 1, 1)}, {"on_day": date(1960, 1, 1)}
    records = office(tmp_path, job(FIRST), job(SECOND, **late), job(THIRD, **early))
    assert numbers(records, Query(sort=("on_day",))) == [THIRD, SECOND, FIRST]
    assert numbers(records, Query(sort=("-on_day",))) == [SECOND, THIRD, FIRST]


def test_a_draft_makes_no_room_for_less_than_a_limit(tmp_path: Path) -> None:
    work = Work(office(tmp_path, job(FIRST), job(SECOND)))
    draft = work.open(FIRST)
    assert draft is not None
    draft.put("keeper", "张敏")
    found = work.find(Query(keeper="李晓", sort=("id",), limit=1), ACT)
    assert [record.id for record in found] == [SECOND]
