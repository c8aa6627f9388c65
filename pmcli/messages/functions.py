"""Sentences: what the functions of the form language give."""

from __future__ import annotations

SENTENCES: dict[str, tuple[str, str]] = {
    "function_record": ("链接所指的记录", "the record that a link names"),
    "function_records": ("一串链接所指的记录", "the records of a list of links"),
    "function_open_of": ("其中尚未办结的", "those of them that are still open"),
    "function_latest": (
        "其中最后进入某状态的一份",
        "of these, the one that came into a state last",
    ),
    "function_find": (
        "某种单中字段等于这些值的全部记录；值为列表时任一即可",
        "all records of a form with these values; a list of values means any of them",
    ),
    "function_open_work": (
        "提到本记录的未结记录，不分单种",
        "open records of any form that name this one",
    ),
    "function_all_naming": (
        "提到本记录的全部记录，已办结的也算",
        "all records that name this one, closed ones too",
    ),
    "function_open_records": (
        "全处未结的工作，最急的在前；各有 next_due、overdue、important、brief",
        "all open work of the office, what presses most first; each knows `next_due`, `overdue`, `important` and `brief`",
    ),
    "function_masked": (
        "所链接记录的一个字段，隐去如列表",
        "a field of linked records, masked as in lists",
    ),
    "function_has_role": ("某人是否担任某角色", "whether somebody holds a role"),
    "function_after": (
        "之后的时间或日期，按时长或数值名",
        "a time or date later, by a duration or a figure",
    ),
    "function_ahead_of": (
        "之前的时间或日期，按时长或数值名",
        "a time or date earlier, by a duration or a figure",
    ),
    "function_shortest": (
        "几个期限中最早的；列表里的 none 略过",
        "the earliest of several; `none` among them is passed over",
    ),
    "function_office_list": ("办公室所用的一张表", "a list as the office has it"),
    "function_figure_of": ("办公室所用的一个数值", "a figure as the office has it"),
    "function_office": (
        "office.yaml 里的 name、community、phone、address、service_hours",
        "what office.yaml says: `name`, `community`, `phone`, `address`, `service_hours`",
    ),
    "function_label_of": (
        "字段的值给人看的写法",
        "a field's value, or another one, as people read it",
    ),
    "function_choices_of": ("选项字段或某列的各选项", "the keys of a choice field or of a column"),
    "function_lint": (
        "行文规范在本记录的文字、某文种全文或一段话里查出的，各有 code、severity、message",
        "what the writing guidelines find in the record's text (see `lint` above), in a whole text of a genre, or in a passage: `code`, `severity`, `message` each",
    ),
    "function_from_template": (
        "本记录的文字模板给出的内容，或对其先前样子给出的",
        "what the record's text template gives, or gave for the record as it was",
    ),
    "function_span_of": ("两天之间的一段", "a span of two days"),
    "function_fingerprint": (
        "文字的短指纹，凭它再认出来",
        "a short hash by which a text is known again",
    ),
    "function_date_words": (
        "日期的写法，如 2026年3月5日",
        "a date as notices write it, in year, month and day",
    ),
    "function_day": ("时间所在的日期", "its date"),
    "function_days_of": ("一个月的各天", "the days of a month"),
    "function_month_of": ("一天所在的月", "the month of a day"),
    "function_moment_of": ("某日某时刻的时间", "a time of day as a moment"),
    "function_yuan": ("35.00 元", "`35.00 yuan`"),
    "function_sum_of": (
        "各行几列乘积之和，精确到分",
        "the sum of the products of columns, exact to the cent",
    ),
    "function_rows_of": ("几份记录的行合成一串", "the rows of several records in one list"),
    "function_rows_changed": (
        "各行，其中等于这些值的改过",
        "the rows, those with these values changed to others",
    ),
    "function_rows_differing": ("两列不一致的行", "the rows whose two columns differ"),
    "function_rows_overlapping": (
        "同一人与更早的行重叠的行；结束早于开始即次日结束",
        "the rows that overlap an earlier one of the same person; one that ends before it begins ends the next day",
    ),
    "function_days_uncovered": (
        "各行在所需钟点内留有空档的日子；exceptions 的行另定某日的钟点",
        "the days on which the rows leave a gap within the hours; rows of `exceptions` give a day other hours",
    ),
    "function_unit_number": ("由楼栋、单元、房号合成的房号", "a unit number from its parts"),
    "function_unit_part": ("房号的一部分", "a part of one: `building`, `entrance`, `room`"),
    "function_unit_pattern_fits": (
        "是否合乎 office.yaml 的 unit_pattern",
        "whether it fits office.yaml's `unit_pattern`",
    ),
    "function_clean": (
        "去掉栋、单元、室的一部分房号",
        "a part of a unit number without its words (building, entrance, room)",
    ),
    "function_last_of": ("最后几个字", "the last characters"),
}
