"""A form with a field of every type, and a value to correct each to."""

from __future__ import annotations

from pathlib import Path

from conftest import Desk

FORM = """\
form: logbook
title: 试验簿 | Logbook
prefix: SY
fields:
  a_text: {label: 文字 | Text, type: text}
  a_longtext: {label: 长文 | Long text, type: longtext}
  a_choice: {label: 选项 | Choice, type: choice, choices: {first: 甲 | first, second: 乙 | second}}
  a_flag: {label: 是否 | Flag, type: flag}
  a_integer: {label: 整数 | Integer, type: integer}
  a_money: {label: 金额 | Money, type: money}
  a_percent: {label: 比例 | Share, type: percent}
  a_plate: {label: 车牌 | Plate, type: plate}
  a_date: {label: 日期 | Date, type: date}
  a_datetime: {label: 时间 | Moment, type: datetime}
  a_time: {label: 钟点 | Time, type: time}
  a_month: {label: 月份 | Month, type: month}
  a_span: {label: 起止 | Span, type: span}
  a_duration: {label: 时长 | Duration, type: duration}
  a_phone: {label: 电话 | Phone, type: phone}
  a_person: {label: 姓名 | Person, type: person}
  a_staff: {label: 经办 | Staff, type: staff}
  a_unit: {label: 房号 | Unit, type: unit}
  a_link: {label: 关联 | Record, type: link, to: [logbook]}
  a_rows:
    label: 明细 | Rows
    type: rows
    columns: {item: {label: 项目 | Item, type: text}, fee: {label: 金额 | Fee, type: money}}
  a_texts: {label: 多项 | Texts, type: text+}
  a_moneys: {label: 多笔 | Amounts, type: money+}
states: {kept: 在册 | kept, gone: {label: 注销 | gone, final: true}}
transitions:
  new:
    label: 登记 | Keep
    to: kept
    may: [a_text, a_longtext, a_choice, a_flag, a_integer, a_money, a_percent, a_plate, a_date,
      a_datetime, a_time, a_month, a_span,
      a_duration, a_phone, a_person, a_staff, a_unit, a_link, a_rows, a_texts, a_moneys]
  drop: {label: 注销 | Drop, from: kept, to: gone, role: any}
list: [id]
"""
OTHER = "SY-260305-A01"
VALUES = {
    "text": ("东门", "西门"), "longtext": ("甲", "乙"), "choice": ("first", "second"),
    "flag": ("yes", "no"), "integer": ("3", "4"), "money": ("12.50", "8"),
    "percent": ("97.5%", "80.25%"), "plate": ("湘A00001", "湘AD00002"),
    "date": ("2026-03-01", "2026-03-02"), "datetime": ("2026-03-01 09:00", "2026-03-02 10:30"),
    "time": ("09:00", "10:30"), "month": ("2026-03", "2026-04"),
    "span": ("2026-03-01..2026-03-02", "2026-03-01..2026-03-05"), "duration": ("3d", "24h"),
    "phone": ("13800000001", "13800000002"), "person": ("刘先生", "王女士"),
    "staff": ("李强", "吴刚"), "unit": ("3-2-501", "3-2-501"), "link": (OTHER, OTHER),
    "rows": ("item=灯,fee=3", "item=门,fee=4.50"), "texts": ("甲", "乙"),
    "moneys": ("1", "2.25"),
}  # fmt: skip
"""By type, what is typed at first and what a hand puts in its place."""
FILE = {
    "flag": "false", "integer": "4", "rows": "[{item: 门, fee: '4.50'}]", "texts": "[乙, 丙]",
    "moneys": "['2.25', '1.00']", "datetime": "2026-03-02T10:30:00+08:00",
}  # fmt: skip


def logbook(desk: Desk) -> str:
    """An office with the form; a record with every type filled."""
    (desk.root / "forms").mkdir()
    (desk.root / "forms/logbook.yaml").write_text(FORM, "utf-8")
    desk.do("save")
    desk.do("logbook new --a-text 别的")
    words = ["logbook", "new"]
    for kind, (first, _) in VALUES.items():
        words += [f"--a-{kind}", first]
    return desk.do(words).id


def change(path: Path, kind: str) -> str:
    """Put another value into a field of a record's file, as a hand would."""
    written = FILE.get(kind, VALUES[kind][1])
    lines = path.read_text("utf-8").split("\n")
    at = next(n for n, line in enumerate(lines) if line.startswith(f"a_{kind}:"))
    end = next(n for n in range(at + 1, len(lines)) if not lines[n].startswith(("- ", " ")))
    quoted = written if kind in FILE else f"'{written}'"
    lines[at:end] = [f"a_{kind}: {quoted}"]
    path.write_text("\n".join(lines), "utf-8")
    return written
