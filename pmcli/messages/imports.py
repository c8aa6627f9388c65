"""Sentences: rosters taken in."""

from __future__ import annotations

SENTENCES: dict[str, tuple[str, str]] = {
    "kind_date": ("日期", "a date"),
    "kind_datetime": ("时间", "a time"),
    "kind_phone": ("电话号码", "a phone number"),
    "kind_integer": ("整数", "a whole number"),
    "kind_number": ("数", "a number"),
    "kind_money": ("金额", "an amount"),
    "kind_flag": ("是或否", "yes or no"),
    "kind_duration": ("时长", "a duration"),
    "kind_staff": ("名单上的员工", "a staff member on the list"),
    "import_no_sheets": ("（csv 没有工作表）", "(a csv has none)"),
    "import_short": ("{field} {count} 条", "{field} {count}"),
    # Import
    "help_import": (
        "把名册（xlsx 或 csv）导入为档案：一次提交，或什么都不写",
        "turn a roster (xlsx or csv) into records: one commit, or nothing",
    ),
    "help_import_map": (
        "表头=字段，指明某一列对应的字段（可多次给出）",
        "HEADER=FIELD: which field a column feeds (may be repeated)",
    ),
    "help_import_sheet": (
        "工作表名称（默认为第一个认得出表头的）",
        "the sheet (default: the first with known headers)",
    ),
    "help_dry_run": ("只看结果，不写入", "show what would happen and write nothing"),
    "import_no_plan": (
        "{form}不能导入；可以导入的表单：{able}",
        "{form} cannot be imported; these can: {able}",
    ),
    "import_no_file": ("没有文件 {path}。", "There is no file {path}."),
    "import_too_big": (
        "{file} 太大（上限 {limit} MB）。",
        "{file} is too big (at most {limit} MB).",
    ),
    "import_too_many": (
        "{file} 的行数太多（上限 {limit}）。",
        "{file} has too many rows (at most {limit}).",
    ),
    "import_too_wide": (
        "{file} 第 {row} 行超过 {limit} 列；为免漏掉内容，一行也没有读。请删去右边用不到的内容。",
        "{file}, row {row}, has more than {limit} columns; nothing was read, lest something be "
        "lost. Delete what stands to the right and is not needed.",
    ),
    "import_quotes": (
        "{file} 从第 {line} 行起引号不成对，后面的行分不开。请在表格软件里打开，另存为 .xlsx 再导入。",
        "{file}: from line {line} on a quotation mark lacks its other half, so rows cannot be told "
        "apart. Open it in a spreadsheet program and save it as .xlsx first.",
    ),
    "import_empty": ("{file} 是空的。", "{file} is empty."),
    "import_old_excel": (
        "{file} 是旧的 .xls 格式。请在表格软件里另存为 .xlsx 再导入。",
        "{file} is in the old .xls format. Save it as .xlsx in a spreadsheet program first.",
    ),
    "import_web_page": (
        "{file} 其实是网页，不是表格。请用表格软件打开，另存为 .xlsx 再导入。",
        "{file} is really a web page. Open it in a spreadsheet program and save it as .xlsx first.",
    ),
    "import_not_spreadsheet": (
        "{file} 不是 xlsx 或 csv 表格。",
        "{file} is not an xlsx or csv spreadsheet.",
    ),
    "import_broken": (
        "{file} 已损坏或不是 .xlsx。请在表格软件里打开并重新保存。",
        "{file} is damaged or no .xlsx. Open it in a spreadsheet program and save it again.",
    ),
    "import_no_header": (
        "前 {count} 行里找不到表头。要找的有：{wanted}；看到的是：{seen}。请用 --map 表头=字段 指明。",
        "No headers in the first {count} rows. Looked for: {wanted}; saw: {seen}. Say which is "
        "which with --map HEADER=FIELD.",
    ),
    "import_no_key": (
        "第 {row} 行的表头里没有{fields}。要找的有：{wanted}；看到的是：{seen}。请用 --map 表头={field} 指明。",
        "The headers in row {row} lack {fields}. Looked for: {wanted}; saw: {seen}. Say which is "
        "which with --map HEADER={field}.",
    ),
    "import_map_form": (
        "--map 应写作 表头=字段，如 --map 住址=unit；收到“{value}”。",
        "--map is HEADER=FIELD, as --map Address=unit; got “{value}”.",
    ),
    "import_map_header": (
        "第 {row} 行没有表头“{header}”；有：{seen}",
        "There is no header “{header}” in row {row}; there are: {seen}",
    ),
    "help_import_set": (
        "字段=内容，表里没有的一列，对每一行都成立，如 楼栋=2；楼栋= 表示没有楼栋（可多次给出）",
        "FIELD=TEXT: what the sheet has no column for and holds for every row, as building=2; "
        "building= says there is none (may be repeated)",
    ),
    "help_import_ignore": (
        "这一列（或工作表名）与房号无关，不必理会（可多次给出）",
        "a column (or a sheet's name) that is no part of what is filed (may be repeated)",
    ),
    "import_set_form": (
        "--set 应写作 字段=内容，如 --set 楼栋=2；收到“{value}”。",
        "--set is FIELD=TEXT, as --set building=2; got “{value}”.",
    ),
    "import_doubt": (
        "“{header}”一列没有用到，但看来是房号的一部分（第 {row} 行为“{value}”）；不弄清楚，不同的房屋会登记成同一套。"
        "请用 --map {header}={part} 之类指明它是什么；确实不是房号的一部分，就加 --ignore {header}。",
        "Column “{header}” is not used but seems to be part of the homes' numbers (row {row}: "
        "“{value}”); different homes could be filed as one. Say what it is, as --map "
        "{header}={part}; if it is no part of the number, --ignore {header}.",
    ),
    "import_rivals": (
        "“{header}”和“{used}”两列都像是{part}，所说不一致（如第 {row} 行）。请用 --map {used}={part} 指明用哪一列。",
        "Columns “{header}” and “{used}” both seem to be the {part} and do not agree (as in row "
        "{row}). Say which is meant with --map {used}={part}.",
    ),
    "import_apart": (
        "第 {first} 行和第 {row} 行成了同一个房号 {number}，但没有用到的“{header}”一列不同。"
        "它是房号的一部分，请用 --map {header}={part} 之类指明；同一套房这一列可以不同，就加 --ignore {header}。",
        "Rows {first} and {row} come to one number {number}, but column “{header}”, which is not "
        "used, differs. If it is part of the number say so, as --map {header}={part}; if it may "
        "differ within one home, --ignore {header}.",
    ),
    "import_said_differs": (
        "{where}“{text}”说的{part}，“{header}”一列里没有。请用 --map {header}={part} 确认这一列，或用 --ignore {header} 略过它。",
        "{where} says “{text}”, which column “{header}” never does. Confirm the column with --map "
        "{header}={part}, or pass over it with --ignore {header}.",
    ),
    "import_laps": (
        "第 {first} 行和第 {row} 行隔开了别的房屋，又成了同一个房号 {number}，表里没有{part}，分不清是不是同一套，未导入。"
        "哪一列是{part}，用 --map 表头={part} 指明；本小区不分{part}，加 --set {part}=。",
        "Rows {first} and {row}, with other homes between them, come to one number {number}; the "
        "sheet has no {part}, so it is not clear whether they are one home, and nothing was "
        "imported. Say which column it is with --map HEADER={part}; if homes have none here, "
        "--set {part}=.",
    ),
    "import_no_building": (
        "第 {row} 行只有单元和室，没有{part}，房号不全，未导入。哪一列是{part}，用 --map 表头={part} 指明；"
        "整张表是同一栋，加 --set {part}=2 之类；本小区不分栋，加 --set {part}=。",
        "Row {row} has an entrance and a room but no {part}; its number is not whole, and nothing "
        "was imported. Say which column it is with --map HEADER={part}; if the sheet is of one "
        "building, --set {part}=2 or the like; if homes have no building here, --set {part}=.",
    ),
    "import_sheets_alike": (
        "工作表 {sheets} 里有相同的房号，表里又没有{part}。请一张一张导入，各加 --set {part}=2 之类；"
        "确实是同一栋的同一套房，加 --set {part}=。",
        "Sheets {sheets} have the same numbers and no {part}. Import them one by one, each with "
        "--set {part}=2 or the like; if the homes are the same ones, --set {part}=.",
    ),
    "import_phases": (
        "工作表 {sheets} 里有相同的房号；房号里没有分期的位置，两期的房屋会登记成同一套。"
        "请先让各期的楼栋编号不同；确实是同一批房屋，加 --ignore {sheet}。",
        "Sheets {sheets} have the same numbers; a number has no place for the phase, so homes of "
        "both would be filed as one. Number the buildings of each phase differently; if the homes "
        "are the same ones, --ignore {sheet}.",
    ),
    "import_buildings_said": (
        "标题、工作表名和文件名说的{part}不一样：{said}。请用 --set {part}=2 之类指明。",
        "Title, sheet and file name say different things of the {part}: {said}. Say which with "
        "--set {part}=2 or the like.",
    ),
    "import_building_or_entrance": (
        "第 {row} 行{part}为“{building}”，房号为“{room}”，看不出“{room}”的前一段是{part}还是单元，未导入。"
        "是单元，加 --set {part}={building}；已含{part}，加 --set {part}=，并把单有{part}的一列用 --ignore 略过。",
        "Row {row}: the {part} is “{building}” and the room “{room}”; it is not clear whether "
        "“{room}” begins with the {part} or the entrance, and nothing was imported. With the "
        "entrance: --set {part}={building}. With the {part}: --set {part}=, and --ignore for the "
        "column that holds the {part} alone.",
    ),
    "import_headers_again": (
        "第 {row} 行又是一行表头，各列的次序与第 {first} 行不同。请分成两张表导入。",
        "Row {row} holds headers again, in another order than row {first}. Import them as two "
        "sheets.",
    ),
    "import_hidden": (
        "隐藏的工作表没有看：{sheets}（用 --sheet 指定）。",
        "Hidden sheets were not looked at: {sheets} (choose one with --sheet).",
    ),
    "import_said": ("{part} ← {where}“{text}”", "{part} ← {where} “{text}”"),
    "import_in_sheet": ("工作表名", "the sheet's name"),
    "import_in_title": ("标题", "the title"),
    "import_in_file": ("文件名", "the file's name"),
    "import_number_is_date": (
        "{field}“{value}”是日期，不是房号；表格软件会把 1-1-2 改成日期，请把这一列设为文本再填",
        "{field}: “{value}” is a date and no unit number; spreadsheet programs make dates of "
        "1-1-2. Set the column to text and type it again",
    ),
    "import_no_building_here": (
        "{field}“{value}”没有楼栋",
        "{field}: “{value}” lacks the building",
    ),
    "import_parts_disagree": (
        "{field}“{value}”各列所说不一致",
        "{field}: the columns of “{value}” do not agree",
    ),
    "import_map_field": (
        "{form}没有可导入的字段“{name}”；有：{fields}",
        "{form} has no field “{name}” to import; there are: {fields}",
    ),
    "import_unreadable": (
        "有档案读不出来，无法判断是否重复，未写入任何内容。请先修好：",
        "Some records cannot be read, so it is not known what is on file; nothing was written. "
        "Mend these first:",
    ),
    "import_reading": ("读取", "Reading"),
    "import_writing": ("写入", "Writing"),
    "import_title": (
        "{form} ← {file}（表头在第 {row} 行）",
        "{form} ← {file} (headers in row {row})",
    ),
    "import_title_sheet": (
        "{form} ← {file}（工作表 {sheet}，表头在第 {row} 行）",
        "{form} ← {file} (sheet {sheet}, headers in row {row})",
    ),
    "import_column_outcome": ("结果", "Outcome"),
    "import_column_rows": ("行数", "Rows"),
    "import_count_new": ("新建", "new"),
    "import_count_unchanged": ("已在册，相同", "on file, the same"),
    "import_count_differing": ("已在册，内容不同，未改动", "on file, different, left as it is"),
    "import_count_repeated": ("与前面的行重复", "repeats an earlier row"),
    "import_count_skipped": ("跳过", "passed over"),
    "import_count_refused": ("未收", "refused"),
    "import_count_total": ("合计行", "totals"),
    "import_count_header": ("重复的表头", "headers again"),
    "import_count_blank": ("空行", "blank"),
    "import_fed": ("{field} ← {headers}", "{field} ← {headers}"),
    "import_unused": ("未用到的列：{headers}", "Columns not used: {headers}"),
    "import_other_sheets": (
        "另有工作表未导入：{sheets}（用 --sheet 指定）",
        "Other sheets, not imported: {sheets} (choose one with --sheet)",
    ),
    "import_refused": ("未收 {count} 行：", "{count} rows refused:"),
    "import_left_out": (
        "已收，但有 {count} 处内容不能用，留空待补：",
        "Taken, but {count} cells could not be used and are left empty:",
    ),
    "import_differing": (
        "已在册而内容不同 {count} 行（以档案为准；要改请用 amend）：",
        "{count} rows differ from what is on file (which stands; change it with amend):",
    ),
    "import_row": ("  第 {row} 行：{reason}", "  row {row}: {reason}"),
    "import_more": (
        "  ……另有 {count} 行，用 --format json 看全部",
        "  … {count} more; --format json has them all",
    ),
    "import_other": ("{fields}不同", "another {fields}"),
    "import_absent": ("档案里没有{fields}", "no {fields} on file"),
    "import_lacks": ("没有{field}", "no {field}"),
    "import_duplicate": (
        "与第 {row} 行是同一个，但{fields}不同",
        "the same as row {row}, but with another {fields}",
    ),
    "import_not_unit": ("{field}“{value}”不是房号", "{field}: “{value}” is no unit number"),
    "import_no_unit": (
        "房号 {number} 不在房产档案中；请先导入：pmcli import {forms}",
        "unit {number} is not on file; import those first: pmcli import {forms}",
    ),
    "import_rounded": (
        "{field}被表格软件当作数字存储，末尾几位已丢失",
        "{field} was stored as a number by a spreadsheet program and has lost its last digits",
    ),
    "import_too_short": ("{field}位数不够", "{field} is too short"),
    "import_too_many_values": (
        "{field}一格里有 {count} 个，放不下的未收",
        "{field}: {count} in one cell; those without a place were left out",
    ),
    "import_not_a_choice": (
        "{field}没有“{value}”这一项；可选：{choices}",
        "{field} does not take “{value}”; choose from: {choices}",
    ),
    "import_not_kind": ("{field}不是{kind}", "{field} is not {kind}"),
    "import_not_kind_value": ("{field}“{value}”不是{kind}", "{field}: “{value}” is not {kind}"),
    "import_unfit": ("{field}的内容不能用", "{field} cannot be used"),
    "import_missing": (
        "资料不全，尚缺：{fields}。查看：pmcli {form} list --incomplete",
        "Incomplete, still missing: {fields}. See: pmcli {form} list --incomplete",
    ),
    "import_dry_run": (
        "试运行：将新建 {count} 条；未写入任何内容。",
        "Dry run: {count} would be new; nothing was written.",
    ),
    "import_done": ("已新建 {count} 条，一次提交。", "{count} new records in one commit."),
    "import_nothing": ("没有要新建的，未写入任何内容。", "Nothing is new; nothing was written."),
}
