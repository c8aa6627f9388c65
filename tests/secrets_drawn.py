"""Secrets of every kind in every spelling, and records of any form that are full of them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from pmcli.form.field import FieldSpec
from pmcli.form.model import Form
from pmcli.record.event import Event, FieldChange, Kind
from pmcli.record.model import Record

AT = datetime(2026, 3, 5, 8, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
TROVE = """\
form: trove
title: 百宝单 | Trove
prefix: QZ
fields:
  words: {label: 原话 | Words, type: longtext, body: true}
  content: {label: 内容 | Content, type: text}
  remarks: {label: 备注 | Remarks, type: text+}
  remark: {label: 长话 | Remark, type: longtext}
  secret: {label: 私话 | Secret, type: text, private: true}
  secrets: {label: 私话若干 | Secrets, type: text+, private: true}
  whisper: {label: 密谈 | Whisper, type: longtext, private: true}
  sort: {label: 类 | Sort, type: choice, choices: {a: 甲 | A, b: 乙 | B}}
  sorts: {label: 各类 | Sorts, type: choice+, choices: {a: 甲 | A, b: 乙 | B}}
  done: {label: 完成 | Done, type: flag}
  count: {label: 数 | Count, type: integer}
  fee: {label: 费 | Fee, type: money}
  on_day: {label: 日 | Day, type: date}
  due: {label: 时 | Due, type: datetime}
  clock: {label: 钟点 | Clock, type: time}
  month: {label: 月 | Month, type: month}
  days: {label: 起止 | Days, type: span}
  length: {label: 长 | Length, type: duration}
  phone: {label: 电话 | Phone, type: phone, private: true}
  phones: {label: 各电话 | Phones, type: phone+, private: true}
  visitor: {label: 来人 | Visitor, type: person, private: true}
  company: {label: 同来 | Company, type: person+, private: true}
  worker: {label: 人 | Worker, type: staff}
  unit: {label: 房 | Unit, type: unit}
  other: {label: 单 | Other, type: link, to: [trove]}
  parts:
    label: 料 | Parts
    type: rows
    columns:
      item: {label: 项 | Item, type: text}
      who: {label: 谁 | Who, type: person, private: true}
      dial: {label: 拨 | Dial, type: phone, private: true}
      about: {label: 说 | About, type: text, private: true}
      qty: {label: 数 | Qty, type: integer}
  family:
    label: 家 | Family
    type: rows
    private: true
    columns:
      name: {label: 名 | Name, type: person}
      tie: {label: 系 | Tie, type: text}
states:
  open: 开 | open
  shut: {label: 关 | shut, final: true}
transitions:
  new: {label: 新 | New, to: open, role: any, may: {all_but: []}}
  shut: {label: 关 | Shut, from: open, to: shut, role: any}
list:
- id
- content
- visitor
- {name: said, label: 说 | Said, value: "content"}
prints:
  sheet:
    title: 百宝单 | Trove
    parts:
    - fields: [content, remarks, secret, secrets, phone, phones, visitor, company, worker, unit]
    - text: words
    - text: whisper
    - rows: parts
    - rows: family
    - steps: all
"""
"""A form with a field of every type, private and not, single and many, columns and a body."""

SURNAMES = "蒋沈韩杨朱秦许何吕施孔曹严华金魏陶姜"
GIVEN = st.characters(min_codepoint=0x6F00, max_codepoint=0x70FF)


def _given(count: int) -> st.SearchStrategy[str]:
    return st.lists(GIVEN, min_size=count, max_size=count).map("".join)


PERSONS = st.one_of(
    st.builds(str.__add__, st.sampled_from(SURNAMES), _given(2)),
    st.builds("{}·{}".format, _given(3), _given(3)),
    st.sampled_from(["Quentin Zubrowsky", "Xavier Ploughwright"]),
)
MOBILES = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)
PHONES = st.one_of(MOBILES, st.from_regex(r"07[0-9]{2}-[2-8][0-9]{7}", fullmatch=True))
WORDS = st.builds(lambda a: "隐情" + "".join(a), st.lists(GIVEN, min_size=3, max_size=5))
CODES = st.from_regex(r"密码[0-9]{6}", fullmatch=True)
"""A word of a private table, such as how persons are related, is a secret where it has figures."""
PLATES = st.from_regex(r"湘[A-HJK]·?[0-9][A-HJ-NP-Z0-9]{4}", fullmatch=True)
IDENTITIES = st.builds(
    lambda day, rest: f"430105{day:%Y%m%d}{rest}",
    st.dates(date(1930, 1, 1), date(2020, 1, 1)),
    st.from_regex(r"[0-9]{3}[0-9X]", fullmatch=True),
)
SPELLINGS = (
    lambda text: text,
    " ".join,
    "-".join,
    "\u200b".join,
    lambda text: "".join(chr(ord(c) + 0xFEE0) if c.isascii() and c.isalnum() else c for c in text),
)


def bare(text: str) -> str:
    """A text without blanks, marks and what nobody sees."""
    plain = unicodedata.normalize("NFKC", text)
    return re.sub(r"[\W_]+", "", plain).casefold()


@dataclass
class Trove:
    """A record full of secrets."""

    record: Record
    private: list[str]
    """What stands in private fields and columns."""
    loose: list[str]
    """What only free text tells."""
    about: list[str] = field(default_factory=list)
    """What is on file of others, and told here."""

    def told_in(self, text: str) -> list[str]:
        """The secrets that a text tells."""
        said = bare(text)
        return [s for s in (*self.private, *self.loose, *self.about) if bare(s) in said]


class Filler:
    """Draws values: secrets where a form keeps them private, tales of them in free text."""

    def __init__(self, draw: Any) -> None:
        self.draw = draw
        self.private: list[str] = []

    def fill(self, form: Form, others: list[str], number: str = "") -> Trove:
        """A record of a form; `others` are secrets of which its free text tells too."""
        draw = self.draw
        state = draw(st.sampled_from(sorted(form.states)))
        values: dict[str, Any] = {
            "id": number or (f"{form.prefix}-260305-A01" if form.prefix else "9-1-101"),
            "form": form.name, "state": state, "created_at": AT, "created_by": "张敏",
            "keeper": "张敏",
        }  # fmt: skip
        specs = [s for s in form.fields.values() if s.name not in values and s.type != "link"]
        for spec in specs:
            if spec.private:
                values[spec.name] = self._many(spec, True)
        rows = [spec for spec in specs if spec.type == "rows" and not spec.private]
        tables = {
            spec.name: {c.name: self._single(c, True) for c in spec.columns.values() if c.private}
            for spec in rows
        }
        loose = [draw(MOBILES), draw(PLATES), draw(IDENTITIES)]
        told = self.tale([*self.private, *loose, *others])
        for spec in specs:
            if spec.type == "rows" and not spec.private:
                columns = [c for c in spec.columns.values() if not c.private and c.type != "link"]
                cells = {c.name: self._single(c, False, told) for c in columns}
                values[spec.name] = [_filled({**cells, **tables[spec.name]})]
            elif not spec.private and not spec.auto:
                values[spec.name] = self._many(spec, False, told)
        changed = next((s.name for s in specs if s.type == "text" and not s.private), None)
        changes = {changed: FieldChange(told, told)} if changed else {}
        history = [
            Event(Kind.STEP, "new", "张敏", AT, to_state=state, note=told),
            Event(Kind.EDIT, "edit", "张敏", AT, reason=told, changes=changes, more={"own": told}),
        ]
        body = str(values.get(form.body_field) or told) if form.body_field else told
        path = f"records/{form.name}/2026/03/{values['id']}.md"
        more = {"office_key": told}
        record = Record(form, _filled(values), history, body, more, path)
        return Trove(record, self.private, loose, others)

    def tale(self, secrets: list[str]) -> str:
        """Free text that tells some secrets, each spelt in some way."""
        return "经反映：" + "，又说".join(self._spelt(secret) for secret in secrets) + "。"

    def _spelt(self, secret: str) -> str:
        if re.match(r"湘[A-Z]", secret):
            return secret
        return str(self.draw(st.sampled_from(SPELLINGS))(secret))

    def _many(self, spec: FieldSpec, private: bool, told: str = "") -> Any:
        if spec.type == "rows":
            return [_filled({c.name: self._single(c, True) for c in spec.columns.values()})]
        value = self._single(spec, private, told)
        return [value] if spec.many and value is not None else value

    def _single(self, spec: FieldSpec, private: bool, told: str = "") -> Any:
        if private and not spec.choices:
            words = WORDS if spec.private else CODES
            kinds: Mapping[str, Any] = {
                "person": PERSONS, "phone": PHONES, "text": words, "longtext": words
            }  # fmt: skip
            if spec.type in kinds:
                self.private.append(self.draw(kinds[spec.type]))
                return self.private[-1]
        return OPEN.get(spec.type, told) if not spec.choices else next(iter(spec.choices))


OPEN = {
    "person": "公示人", "phone": "0731-88886666", "staff": "张敏", "unit": "3-2-501", "flag": True,
    "integer": 1, "money": Decimal("1.00"), "date": date(2026, 3, 5), "datetime": AT,
    "time": "09:00", "month": "2026-03", "span": "2026-03-05..2026-03-06", "duration": "7d",
    "link": None,
}  # fmt: skip
"""What stands in fields that are nobody's words, by type."""


def _filled(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}
