"""The names and functions that a formula sees."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256
from typing import Any

from pmcli.form import durations, rows, units
from pmcli.form.expressions import LETS
from pmcli.form.model import CORE_FIELDS, FieldSpec, Form
from pmcli.form.values import display, mask
from pmcli.messages import Label
from pmcli.record.model import Record, RecordView
from pmcli.workflow.act import Act, Lookup, figure, office_list

HELD = "_held"
"""Under this name a scope holds the record's own values, which functions cannot hide."""


class Scope(dict[str, Any]):
    """A record's fields by name, none where unfilled, over pmcli's own names and functions."""

    def __init__(
        self, form: Form, values: Mapping[str, Any], act: Act, lookup: Lookup, **more: Any
    ) -> None:
        super().__init__(dict.fromkeys(CORE_FIELDS))
        self.update(dict.fromkeys(form.fields))
        self.update(dict.fromkeys(form.stamp_names))
        self.update(reason=None, note=None, it=None, cell=None, created=[], given={}, before=None)
        self.update(values)
        self.update(actor=act.actor, at=act.at, now=act.at, today=act.today)
        self.update(this_id=values.get("id"))
        self[LETS] = form.lets
        self[HELD] = values
        state = form.states.get(str(values.get("state")))
        if state is not None:
            self.update(state_label=state.label, open=not state.final, final=state.final)
            if "title" not in form.fields:
                self["title"] = form.title
        self.update(functions(form, self, act, lookup))
        self.update(more)


def functions(
    form: Form, values: Mapping[str, Any], act: Act, lookup: Lookup
) -> dict[str, Callable[..., Any]]:
    """The functions of the form language, bound to one record (docs/forms.md lists them)."""

    def record(number: str | None) -> RecordView:
        return RecordView(lookup.by_id(number) if number else None)

    def records(numbers: Iterable[str] | str | None) -> list[RecordView]:
        wanted = [numbers] if isinstance(numbers, str) else list(numbers or ())
        return [view for view in map(record, wanted) if view]

    def open_of(numbers: Iterable[str] | str | None) -> list[RecordView]:
        return [view for view in records(numbers) if view["open"]]

    def latest(numbers: Iterable[str] | None, state: str | None = None) -> RecordView:
        views = [v for v in records(numbers) if state is None or v["state"] == state]
        # of several changed at the same moment the one listed last is the latest
        return max(reversed(views), key=lambda v: _moment(v.record), default=RecordView(None))

    def find(name: str, **wanted: Any) -> list[RecordView]:
        if name not in lookup.library:
            return []
        return [
            RecordView(found)
            for found in lookup.of_form(name)
            if all(_equal(found.get(key), value) for key, value in wanted.items())
        ]

    def open_work(number: str) -> list[RecordView]:
        return [RecordView(found) for found in lookup.naming(number)]

    def all_naming(number: str) -> list[RecordView]:
        forms = (lookup.library.load(name)[0] for name in lookup.library.names)
        found = [
            record
            for other in forms
            if other is not None and not other.archive
            for record in lookup.of_form(other.name)
            if record.id != number and number in record.links()
        ]
        found.sort(key=lambda record: (str(record.get("created_at") or ""), record.id))
        return [RecordView(record) for record in found]

    def has_role(name: str | None, role: str) -> bool:
        return act.staff.holds(name, role)

    def choices_of(name: str) -> list[str]:
        spec = spec_of(name)
        return list(spec.choices) if spec is not None else []

    def after(start: datetime | date | None, what: str) -> datetime | date | None:
        if start is None:
            return None
        length = figure(what, act.context, lookup.library) or what
        return durations.add(start, length, act.context.working_days)

    def ahead_of(start: datetime | date | None, what: str) -> datetime | date | None:
        if start is None:
            return None
        return durations.subtract(start, figure(what, act.context, lookup.library) or what)

    def lint(text: str | None = None, genre: str | None = None) -> list[dict[str, Any]]:
        from pmcli.lint import Settings, check
        from pmcli.workflow.texts import inspected

        settings = act.context.lint_settings() or Settings()
        if text is None and form.lint:
            found = list(inspected(form, values, settings).findings)
        else:
            found = check(text or "", genre=genre, settings=settings, whole=genre is not None)
        return [{"code": f.code, "severity": f.severity, "message": f.message} for f in found]

    def from_template(part: str, view: RecordView | None = None) -> Any:
        """What the record's text template gives, or what it gave for an earlier `view` of it."""
        if form.templates is None:
            return None
        from pmcli.workflow.texts import drafted

        held = values[HELD]
        if view is not None:
            held = view.record.values if view.record is not None else {}
        found = drafted(form, held, values, act, lookup)
        return found.part(part) if found is not None else None

    def span_of(first: date | None, last: date | None) -> str | None:
        from pmcli.workflow import texts

        return texts.span_of(first, last)

    def rows_of(views: Iterable[Mapping[str, Any]] | None, name: str) -> list[Any]:
        return [row for view in views or () for row in view.get(name) or ()]

    def open_records() -> list[RecordView]:
        from pmcli.workflow.worklist import worklist

        return [*worklist(act, lookup)]

    def shortest(start: datetime | date | None, keys: Iterable[str | None]) -> Any:
        ends = [end for key in keys if key and (end := after(start, key)) is not None]
        return min(ends, default=None)

    def sum_of(listed: Iterable[Mapping[str, Any]] | None, *columns: str) -> Decimal:
        total = Decimal(0)
        for row in listed or ():
            product = Decimal(1)
            for column in columns:
                product *= Decimal(row.get(column) or 0)
            total += product
        return total.quantize(Decimal("0.01"))

    def spec_of(name: str) -> FieldSpec | None:
        outer, _, column = name.partition(".")
        spec = form.fields.get(outer)
        return spec.columns.get(column) if spec is not None and column else spec

    def label_of(name: str, value: Any = None) -> Label:
        spec = spec_of(name)
        if spec is None:
            return form.label_of(name)
        shown = values[HELD].get(name, values.get(name)) if value is None else value
        return Label(display(shown, spec, "zh"), display(shown, spec, "en"))

    def masked(numbers: Iterable[str] | str | None, name: str) -> list[str]:
        shown = []
        for view in records(numbers):
            held = view.record
            if held is not None and held.get(name) is not None:
                spec = held.form.fields[name]
                value = held.get(name)
                hide = spec.private and not values.get("_reveal")
                shown.append(display(mask(value, spec) if hide else value, spec, "zh"))
        return shown

    return {
        "record": record,
        "records": records,
        "open_of": open_of,
        "latest": latest,
        "find": find,
        "open_work": open_work,
        "all_naming": all_naming,
        "has_role": has_role,
        "after": after,
        "shortest": shortest,
        "sum_of": sum_of,
        "label_of": label_of,
        "choices_of": choices_of,
        "ahead_of": ahead_of,
        "rows_of": rows_of,
        "open_records": open_records,
        "office_list": lambda key: list(office_list(key, act.context, lookup.library)),
        "lint": lint,
        "from_template": from_template,
        "span_of": span_of,
        "office": lambda name: act.context.office.get(name),
        "fingerprint": lambda text: sha256(str(text or "").encode()).hexdigest()[:12],
        "date_words": rows.date_words,
        "figure_of": lambda key: figure(key, act.context, lookup.library),
        "days_of": rows.days_of,
        "month_of": lambda day: f"{day:%Y-%m}" if day else None,
        "moment_of": lambda day, clock: rows.moment(day, clock, act.zone),
        "rows_overlapping": rows.overlapping,
        "days_uncovered": rows.uncovered,
        "rows_changed": rows.changed,
        "rows_differing": rows.differing,
        "unit_number": lambda *parts: units.join(*(*parts, None, None)[:3]) or None,
        "unit_part": units.part_of,
        "unit_pattern_fits": lambda number: bool(
            re.fullmatch(act.context.unit_pattern, str(number or ""))
        ),
        "masked": masked,
        "last_of": lambda text, count: str(text)[-count:] if text else None,
        "clean": units.bare_part,
        "yuan": lambda amount: Label(f"{amount or 0:.2f} 元", f"{amount or 0:.2f} yuan"),
        "day": lambda moment: moment.date() if isinstance(moment, datetime) else moment,
    }


def _moment(record: Record | None) -> float:
    moment = record.changed_at if record else None
    return moment.timestamp() if moment else 0.0


def _equal(held: Any, wanted: Any) -> bool:
    if isinstance(wanted, (list, tuple)):
        return held in wanted
    return wanted in held if isinstance(held, list) else bool(held == wanted)
