"""Sentences: records, the values typed for them, and what check finds."""

from __future__ import annotations

SENTENCES: dict[str, tuple[str, str]] = {
    "yes": ("是", "yes"),
    "no": ("否", "no"),
    "rows_count": ("{count} 项", "{count} rows"),
    "overdue_mark": ("逾期", "late "),
    "typed_later": ("（{typed} 录入）", " (typed {typed})"),
    "any_record": ("单据", "record"),
    "required_mark": (" [必填]", " [required]"),
    # Records
    "written": ("{id}  {title}：{state}", "{id}  {title}: {state}"),
    "next_steps": ("下一步：{steps}", "Next: {steps}"),
    "see": ("另见：pmcli {command}", "See: pmcli {command}"),
    "refused": ("{record} 现为 {state} {key}，不能办理：", "{record} is {state} ({key}); refused:"),
    "refused_new": ("{form}不能登记：", "{form} refused:"),
    "wrong_state": (
        "{command} 只能在 {states} 时办理",
        "{command} is for: {states}",
    ),
    "role_lacks": (
        "{actor} 没有所需岗位：{roles}",
        "{actor} does not hold the role: {roles}",
    ),
    "only_these": ("只有 {who} 可以办理，不是 {actor}", "only {who} may do this, not {actor}"),
    "not_this_person": (
        "{actor} 是{who}，须由他人办理",
        "{actor} is the {who}; somebody else must do this",
    ),
    "not_this_role": (
        "{actor} 有{role}岗位，须由他人办理",
        "{actor} holds the {role} role; somebody else must do this",
    ),
    "identity_typed": (
        "提醒：{field}里写着完整的身份证号；办事用不到的请去掉，要记只记后四位",
        "Reminder: {field} holds a whole identity number; leave it out, or keep its last four",
    ),
    "given_for_nothing": (
        "这一步没有开出要填 {options} 的单据，请去掉",
        "this step makes no record that takes {options}; leave it out",
    ),
    "take_of_other": (
        "{id} 不是表单写明可以办理 {command} 的单据。",
        "{id} is of none of the forms that the form names for {command}.",
    ),
    "take_goes_round": (
        "{id} 正在办理，表单里又要它同时再办一步。",
        "{id} is taking a step already, and the forms make it take another within that.",
    ),
    "no_such_state": ("{form} 没有状态 {state}。", "{form} has no state {state}."),
    "missing_input": ("缺少 {field}", "missing: {field}"),
    "missing_because": ("缺少 {field}：{why}", "missing: {field}: {why}"),
    "give_one": ("请给出 {options}", "give {options}"),
    "give_only_one": ("{options} 只能给一个", "give only one of {options}"),
    "give_something": ("请给出至少一项要变更的内容", "give at least one thing to change"),
    "given_twice": ("{option} 只能给一次。", "{option} can be given only once."),
    "at_in_future": (
        "--at {at} 在将来（现在是 {now}）。",
        "--at {at} is in the future (now is {now}).",
    ),
    "at_before_last": (
        "--at {at} 早于本单上一步的时间 {last}。",
        "--at {at} is before the record's previous step at {last}.",
    ),
    "ambiguous": (
        "“{part}”对应 {count} 张单据，请写全：{candidates}",
        "“{part}” means {count} records; write more of it: {candidates}",
    ),
    "no_record": (
        "没有编号为“{part}”的{forms}。可用 list 查看现有单据。",
        "There is no {forms} numbered “{part}”. See list for those there are.",
    ),
    "no_unit": (
        "房号“{value}”不在房产档案中。请核对，或先为它建档。",
        "Unit “{value}” is not on file. Check it, or file it first.",
    ),
    "bad_number": (
        "“{value}”不能作编号：只用字母、数字和 -。",
        "“{value}” cannot be a number: letters, digits and - only.",
    ),
    "number_taken": ("编号 {value} 已经有档案。", "Number {value} is already on file."),
    "nothing_listed": ("没有符合条件的{form}。", "No {form} to list."),
    "listed_all": ("共 {total} 条，逾期 {overdue} 条。", "{total} in all, {overdue} overdue."),
    "listed_some": (
        "共 {total} 条，只显示前 {count} 条；用 --limit、--open、--since 等筛选。",
        "{total} in all, the first {count} shown; narrow with --limit, --open, --since.",
    ),
    "left_out": (
        "有 {count} 个文件无法读取，以上不含它们：",
        "{count} files cannot be read and are left out above:",
    ),
    "incomplete": ("资料不全，缺：{fields}", "Incomplete, missing: {fields}"),
    "clock_runs": ("时限：{clock} {due}", "Due: {clock} {due}"),
    "clock_overdue": ("时限：{clock} {due} 已逾期", "Overdue: {clock} {due}"),
    "column_next_due": ("下一时限", "Next due"),
    "column_missing": ("缺", "Missing"),
    "column_overdue": ("逾期", "Overdue"),
    "history_at": ("时间", "When"),
    "history_by": ("办理人", "By"),
    "history_command": ("步骤", "Step"),
    "history_to": ("状态", "State"),
    "history_note": ("说明", "Note"),
    "history_commit": ("存证", "Commit"),
    "history_link": ("关联变更", "linked change"),
    "history_import": ("导入", "import"),
    "history_uncommitted": (
        "注意：此文件有尚未提交的改动。",
        "Note: this file has changes that are not committed.",
    ),
    "file_written": ("已写入 {path}", "Wrote {path}"),
    "bad_file_name": ("“{path}”不能作文件名。", "“{path}” is no file name."),
    "folder_missing": (
        "没有目录 {path}，请先建立。",
        "There is no folder {path}; make it first.",
    ),
    "is_a_folder": ("{path} 是目录，不是文件。", "{path} is a folder, not a file."),
    "xlsx_wants_output": ("xlsx 须用 -o 文件名 指定文件。", "xlsx wants a file: -o FILE."),
    # Values
    "one_line_only": ("{field} 只能有一行", "{field} takes one line only"),
    "control_character": (
        "{field} 含有不可见的控制字符 {code}，请删去",
        "{field} holds the control character {code}; remove it",
    ),
    "too_long": (
        "{field} 太长：{length} 字，最多 {limit} 字",
        "{field} is too long: {length} characters, at most {limit}",
    ),
    "not_a_choice": (
        "{field} 没有“{value}”这一项；可选：{choices}",
        "{field} does not take “{value}”; choose from: {choices}",
    ),
    "not_of_type": ("{field} 应为{kind}；收到“{value}”", "{field} is: {kind}; got “{value}”"),
    "not_a_flag": ("{field} 应为 yes 或 no；收到“{value}”", "{field} is yes or no; got “{value}”"),
    "not_an_integer": (
        "{field} 应为整数；收到“{value}”",
        "{field} is a whole number; got “{value}”",
    ),
    "not_money": (
        "{field} 应为金额（元），最多两位小数，如 35 或 35.50；收到“{value}”",
        "{field} is an amount in yuan with at most two decimals, as 35 or 35.50; got “{value}”",
    ),
    "amount_too_large": (
        "{field} 超过一百亿元，请核对数量和单价",
        "{field} is more than ten thousand million yuan; check quantities and prices",
    ),
    "not_a_date": (
        "{field} 应为日期，如 2026-03-05；收到“{value}”",
        "{field} is a date, as 2026-03-05; got “{value}”",
    ),
    "not_a_datetime": (
        "{field} 应为时间，如 2026-03-05 9:30 或 9:30；收到“{value}”",
        "{field} is a time, as 2026-03-05 9:30 or 9:30; got “{value}”",
    ),
    "not_a_duration": (
        "{field} 应为时长，如 30m、24h、7d、5wd；收到“{value}”",
        "{field} is a duration, as 30m, 24h, 7d or 5wd; got “{value}”",
    ),
    "not_a_phone": (
        "{field} 应为电话号码，如 13800138000、0731-88880001 转 802；收到“{value}”",
        "{field} is a phone number, as 13800138000 or 0731-88880001 ext. 802; got “{value}”",
    ),
    "not_a_mobile": (
        "{field} 手机号应为 {wanted} 位，收到的“{value}”是 {digits} 位",
        "{field}: a mobile number has {wanted} digits, and “{value}” has {digits}",
    ),
    "bad_row": (
        "{field} 的每一行写作 列=值,列=值；“{value}”不对，可用的列：{columns}",
        "{field} is written column=value,column=value; “{value}” is not; columns: {columns}",
    ),
    "row_twice": (
        "{field} 的一行里 {column}= 只能写一次",
        "{field}: a row has {column}= only once",
    ),
    "row_lacks": (
        "{field} 的一行缺少 {columns}：{value}",
        "{field}: a row lacks {columns}: {value}",
    ),
    # check
    "check_fine": ("没有发现问题（{count} 张单据）。", "No problems found ({count} records)."),
    "check_found": ("发现 {count} 处问题：", "{count} problems:"),
    "check_unknown_keys": ("不认识的键：{keys}", "unknown keys: {keys}"),
    "check_choice": (
        "{field} 的值“{value}”不在选项中",
        "{field}: “{value}” is not one of its choices",
    ),
    "check_link": ("{field} 指向不存在的 {target}", "{field} names {target}, which is not there"),
    "check_history_state": (
        "状态 {state} 与经过中最后的 {last} 不符",
        "the state {state} is not where its history ends, {last}",
    ),
    "check_history_empty": ("没有经过记录", "has no history"),
    "check_history_unreachable": (
        "经过中的 {command}（{start} → {end}）不是表单里的步骤",
        "the history's {command} ({start} → {end}) is no step of the form",
    ),
    "check_number_twice": (
        "编号 {id} 重复，另见 {other}",
        "the number {id} stands twice, also in {other}",
    ),
    "check_uncommitted": ("有尚未提交的改动", "has changes that are not committed"),
    "check_untracked": ("尚未纳入版本记录", "is not in the version history"),
    "check_place": ("文件位置不对，应为 {path}", "stands in the wrong place; it belongs at {path}"),
}
