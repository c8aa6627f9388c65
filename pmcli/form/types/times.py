"""Days, moments, clock times, months, spans and durations."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from decimal import Decimal
from typing import Any

from pmcli.form import durations, rows, spans
from pmcli.form.days import YEARS_ON_FILE, iso_moment, parse_date, parse_datetime, parse_span
from pmcli.form.normal import Way
from pmcli.form.types.base import BadValue, FieldType, Spec, Surroundings, name_of, seen
from pmcli.form.types.registry import register
from pmcli.messages import Sentence

_WORDS_OF_THE_DAY = {
    "今天": 0, "today": 0, "明天": 1, "tomorrow": 1, "后天": 2, "昨天": -1, "yesterday": -1,
    "前天": -2,
}  # fmt: skip
EXAMPLE_DAY = date(2026, 3, 5)
"""The day of the examples, which are moved to the present."""
_SOON = EXAMPLE_DAY + timedelta(days=20)


class _OfDays(FieldType):
    """What is or begins with a day."""

    in_time = True

    def answered(self, text: str, today: date) -> str:
        """今天, tomorrow and the like, with or without a clock time."""
        word, _, clock = text.casefold().partition(" ")
        if word not in _WORDS_OF_THE_DAY:
            return text
        return f"{today + timedelta(days=_WORDS_OF_THE_DAY[word])} {clock}".strip()

    def dump(self, value: Any) -> str:
        """ISO 8601."""
        return str(value.isoformat())

    def json(self, value: Any) -> str:
        """ISO 8601."""
        return self.dump(value)

    def written(self, value: Any) -> str:
        """2026年3月5日."""
        return spans.words(value)

    def order(self, value: Any) -> Decimal:
        """Seconds on one line for days and moments, whatever their offset."""
        if not isinstance(value, datetime):
            value = datetime.combine(value, time(), UTC)
        return Decimal(value.timestamp())


@register
class Date(_OfDays):
    """A day."""

    name = "date"
    label = Sentence("type_date")
    cell_label = Sentence("kind_date")
    holds = date
    refusal = "not_a_date"
    metavar = "DATE"
    hint = Sentence("ask_hint_date")
    presumed = "%Y-%m-%d"
    sets_apart = True
    room = 10
    blank = Sentence("paper_blank_date")

    def parse(self, spec: Spec, text: str, around: Surroundings) -> date:
        """2026-03-05, 2026.3.5, 2026年3月5日."""
        try:
            return parse_date(text)
        except ValueError:
            raise self.refused(spec, text) from None

    def load(self, text: str, zone: tzinfo) -> date:
        """2026-03-05."""
        return parse_date(text, YEARS_ON_FILE)

    def show(self, value: Any, spec: Spec | None, language: str) -> str:
        """2026-03-05."""
        return str(value.isoformat())

    def example(self, spec: Spec) -> str:
        """A day of the examples."""
        return _SOON.isoformat()

    def moved(self, text: str, shift: timedelta, zone: tzinfo | None) -> str:
        """So many days later."""
        return (parse_date(text) + shift).isoformat()


@register
class Moment(_OfDays):
    """A day and a clock time, with the office's zone."""

    name = "datetime"
    label = Sentence("type_datetime")
    cell_label = Sentence("kind_datetime")
    holds = datetime
    refusal = "not_a_datetime"
    metavar = "TIME"
    hint = Sentence("ask_hint_datetime")
    presumed = "%Y-%m-%d %H:%M"
    room = 16
    blank = Sentence("paper_blank_datetime")

    def parse(self, spec: Spec, text: str, around: Surroundings) -> datetime:
        """2026-03-05 9:30; 9:30 is today."""
        try:
            return parse_datetime(text, around.zone, around.today)
        except ValueError:
            raise self.refused(spec, text) from None

    def load(self, text: str, zone: tzinfo) -> datetime:
        """ISO 8601; without an offset it is in `zone`."""
        moment = iso_moment(text, YEARS_ON_FILE)
        return moment.replace(tzinfo=zone) if moment.tzinfo is None else moment.astimezone(zone)

    def show(self, value: Any, spec: Spec | None, language: str) -> str:
        """To the minute."""
        return str(value.strftime("%Y-%m-%d %H:%M"))

    def example(self, spec: Spec) -> str:
        """A morning of the examples."""
        return f"{_SOON} 09:00"

    def moved(self, text: str, shift: timedelta, zone: tzinfo | None) -> str:
        """So many days later; as it is where no zone is known."""
        if zone is None:
            return text
        return f"{parse_datetime(text, zone, EXAMPLE_DAY) + shift:%Y-%m-%d %H:%M}"


MOMENT = Moment()
"""Of stamps and events, which every record has."""


@register
class ClockTime(FieldType):
    """A time of day, kept as 08:00."""

    name = "time"
    label = Sentence("type_time")
    refusal = "not_a_time"
    hint = Sentence("ask_hint_time")
    room = 5

    def parse(self, spec: Spec, text: str, around: Surroundings) -> str:
        """8:00, up to 24:00."""
        try:
            return rows.clock_time(text)
        except ValueError:
            raise self.refused(spec, text) from None

    def load(self, text: str, zone: tzinfo) -> str:
        """08:00."""
        return rows.clock_time(text)


@register
class Month(FieldType):
    """A month, kept as 2026-04."""

    name = "month"
    label = Sentence("type_month")
    refusal = "not_a_month_value"
    hint = Sentence("ask_hint_month")
    presumed = "%Y-%m"

    def parse(self, spec: Spec, text: str, around: Surroundings) -> str:
        """2026-04, 2026年4月."""
        try:
            return rows.month_text(text)
        except ValueError:
            raise self.refused(spec, text) from None

    def load(self, text: str, zone: tzinfo) -> str:
        """2026-04."""
        return rows.month_text(text)


@register
class Span(FieldType):
    """From one day or moment to another, kept as 2026-03-28..2026-04-06."""

    name = "span"
    label = Sentence("type_span")
    way = Way.WIDE
    refusal = "not_a_span"
    metavar = "SPAN"
    hint = Sentence("ask_hint_span")
    in_time = True

    def parse(self, spec: Spec, text: str, around: Surroundings) -> str:
        """Two days or two moments."""
        try:
            return str(parse_span(text))
        except spans.EndsBeforeItBegins:
            said = Sentence("span_ends_first", field=name_of(spec), value=seen(text))
            raise BadValue(said) from None
        except ValueError:
            raise self.refused(spec, text) from None

    def load(self, text: str, zone: tzinfo) -> str:
        """2026-03-28..2026-04-06."""
        return str(parse_span(text, YEARS_ON_FILE))

    def opened(self, value: Any) -> spans.Span:
        """Its two ends."""
        return parse_span(value)

    def example(self, spec: Spec) -> str:
        """A week of the examples."""
        return f"{_SOON}..{_SOON + timedelta(days=6)}"

    def moved(self, text: str, shift: timedelta, zone: tzinfo | None) -> str:
        """Both ends so many days later."""
        span = parse_span(text)
        return str(spans.Span(span.first + shift, span.last + shift))


@register
class Duration(FieldType):
    """How long: 30m, 24h, 5wd."""

    name = "duration"
    label = Sentence("type_duration")
    cell_label = Sentence("kind_duration")
    refusal = "not_a_duration"
    metavar = "DURATION"
    hint = Sentence("ask_hint_duration")

    def parse(self, spec: Spec, text: str, around: Surroundings) -> str:
        """As it is typed."""
        if not durations.is_duration(text):
            raise self.refused(spec, text)
        return text
