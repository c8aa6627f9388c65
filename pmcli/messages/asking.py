"""Sentences of guided input: questions, summaries, corrections."""

from __future__ import annotations

SENTENCES: dict[str, tuple[str, str]] = {
    "ask_free_text": ("自拟文字", "a text of your own"),
    "ask_title": ("{form}  {record}（{state}）  {step}", "{form}  {record} ({state})  {step}"),
    "ask_title_new": ("{form}  {step}", "{form}  {step}"),
    "ask_how": (
        "答完一项按回车；Ctrl-C 随时放弃，什么也不会写入。",
        "Enter after each answer; Ctrl-C gives up at any time and writes nothing.",
    ),
    "ask_for_child": ("还要登记一张{form}：", "A {form} is made as well:"),
    "ask_hint": ("（{words}）", "({words})"),
    "ask_hints_between": ("；", "; "),
    "ask_hint_optional": ("可留空", "may be left empty"),
    "ask_hint_keeps": (
        "打字即替换，回车＝不变，删空＝去掉",
        "type to replace, Enter: keep it, emptied: take it out",
    ),
    "ask_hint_another": ("还有就再写一个，没有就回车", "one more, or Enter for no more"),
    "ask_hint_choice": ("序号、名称或拼音首字母", "number, name or its beginning"),
    "ask_hint_choices": (
        "可选几项，如 1 3；序号、名称或拼音首字母",
        "several at once, as 1 3; number or name",
    ),
    "ask_hint_flag": ("y 是 / n 否", "y yes / n no"),
    "ask_hint_integer": ("整数", "a whole number"),
    "ask_hint_money": ("元", "yuan"),
    "ask_hint_date": ("如 2026-03-05、今天、明天", "as 2026-03-05, today, tomorrow"),
    "ask_hint_datetime": (
        "如 9:30、明天 9:30、2026-03-05 9:30",
        "as 9:30, tomorrow 9:30, 2026-03-05 9:30",
    ),
    "ask_hint_time": ("如 8:00", "as 8:00"),
    "ask_hint_month": ("如 2026-04", "as 2026-04"),
    "ask_hint_duration": ("如 30m、24h、7d、5wd", "as 30m, 24h, 7d, 5wd"),
    "ask_hint_presumed": ("回车＝{value}", "Enter for {value}"),
    "ask_hint_unit": ("房号，或住户姓名、拼音首字母", "number, or a resident's name or initials"),
    "ask_hint_staff": ("姓名或拼音首字母", "name or initials"),
    "ask_hint_link": ("编号的一部分，或单上的字", "part of the number, or words of the record"),
    "ask_hint_editor": ("写一行，或直接回车打开编辑器", "one line, or just Enter for your editor"),
    "ask_hint_lines": ("写一行，或直接回车写多行", "one line, or just Enter for several"),
    "ask_lines": (
        "一行一行写，空行结束。",
        "Write line by line; an empty line ends the text.",
    ),
    "ask_editor_remark": (
        "请在上面写“{field}”，存盘退出即可；以 # 开头的行不计。",
        "Write “{field}” above, save and leave; lines that begin with # do not count.",
    ),
    "ask_editor_missing": (
        "编辑器 {command} 打不开（{words}），请在这里写。",
        "The editor {command} could not be started ({words}); write here.",
    ),
    "ask_editor_failed": (
        "编辑器 {command} 没有正常退出，写的内容没有采用。",
        "The editor {command} failed; its text was not taken.",
    ),
    "ask_rows": (
        "{field}：一行一行填，首格留空回车即结束。",
        "{field}: row by row; leave the first cell empty to end.",
    ),
    "ask_rows_held": (
        "{field}：逐行填，不填的直接回车。",
        "{field}: row by row; just Enter for what is not to be filled.",
    ),
    "ask_row_held": ("{row}", "{row}"),
    "ask_needed": ("“{field}”必须填写。", "“{field}” must be given."),
    "ask_several": (
        "“{value}”不止一个：{candidates}。请多写一点。",
        "“{value}” may be: {candidates}. Write a little more.",
    ),
    "ask_which": ("给出哪一项", "Which of these"),
    "ask_pick_one": ("请选一项。", "Choose one of them."),
    "ask_not_listed": ("表中没有“{value}”，请用序号。", "“{value}” is not listed; use a number."),
    "ask_optional": (
        "还可以填（序号，可选几项；回车＝不填）",
        "Also (numbers, several at once; Enter for none)",
    ),
    "ask_change": ("改哪一项（序号；回车＝不改）", "Change which (number; Enter for none)"),
    "ask_becomes": ("办理后：{state}", "Then: {state}"),
    "ask_makes": ("同时生成：{forms}", "Also made: {forms}"),
    "ask_confirm": ("确认{step}", "{step}"),
    "ask_confirm_hint": (
        "（回车＝办理，序号＝修改，Ctrl-C＝放弃）",
        "(Enter to do it, a number to correct, Ctrl-C to give up)",
    ),
    "ask_confirm_hint_bare": (
        "（回车＝办理，Ctrl-C＝放弃）",
        "(Enter to do it, Ctrl-C to give up)",
    ),
    "ask_record": ("哪一张{form}", "Which {form}"),
    "ask_none_open": (
        "没有可办理“{step}”的{form}。",
        "There is no {form} for {step}.",
    ),
    "ask_new_or_record": ("新登记，还是办理哪一张", "A new one, or which of these"),
    "ask_open_count": (
        "{form}：未办结 {count} 张，最急的在前。",
        "{form}: {count} open, the most urgent first.",
    ),
    "ask_on_file_count": ("{form}：在册 {count} 份。", "{form}: {count} on file."),
    "ask_what_next": ("{record}（{state}），办什么", "{record} ({state}), what is to be done"),
    "ask_look": ("查看", "look at it"),
    "ask_print": ("打印", "print it"),
}
