"""What the index keeps drops no record, holds nothing private and is never believed too long."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from asked_offices import ACT, FILED, JOB, LIBRARY, ZONE, Written, write
from hypothesis import given
from hypothesis import strategies as st

from pmcli.form.library import Library
from pmcli.record.glance import Sheet, glance_of, moment_text
from pmcli.record.lazy import is_plain, lazily
from pmcli.record.parsing import parse, split
from pmcli.record.query import Query, Span, days
from pmcli.record.scanning import scan
from pmcli.store.index import Index
from pmcli.store.records import Records

pytestmark = pytest.mark.usefixtures("settled")

NUMBER = "JB-260301-A01"
PATH = f"records/job/2026/03/{NUMBER}.md"
FORM = LIBRARY.get("job")


def opened(root: Path, library: Library = LIBRARY, writes: bool = True) -> Records:
    return Records(root, library, ZONE, "A", Index(root / "kept", writes))


def job(number: str = NUMBER, **more: Any) -> Written:
    values = {
        "id": number, "form": "job", "state": "open", "created_at": ACT.at, "created_by": "李晓",
        "keeper": "李晓", "guest": "欧阳雨", "phone": "13800138000", "said": "灯坏了", **more,
    }  # fmt: skip
    return Written("job", values, values["created_at"])


def unread(path: Path) -> bytes:
    raise AssertionError(path)


EARLY = Span(None, datetime(2020, 1, 1, tzinfo=ZONE))
NO_FILE = [
    Query(keeper="张敏"), Query(open=False), Query(states=("shut",)), Query(unit="9-9-909"),
    Query(links_to="JB-260301-A07"), Query(created=EARLY), Query(changed=EARLY),
    Query(keeper="张敏", ids=frozenset([NUMBER])),
]  # fmt: skip
"""What the one record cannot belong to, as is known without its file."""
A_FILE = [
    Query(), Query(keeper="李晓"), Query(open=True), Query(states=("open",)), Query(unit=NUMBER),
    Query(keeper="李晓", ids=frozenset([NUMBER])), Query(unit="3-2-501"),
    Query(created=days(date(2026, 3, 1), None, ZONE)), Query(created=Span(ACT.at, None)),
    Query(created=Span(datetime(1, 1, 1, tzinfo=ZONE), None)),
]  # fmt: skip


def closed(patch: pytest.MonkeyPatch) -> None:
    """Let every reading of a record's file fail."""
    for module in ("index", "records"):
        patch.setattr(f"pmcli.store.{module}.read_regular", unread)


def test_an_index_that_is_looked_at_answers_and_stays_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, [job(home="3-2-501")])
    assert opened(tmp_path, writes=False).find(Query(keeper="李晓"))
    assert not (tmp_path / "kept").exists()
    opened(tmp_path).find(Query())
    path, kept = tmp_path / PATH, tmp_path / "kept/index.sqlite3"
    before, stat = kept.read_bytes(), path.stat()
    with monkeypatch.context() as patch:
        for module in ("index", "records"):
            patch.setattr(f"pmcli.store.{module}.read_regular", unread)
        for query in NO_FILE:
            assert opened(tmp_path, writes=False).find(query) == []
        for query in A_FILE:
            with pytest.raises(AssertionError):
                opened(tmp_path, writes=False).find(query)
    path.write_text(path.read_text("utf-8").replace("keeper: 李晓", "keeper: 张敏"), "utf-8")
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert opened(tmp_path, writes=False).find(Query(keeper="张敏")), "a time set back hides it"
    assert kept.read_bytes() == before
    kept.write_bytes(b"not a database" * 99)
    assert opened(tmp_path, writes=False).find(Query(keeper="张敏"))
    assert kept.read_bytes() == b"not a database" * 99


def test_a_file_that_may_change_within_its_tick_is_read_each_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pmcli.store.index.FRESH_NS", 2_000_000_000)
    write(tmp_path, [job()])
    opened(tmp_path).find(Query())
    closed(monkeypatch)
    with pytest.raises(AssertionError):
        opened(tmp_path).find(NO_FILE[0])


def test_what_is_kept_is_open_and_names_behind_private_columns_are_not(tmp_path: Path) -> None:
    parts = [{"item": "灯泡", "flat": "9-9-909", "owner": "端木雪"}]
    write(tmp_path, [job(home="3-2-501"), job("JB-260301-A02", parts=parts)])
    opened(tmp_path).find(Query())
    kept = (tmp_path / "kept/index.sqlite3").read_bytes()
    assert b"3-2-501" in kept and "李晓".encode() in kept
    for secret in ("欧阳雨", "13800138000", "灯坏了", "9-9-909", "端木雪"):
        assert secret.encode() not in kept
    found = opened(tmp_path).find(Query(links_to="9-9-909"))
    assert [record.id for record in found] == ["JB-260301-A02"]
    assert [record.id for record in opened(tmp_path).find(Query(links_to="3-2-501"))] == [NUMBER]


def test_what_names_openly_and_what_may_name_come_in_the_order_of_their_files(
    tmp_path: Path,
) -> None:
    parts = [{"flat": "3-2-501", "owner": "端木雪"}]
    write(tmp_path, [job(home="3-2-501"), job("JB-260301-A02", parts=parts, home="3-2-501"),
                     job("JB-260301-A03", home="3-2-501")])  # fmt: skip
    for query in (Query(links_to="3-2-501"), Query(links_to="3-2-501"), Query(unit="3-2-501")):
        found = opened(tmp_path).find(query)
        assert [record.id[-1] for record in found] == ["1", "2", "3"]


def test_a_form_or_zone_that_changed_is_read_by_anew(tmp_path: Path) -> None:
    write(tmp_path, [job(state="held")])
    assert opened(tmp_path).find(Query(states=("held",)))
    other = JOB.replace("label: 房号 | Home, type: unit", "label: 房号 | Home, type: text")
    write(tmp_path, [job(state="held", home="3-2-501")])
    assert opened(tmp_path).find(Query(links_to="3-2-501"))
    library = Library({}, {"job": ("job.yaml", other), "filed": ("filed.yaml", FILED)})
    records = opened(tmp_path, library)
    assert records.find(Query(links_to="3-2-501")) == []
    assert opened(tmp_path).find(Query(links_to="3-2-501"))
    text = (tmp_path / PATH).read_text("utf-8")
    (tmp_path / PATH).write_text(text.replace("T09:00:00+08:00", " 09:00"), "utf-8")
    nine = datetime(2026, 3, 5, 9, tzinfo=UTC)
    assert opened(tmp_path).find(Query(created=Span(nine, None))) == []
    away = Records(tmp_path, LIBRARY, UTC, "A", Index(tmp_path / "kept"))
    assert away.find(Query(created=Span(nine, None)))


def test_a_file_that_changes_behind_a_glance_is_read_with_care(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, [job(), job("JB-260301-A02")])
    opened(tmp_path).find(Query())
    records = opened(tmp_path)
    assert records.find(Query(keeper="张敏")) == []
    text = (tmp_path / PATH).read_text("utf-8")
    (tmp_path / PATH).write_text(text.replace("state: open", "state: nowhere"), "utf-8")
    assert [record.id[-1] for record in records.find(Query())] == ["2"]
    assert [fault.file for fault in records.faults] == [PATH]


def test_what_is_not_plain_is_never_read_lazily(tmp_path: Path) -> None:
    write(tmp_path, [job()])
    text = (tmp_path / PATH).read_text("utf-8")
    odd = text.replace("keeper: 李晓", "'keeper': '李晓'").replace("guest: 欧阳雨", "guest: null")
    (tmp_path / PATH).write_text(odd, "utf-8")
    for _ in range(2):
        (record,) = opened(tmp_path).find(Query(keeper="李晓"))
        assert record.get("guest") is None and "guest" not in record.values


RENAMED = """\
form: job
title: 活 | Job
prefix: JB
fields:
  content: {label: 内容 | Content, type: text}
states: {open: 开 | open, shut: {label: 关 | shut, final: true}}
transitions:
  new: {label: 新 | New, to: open, role: any, may: [content]}
  shut: {label: 关 | Shut, from: open, to: shut, role: any}
"""


def test_a_field_whose_key_is_another_is_read_with_care(tmp_path: Path) -> None:
    form = Library({}, {"job": ("job.yaml", RENAMED)}).get("job")
    text = f"---\nid: {NUMBER}\nstate: open\ncontent_: 灯\n---\n"
    record = parse(text, form, ZONE)
    assert record.get("content") == "灯"
    assert not is_plain(record, scan(split(text).front))
    strange = text.replace("content_", "strange")
    record = parse(strange, form, ZONE)
    assert is_plain(record, scan(split(strange).front))
    assert lazily(strange, form, ZONE, "").extra == record.extra == {"strange": "灯"}


EDGES = st.datetimes(timezones=st.sampled_from([ZONE, UTC, timezone(timedelta(hours=-11))]))


@given(EDGES, EDGES)
def test_moments_as_text_are_in_the_order_of_moments(one: datetime, other: datetime) -> None:
    try:
        texts = moment_text(one), moment_text(other)
    except OverflowError:
        return
    assert (texts[0] < texts[1], texts[0] == texts[1]) == (one < other, one == other)


@given(
    st.datetimes(datetime(1901, 1, 1), datetime(2099, 1, 1), timezones=st.just(ZONE)),
    EDGES,
    st.none() | EDGES,
)
def test_no_moment_is_dropped_that_lies_in_a_span(
    made: datetime, begins: datetime, ends: datetime | None
) -> None:
    text = f'---\nid: {NUMBER}\nstate: open\ncreated_at: "{made.isoformat()}"\n---\n'
    record = parse(text, FORM, ZONE)
    glance = glance_of(record)
    for span in (Span(begins, ends), Span(None, begins), Span(record.get("created_at"), ends)):
        for query in (Query(created=span), Query(changed=span)):
            if query.admits(record):
                assert list(Sheet.of([glance], [True]).places(query, FORM)) == [0]
