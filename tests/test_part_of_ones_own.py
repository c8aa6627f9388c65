"""A new part of paper is one class and what builds it: every kind of page then has it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import pytest
from conftest import Desk

from pmcli.documents.page import Block, Paragraph
from pmcli.documents.parts import BUILDERS, builds
from pmcli.documents.subject import Subject
from pmcli.form.expressions import evaluate
from pmcli.form.formula import Formula, Template
from pmcli.form.model import Form
from pmcli.form.part import PARTS, Part, register, unregister
from pmcli.form.reading import Reader
from pmcli.yaml_files.shape import TEXT, Shape

FORM = """\
form: gauge
title: 量尺 | Gauge
prefix: LC
fields:
  level: {label: 水位 | Level, type: integer}
states: {kept: 在册 | kept, gone: {label: 注销 | gone, final: true}}
transitions:
  new: {label: 登记 | Keep, to: kept, asks: [level]}
  drop: {label: 注销 | Drop, from: kept, to: gone, role: any}
prints:
  page:
    title: 量尺 | Gauge
    parts:
    - fields: level
    - ruler: level
      title: 刻度 | Scale
      size: =level * 2
      mark: "#"
"""


@dataclass(frozen=True, eq=False, kw_only=True)
class Ruler(Part):
    """So many marks on a line as a formula says, behind the name of a field."""

    kind = "ruler"
    value = TEXT
    keys: ClassVar[Mapping[str, Shape]] = {"size": TEXT, "mark": TEXT}
    field: str = ""
    size: Formula | None = None
    mark: str = "|"

    @classmethod
    def from_tree(cls, reader: Reader, **common: Any) -> Ruler:
        """`ruler`, `size`, `mark`."""
        return cls(
            field=reader.text(cls.kind) or "",
            size=reader.formula("size"),
            mark=reader.text("mark") or "|",
            **common,
        )

    def formulas(self) -> Iterator[Formula | Template]:
        """`when` and `size`."""
        yield from super().formulas()
        if self.size is not None:
            yield self.size

    def unknown(self, form: Form) -> Iterator[tuple[str, str]]:
        """The field, if there is none."""
        if form.value_type(self.field) is None:
            yield self.kind, self.field


@pytest.fixture
def rulers() -> Iterator[None]:
    """Pages may have rulers."""
    register(Ruler)

    @builds(Ruler)
    def marks(part: Ruler, subject: Subject) -> list[Block]:
        size = 10 if subject.blank or part.size is None else evaluate(part.size, subject.scope)
        title = part.title.text(subject.setting.language) if part.title else ""
        return [Paragraph(f"{subject.label(part.field)} {part.mark * int(size)}", title)]

    yield
    unregister(Ruler)
    del BUILDERS[Ruler]


def put(desk: Desk, text: str) -> None:
    (desk.root / "forms").mkdir(exist_ok=True)
    (desk.root / "forms/gauge.yaml").write_text(text, "utf-8")


def test_every_part_has_a_builder_and_every_builder_a_part() -> None:
    assert set(BUILDERS) == set(PARTS.values())
    assert {kind.kind: kind for kind in PARTS.values()} == PARTS


@pytest.mark.usefixtures("rulers")
def test_it_stands_on_every_kind_of_page(desk: Desk) -> None:
    put(desk, FORM)
    desk.do("save")
    number = desk.do("gauge new --level 6").id
    text = desk.do(f"gauge print {number} --format txt").out
    assert f"水位 {'#' * 12}" in text and "#" * 13 not in text and "刻度" in text
    assert "#" * 12 in desk.do(f"gauge print {number} --format html").out
    assert "#" * 10 in desk.do("gauge print --layout blank --format txt").out
    schema = json.loads(desk.do("forms schema form").out)
    assert set(schema["$defs"]["part_ruler"]["properties"]) >= {"ruler", "size", "mark", "when"}


@pytest.mark.usefixtures("rulers")
@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('mark: "#"', "colour: red", "gauge.yaml:18: 不认识的键 colour"),
        ("ruler: level", "ruler: height", "gauge.yaml:15: page：没有字段 height"),
        ("=level * 2", "=hight * 2", "gauge.yaml:17: page：公式里没有 hight"),
    ],
)
def test_what_is_wrong_with_it_is_said_with_file_and_line(
    desk: Desk, before: str, after: str, said: str
) -> None:
    put(desk, FORM.replace(before, after))
    told = desk("forms check")
    assert told.code == 1
    assert said in told.out + told.err


@pytest.mark.parametrize(
    ("part", "key"),
    [
        ("fields: [level]\n      across: level", "across"),
        ("text: level\n      columns: 3", "columns"),
        ("counts: [level]\n      show: [level]", "show"),
        ("signatures: [某人]\n      blank_rows: 2", "blank_rows"),
        ("steps: all\n      tight: true", "tight"),
        ("prose: =level\n      style: small", "style"),
    ],
)
def test_a_part_takes_its_own_keys_only(desk: Desk, part: str, key: str) -> None:
    own = FORM.index("    - ruler")
    put(desk, FORM[:own] + f"    - {part}\n")
    told = desk("forms check")
    assert told.code == 1
    assert f"gauge.yaml:16: 不认识的键 {key}" in told.out + told.err


def test_without_its_class_there_is_no_such_part(desk: Desk) -> None:
    put(desk, FORM.replace("prefix: LC", "prefix: LD"))
    told = desk("forms check")
    assert told.code == 1
    assert "gauge.yaml:15" in told.out + told.err
