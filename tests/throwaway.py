"""A field type and a part of paper that exist only in the tests: one class each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import tzinfo
from pathlib import Path
from typing import Any

from pmcli.form.types import FieldType, Offers, Spec, Surroundings, register
from pmcli.messages import Label

_TYPED = re.compile(r"([1-5])\s*(?:星|stars?)?\Z", re.IGNORECASE)


class Stars(int):
    """How good something was, from one to five."""


class StarsType(FieldType):
    """A rating: typed 4 or 4星, kept as 4*, read as ★★★★☆."""

    name = "stars"
    label = Label("星级，1 至 5", "a rating from 1 to 5")
    cell_label = Label("星级", "a rating")
    holds = Stars
    metavar = "STARS"
    offers = Offers.WORDS
    hint = Label("几颗星", "how many stars")
    figures = True
    telling = 3
    room = 5
    blank = Label("☆☆☆☆☆", "☆☆☆☆☆")

    def parse(self, spec: Spec, text: str, around: Surroundings) -> Stars:
        """One figure, 星 behind it or not."""
        found = _TYPED.match(text)
        if found is None:
            raise self.refused(spec, text)
        return Stars(found[1])

    def words(self, spec: Spec) -> Sequence[tuple[str, Label]]:
        """One to five."""
        return [(str(n), Label("★" * n, "★" * n)) for n in range(1, 6)]

    def load(self, text: str, zone: tzinfo) -> Stars:
        """4*."""
        if not re.fullmatch(r"[1-5]\*", text):
            raise ValueError(text)
        return Stars(text[0])

    def dump(self, value: Any) -> str:
        """4*."""
        return f"{int(value)}*"

    def typed(self, value: Any) -> str:
        """4."""
        return str(int(value))

    def show(self, value: Any, spec: Spec | None, language: str) -> str:
        """★★★★☆."""
        return "★" * int(value) + "☆" * (5 - int(value))

    def json(self, value: Any) -> Any:
        """4."""
        return int(value)

    def mask(self, text: str) -> str:
        """Nothing of it."""
        return "*****"

    def order(self, value: Any) -> Any:
        """From worst to best."""
        return int(value)


FORM = """\
form: tasting
title: 试吃 | Tasting
prefix: SC
fields:
  dish: {label: 菜 | Dish, type: text}
  taste: {label: 味道 | Taste, type: stars}
  opinion: {label: 评价 | Opinion, type: stars, private: true}
  all: {label: 各人 | All, type: stars+}
  double: {label: 加倍 | Double, type: integer, auto: true}
  courses:
    label: 各道 | Courses
    type: rows
    columns:
      name: {label: 名 | Name, type: text, required: true}
      taste: {label: 味 | Taste, type: stars, required: true}
states: {kept: 在册 | kept, gone: {label: 注销 | gone, final: true}}
transitions:
  new:
    label: 登记 | Keep
    to: kept
    asks: [dish, taste]
    may: [opinion, all, courses]
    set: {double: =taste * 2}
  drop: {label: 注销 | Drop, from: kept, to: gone, role: any}
list: [id, dish, taste, opinion]
prints:
  page:
    title: 试吃 | Tasting
    parts:
    - fields: [dish, taste]
    - rows: courses
import:
  key: dish
  columns:
    dish: [菜]
    taste: [味道]
    all: [各人]
"""
"""A form that uses the type: by itself, in lists, in rows."""


def known() -> None:
    """Make pmcli know the type, as a module of its own would."""
    register(StarsType)


def site(folder: Path) -> str:
    """A PYTHONPATH by which pmcli, run as a process, knows the type from its start."""
    (folder / "sitecustomize.py").write_text("import throwaway\nthrowaway.known()\n", "utf-8")
    tests = Path(__file__).parent
    return ":".join(map(str, (folder, tests, tests.parent)))
