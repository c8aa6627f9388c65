"""Sentences of the form language's rows, months and lists."""

from __future__ import annotations

SENTENCES: dict[str, tuple[str, str]] = {
    "not_a_time": (
        "{field}：“{value}”不是时刻，请写成 8:00 或 20:30",
        "{field}: “{value}” is no time of day; write 8:00 or 20:30",
    ),
    "not_a_month_value": (
        "{field}：“{value}”不是月份，请写成 2026-04",
        "{field}: “{value}” is no month; write 2026-04",
    ),
    "too_long_a_span": (
        "{field}：“{value}”的起止日期有误，或超过 {limit} 天",
        "{field}: “{value}” ends before it begins, or is longer than {limit} days",
    ),
    "column_is_fixed": (
        "{field}：应为 {held}，不能改为 {given}",
        "{field}: this is {held} and cannot be changed to {given}",
    ),
    "still_due": ("尚待{clock}，应于 {due}", "{clock} is still due, by {due}"),
    "let_of_itself": ("公式 {name} 用到了它自己", "the formula {name} uses itself"),
    "no_template": ("没有模板 {key}；可用：{keys}", "there is no template {key}; there are {keys}"),
    "want_rows": (
        "{key} 须是一张表：每行一个 {{列: 值}}",
        "{key} must be a list of rows, each {{column: value}}",
    ),
}
