"""What a record's text template says of it, and what lint finds in its text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from pmcli.dataclass import dataclass
from pmcli.form import durations, spans
from pmcli.form.expressions import evaluate
from pmcli.form.model import Form, Templates
from pmcli.form.templates import in_time, kept_rows, variables_of
from pmcli.form.text_template import Lead, TextTemplate
from pmcli.workflow.act import Act, figure
from pmcli.workflow.repository import Lookup
from pmcli.workflow.sight import Sight

if TYPE_CHECKING:
    from pmcli.lint import Report, Settings


@dataclass(frozen=True)
class Drafted:
    """A record's values with the template that its text is drafted from."""

    form: Form
    plan: Templates
    template: TextTemplate
    values: Mapping[str, Any]
    scope: Sight
    """What the form's formulas see."""
    act: Act
    lookup: Lookup

    @property
    def issued(self) -> date:
        """The day under the text."""
        day: date | None = self.values.get("issue_on")
        return day or self.act.today

    def part(self, name: str) -> Any:
        """What docs/forms.md lists for `from_template`, or a preset; none for anything else."""
        if name == "values":
            return kept_rows(self.template, self.values)
        if name == "valid_until":
            return self.valid_until()
        if name == "late":
            return self.late()
        if name == "lead_days":
            lead = self.lead()
            return (self._earliest(lead) - self.issued).days if lead else None
        if name not in ("title", "body"):
            return self.template.presets.get(name)
        from pmcli.form.text_rendering import render

        title, body = render(self.template, {**self.values, "office": self.act.context.office})
        return title if name == "title" else body

    def _first_filled(self, names: tuple[str, ...]) -> tuple[str, Any] | None:
        return next(((n, self.values[n]) for n in names if self.values.get(n) is not None), None)

    def valid_until(self) -> date | None:
        """The last day on which the text holds, by the template; none where it does not say."""
        validity = self.template.validity
        if validity is None:
            return None
        found = self._first_filled(validity.until)
        if found is None:
            return self._later(self.issued, validity.lasting)
        times = in_time(found[1])
        assert times is not None
        length = validity.plus
        if length in self.template.variables:
            length = f"{self.values.get(length) or 0}d"
        return self._later(_day(times[1]), length) if length else _day(times[1])

    def _later(self, day: date, length: str) -> date | None:
        try:
            return durations.add(day, length, self.act.context.working_days) if length else None
        except (ValueError, OverflowError):
            return None

    def lead(self) -> Lead | None:
        """The notice time that counts in this case; none for an emergency."""
        if self.values.get("emergency"):
            return None
        names = self.scope | {name: self.values.get(name) for name in self.template.variables}
        leads = self.template.leads
        return next((x for x in leads if x.when is None or evaluate(x.when, names)), None)

    def _earliest(self, lead: Lead) -> date:
        key = figure_key(self.form, self.template, lead)
        length = figure(key, self.act.context, self.lookup.library) or lead.at_least
        if length.isdigit():
            length += "d"
        return self._later(self.issued, length) or self.issued

    def late(self) -> list[dict[str, Any]]:
        """What comes sooner than its notice time allows: nothing, or the one matter.

        `label` and `at` say what and when, `days` and `source` the rule, `left` the days there
        are, `earliest` the first day that would do.
        """
        lead = self.lead()
        found = self._first_filled(lead.before) if lead is not None else None
        if lead is None or found is None:
            return []
        times = in_time(found[1])
        assert times is not None
        starts, earliest = _day(times[0]), self._earliest(lead)
        if starts >= earliest:
            return []
        spec = self.template.variables[found[0]]
        known = self.form.figures.get(lead.at_least)
        return [
            {
                "label": spec.label,
                "option": spec.option,
                "at": starts,
                "issued": self.issued,
                "days": (earliest - self.issued).days,
                "left": (starts - self.issued).days,
                "earliest": earliest,
                "source": lead.source or (known.source if known else ""),
            }
        ]


def figure_key(form: Form, template: TextTemplate, lead: Lead) -> str:
    """Under which name the office gives its own number of days in office.yaml."""
    own = template.key.replace("-", "_") + "_lead"
    return f"{form.name}.{lead.at_least if lead.at_least in form.figures else own}"


def drafted(
    form: Form,
    values: Mapping[str, Any],
    scope: Sight,
    act: Act,
    lookup: Lookup,
) -> Drafted | None:
    """A record with its text template; none for a record that has none."""
    plan = form.templates
    key = values.get(plan.by) if plan else None
    if plan is None or not key or key == plan.free:
        return None
    template = lookup.library.template(form, str(key))
    rows = values.get(plan.values) or ()
    held = {**variables_of(template, rows, act.zone), **values}
    return Drafted(form, plan, template, held, scope, act, lookup)


def in_order(earlier: Any, later: Any) -> bool:
    """Whether one time does not come before another; two moments must differ.

    A span counts by its end where it is the earlier one, by its beginning where it is the later;
    a day and a moment are compared by the day. What is not filled is in order.
    """
    first, second = in_time(earlier), in_time(later)
    if first is None or second is None:
        return True
    before, after = first[1], second[0]
    if isinstance(before, datetime) and isinstance(after, datetime):
        return before.replace(tzinfo=None) < after.replace(tzinfo=None)
    return _day(before) <= _day(after)


def _day(point: date) -> date:
    return point.date() if isinstance(point, datetime) else point


def span_of(first: date | None, last: date | None) -> str | None:
    """A span as it is kept, of two days or moments."""
    if first is None or last is None:
        return None
    plain = [p.replace(tzinfo=None) if isinstance(p, datetime) else p for p in (first, last)]
    return str(spans.Span(*plain))


def checked_text(form: Form, scope: Mapping[str, Any]) -> str:
    """The text of a record that lint reads, as the form's `lint` says."""
    return str(evaluate(form.lint["text"], scope) or "") if "text" in form.lint else ""


def inspected(form: Form, scope: Mapping[str, Any], settings: Settings) -> Report:
    """What lint finds in a record's text, its kind and its dates taken from the record."""
    from pmcli.lint import inspect

    told = {name: evaluate(formula, scope) for name, formula in form.lint.items()}
    kind, days = str(told.get("type") or ""), told.get("lead")
    if kind and days is not None:
        settings = replace(settings, leads={**settings.leads, kind: int(days)})
    return inspect(
        str(told.get("text") or ""),
        genre=told.get("genre") or None,
        settings=settings,
        kind=kind or None,
        emergency=bool(told.get("emergency")),
        valid_until=str(told.get("valid_until") or ""),
    )
