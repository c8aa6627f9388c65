"""The functions of the form language: what each is called, takes and gives.

This is the one list of them. A formula's calls are checked against it when it is read, the table in
docs/forms.md is written from it, and pmcli.workflow.functions says what each of them does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from pmcli.dataclass import dataclass
from pmcli.messages import Sentence

if TYPE_CHECKING:
    from inspect import Parameter, Signature

    from pmcli.messages.keys import Key


@dataclass(frozen=True)
class Function:
    """A function that formulas may call."""

    name: str
    takes: str
    """Its parameters as Python writes them, `numbers, state=None`; what has a default is none."""
    meaning: Key
    """The sentence that says what it gives."""
    examples: tuple[str, ...]
    """Calls of it, in formulas that read."""

    @property
    def gives(self) -> Sentence:
        """What it gives."""
        return Sentence(self.meaning)

    @property
    def call(self) -> str:
        """How it is written: `latest(numbers, state=None)`."""
        return f"{self.name}({self.takes.replace('/, ', '')})"

    @cached_property
    def signature(self) -> Signature:
        """Its parameters, as those of what it does must be."""
        from inspect import Parameter, Signature

        before, _, after = self.takes.rpartition("/")
        first = [_parameter(text, Parameter.POSITIONAL_ONLY) for text in _parts(before)]
        rest = [_parameter(text, Parameter.POSITIONAL_OR_KEYWORD) for text in _parts(after)]
        return Signature([*first, *rest])

    def bound(self, given: Sequence[Any], named: Mapping[str, Any]) -> Mapping[str, Any] | None:
        """What a call gives each parameter; None when the arguments do not fit."""
        try:
            return self.signature.bind(*given, **named).arguments
        except TypeError:
            return None


def _parts(text: str) -> list[str]:
    return [part for part in text.replace(" ", "").split(",") if part]


def _parameter(text: str, kind: Any) -> Parameter:
    from inspect import Parameter

    name, equals, _ = text.partition("=")
    bare = name.lstrip("*")
    default = None if equals else Parameter.empty
    kinds = {"**": Parameter.VAR_KEYWORD, "*": Parameter.VAR_POSITIONAL}
    return Parameter(bare, kinds.get(name.removesuffix(bare), kind), default=default)


_ALL = (
    Function(
        "record",
        "number",
        "function_record",
        ("record(target).worker",),
    ),
    Function(
        "records",
        "numbers",
        "function_records",
        ("records(children)",),
    ),
    Function(
        "open_of",
        "numbers",
        "function_open_of",
        ("open_of(revisits)",),
    ),
    Function(
        "latest",
        "numbers, state=None",
        "function_latest",
        ("latest(revisits, 'done').done_at",),
    ),
    Function(
        "find",
        "name, /, **wanted",
        "function_find",
        ("find('resident', unit=number, state='active')",),
    ),
    Function(
        "open_work",
        "number",
        "function_open_work",
        ("open_work(id)",),
    ),
    Function(
        "all_naming",
        "number",
        "function_all_naming",
        ("all_naming(id)",),
    ),
    Function(
        "open_records",
        "",
        "function_open_records",
        ("open_records() | selectattr('overdue')",),
    ),
    Function(
        "masked",
        "numbers, name",
        "function_masked",
        ("masked(owners, 'name')",),
    ),
    Function(
        "has_role",
        "name, role",
        "function_has_role",
        ("has_role(worker, 'repair')",),
    ),
    Function(
        "after",
        "start, what",
        "function_after",
        ("after(at, '3d')", "after(at, 'revisit.leak')"),
    ),
    Function(
        "ahead_of",
        "start, what",
        "function_ahead_of",
        ("ahead_of(at, '15m')",),
    ),
    Function(
        "shortest",
        "start, keys",
        "function_shortest",
        ("shortest(at, ['revisit.leak', 'revisit.other'])",),
    ),
    Function(
        "office_list",
        "key",
        "function_office_list",
        ("office_list('handover.equipment')",),
    ),
    Function(
        "figure_of",
        "key",
        "function_figure_of",
        ("figure_of('roster.opens')",),
    ),
    Function(
        "office",
        "name",
        "function_office",
        ("office('name')",),
    ),
    Function(
        "label_of",
        "name, value=None",
        "function_label_of",
        ("label_of('kind')", "label_of('on_call.post', it.post)"),
    ),
    Function(
        "choices_of",
        "name",
        "function_choices_of",
        ("choices_of('point')", "choices_of('on_call.post')"),
    ),
    Function(
        "lint",
        "text=None, genre=None",
        "function_lint",
        ("lint()", "lint(body, '温馨提示')", "lint(reason)"),
    ),
    Function(
        "from_template",
        "part, view=None",
        "function_from_template",
        ("from_template('body')", "from_template('valid_until', before)"),
    ),
    Function(
        "span_of",
        "first, last",
        "function_span_of",
        ("span_of(start_on, end_on)",),
    ),
    Function(
        "fingerprint",
        "text",
        "function_fingerprint",
        ("fingerprint(full_text)",),
    ),
    Function("date_words", "day", "function_date_words", ("date_words(today)",)),
    Function("day", "moment", "function_day", ("day(created_at)",)),
    Function("days_of", "month", "function_days_of", ("days_of('2026-04')",)),
    Function("month_of", "day", "function_month_of", ("month_of(today)",)),
    Function(
        "moment_of",
        "day, clock",
        "function_moment_of",
        ("moment_of(today, '20:30')",),
    ),
    Function("yuan", "amount", "function_yuan", ("yuan(amount)",)),
    Function(
        "sum_of",
        "listed, *columns",
        "function_sum_of",
        ("sum_of(quote_items, 'qty', 'unit_price')",),
    ),
    Function(
        "rows_of",
        "views, name",
        "function_rows_of",
        ("rows_of(find('patrol', date=today), 'lines')",),
    ),
    Function(
        "rows_changed",
        "rows, where, to",
        "function_rows_changed",
        ("rows_changed(shifts, {'date': today}, {'staff': actor})",),
    ),
    Function(
        "rows_differing",
        "rows, first, second",
        "function_rows_differing",
        ("rows_differing(equipment, 'counted', 'expected')",),
    ),
    Function(
        "rows_overlapping",
        "rows, who, day, begins, ends",
        "function_rows_overlapping",
        ("rows_overlapping(shifts, 'staff', 'date', 'start', 'end')",),
    ),
    Function(
        "days_uncovered",
        "days, rows, names, hours, exceptions=None",
        "function_days_uncovered",
        ("days_uncovered(days_of(month), shifts, ['date', 'start', 'end'], ['8:00', '20:30'])",),
    ),
    Function(
        "unit_number",
        "*parts",
        "function_unit_number",
        ("unit_number(building, entrance, room)",),
    ),
    Function(
        "unit_part",
        "number, name",
        "function_unit_part",
        ("unit_part(number, 'room')",),
    ),
    Function(
        "unit_pattern_fits",
        "number",
        "function_unit_pattern_fits",
        ("unit_pattern_fits(number)",),
    ),
    Function(
        "clean",
        "text",
        "function_clean",
        ("clean(cell)",),
    ),
    Function(
        "last_of",
        "text, count",
        "function_last_of",
        ("last_of(cell, 4)",),
    ),
)

FUNCTIONS: Mapping[str, Function] = {function.name: function for function in _ALL}
"""The functions by name, in the order in which the guide lists them."""
