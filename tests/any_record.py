"""Any record of a form that has a field of every type."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from pmcli.form.library import Library
from pmcli.form.types.shares import Percent
from pmcli.record.event import Event, Kind
from pmcli.record.parsing import BadRecord

ZONE = ZoneInfo("Asia/Shanghai")
FORM = Library(
    {},
    {
        "slip": (
            "slip.yaml",
            """\
form: slip
title: 单 | Slip
prefix: DN
fields:
  words: {label: 原话 | Words, type: longtext, body: true}
  content: {label: 内容 | Content, type: text}
  remark: {label: 备注 | Remark, type: longtext}
  title_text: {label: 标题 | Title, type: text}
  sort: {label: 类 | Sort, type: choice, choices: {a: 甲 | A, b: 乙 | B}}
  done: {label: 完成 | Done, type: flag}
  count: {label: 数 | Count, type: integer}
  fee: {label: 费 | Fee, type: money}
  share: {label: 率 | Share, type: percent}
  plate: {label: 牌 | Plate, type: plate}
  on_day: {label: 日 | Day, type: date}
  due: {label: 时 | Due, type: datetime}
  span: {label: 长 | Span, type: duration}
  phone: {label: 电话 | Phone, type: phone}
  visitor: {label: 来人 | Visitor, type: person}
  worker: {label: 人 | Worker, type: staff}
  unit: {label: 房 | Unit, type: unit}
  helpers: {label: 帮 | Helpers, type: staff+}
  other: {label: 单 | Other, type: link, to: [slip]}
  others: {label: 单 | Others, type: link+, to: [slip]}
  parts:
    label: 料 | Parts
    type: rows
    columns:
      item: {label: 项 | Item, type: text, required: true}
      qty: {label: 数 | Qty, type: integer}
      price: {label: 价 | Price, type: money}
      at: {label: 时 | At, type: datetime}
states:
  open: 开 | open
  shut: {label: 关 | shut, final: true}
transitions:
  new: {label: 新 | New, to: open, role: any, may: {all_but: []}}
  shut: {label: 关 | Shut, from: open, to: shut, role: any}
""",
        )
    },
).get("slip")
AT = datetime(2026, 3, 5, 9, 0, tzinfo=ZONE)
STAMP = AT.isoformat()
CORE = {
    "id": "DN-260305-A01",
    "form": "slip",
    "state": "open",
    "created_at": AT,
    "created_by": "李晓",
    "keeper": "李晓",
}
HISTORY = [Event(Kind.STEP, "new", "李晓", AT, to_state="open")]
NASTY = [
    "yes", "No", "on", "y", "~", "null", "Null", "", " ", "0138001", "0301", "12:30", "9:30:15",
    "1e3", "1_000", "0x1F", "0o17", "0b1", ".inf", "-.INF", ".nan", "NaN", "+1", "1.", ".5", "=",
    "<<", "2026-03-05", "2026-03-05T09:00:00+08:00", "2026-03-05 09:00", "3-2-501", "2001-1-1",
    "- x", "-", "--", "---", "...", "? x", "?", ": x", ":", "a: b", "a:b", "a #b", "#b", "a#", "&a",
    "*a", "!t", "!!int 1", "%YAML 1.1", "@x", "`x", "[a]", "{a: b}", "a, b", "'a'", '"a"', "it's",
    "{{ 7*7 }}", "{% raw %}", "a\\b", "\\n", "|", ">", "|-", "\ufeffx", "a\x85b", "a\u2028b",
    "a\u2029b", "\u200fx", "\u202eabc", "a\u200bb", "\u00a0a", "a\u3000", " a ", "\ta", "a\t",
    "a\nb", "a\n\nb", "a\n", "\na", " a\nb", "a \nb", "a\n b", "a\n  b\nc", "a\n---\nb", "a\n# b",
    "a\n\n", "a\n\tb", "a\r\nb", "a\rb", "\x00", "\x07", "\x7f", "\x1b[31m", "\ufffe", "\uffff",
    "㐀䶵", "𠮷野家", "𪚥", "😀👨‍👩‍👧", "é", "e\u0301", "ﬁ", "ＡＢ１２",
    "王（女士）", "“好”", "a，b；c", "content: x",
    "TRUE", "False", "OFF", "nUll", "e3", "E5", "0", "-0", "007", "1.10", "1,000.00", "60:00",
    "190:20:30", "0.", "1__0", "0b_", "08", "-", "–", "a" * 300, "x" + " " * 90 + "y",
]  # fmt: skip
ANY_CHARACTER = st.characters(exclude_categories=["Cs"])
TEXTS = st.one_of(
    st.sampled_from(NASTY),
    st.text(ANY_CHARACTER, max_size=30),
    st.text(st.sampled_from(list("a0 :#-?,[]{}&*!|>'\"%@`\n\t\\~=.<漢𠮷é")), max_size=12),
    st.builds("\n".join, st.lists(st.text("ab #-: 漢", max_size=8), min_size=2, max_size=5)),
).filter(lambda text: text != "")
BODIES = TEXTS.filter(lambda text: text.strip() and "\r" not in text)
MOMENTS = st.datetimes(
    min_value=datetime(1990, 1, 1),
    max_value=datetime(2090, 1, 1),
    timezones=st.just(ZONE),
    allow_imaginary=False,
).map(lambda moment: moment.replace(microsecond=0))
MONEY = st.decimals(0, 10**9, places=2)
ROWS = st.lists(
    st.fixed_dictionaries(
        {"item": TEXTS},
        optional={"qty": st.integers(-(10**9), 10**9), "price": MONEY, "at": MOMENTS},
    ),
    min_size=1,
    max_size=3,
)
VALUES = st.fixed_dictionaries(
    {},
    optional={
        "words": BODIES,
        "content": TEXTS,
        "remark": TEXTS,
        "title_text": TEXTS,
        "sort": st.sampled_from(["a", "b"]),
        "done": st.booleans(),
        "count": st.integers(-(10**9), 10**9),
        "fee": MONEY,
        "share": st.decimals(0, 100, places=2).map(Percent),
        "plate": st.sampled_from(["湘A00001", "湘AD00002", "粤Z0003港", "使014578", "无牌"]),
        "on_day": st.dates(date(1900, 1, 1), date(2200, 1, 1)),
        "due": MOMENTS,
        "span": st.sampled_from(["30m", "24h", "5wd", "same_day"]),
        "phone": st.sampled_from(["13800138000", "0731-88886666", "+8613800138000", "0138001"]),
        "visitor": TEXTS,
        "worker": TEXTS,
        "unit": st.sampled_from(["3-2-501", "1-1-1", "12-3-0301", "A-501", "2001-1-1"]),
        "helpers": st.lists(TEXTS, min_size=1, max_size=3),
        "other": st.just("DN-260305-A02"),
        "others": st.lists(st.just("DN-260305-A02"), min_size=1, max_size=3),
        "parts": ROWS,
    },
)


def outcome(read: Any, *arguments: Any) -> Any:
    """What a reader makes of a text, with BadRecord as the one way to refuse."""
    try:
        return read(*arguments)
    except BadRecord as bad:
        assert bad.fault.line >= 1
        return BadRecord


def plain_values(values: dict[str, Any]) -> Any:
    """Values as YAML has them: money, dates and times stand as text."""
    if isinstance(values, dict):
        return {key: plain_values(item) for key, item in values.items()}
    if isinstance(values, list):
        return [plain_values(item) for item in values]
    if isinstance(values, (date, datetime)):
        return values.isoformat()
    if isinstance(values, Percent):
        return f"{values.normalize():f}%"
    return f"{values:.2f}" if isinstance(values, Decimal) else values
