"""Values by type: what a clerk types, what a file holds, what a person reads.

In memory a money is a Decimal with two places (元), a datetime carries its zone, a date is a date,
a flag is a bool, an integer an int, rows are lists of dicts; everything else is text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from decimal import Decimal
from typing import Any

from pmcli.form import durations, normal, rows, spans
from pmcli.form.model import FieldSpec
from pmcli.messages import Label, Sentence, listed

TEXT_LIMIT = 500
LONGTEXT_LIMIT = 20_000
_SEEN = 60
_UNSEEN = frozenset({"Cc", "Cf", "Zl", "Zp", "Zs"})
"""Categories of characters that leave no mark on a page."""
YEARS, YEARS_ON_FILE = range(1900, 2200), range(1900, 6000)
"""Years that a date typed, and one computed, may lie in; any duration can be added to them."""
_MONEY = re.compile(r"-?\d{1,10}(?:\.\d{1,2})?\Z", re.ASCII)
_INTEGER = re.compile(r"-?\d{1,10}\Z", re.ASCII)
_DATE = re.compile(r"(\d{4})(?:-|\.|/|年)(\d{1,2})(?:-|\.|/|月)(\d{1,2})日?\Z", re.ASCII)
_TIME = re.compile(r"(\d{1,2})[:：](\d{2})(?:[:：](\d{2}))?\Z", re.ASCII)
_YES, _NO = {"yes", "true", "是", "有"}, {"no", "false", "否", "无"}


class BadValue(Exception):
    """A value that its type does not take; `sentence` says why and what it wants."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True)
class Surroundings:
    """What the office knows that a value needs: its zone, its day, and checks of names."""

    zone: tzinfo
    today: date
    staff: Callable[[str], str]
    """Return the staff member's name as listed; raises BadValue."""
    unit: Callable[[str], str]
    """Return the number of a unit on file; raises BadValue."""
    link: Callable[[str, tuple[str, ...]], str]
    """Return the full number of a record of one of some forms; raises a Problem."""


def parse_input(spec: FieldSpec, text: str, around: Surroundings) -> Any:
    """Turn what was typed for a field or column into its value.

    Raises BadValue for a malformed value; an empty text is None.
    """
    text = normal.normal(text, spec.type)
    _refuse_controls(spec, text)
    if spec.type not in ("longtext",):
        text = text.strip()
        if "\n" in text:
            raise BadValue(Sentence("one_line_only", field=_name(spec)))
    if not any(unicodedata.category(char) not in _UNSEEN for char in text):
        return None
    return _PARSERS[spec.type](spec, text, around)


def _name(spec: FieldSpec) -> Label:
    return Label(f"{spec.option} {spec.label.zh}", f"{spec.option} {spec.label.en}")


def _seen(text: str) -> str:
    """What was typed as a refusal quotes it: not more than fits a line."""
    return text if len(text) <= _SEEN else text[:_SEEN] + "…"


def _refuse_controls(spec: FieldSpec, text: str) -> None:
    for char in text:
        category = unicodedata.category(char)
        if category in ("Cc", "Cs") and char not in "\n\t":
            raise BadValue(
                Sentence("control_character", field=_name(spec), code=f"U+{ord(char):04X}")
            )


def _text(spec: FieldSpec, text: str, _around: Surroundings) -> str:
    limit = LONGTEXT_LIMIT if spec.type == "longtext" else TEXT_LIMIT
    if len(text) > limit:
        raise BadValue(Sentence("too_long", field=_name(spec), limit=limit, length=len(text)))
    return text


def _choice(spec: FieldSpec, text: str, _around: Surroundings) -> str:
    if text in spec.choices:
        return text
    key = normal.called(text, spec.choices.items())
    if key is not None:
        return key
    raise BadValue(
        Sentence("not_a_choice", field=_name(spec), value=_seen(text), choices=choices_label(spec))
    )


def choices_label(spec: FieldSpec) -> Label:
    """The choices of a field with their labels, as a list in a sentence."""
    return Label(
        "、".join(f"{key} {label.zh}" for key, label in spec.choices.items()),
        ", ".join(
            key if key == label.en else f"{key} ({label.en})" for key, label in spec.choices.items()
        ),
    )


def _flag(spec: FieldSpec, text: str, _around: Surroundings) -> bool:
    if text.casefold() in _YES:
        return True
    if text.casefold() in _NO:
        return False
    raise BadValue(Sentence("not_a_flag", field=_name(spec), value=_seen(text)))


def _integer(spec: FieldSpec, text: str, _around: Surroundings) -> int:
    if not _INTEGER.match(text):
        raise BadValue(Sentence("not_an_integer", field=_name(spec), value=_seen(text)))
    return int(text)


def _money(spec: FieldSpec, text: str, _around: Surroundings) -> Decimal:
    bare = text.removesuffix("元").strip()
    if not _MONEY.match(bare) or bare.startswith("-"):
        raise BadValue(Sentence("not_money", field=_name(spec), value=_seen(text)))
    return Decimal(bare).quantize(Decimal("0.01"))


def parse_date(text: str, years: range = YEARS) -> date:
    """Read 2026-03-05, 2026.3.5, 2026/3/5 or 2026年3月5日; raises ValueError."""
    match = _DATE.match(text.strip())
    if match is None or int(match[1]) not in years:
        raise ValueError(text)
    return date(int(match[1]), int(match[2]), int(match[3]))


def parse_datetime(text: str, zone: tzinfo, today: date) -> datetime:
    """Read ISO 8601, `2026-03-05 9:30`, a date (midnight) or `9:30` (today); raises ValueError.

    A time without an offset is in `zone`; the result always carries a zone.
    """
    # A time that the zone's clocks skip in spring is the one that they show instead.
    return _moment(text.strip(), zone, today).astimezone(UTC).astimezone(zone)


def _moment(text: str, zone: tzinfo, today: date) -> datetime:
    if match := _TIME.match(text):
        return datetime.combine(today, _clock_time(match), tzinfo=zone)
    day, _, clock = text.replace("T", " ").partition(" ")
    if not clock.strip():
        return datetime.combine(parse_date(day), time(), tzinfo=zone)
    if match := _TIME.match(clock.strip()):
        return datetime.combine(parse_date(day), _clock_time(match), tzinfo=zone)
    moment = _iso(text, YEARS)
    return moment.replace(tzinfo=zone) if moment.tzinfo is None else moment


def _iso(text: str, years: range) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.year not in years:
        raise ValueError(text)
    return moment


def _clock_time(match: re.Match[str]) -> time:
    return time(int(match[1]), int(match[2]), int(match[3] or 0))


def _date(spec: FieldSpec, text: str, _around: Surroundings) -> date:
    try:
        return parse_date(text)
    except ValueError:
        raise BadValue(Sentence("not_a_date", field=_name(spec), value=_seen(text))) from None


def _datetime(spec: FieldSpec, text: str, around: Surroundings) -> datetime:
    try:
        return parse_datetime(text, around.zone, around.today)
    except ValueError:
        raise BadValue(Sentence("not_a_datetime", field=_name(spec), value=_seen(text))) from None


def _time(spec: FieldSpec, text: str, _around: Surroundings) -> str:
    try:
        return rows.clock_time(text)
    except ValueError:
        raise BadValue(Sentence("not_a_time", field=_name(spec), value=_seen(text))) from None


def _month(spec: FieldSpec, text: str, _around: Surroundings) -> str:
    try:
        return rows.month_text(text)
    except ValueError:
        raise BadValue(
            Sentence("not_a_month_value", field=_name(spec), value=_seen(text))
        ) from None


def parse_span(text: str, years: range = YEARS) -> spans.Span:
    """Read 2026-03-28..2026-04-06 as it is typed or kept; raises ValueError."""
    return spans.read_span(text, lambda day: parse_date(day, years))


def _span(spec: FieldSpec, text: str, _around: Surroundings) -> str:
    try:
        return str(parse_span(text))
    except spans.EndsBeforeItBegins:
        raise BadValue(Sentence("span_ends_first", field=_name(spec), value=_seen(text))) from None
    except ValueError:
        raise BadValue(Sentence("not_a_span", field=_name(spec), value=_seen(text))) from None


def _duration(spec: FieldSpec, text: str, _around: Surroundings) -> str:
    if not durations.is_duration(text):
        raise BadValue(Sentence("not_a_duration", field=_name(spec), value=_seen(text)))
    return text


def _phone(spec: FieldSpec, text: str, _around: Surroundings) -> str:
    try:
        return normal.phone(text)
    except normal.MobileLength as wrong:
        said = Sentence(
            "not_a_mobile",
            field=_name(spec),
            value=_seen(text),
            digits=wrong.digits,
            wanted=normal.MOBILE_DIGITS,
        )
        raise BadValue(said) from None
    except ValueError:
        raise BadValue(Sentence("not_a_phone", field=_name(spec), value=_seen(text))) from None


def _staff(spec: FieldSpec, text: str, around: Surroundings) -> str:
    return around.staff(_text(spec, text, around))


def _unit(spec: FieldSpec, text: str, around: Surroundings) -> str:
    return around.unit(_text(spec, text, around))


def _link(spec: FieldSpec, text: str, around: Surroundings) -> str:
    return around.link(_text(spec, text, around), spec.to)


MOST_DAYS = 366
_DAYS = re.compile(r"(.*?)\s*(?:~|～|至|\.\.)\s*(.*)\Z")


def is_span(text: str) -> bool:
    """Whether a text is a range, as 2026-04-01~2026-04-07 is one of days."""
    return _DAYS.match(text) is not None


def _rows(
    spec: FieldSpec, text: str, around: Surroundings
) -> dict[str, Any] | list[dict[str, Any]]:
    """One row, written `column=value,column=value`; a comma in a value is written `，` or `\\,`.

    Where a column spreads over days, `date=2026-04-01~2026-04-07` gives a row for each of them.
    """
    row: dict[str, Any] = {}
    spread: tuple[str, list[date]] | None = None
    given: set[str] = set()
    for piece, column, value in _cells(spec, text):
        if column is None:
            raise BadValue(
                Sentence(
                    "bad_row", field=_name(spec), value=_seen(piece), columns=list(spec.columns)
                )
            )
        if column.name in given:
            raise BadValue(Sentence("row_twice", field=_name(spec), column=column.name))
        given.add(column.name)
        span = _DAYS.match(value) if column.spread else None
        if span is not None:
            spread = column.name, _days(spec, column, value, span)
            continue
        try:
            parsed = parse_input(column, value, around)
        except BadValue as bad:
            raise BadValue(_of_row(bad.sentence, spec, column)) from None
        if parsed is not None:
            row[column.name] = parsed
    filled = {*row, *([spread[0]] if spread else [])}
    missing = [c for c in spec.columns.values() if c.required and c.name not in filled]
    if missing:
        raise BadValue(
            Sentence(
                "row_lacks",
                field=_name(spec),
                value=_seen(text),
                columns=Label(
                    "、".join(f"{c.name}= {c.label.zh}" for c in missing),
                    ", ".join(f"{c.name}= ({c.label.en})" for c in missing),
                ),
            )
        )
    if spread is not None:
        name, days = spread
        return [{c: {**row, name: day}[c] for c in spec.columns if c in filled} for day in days]
    return row


def _cells(spec: FieldSpec, text: str) -> Iterator[tuple[str, FieldSpec | None, str]]:
    """The cells of a row as typed, each with its column, None where there is none of that name.

    A column goes by its name or its label. A full-width comma parts cells where a column and its
    sign of equality follow; elsewhere it is a comma of the words.
    """
    known = {
        normal.folded(word): column
        for column in spec.columns.values()
        for word in (column.label.en, column.label.zh, column.name)
    }
    names = "|".join(sorted(map(re.escape, known), key=len, reverse=True))
    between = rf"(?<!\\),|，(?=\s*(?:{names})\s*[=＝])"
    for piece in re.split(between, text, flags=re.IGNORECASE):
        found = re.search("[=＝]", piece)
        if found is None:
            yield piece, None, ""
        else:
            value = piece[found.end() :].replace("\\,", ",")
            yield piece, known.get(normal.folded(piece[: found.start()])), value


def _days(spec: FieldSpec, column: FieldSpec, value: str, span: re.Match[str]) -> list[date]:
    """The days of a range; raises BadValue."""
    try:
        first, last = parse_date(span[1]), parse_date(span[2])
    except ValueError:
        sentence = Sentence("not_a_date", field=_name(column), value=_seen(value))
        raise BadValue(_of_row(sentence, spec, column)) from None
    count = (last - first).days + 1
    if not 0 < count <= MOST_DAYS:
        sentence = Sentence("too_long_a_span", field="", value=_seen(value), limit=MOST_DAYS)
        raise BadValue(_of_row(sentence, spec, column))
    return [first + timedelta(days=day) for day in range(count)]


def _of_row(sentence: Sentence, spec: FieldSpec, column: FieldSpec) -> Sentence:
    """A sentence about a column, naming the option that the row was given with."""
    if "field" not in sentence.values:
        return sentence
    label = column.label
    field = Label(
        f"{spec.option} {column.name}= {label.zh}", f"{spec.option} {column.name}= {label.en}"
    )
    return Sentence(sentence.key, **{**sentence.values, "field": field})


_PARSERS: dict[str, Callable[[FieldSpec, str, Surroundings], Any]] = {
    "text": _text,
    "longtext": _text,
    "person": _text,
    "choice": _choice,
    "flag": _flag,
    "integer": _integer,
    "money": _money,
    "date": _date,
    "datetime": _datetime,
    "time": _time,
    "month": _month,
    "span": _span,
    "duration": _duration,
    "phone": _phone,
    "staff": _staff,
    "unit": _unit,
    "link": _link,
    "rows": _rows,
}


def from_file(kind: str, text: str, zone: tzinfo) -> Any:
    """Turn a scalar of a record file into its value; raises ValueError where it cannot be one."""
    if text == "":
        return None
    if kind == "flag":
        if text not in ("true", "false"):
            raise ValueError(text)
        return text == "true"
    if kind == "integer":
        if not _INTEGER.match(text):
            raise ValueError(text)
        return int(text)
    if kind == "money":
        if not _MONEY.match(text):
            raise ValueError(text)
        return Decimal(text).quantize(Decimal("0.01"))
    if kind == "date":
        return parse_date(text, YEARS_ON_FILE)
    if kind == "time":
        return rows.clock_time(text)
    if kind == "month":
        return rows.month_text(text)
    if kind == "span":
        return str(parse_span(text, YEARS_ON_FILE))
    if kind == "datetime":
        moment = _iso(text, YEARS_ON_FILE)
        return moment.replace(tzinfo=zone) if moment.tzinfo is None else moment.astimezone(zone)
    return text


def display(value: Any, spec: FieldSpec | None, language: str) -> str:
    """How a value reads on a page or in a table; times to the minute, money with two places."""
    if value is None:
        return ""
    if isinstance(value, list):
        if spec is not None and spec.type == "rows":
            return Sentence("rows_count", count=len(value)).text(language)
        return listed([display(item, spec, language) for item in value], language)
    if isinstance(value, bool):
        return Sentence("yes" if value else "no").text(language)
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    if spec is not None and spec.choices:
        label = spec.choices.get(str(value))
        return label.text(language) if label else str(value)
    return str(value)


def mask(value: Any, spec: FieldSpec) -> Any:
    """Hide personal data for lists: 刘先生 is 刘**, 13800000001 is 138****0001 (rules.md, 3.4)."""
    if value is None:
        return None
    if spec.type == "rows":
        return value
    if isinstance(value, list):
        return [mask(item, spec) for item in value]
    text = str(value)
    if spec.type == "phone":
        return text[:3] + "****" + text[-4:] if len(text) >= 8 else "****"
    if spec.type == "person":
        return text[0] + "*" * max(1, len(text) - 1)
    return "****"


def jsonable(value: Any) -> Any:
    """A value as JSON has it: money, dates and times as text, money with two places."""
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    if isinstance(value, Mapping):
        return {key: jsonable(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [jsonable(item) for item in value]
    if isinstance(value, Label):
        return value.text("zh")
    return value
