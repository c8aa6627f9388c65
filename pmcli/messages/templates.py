"""Sentences about text templates, what they ask for, and spans of time."""

from __future__ import annotations

SENTENCES: dict[str, tuple[str, str]] = {
    # What is typed
    "not_a_span": (
        "{field} 应为起止日期，如 2026-03-28..2026-04-06，带时刻如 "
        "“2026-07-18 20:00..2026-07-20 08:00”；收到“{value}”",
        "{field} is a first and a last day, as 2026-03-28..2026-04-06, or with times "
        "“2026-07-18 20:00..2026-07-20 08:00”; got “{value}”",
    ),
    "span_ends_first": (
        "{field}：“{value}”的结束早于开始",
        "{field}: “{value}” ends before it begins",
    ),
    "order_after": ("{later}应晚于 {earlier}", "{later} must be later than {earlier}"),
    "order_not_before": ("{later}不能早于 {earlier}", "{later} cannot be before {earlier}"),
    "no_variable": (
        "模板没有变量 {option}；有：{options}",
        "the template has no variable {option}; it has {options}",
    ),
    "for_example": ("例：{example}", "as {example}"),
    "ask_hint_span": ("如 2026-03-28..2026-04-06", "as 2026-03-28..2026-04-06"),
    "metavar_span": ("起..止", "FROM..TO"),
    # Template files
    "valid_wants": ("valid 须有 until 或 for", "valid wants until or for"),
    "order_wants": (
        "order 应为至少两个变量的列表，如 [start, end]",
        "order is a list of two or more variables, as [start, end]",
    ),
    "no_time_variable": (
        "{where}：{name} 不是日期、时间或起止类的变量",
        "{where}: {name} is no variable of a day, a time or a span",
    ),
    # The list of templates
    "help_templates": (
        "列出文字模板；写明一个，就列出它的变量和示例命令",
        "the text templates; of one named, its variables and an example command",
    ),
    "help_templates_by": ("只看这一{field}", "only those of this {field}"),
    "help_argument_template": ("模板名", "the template's name"),
    "metavar_of_template": ("模板", "TEMPLATE"),
    "column_key": ("模板", "Template"),
    "column_option": ("选项", "Option"),
    "column_audience": ("读者", "For"),
    "column_lead": ("提前", "Ahead"),
    "column_valid": ("有效至", "Until"),
    "column_variables": ("变量", "Vars"),
    "templates_variables": ("变量（* 必填）", "Variables (* required)"),
    "templates_example": ("示例", "Example"),
    "templates_file": ("文件", "File"),
    "templates_valid": ("有效至", "Valid until"),
    "templates_lead": ("提前天数", "Notice time"),
    "templates_lead_one": (
        "{before}前 {length}（{source}；可在 office.yaml 的 figures 改写 {figure}）",
        "{length} before {before} ({source}; {figure} in office.yaml's figures overrides it)",
    ),
    "templates_lead_case": (
        "{words}，当 {case}",
        "{words}, when {case}",
    ),
    "templates_until": ("{until}", "{until}"),
    "templates_until_plus": ("{until} + {plus}", "{until} + {plus}"),
    "templates_for": ("落款后 {length}", "{length} after issue"),
    "templates_or_for": ("{until}；未填：{lasting}", "{until}; if left out: {lasting}"),
    "templates_days_of": ("{label}（天）", "{label} (days)"),
    "templates_faults": (
        "有 {count} 处问题，出错的模板未列出：",
        "{count} faults; the templates that have them are left out:",
    ),
}
