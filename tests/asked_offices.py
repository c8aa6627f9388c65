"""Offices made up to be asked: record files of two forms, and a plain filter over them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from pmcli.form.formula import Formula
from pmcli.form.library import Library
from pmcli.record.event import Event, Kind
from pmcli.record.query import Query, Span
from pmcli.record.writing import new_text
from pmcli.store.records import record_path
from pmcli.workflow.act import Act, Actor, Context, Staff

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 3, 5, 9, 0, tzinfo=ZONE)
JOB = """\
form: job
title: 活 | Job
prefix: JB
fields:
  place: {label: 地点 | Place, type: text}
  guest: {label: 客人 | Guest, type: person, private: true}
  phone: {label: 电话 | Phone, type: phone, private: true}
  home: {label: 房号 | Home, type: unit}
  others: {label: 相关 | Others, type: link+, to: [job, filed]}
  said: {label: 原话 | Said, type: longtext, body: true}
  sort: {label: 类 | Sort, type: choice, choices: {lamp: 灯 | Lamp, pipe: 管 | Pipe}}
  fee: {label: 费 | Fee, type: money}
  on_day: {label: 日 | Day, type: date}
  due_at: {label: 期限 | Due, type: datetime}
  parts:
    label: 料 | Parts
    type: rows
    columns:
      item: {label: 项 | Item, type: text}
      flat: {label: 房 | Flat, type: unit}
      owner: {label: 主 | Owner, type: text, private: true}
states:
  open: 开 | open
  held: 停 | held
  shut: {label: 关 | shut, final: true}
transitions:
  new: {label: 新 | New, to: open, role: any, may: {all_but: []}}
  hold: {label: 停 | Hold, from: open, to: held, role: any}
  shut: {label: 关 | Shut, from: [open, held], to: shut, role: any}
clocks:
  ready: {label: 完成 | ready, from: created_at, until: shut, at: due_at}
"""
FILED = """\
form: filed
title: 档 | File
prefix: DA
archive: true
fields:
  name: {label: 名 | Name, type: text}
  home: {label: 房号 | Home, type: unit}
states: {held: 在 | held, shut: {label: 销 | gone, final: true}}
transitions:
  new: {label: 新 | New, to: held, role: any, asks: [name], may: [home]}
  shut: {label: 销 | Shut, from: held, to: shut, role: any}
"""
LIBRARY = Library({}, {"job": ("job.yaml", JOB), "filed": ("filed.yaml", FILED)})
FINAL = "shut"
ACT = Act(
    Actor("", NOW, NOW),
    Context(Staff(), ZONE, {}, lambda start, count: start + timedelta(days=count), ".*"),
)


@dataclass(frozen=True)
class Written:
    """A record as it was written: what the reference knows, and nothing that pmcli has read."""

    form: str
    values: Mapping[str, Any]
    latest: datetime

    @property
    def id(self) -> str:
        return str(self.values["id"])

    @property
    def open(self) -> bool:
        return bool(self.values["state"] != FINAL)

    @property
    def due(self) -> Any:
        return self.values.get("due_at") if self.open else None

    def get(self, name: str) -> Any:
        return self.values.get(name)

    @property
    def named(self) -> list[tuple[str, str]]:
        """What it names, each with its field."""
        found = [("home", self.get("home"))] if self.get("home") else []
        found += [("others", number) for number in self.get("others") or ()]
        rows = self.get("parts") or ()
        return [*found, *(("parts", row["flat"]) for row in rows if row.get("flat"))]

    def texts(self, reveal: bool) -> str:
        """All that somebody wrote of it, in small letters of the usual width."""
        names = ["id", "created_by", "keeper", "source", "place", "home", "said", "name"]
        found = [self.get(name) for name in [*names, *(["guest", "phone"] if reveal else [])]]
        found += [*(self.get("others") or ())]
        for row in self.get("parts") or ():
            found += [row.get(c) for c in ("item", "flat", *(["owner"] if reveal else []))]
        text = "\n".join(str(one) for one in found if one is not None)
        return text.lower().replace("ｌａｍｐ", "lamp")


MOMENTS = st.datetimes(datetime(2026, 2, 27), datetime(2026, 3, 9), timezones=st.just(ZONE)).map(
    lambda moment: moment.replace(microsecond=0)
)
HOMES = st.sampled_from(["1-1-101", "12-1-101", "3-2-501"])
NAMES = st.sampled_from(["李晓", "张敏"])
NUMBERS = [f"{prefix}-2603{day:02d}-A{count:02d}" for prefix in ("JB", "DA") for day in (1, 2)
           for count in (1, 9, 10)]  # fmt: skip
TEXTS = st.sampled_from(["灯 坏了", "Lamp off", "ｌａｍｐ 3", "管道 漏水", "漏 水"])
ROWS = st.lists(
    st.fixed_dictionaries({"item": TEXTS}, optional={"flat": HOMES, "owner": st.just("密码")}),
    min_size=1,
    max_size=2,
)
JOBS = st.fixed_dictionaries(
    {"state": st.sampled_from(["open", "held", "shut"])},
    optional={
        "place": TEXTS, "guest": st.just("欧阳雨"), "phone": st.just("13800138000"), "home": HOMES,
        "others": st.lists(st.sampled_from(NUMBERS), min_size=1, max_size=2, unique=True),
        "said": TEXTS, "sort": st.sampled_from(["lamp", "pipe"]),
        "fee": st.sampled_from([Decimal("2.00"), Decimal("10.00")]),
        "on_day": st.dates(date(2026, 2, 27), date(2026, 3, 9)), "due_at": MOMENTS, "parts": ROWS,
    },
)  # fmt: skip
FILES = st.fixed_dictionaries(
    {"state": st.sampled_from(["held", "shut"])}, optional={"name": TEXTS, "home": HOMES}
)
CORE = st.tuples(MOMENTS, NAMES, NAMES, st.integers(0, 3))


def _written(number: str, core: tuple[datetime, str, str, int], own: dict[str, Any]) -> Written:
    form = "job" if number.startswith("JB") else "filed"
    created, by, keeper, days = core
    values = {"id": number, "form": form, "created_at": created, "created_by": by, **own}
    return Written(form, {**values, "keeper": keeper}, created + timedelta(days=days))


OFFICES = st.lists(st.sampled_from(NUMBERS), unique=True, max_size=9).flatmap(
    lambda numbers: st.tuples(
        *(
            st.builds(_written, st.just(n), CORE, JOBS if n.startswith("JB") else FILES)
            for n in numbers
        )
    )
)


def write(root: Path, office: Iterable[Written]) -> None:
    """Put an office's record files where they belong, as if they had stood there for long."""
    for one in office:
        form = LIBRARY.get(one.form)
        first = next(iter(form.states))
        events = [Event(Kind.STEP, "new", "李晓", one.values["created_at"], to_state=first)]
        if one.latest > one.values["created_at"] or one.values["state"] != first:
            state = one.values["state"]
            events.append(
                Event(Kind.EDIT, "edit", "李晓", one.latest, from_state=first, to_state=state)
            )
        path = root / record_path(one.form, one.id, one.values["created_at"].date())
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(new_text(form, one.values, events), "utf-8")


SPANS = st.builds(
    lambda a, b: Span(*(sorted((a, b)) if a and b else (a, b))),
    st.none() | MOMENTS,
    st.none() | MOMENTS,
)
ASKED = ("created", "changed", "due")


def _dear(one: Written, _office: Sequence[Written]) -> bool:
    return one.get("fee") is not None and bool(one.get("fee") > 5)


def _overdue(one: Written, _office: Sequence[Written]) -> bool:
    return one.due is not None and bool(one.due < NOW)


def _shares_its_home(one: Written, office: Sequence[Written]) -> bool:
    homes = [other.get("home") for other in office if other.form == "job"]
    return bool(one.get("place")) and homes.count(one.get("home")) > 1


def _is_waited_for(one: Written, office: Sequence[Written]) -> bool:
    return any(
        one.id in [number for _, number in other.named]
        for other in office
        if other.form == "job" and other.open and other.id != one.id
    )


WHERES: dict[str, Callable[[Written, Sequence[Written]], bool]] = {
    "fee > 5": _dear,
    "overdue": _overdue,
    "place and find('job', home=home) | length > 1": _shares_its_home,
    "open_work(id)": _is_waited_for,
}
SORTS = ["id", "created_at", "fee", "on_day", "home", "place", "next_due", "final", "keeper"]
VALUES = st.sampled_from(
    [{"home": "1-1-101"}, {"home": ["1-1-101", "3-2-501"]}, {"others": NUMBERS[0]}, {"fee": None},
     {"sort": "lamp", "keeper": "李晓"}]
)  # fmt: skip
CONDITIONS: dict[str, st.SearchStrategy[Any]] = {
    "forms": st.permutations(["job", "filed"]).flatmap(
        lambda names: st.sampled_from([tuple(names), (names[0],), ()])
    ),
    "work": st.booleans(), "archive": st.booleans(), "open": st.booleans(), "unit": HOMES,
    "ids": st.frozensets(st.sampled_from(NUMBERS), max_size=6),
    "states": st.sampled_from([("held",), ("open", "held"), ("shut",)]),
    "keeper": NAMES, "created": SPANS, "changed": SPANS, "due": SPANS,
    "dated": st.tuples(st.sampled_from(["on_day", "due_at"]), SPANS),
    "links_to": st.sampled_from([*NUMBERS, "1-1-101", "3-2-501"]),
    "filled": st.sampled_from([("fee",), ("home", "place"), ("name",)]), "values": VALUES,
    "text": st.sampled_from(["漏水", "水 漏", "LAMP", "ｌａｍｐ 灯", "欧阳", "密码", "1380", "3-2",
                             "lamp"]),
    "reveal": st.booleans(), "incomplete": st.booleans(),
    "where": st.sampled_from(sorted(WHERES)).map(Formula),
    "sort": st.lists(st.sampled_from([*SORTS, *(f"-{name}" for name in SORTS)]), max_size=3,
                     unique=True).map(tuple),
}  # fmt: skip
QUERIES = st.dictionaries(st.sampled_from(sorted(CONDITIONS)), st.none(), max_size=4).flatmap(
    lambda chosen: st.builds(Query, **{name: CONDITIONS[name] for name in chosen})
)


def _in(moment: Any, span: Span) -> bool:
    if isinstance(moment, date) and not isinstance(moment, datetime):
        moment = datetime(moment.year, moment.month, moment.day, tzinfo=ZONE)
    begins, ends = (edge.timestamp() if edge else None for edge in (span.begins, span.ends))
    at = moment.timestamp() if moment else None
    return at is not None and (begins is None or at >= begins) and (ends is None or at < ends)


def _equal(held: Any, wanted: Any) -> bool:
    if isinstance(wanted, list):
        return any(held == one for one in wanted)
    return wanted in held if isinstance(held, list) else bool(held == wanted)


PLAIN: dict[str, Callable[[Written, Any], bool]] = {
    "work": lambda one, asked: (one.form == "job") == asked,
    "archive": lambda one, asked: (one.form == "filed") == asked,
    "ids": lambda one, ids: any(one.id == number for number in ids),
    "states": lambda one, states: one.get("state") in states,
    "open": lambda one, asked: one.open == asked,
    "unit": lambda one, unit: one.get("home") == unit,
    "keeper": lambda one, name: bool(one.get("keeper") == name),
    "created": lambda one, span: _in(one.get("created_at"), span),
    "changed": lambda one, span: _in(one.latest, span),
    "due": lambda one, span: _in(one.due, span),
    "dated": lambda one, asked: _in(one.get(asked[0]), asked[1]),
    "links_to": lambda one, to: one.id != to and to in [n for _, n in one.named],
    "filled": lambda one, names: not [name for name in names if one.get(name) is None],
    "values": lambda one, wanted: all(_equal(one.get(n), v) for n, v in wanted.items()),
}


def meant(query: Query, office: Sequence[Written]) -> list[str]:
    """The numbers that a query means, by a plain filter."""
    forms = ("job", "filed") if query.forms is None else query.forms
    found = [one for name in forms for one in office if one.form == name]
    for name, test in PLAIN.items():
        asked = getattr(query, name)
        if asked is not None and asked != () and asked != {}:
            found = [one for one in found if test(one, asked)]
    if query.text is not None:
        words = query.text.lower().replace("ｌａｍｐ", "lamp").split()
        found = [o for o in found if not [w for w in words if w not in o.texts(query.reveal)]]
    if query.incomplete:
        found = [o for o in found if o.form == "filed" and o.open and o.get("name") is None]
    if query.where is not None:
        holds = WHERES[query.where.source]
        found = [one for one in found if holds(one, office)]
    return [one.id for one in _sorted(found, query.sort)][: query.limit]


def _sorted(found: list[Written], sort: Sequence[str]) -> list[Written]:
    for name in reversed(sort):
        bare = name.lstrip("-")
        keys = [_key(one, bare) for one in found]
        filled = [(k, place) for place, k in enumerate(keys) if k is not None]
        places = sorted(filled, key=lambda pair: pair[0], reverse=name.startswith("-"))
        rest = [place for place, k in enumerate(keys) if k is None]
        found = [found[place] for place in [*(place for _, place in places), *rest]]
    return found


def _key(one: Written, name: str) -> Any:
    if name == "final":
        return not one.open
    value = one.due if name == "next_due" else one.get(name)
    if name == "home" and value:
        return [int(part) for part in value.split("-")]
    return value


def in_file_order(office: Iterable[Written]) -> list[Written]:
    """By form, month and number, as folders have them."""
    return sorted(
        office, key=lambda one: (one.form != "job", f"{one.values['created_at']:%Y%m}", one.id)
    )


def counted(query: Query, names: Sequence[str], office: Sequence[Written]) -> Counter[Any]:
    """How many records have which values, by a plain loop."""
    by_id = {one.id: one for one in office}
    found: Counter[Any] = Counter()
    for number in meant(query, office):
        found[tuple(_grouped(by_id[number], name) for name in names)] += 1
    return found


def _grouped(one: Written, name: str) -> Any:
    bare, _, part = name.partition(":")
    value: Any = one.open if name == "open" else one.get(bare)
    if part == "month" and value:
        return value.isoformat()[:7]
    if part == "day" and value:
        return date.fromisoformat(value.isoformat()[:10])
    return tuple(value) if isinstance(value, list) else value
