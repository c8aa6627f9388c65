"""Values, numbers and durations: whatever is typed is read or refused."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from any_record import AT, CORE, FORM, MOMENTS, NASTY, ZONE
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pmcli.form import durations, units
from pmcli.form.days import parse_datetime
from pmcli.form.field import FieldSpec
from pmcli.form.types.times import MOMENT
from pmcli.form.values import BadValue, Surroundings, parse_input
from pmcli.messages import Sentence
from pmcli.record.numbers import after, day_of, is_safe, matching, next_number
from pmcli.record.parsing import parse
from pmcli.record.writing import new_text

# Values


@given(st.decimals(0, 10**10 - 1, places=2))
@settings(derandomize=True)
def test_money_is_exact(amount: Decimal) -> None:
    text = new_text(FORM, {**CORE, "fee": amount}, [])
    back = parse(text, FORM, ZONE).values["fee"]
    assert back == amount
    assert isinstance(back, Decimal)
    assert back.as_tuple().exponent == -2


@given(MOMENTS)
@settings(derandomize=True)
def test_times_carry_a_zone(moment: datetime) -> None:
    back = parse(new_text(FORM, {**CORE, "due": moment}, []), FORM, ZONE).values["due"]
    assert back == moment
    assert back.utcoffset() == moment.utcoffset()
    bare = MOMENT.loaded(moment.replace(tzinfo=None).isoformat(), ZONE)
    assert bare.tzinfo is ZONE


def refuse(text: str, forms: tuple[str, ...] = ()) -> str:
    raise BadValue(Sentence("no_unit", value=text))


AROUND = Surroundings(ZONE, date(2026, 3, 5), str, str, lambda text, forms: text)
STRICT = Surroundings(ZONE, date(2026, 3, 5), refuse, refuse, refuse)
SPECS = [FORM.fields[name] for name in FORM.fields]
LOOKALIKES = st.from_regex(
    r"[-+]?[0-9０-９]{0,12}([.:/\-年月日T eE,，=元wdmohy])?[0-9]{0,6}([.:Z+\-][0-9]{1,8}){0,3}",
    fullmatch=True,
)
ISO = st.builds(
    "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}{}".format,
    st.integers(0, 9999),
    st.integers(0, 13),
    st.integers(0, 32),
    st.integers(0, 25),
    st.integers(0, 61),
    st.integers(0, 61),
    st.sampled_from(
        ["", "Z", "+08:00", "-23:59", "+23:59", "+24:00", ".5", ".123456789", "+08:00:30"]
    ),
)


@settings(max_examples=500, derandomize=True, deadline=None)
@given(
    st.sampled_from(SPECS),
    st.one_of(
        st.text(max_size=60),
        LOOKALIKES,
        ISO,
        st.sampled_from(NASTY),
        LOOKALIKES.map(lambda t: f"item=a,qty={t},price={t}"),
    ),
    st.sampled_from([AROUND, STRICT]),
)
@example(FORM.fields["due"], "0001-01-01T00:00:00+14:00", AROUND)
@example(FORM.fields["due"], "9999-12-31T23:59:59-14:00", AROUND)
@example(FORM.fields["on_day"], "0000-01-01", AROUND)
@example(FORM.fields["content"], "\ud800", AROUND)
def test_whatever_is_typed_is_a_value_or_refused(
    spec: FieldSpec, text: str, around: Surroundings
) -> None:
    try:
        value = parse_input(spec, text, around)
    except BadValue as bad:
        for language in ("zh", "en"):
            assert bad.sentence.text(language)
        return
    if value is None:
        return
    value = [value] if spec.many or spec.type == "rows" else value
    record = parse(new_text(FORM, {**CORE, spec.name: value}, []), FORM, ZONE)
    assert record.values[spec.name] == value


@given(ISO | LOOKALIKES | st.text(max_size=20))
@settings(max_examples=300, derandomize=True)
def test_a_time_is_read_or_refused(text: str) -> None:
    try:
        moment = parse_datetime(text, ZONE, date(2026, 3, 5))
    except ValueError:
        return
    assert moment.tzinfo is not None


@pytest.mark.parametrize("text", ["12.345", "1e3", "1,000", "-1", "1.", ".5", "十", "12345678901"])
def test_what_is_no_money(text: str) -> None:
    with pytest.raises(BadValue):
        parse_input(FORM.fields["fee"], text, AROUND)


# Numbers

NUMBERS = st.builds(
    "{}-{:%y%m%d}-{}{:02}".format,
    st.sampled_from(["BX", "JD", "TS"]), st.dates(date(2020, 1, 1), date(2099, 12, 31)),
    st.sampled_from("ABZ"), st.integers(1, 1200),
)  # fmt: skip


@given(
    st.sampled_from(["BX", "JD"]),
    st.dates(date(2020, 1, 1), date(2099, 12, 31)),
    st.sampled_from("AZ"),
    st.lists(NUMBERS),
    st.integers(1, 130),
)
@settings(derandomize=True)
def test_numbers_are_never_given_twice(
    prefix: str, day: date, desk: str, taken: list[str], more: int
) -> None:
    given_out = list(taken)
    for _ in range(more):
        number = next_number(prefix, day, desk, given_out)
        assert number not in given_out
        assert is_safe(number)
        assert day_of(number) == day
        given_out.append(number)
    following = next_number(prefix, day, desk, given_out)
    assert after(given_out[-1]) == following


@given(st.lists(NUMBERS, min_size=1), st.data())
@settings(derandomize=True)
def test_a_part_means_the_numbers_it_stands_in(numbers: list[str], data: st.DataObject) -> None:
    whole = data.draw(st.sampled_from(numbers))
    assert matching(whole, numbers) == [whole]
    assert matching(f" {whole.lower()} ", numbers) == [whole]
    start = data.draw(st.integers(0, len(whole) - 1))
    part = data.draw(st.sampled_from([whole[start:], whole[start:].lower()]))
    found = matching(part, numbers)
    assert found
    assert all(part.upper() in number for number in found)
    segment = whole.rpartition("-")[2]
    assert matching(segment, numbers) == sorted({n for n in numbers if n.endswith("-" + segment)})


@given(st.text(max_size=10), st.lists(NUMBERS))
@settings(derandomize=True)
def test_any_part_is_harmless(part: str, numbers: list[str]) -> None:
    assert set(matching(part, numbers)) <= set(numbers)
    day_of(part)
    is_safe(part)


@pytest.mark.parametrize("part", ["", " ", "../../etc/passwd", "BX\0", ".", "BX-260305-A01\n\n-"])
def test_what_is_no_number(part: str) -> None:
    assert matching(part, ["BX-260305-A01", "JD-260305-A01"]) == []
    assert not is_safe(part)


@given(st.lists(st.from_regex(r"[0-9A-Z]{1,4}", fullmatch=True), min_size=2, max_size=3))
@settings(derandomize=True)
def test_a_unit_number_in_any_spelling(parts: list[str]) -> None:
    number = "-".join(parts)
    assert units.normalise(number) == number
    assert units.normalise(number.lower()) == number
    spelt = {2: "{}栋{}", 3: "{}栋{}单元{}室"}[len(parts)].format(*parts)
    assert units.normalise(spelt) == number
    assert units.normalise("#".join(parts)) == number
    assert units.join(*(*parts, None)[:3]) == number


@given(st.text(max_size=20))
@settings(derandomize=True)
def test_normalising_a_unit_number_once_is_enough(text: str) -> None:
    number = units.normalise(text)
    if number is not None:
        assert units.normalise(number) == number
        assert is_safe(number)


# Durations


def monday_to_friday(start: date, count: int) -> date:
    while count > 0:
        start += timedelta(days=1)
        count -= start.weekday() < 5
    return start


@given(MOMENTS, st.integers(0, 400), st.sampled_from(["m", "h", "d", "wd", "mo", "y"]))
@settings(derandomize=True)
def test_durations_only_go_forward(start: datetime, count: int, unit: str) -> None:
    text = f"{count}{unit}"
    end = durations.add(start, text, monday_to_friday)
    assert isinstance(end, datetime)
    assert end >= start
    assert durations.add(start, f"{count + 1}{unit}", monday_to_friday) > end
    day = durations.add(start.date(), text, monday_to_friday)
    assert not isinstance(day, datetime)
    if unit in ("d", "wd", "mo", "y"):
        assert day == end.date()
        assert end.timetz() == start.timetz()


@given(st.one_of(st.text(max_size=8), st.from_regex(r"\d{1,7}(m|h|d|wd|mo|y)?", fullmatch=True)))
@settings(derandomize=True, max_examples=300)
def test_what_counts_as_a_duration_can_be_added(text: str) -> None:
    if durations.is_duration(text):
        for start in (AT, AT.date()):
            try:
                end = durations.add(start, text, lambda day, count: day + timedelta(days=count))
            except (ValueError, OverflowError):
                pytest.fail(f"{text} is taken and cannot be added")
            assert end >= start
    else:
        with pytest.raises(ValueError):
            durations.parse(text)
