"""The functions of the form language: what each is called, takes and gives.

This is the one list of them. A formula's calls are checked against it when it is read, the table in
docs/forms.md is written from it, and pmcli.workflow.functions says what each of them does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from inspect import Parameter, Signature
from typing import Any

from pmcli.messages import Label

_KINDS = {"**": Parameter.VAR_KEYWORD, "*": Parameter.VAR_POSITIONAL}


@dataclass(frozen=True)
class Function:
    """A function that formulas may call."""

    name: str
    takes: str
    """Its parameters as Python writes them, `numbers, state=None`; what has a default is none."""
    gives: Label
    examples: tuple[str, ...]
    """Calls of it, in formulas that read."""

    @property
    def call(self) -> str:
        """How it is written: `latest(numbers, state=None)`."""
        return f"{self.name}({self.takes.replace('/, ', '')})"

    @cached_property
    def signature(self) -> Signature:
        """Its parameters, as those of what it does must be."""
        before, _, after = self.takes.rpartition("/")
        first = [_parameter(text, Parameter.POSITIONAL_ONLY) for text in _parts(before)]
        rest = [_parameter(text, Parameter.POSITIONAL_OR_KEYWORD) for text in _parts(after)]
        return Signature([*first, *rest])

    def bound(self, given: Sequence[Any], named: Mapping[str, Any]) -> Mapping[str, Any] | None:
        """What a call gives each parameter; None when the arguments do not fit."""
        try:
            return self.signature.bind(*given, **named).arguments
        except TypeError:
            return None


def _parts(text: str) -> list[str]:
    return [part for part in text.replace(" ", "").split(",") if part]


def _parameter(text: str, kind: Any) -> Parameter:
    name, equals, _ = text.partition("=")
    bare = name.lstrip("*")
    default = None if equals else Parameter.empty
    return Parameter(bare, _KINDS.get(name.removesuffix(bare), kind), default=default)


_ALL = (
    Function(
        "record",
        "number",
        Label("链接所指的记录", "the record that a link names"),
        ("record(target).worker",),
    ),
    Function(
        "records",
        "numbers",
        Label("一串链接所指的记录", "the records of a list of links"),
        ("records(children)",),
    ),
    Function(
        "open_of",
        "numbers",
        Label("其中尚未办结的", "those of them that are still open"),
        ("open_of(revisits)",),
    ),
    Function(
        "latest",
        "numbers, state=None",
        Label("其中最后进入某状态的一份", "of these, the one that came into a state last"),
        ("latest(revisits, 'done').done_at",),
    ),
    Function(
        "find",
        "name, /, **wanted",
        Label(
            "某种单中字段等于这些值的全部记录；值为列表时任一即可",
            "all records of a form with these values; a list of values means any of them",
        ),
        ("find('resident', unit=number, state='active')",),
    ),
    Function(
        "open_work",
        "number",
        Label("提到本记录的未结记录，不分单种", "open records of any form that name this one"),
        ("open_work(id)",),
    ),
    Function(
        "all_naming",
        "number",
        Label(
            "提到本记录的全部记录，已办结的也算", "all records that name this one, closed ones too"
        ),
        ("all_naming(id)",),
    ),
    Function(
        "open_records",
        "",
        Label(
            "全处未结的工作，最急的在前；各有 next_due、overdue、important、brief",
            "all open work of the office, what presses most first; each knows `next_due`, "
            "`overdue`, `important` and `brief`",
        ),
        ("open_records() | selectattr('overdue')",),
    ),
    Function(
        "masked",
        "numbers, name",
        Label("所链接记录的一个字段，隐去如列表", "a field of linked records, masked as in lists"),
        ("masked(owners, 'name')",),
    ),
    Function(
        "has_role",
        "name, role",
        Label("某人是否担任某角色", "whether somebody holds a role"),
        ("has_role(worker, 'repair')",),
    ),
    Function(
        "after",
        "start, what",
        Label(
            "之后的时间或日期，按时长或数值名",
            "a time or date later, by a duration or a figure",
        ),
        ("after(at, '3d')", "after(at, 'revisit.leak')"),
    ),
    Function(
        "ahead_of",
        "start, what",
        Label(
            "之前的时间或日期，按时长或数值名",
            "a time or date earlier, by a duration or a figure",
        ),
        ("ahead_of(at, '15m')",),
    ),
    Function(
        "shortest",
        "start, keys",
        Label(
            "几个期限中最早的；列表里的 none 略过",
            "the earliest of several; `none` among them is passed over",
        ),
        ("shortest(at, ['revisit.leak', 'revisit.other'])",),
    ),
    Function(
        "office_list",
        "key",
        Label("办公室所用的一张表", "a list as the office has it"),
        ("office_list('handover.equipment')",),
    ),
    Function(
        "figure_of",
        "key",
        Label("办公室所用的一个数值", "a figure as the office has it"),
        ("figure_of('roster.opens')",),
    ),
    Function(
        "office",
        "name",
        Label(
            "office.yaml 里的 name、community、phone、address、service_hours",
            "what office.yaml says: `name`, `community`, `phone`, `address`, `service_hours`",
        ),
        ("office('name')",),
    ),
    Function(
        "label_of",
        "name, value=None",
        Label("字段的值给人看的写法", "a field's value, or another one, as people read it"),
        ("label_of('kind')", "label_of('on_call.post', it.post)"),
    ),
    Function(
        "choices_of",
        "name",
        Label("选项字段或某列的各选项", "the keys of a choice field or of a column"),
        ("choices_of('point')", "choices_of('on_call.post')"),
    ),
    Function(
        "lint",
        "text=None, genre=None",
        Label(
            "行文规范在本记录的文字、某文种全文或一段话里查出的，各有 code、severity、message",
            "what the writing guidelines find in the record's text (see `lint` above), in a whole "
            "text of a genre, or in a passage: `code`, `severity`, `message` each",
        ),
        ("lint()", "lint(body, '温馨提示')", "lint(reason)"),
    ),
    Function(
        "from_template",
        "part, view=None",
        Label(
            "本记录的文字模板给出的内容，或对其先前样子给出的",
            "what the record's text template gives, or gave for the record as it was",
        ),
        ("from_template('body')", "from_template('valid_until', before)"),
    ),
    Function(
        "span_of",
        "first, last",
        Label("两天之间的一段", "a span of two days"),
        ("span_of(start_on, end_on)",),
    ),
    Function(
        "fingerprint",
        "text",
        Label("文字的短指纹，凭它再认出来", "a short hash by which a text is known again"),
        ("fingerprint(full_text)",),
    ),
    Function("date_words", "day", Label("2026年3月5日", "`2026年3月5日`"), ("date_words(today)",)),
    Function("day", "moment", Label("时间所在的日期", "its date"), ("day(created_at)",)),
    Function(
        "days_of", "month", Label("一个月的各天", "the days of a month"), ("days_of('2026-04')",)
    ),
    Function("month_of", "day", Label("一天所在的月", "the month of a day"), ("month_of(today)",)),
    Function(
        "moment_of",
        "day, clock",
        Label("某日某时刻的时间", "a time of day as a moment"),
        ("moment_of(today, '20:30')",),
    ),
    Function("yuan", "amount", Label("35.00 元", "`35.00 元`"), ("yuan(amount)",)),
    Function(
        "sum_of",
        "listed, *columns",
        Label(
            "各行几列乘积之和，精确到分",
            "the sum of the products of columns, exact to the cent",
        ),
        ("sum_of(quote_items, 'qty', 'unit_price')",),
    ),
    Function(
        "rows_of",
        "views, name",
        Label("几份记录的行合成一串", "the rows of several records in one list"),
        ("rows_of(find('patrol', date=today), 'lines')",),
    ),
    Function(
        "rows_changed",
        "rows, where, to",
        Label("各行，其中等于这些值的改过", "the rows, those with these values changed to others"),
        ("rows_changed(shifts, {'date': today}, {'staff': actor})",),
    ),
    Function(
        "rows_differing",
        "rows, first, second",
        Label("两列不一致的行", "the rows whose two columns differ"),
        ("rows_differing(equipment, 'counted', 'expected')",),
    ),
    Function(
        "rows_overlapping",
        "rows, who, day, begins, ends",
        Label(
            "同一人与更早的行重叠的行；结束早于开始即次日结束",
            "the rows that overlap an earlier one of the same person; one that ends before it "
            "begins ends the next day",
        ),
        ("rows_overlapping(shifts, 'staff', 'date', 'start', 'end')",),
    ),
    Function(
        "days_uncovered",
        "days, rows, names, hours, exceptions=None",
        Label(
            "各行在所需钟点内留有空档的日子；exceptions 的行另定某日的钟点",
            "the days on which the rows leave a gap within the hours; rows of `exceptions` give a "
            "day other hours",
        ),
        ("days_uncovered(days_of(month), shifts, ['date', 'start', 'end'], ['8:00', '20:30'])",),
    ),
    Function(
        "unit_number",
        "*parts",
        Label("由楼栋、单元、房号合成的房号", "a unit number from its parts"),
        ("unit_number(building, entrance, room)",),
    ),
    Function(
        "unit_part",
        "number, name",
        Label("房号的一部分", "a part of one: `building`, `entrance`, `room`"),
        ("unit_part(number, 'room')",),
    ),
    Function(
        "unit_pattern_fits",
        "number",
        Label(
            "是否合乎 office.yaml 的 unit_pattern", "whether it fits office.yaml's `unit_pattern`"
        ),
        ("unit_pattern_fits(number)",),
    ),
    Function(
        "clean",
        "text",
        Label("去掉栋、单元、室的一部分房号", "a part of a unit number without 栋, 单元, 室"),
        ("clean(cell)",),
    ),
    Function(
        "last_of",
        "text, count",
        Label("最后几个字", "the last characters"),
        ("last_of(cell, 4)",),
    ),
)

FUNCTIONS: Mapping[str, Function] = {function.name: function for function in _ALL}
"""The functions by name, in the order in which the guide lists them."""
