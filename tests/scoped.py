"""Scopes without an office: records on a shelf, an act, and values of every type."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta, tzinfo
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from pmcli.form.field import FieldSpec
from pmcli.form.library import Library
from pmcli.form.model import Form
from pmcli.form.types.shares import Percent
from pmcli.problems import Fault
from pmcli.record.event import Event, Kind
from pmcli.record.model import Record, RecordView
from pmcli.record.query import Group, Link, Query, links_of, tallied
from pmcli.workflow.act import Act, Actor, Context, Staff
from pmcli.workflow.judging import answer
from pmcli.workflow.worklist import worklist

ZONE = ZoneInfo("Asia/Shanghai")
AT = datetime(2026, 3, 5, 9, 0, tzinfo=ZONE)
SAMPLES: dict[str, Any] = {
    "text": "甲", "longtext": "第一行\n第二行", "person": "刘先生", "staff": "李强",
    "phone": "13800000001", "unit": "3-2-501", "flag": True, "integer": 3,
    "money": Decimal("35.00"), "date": date(2026, 3, 7), "datetime": AT, "duration": "7d",
    "time": "08:00", "month": "2026-03", "span": "2026-03-07..2026-03-08", "link": "BX-260305-A01",
    "plate": "湘A12345", "percent": Percent("97.5"),
}  # fmt: skip
"""A value of each type."""


class Shelf:
    """Records in memory, as formulas look them up."""

    def __init__(self, library: Library, records: Iterable[Record] = ()) -> None:
        self.library = library
        self.zone: tzinfo = ZONE
        self.faults: list[Fault] = []
        self._records = {record.id: record for record in records}

    def by_id(self, number: str) -> Record | None:
        return self._records.get(number)

    def find(self, query: Query, act: Act | None = None) -> list[Record]:
        admitted = [record for record in self._records.values() if query.admits(record)]
        return answer(admitted, query, act, self)

    def count(
        self, query: Query, group_by: Sequence[str] = (), act: Act | None = None
    ) -> Counter[Group]:
        return tallied(self.find(replace(query, limit=None), act), group_by, self.zone)

    def links(self, to: str) -> list[Link]:
        return links_of((r for r in self._records.values() if r.id != to), to)

    def numbers(self, prefix: str = "", forms: Iterable[str] | None = None) -> list[str]:
        found = [r for r in self._records.values() if forms is None or r.form.name in forms]
        return [record.id for record in found if record.id.startswith(prefix)]

    def worklist(self, act: Act) -> Sequence[RecordView]:
        return worklist(act, self)

    def new_number(self, form: Form, day: date, taken: set[str]) -> str:
        raise NotImplementedError

    def resolve(self, part: str, forms: tuple[str, ...]) -> str:
        raise NotImplementedError


def act(actor: str = "张敏") -> Act:
    """Something done on a Thursday morning in an office of four."""
    staff = Staff({
        "张敏": ("reception",), "李强": ("repair",), "王芳": ("supervisor",), "陈立": ("manager",),
    })  # fmt: skip
    context = Context(
        staff,
        ZONE,
        {"revisit.leak": "2d"},
        lambda day, count: day + timedelta(days=count),
        r"\d+-\d+-\d+",
        {"handover.equipment": ({"item": "对讲机"},)},
        office={"name": "翠湖花园物业服务中心", "phone": "0731-88886666"},
    )
    return Act(Actor(actor, AT, AT), context)


def sample(spec: FieldSpec) -> Any:
    """A value of a field's type, in a list where it holds several."""
    if spec.type == "rows":
        return [{name: sample(column) for name, column in spec.columns.items()}]
    value = next(iter(spec.choices)) if spec.choices else SAMPLES[spec.type]
    return [value] if spec.many else value


def record(form: Form, number: str, state: str, since: datetime = AT, **values: Any) -> Record:
    """A record that came into its state at a moment."""
    held = {"id": number, "form": form.name, "state": state, "created_at": AT, **values}
    return Record(form, held, (Event(Kind.STEP, "new", "张敏", since, to_state=state),))
