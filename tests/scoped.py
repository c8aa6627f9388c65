"""Scopes without an office: records on a shelf, an act, and values of every type."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from pmcli.form.library import Library
from pmcli.form.model import FieldSpec, Form
from pmcli.problems import Fault
from pmcli.record.event import Event, Kind
from pmcli.record.model import Record
from pmcli.workflow.act import Act, Actor, Context, Staff

ZONE = ZoneInfo("Asia/Shanghai")
AT = datetime(2026, 3, 5, 9, 0, tzinfo=ZONE)
SAMPLES: dict[str, Any] = {
    "text": "甲", "longtext": "第一行\n第二行", "person": "刘先生", "staff": "李强",
    "phone": "13800000001", "unit": "3-2-501", "flag": True, "integer": 3,
    "money": Decimal("35.00"), "date": date(2026, 3, 7), "datetime": AT, "duration": "7d",
    "time": "08:00", "month": "2026-03", "span": "2026-03-07..2026-03-08", "link": "BX-260305-A01",
}  # fmt: skip
"""A value of each type."""


class Shelf:
    """Records in memory, as formulas look them up."""

    def __init__(self, library: Library, records: Iterable[Record] = ()) -> None:
        self.library = library
        self.faults: list[Fault] = []
        self._records = {record.id: record for record in records}

    def by_id(self, number: str) -> Record | None:
        return self._records.get(number)

    def of_form(self, name: str) -> list[Record]:
        return [record for record in self._records.values() if record.form.name == name]

    def naming(self, number: str) -> list[Record]:
        return [
            r for r in self._records.values() if r.open and r.form.open_work and number in r.links()
        ]

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
