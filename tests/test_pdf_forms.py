"""Every form on paper as PDF: all its text, its fonts, its sheets, whatever is written in it."""

from __future__ import annotations

import dataclasses
import io
import re
import shutil
import subprocess
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from conftest import Desk
from hypothesis import given, settings
from hypothesis import strategies as st
from layout_scenes import LIBRARY, STATES, ready
from pypdf import PdfReader

from pmcli.documents.building import blank_page, period_page, record_page
from pmcli.documents.page import (
    Box,
    Calendar,
    Cell,
    Grid,
    Heading,
    Line,
    Page,
    Paragraph,
    Prose,
    Run,
    Signatures,
    Table,
)
from pmcli.documents.pdf import pdf
from pmcli.documents.period import Period, containing
from pmcli.documents.printable import printable
from pmcli.documents.subject import Setting
from pmcli.form.layouts import Layout
from pmcli.form.model import Form
from pmcli.store.unit_of_work import Store

DAY = date(2026, 3, 5)
UPRIGHT, LYING = (595, 842), (842, 595)
LANGUAGES = ("zh", "en")
SUBSET = re.compile(r"/[A-Z]{6}\+")
HEADS = ("title", "office", "phone", "control", "number", "several")


def paper(*blocks: Any, **more: Any) -> Page:
    """A page of the office 翠湖花园 with these blocks."""
    held: dict[str, Any] = {
        "title": "维修任务单", "office": "翠湖花园物业服务中心", "phone": "电话 0731-88886666",
        "address": "", "control": "版本 A 修改 0", "number": "编号 BX-260305-A01",
        "sheet": "第 {page} 页 共 {pages} 页", "paper": "A4", "language": "zh", "blocks": blocks,
    }  # fmt: skip
    return Page(**{**held, **more})


def read(data: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(data))


def sheets(data: bytes) -> list[str]:
    """The text of each sheet without white space."""
    tool = shutil.which("pdftotext")
    if tool is None:
        found = [page.extract_text() for page in read(data).pages]
    else:
        made = subprocess.run([tool, "-raw", "-", "-"], input=data, capture_output=True, check=True)
        found = made.stdout.decode("utf-8").split("\f")[:-1]
    return [squeezed(text) for text in found]


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def texts(page: Page) -> Iterator[str]:
    """Every text that must stand on the paper; of a tight table, how each cell begins."""
    yield from (getattr(page, name) for name in HEADS)
    yield from page.copies
    for block in page.blocks:
        if isinstance(block, Table) and block.tight and not block.to_fill:
            yield from (heading.label for heading in block.headings)
            yield from (text[:2] for row in block.rows for text in row)
        else:
            yield from strings(dataclasses.asdict(block), isinstance(block, Paragraph))


def strings(value: Any, styled: bool) -> Iterator[str]:
    if isinstance(value, dict):
        for name, held in value.items():
            if not (styled and name == "style"):
                yield from strings(held, styled)
    elif isinstance(value, (list, tuple)):
        for held in value:
            yield from strings(held, styled)
    elif isinstance(value, str):
        yield value


def size(page: Any) -> tuple[int, int]:
    return round(page.mediabox.width), round(page.mediabox.height)


def fonts_of(resources: Any) -> Iterator[Any]:
    """The fonts of a page and of what is placed on it."""
    yield from (font.get_object() for font in resources.get("/Font", {}).values())
    for placed in resources.get("/XObject", {}).values():
        yield from fonts_of(placed.get_object().get("/Resources", {}))


def well_printed(page: Page) -> bytes:
    """The page as PDF: complete, with its own fonts, on sheets of the right size."""
    made = pdf([page])
    assert made.warnings == ()
    data = made.data
    assert isinstance(data, bytes)
    on_paper = sheets(data)
    whole = "".join(on_paper)
    for text in texts(page):
        for line in text.split("\n"):
            assert squeezed(line) in whole, line
    document = read(data)
    for sheet in document.pages:
        assert size(sheet) == (LYING if page.landscape else UPRIGHT)
        assert embedded(sheet["/Resources"])
    most = 2 * max(len(page.copies), 1) if page.paper == "A4" else 1
    assert len(document.pages) <= most
    return data


def embedded(resources: Any) -> bool:
    """Whether there are fonts, each a subset that the file carries."""
    held = [one.get_object() for font in fonts_of(resources) for one in font["/DescendantFonts"]]
    return bool(held) and all(
        SUBSET.match(font["/BaseFont"])
        and any(name.startswith("/FontFile") for name in font["/FontDescriptor"])
        for font in held
    )


def filled(form: Form, layout: Layout, desk: Desk, language: str, number: str) -> Page:
    store = Store(desk.root)
    setting = Setting(store.office, store.present(), store.records, language)
    if layout.over is None:
        record = store.records.by_id(number)
        assert record is not None
        return record_page(layout, record, setting)
    days = containing(DAY, layout.month_begins) if layout.over == "month" else Period(DAY, DAY)
    return period_page(form, layout, days, setting)


@pytest.mark.parametrize("name", STATES)
def test_every_filled_form(name: str, desk: Desk) -> None:
    form = LIBRARY.get(name)
    ruled = {key: layout for key, layout in form.layouts.items() if not layout.plain}
    number = ready(desk, name, next(iter(ruled)))
    for key, layout in ruled.items():
        held = ready(desk, name, key) if key == "rectify" else number
        for language in LANGUAGES:
            page = filled(form, layout, desk, language, held)
            data = well_printed(page)
            assert layout.over is not None or squeezed(held) in "".join(sheets(data))
    assert pdf([page]).data == data


@pytest.mark.parametrize("language", ["zh", pytest.param("en", marks=pytest.mark.slow)])
@pytest.mark.parametrize("name", STATES)
def test_every_empty_form(name: str, language: str, ready_office: Any) -> None:
    store = Store(ready_office)
    setting = Setting(store.office, store.present(), store.records, language)
    for layout in LIBRARY.get(name).layouts.values():
        if not layout.plain:
            well_printed(blank_page(LIBRARY.get(name), layout, setting))


def test_each_copy_counts_its_own_sheets() -> None:
    table = Table((Heading("单号"),), tuple((f"BX-{i:03}",) for i in range(60)))
    page = paper(table, copies=("物业留存", "售后留存"), several="一式两份")
    on_paper = sheets(well_printed(page))
    numbers = ["第1页共2页一式两份", "第2页共2页一式两份"] * 2
    assert all(words in text for words, text in zip(numbers, on_paper, strict=True))
    assert ["物业留存" in text for text in on_paper] == [True, False, False, False]
    assert ["售后留存" in text for text in on_paper] == [False, False, True, False]


@pytest.mark.parametrize("count", [1, 39, 40, 41, 200])
def test_a_long_table_repeats_its_heads_and_nobody_signs_an_empty_sheet(count: int) -> None:
    rows = tuple((f"BX-{i:03}", "配电箱冒烟", "是") for i in range(count))
    table = Table((Heading("单号"), Heading("事项"), Heading("重要")), rows, "未完事项")
    made = pdf([paper(table, Signatures(("交班人", "接班人"), "____ 年"))]).data
    assert isinstance(made, bytes)
    on_paper = sheets(made)
    for index, text in enumerate(on_paper):
        assert "未完事项" in text and "单号" in text and "BX-" in text.split("未完事项")[1]
        assert f"第{index + 1}页共{len(on_paper)}页" in text
        assert (text.count("版本A修改0"), text.count("编号BX")) == (1, 1)
    assert re.findall(r"BX-(\d{3})", "".join(text.split("未完事项")[1] for text in on_paper)) == [
        f"{i:03}" for i in range(count)
    ]
    assert "交班人" in on_paper[-1]


SLIP = {"paper": "A5"}


def test_slips_fill_the_halves_of_their_sheets_in_order() -> None:
    letter = paper(Paragraph("信"))
    slips = [paper(Paragraph(f"条{i}"), **SLIP) for i in range(4)]
    data = pdf([slips[0], slips[1], slips[2], letter, slips[3]]).data
    assert isinstance(data, bytes)
    on_paper = sheets(data)
    found = ["".join(re.findall(r"条\d|信", text)) for text in on_paper]
    assert found == ["条0条1", "条2", "信", "条3条3"]
    assert [size(sheet) for sheet in read(data).pages] == [UPRIGHT] * 4
    assert pdf([slips[0], slips[1], slips[2], letter, slips[3]]).data == data


def test_a_slip_that_goes_on_overleaf_takes_both_halves() -> None:
    rows = tuple((f"事项{i:02}",) for i in range(20))
    (sheet,) = sheets(well_printed(paper(Table((Heading("单号"),), rows), **SLIP)))
    assert "第1页共2页" in sheet and "第2页共2页" in sheet


def test_a_sheet_of_slips_is_still_an_archive_file() -> None:
    for page in (paper(Paragraph("一")), paper(Paragraph("一"), **SLIP)):
        document = read(pdf([page]).data)  # type: ignore[arg-type]
        root: Any = document.trailer["/Root"].get_object()
        assert "/OutputIntents" in root and "/ID" in document.trailer
        assert b"pdfaid:part>2<" in root["/Metadata"].get_data()


def test_a_tight_table_has_one_line_for_each_row() -> None:
    rows = tuple((f"BX-{i:03}", "配电箱冒烟，请尽快处理" * 9) for i in range(30))
    (sheet,) = sheets(
        well_printed(paper(Table((Heading("单号"), Heading("事项")), rows, tight=True)))
    )
    assert sheet.count("…") == 30


def test_a_prose_text_in_a_ruled_form() -> None:
    lines = (
        Line((Run("一、", "head"), Run("停水时间")), 1),
        Line((Run("请", ""), Run("储水", "strong"))),
    )
    assert "一、停水时间" in "".join(sheets(pdf([paper(Prose(lines))]).data))  # type: ignore[arg-type]


def every_block(text: str, **more: Any) -> Page:
    """A page with `text` wherever somebody may have typed it."""
    row = (text, "二", text)
    heads = (Heading("内容", room=20), Heading("项"), Heading("数", figures=True))
    return paper(
        Grid(
            2, ((Cell("房号", text), Cell("电话", "□" + text)), (Cell("地点", text, 2),)), text[:90]
        ),
        Box("内容", text),
        Table(heads, (row, row), "明细", totals=True),
        Table(heads, (row, row), "摘要", tight=True),
        Calendar(("岗位",), tuple((str(i), "一") for i in range(31)), (((text,), (text,) * 31),)),
        Paragraph(text, "说明"),
        Grid(1, ((Cell("姓名", text),),), "出入证", card=True),
        Signatures(("维修人员", "业主"), "____ 年"),
        **more,
    )


def structure(page: Page) -> dict[str, int]:
    """How many tables, rows and cells the file says that the page has."""
    document = read(pdf([page]).data)  # type: ignore[arg-type]
    found: dict[str, int] = {}
    waiting = [document.trailer["/Root"]["/StructTreeRoot"]]  # type: ignore[index]
    while waiting:
        node = waiting.pop().get_object()
        if not isinstance(node, dict):
            continue
        kind = node.get("/S")
        if kind in ("/Table", "/TR", "/TH", "/TD"):
            found[kind] = found.get(kind, 0) + 1
        below = node.get("/K", [])
        waiting += list(below) if isinstance(below, list) else [below]
    return found


MARKUP = [
    "#", "*", "_", "@", "$", "<x>", "{{", "`", "\\", "//", "/*", "= ", "- ", "~", "]",
    "#sys.inputs", "\u202e", "\u200f", "\ufeff", "\x00", "\ud800", "\u2028", "\u00a0", "👍🏽", "□",
]  # fmt: skip
TYPED = st.one_of(
    st.text(max_size=60),
    st.lists(st.one_of(st.sampled_from(MARKUP), st.text(max_size=8)), max_size=12).map("".join),
)


@pytest.fixture(scope="module")
def usual() -> dict[str, int]:
    return structure(every_block("漏水"))


@settings(max_examples=30, derandomize=True, deadline=None)
@given(TYPED)
def test_what_is_typed_never_changes_the_form(usual: dict[str, int], text: str) -> None:
    found = structure(every_block(text))
    if printable(text[:90]):
        assert found == usual


@pytest.mark.parametrize(
    "word", ["W" * 2000, "https://例.cn/" + "a?b&" * 500, "！" * 500, "_" * 900]
)
def test_a_word_without_end_stays_in_its_cell(word: str) -> None:
    page = paper(
        Grid(2, ((Cell("房号", word), Cell("电话", "1")),)),
        Table((Heading("内容"), Heading("数", True)), ((word, "1"),)),
        Paragraph(word),
    )
    data = pdf([page]).data
    assert isinstance(data, bytes)
    assert "".join(sheets(data)).count(word[-1]) == 3 * word.count(word[-1])
    tool = shutil.which("pdftotext")
    if tool is not None:
        made = subprocess.run(
            [tool, "-bbox", "-", "-"], input=data, capture_output=True, check=True
        )
        right = [float(x) for x in re.findall(rb'xMax="([\d.]+)"', made.stdout)]
        half_of_a_mark = 5.1
        assert right and max(right) <= 595.3 - 45 + half_of_a_mark
