"""Shares in per cent: typed in any spelling, reckoned with exactly, kept and shown as 97.5%."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from any_record import CORE, FORM, ZONE
from conftest import Desk
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from scenes import refuse

from pmcli.form.types.shares import Percent
from pmcli.form.values import BadValue, Surroundings, jsonable, parse_input
from pmcli.record.parsing import parse
from pmcli.record.writing import new_text
from pmcli.workflow.edited_values import typed as as_typed

SHARE = FORM.fields["share"]
AROUND = Surroundings(ZONE, date(2026, 3, 5), str, str, lambda text, forms: text)
SHARES = st.decimals(0, 100, places=2).map(Percent)
DIGITS = "零一二三四五六七八九"

FORM_TEXT = """\
form: survey
title: 问卷 | Survey
prefix: WJ
fields:
  place: {label: 地点 | Place, type: text}
  fee: {label: 费用 | Fee, type: money}
  share: {label: 回收率 | Returned, type: percent}
  kept_back: {label: 留存 | Kept back, type: money, auto: true}
  sent: {label: 发出 | Sent, type: integer}
  back: {label: 收回 | Back, type: integer}
  rate: {label: 比率 | Rate, type: percent, auto: true}
  floors:
    label: 各层 | Floors
    type: rows
    columns: {floor: {label: 层 | Floor, type: integer}, share: {label: 率 | Share, type: percent}}
states: {kept: 在册 | kept, gone: {label: 注销 | gone, final: true}}
transitions:
  new:
    label: 登记 | Keep
    to: kept
    may: [place, share, fee, sent, back, floors]
    set:
      kept_back: =fee * share / 100 if fee and share else none
      rate: =back * 100 / sent if sent else none
    guard:
    - if: not share or share >= 50
      say: "回收率 {{ label_of('share') }} 不足一半 | only {{ label_of('share') }}"
  drop: {label: 注销 | Drop, from: kept, to: gone, role: any}
list: [id, share]
prints:
  page:
    title: 问卷 | Survey
    parts:
    - fields: [share, rate]
    - rows: floors
import:
  key: place
  columns:
    place: [地点]
    share: [回收率]
"""


@pytest.fixture
def survey(desk: Desk) -> Desk:
    """The office with a form that asks for shares."""
    (desk.root / "forms").mkdir(exist_ok=True)
    (desk.root / "forms/survey.yaml").write_text(FORM_TEXT, "utf-8")
    desk.do("save")
    return desk


def read(text: str) -> Decimal:
    value = parse_input(SHARE, text, AROUND)
    assert isinstance(value, Percent)
    return value


@settings(derandomize=True)
@given(SHARES)
def test_whatever_is_kept_is_read_back_typed_again_and_written_the_same(share: Percent) -> None:
    text = new_text(FORM, {**CORE, "share": share}, [])
    back = parse(text, FORM, ZONE).values["share"]
    assert (back, type(back)) == (share, Percent)
    assert read(as_typed(back)) == share
    assert read(jsonable(back)) == share
    assert f'share: "{jsonable(back)}"' in text


@pytest.mark.parametrize(
    "text", ["97.5%", "97.5", "97.50 %", "９７．５％", " 97.5﹪", "百分之97.5", "百分之九十七点五"]
)
def test_spellings(text: str) -> None:
    assert read(text) == Decimal("97.5")


def spoken(number: int) -> str:
    """A number up to a hundred in words."""
    if number == 100:
        return "百"
    tens, ones = divmod(number, 10)
    if not tens:
        return DIGITS[ones]
    return ("" if tens == 1 else DIGITS[tens]) + "十" + (DIGITS[ones] if ones else "")


@pytest.mark.parametrize("number", range(101))
def test_words(number: int) -> None:
    assert read(f"百分之{spoken(number)}") == number
    if number < 100:
        assert read(f"百分之{spoken(number)}点零五") == number + Decimal("0.05")


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("很高", "not_a_percent"), ("-1%", "not_a_percent"), ("97,5%", "not_a_percent"),
        ("%", "not_a_percent"), ("5‰", "not_a_percent"), ("百分之", "not_a_percent"),
        ("百分之点五", "not_a_percent"), ("百分之十零", "not_a_percent"),
        ("百分之两百", "not_a_percent"), ("1e1%", "not_a_percent"), ("5%%", "not_a_percent"),
        ("100.01%", "percent_range"), ("百分之百点五", "percent_range"), ("101", "percent_range"),
        ("97.555%", "percent_places"), ("0.975", "percent_places"),
    ],
)  # fmt: skip
def test_what_is_none(text: str, key: str) -> None:
    with pytest.raises(BadValue) as refused:
        parse_input(SHARE, text, AROUND)
    assert refused.value.sentence.key == key


def test_it_is_said_what_is_wrong(survey: Desk) -> None:
    wrong = refuse(survey, "survey new --share 120%", 2)
    assert wrong.messages == ["--share 回收率 应在 0% 至 100% 之间；收到“120%”"]
    wrong = refuse(survey, "survey new --floors floor=1,share=0.975", 2)
    assert wrong.messages == ["--floors share= 率 最多两位小数，如 97.25%；收到“0.975”"]


def test_formulas_reckon_with_it_and_what_they_give_it_is_rounded(survey: Desk) -> None:
    number = survey.do("survey new --share 97.5% --fee 200 --sent 3 --back 2").id
    shown = survey.show(number)
    assert (shown["share"], shown["kept_back"], shown["rate"]) == ("97.5%", "195.00", "66.67%")
    assert 'rate: "66.67%"' in (survey.root / shown["path"]).read_text("utf-8")
    assert refuse(survey, "survey new --share 12.25%", 4).messages == ["回收率 12.25% 不足一半"]
    wrong = refuse(survey, "survey new --sent 2 --back 3", 2)
    assert wrong.messages == ["比率 应在 0% 至 100% 之间；收到“150.0”"]
    survey.do("check")


@pytest.mark.parametrize("value", [0, -0.0, Decimal("-0"), 100, 33.335, Decimal("0.005")])
def test_what_a_formula_gives_is_kept_as_it_is_read(value: float | Decimal) -> None:
    kept = SHARE.kind.computed(value, SHARE.label)
    assert SHARE.kind.loaded(SHARE.kind.dump(kept), ZONE) == kept


@pytest.mark.parametrize("value", [True, "97.5", -0.01, 100.001, float("nan"), float("inf")])
def test_and_what_is_no_share_is_refused(value: object) -> None:
    with pytest.raises(BadValue):
        SHARE.kind.computed(value, SHARE.label)


def test_lists_sort_it_as_a_number_and_paper_shows_it(survey: Desk) -> None:
    for share in ("100%", "97.5%", "50.25%", "60"):
        survey.do(f"survey new --share {share} --floors floor=1,share={share}")
    listed = survey.do("survey list --sort share --format csv").out.split()[1:]
    assert [line.rpartition(",")[2] for line in listed] == ["50.25%", "60%", "97.5%", "100%"]
    page = survey.do("survey print a02 --format txt").out
    assert page.count("97.5%") == 2
    assert "％" in survey.do("survey print --layout blank --format txt").out


def test_a_hand_may_write_it_with_and_without_its_sign(survey: Desk) -> None:
    number = survey.do("survey new --share 80%").id
    path = survey.root / str(survey.show(number)["path"])
    for written, kept in (("75", "75%"), ("'62.50%'", "62.5%")):
        lines = path.read_text("utf-8").split("\n")
        at = next(n for n, line in enumerate(lines) if line.startswith("share:"))
        lines[at] = f"share: {written}"
        path.write_text("\n".join(lines), "utf-8")
        survey.do("save")
        assert survey.show(number)["share"] == kept


def test_a_spreadsheets_percentage_is_what_is_seen_there(survey: Desk, tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    seen = [("回收率", "General"), (0.5, "0%"), (0.9725, "0.00%"), (80, "General"), ("60%", "@")]
    for row, (value, shape) in enumerate(seen, 1):
        sheet.cell(row, 1, "地点" if row == 1 else f"{row}栋")
        sheet.cell(row, 2, value).number_format = shape
    book.save(tmp_path / "a.xlsx")
    survey.do(["import", "survey", str(tmp_path / "a.xlsx")])
    listed = survey.do("survey list --sort id --format csv").out.split()[1:]
    assert [line.rpartition(",")[2] for line in listed] == ["50%", "97.25%", "80%", "60%"]
