"""Sentences: files that cannot be read as what they should be, and forms."""

from __future__ import annotations

SENTENCES: dict[str, tuple[str, str]] = {
    # Files
    "not_utf8": (
        "不是 UTF-8 编码（可能是 GBK）；请用编辑器另存为 UTF-8",
        "not UTF-8 (perhaps GBK); save it as UTF-8 in an editor",
    ),
    "nul_in_file": ("含有 NUL 字节，文件已损坏", "holds a NUL byte; the file is damaged"),
    "no_front_matter": ("开头缺少 --- 一行", "does not begin with a --- line"),
    "front_matter_open": ("缺少结束的 --- 一行", "the closing --- line is missing"),
    "front_matter_not_mapping": (
        "--- 之间应为 键: 值",
        "between the --- lines key: value is wanted",
    ),
    "front_matter_not_block": (
        "--- 之间须一行一个键，才能由命令改写",
        "one key a line is wanted between the --- lines for a command to change it",
    ),
    "yaml_broken": ("YAML 有误：{reason}", "YAML error: {reason}"),
    "yaml_alias": (
        "不支持锚点、别名、标签、合并（<<）或过深的嵌套",
        "anchors, aliases, tags, merges (<<) and deep nesting are not supported",
    ),
    "yaml_deep": (
        "YAML 有误：嵌套过深（最多 {most} 层）",
        "YAML error: nested too deeply (at most {most} levels)",
    ),
    "yaml_in_itself": (
        "YAML 有误：锚点（&）在自身之内被引用（*）",
        "YAML error: an anchor (&) is used (*) inside itself",
    ),
    "yaml_repeats": (
        "YAML 有误：别名（*）展开后的内容太多（最多 {most} 项）",
        "YAML error: its aliases (*) stand for too much (at most {most} values)",
    ),
    "yaml_tag": (
        "YAML 有误：不支持标签 {tag}；请删去，值一律按文字读",
        "YAML error: tags such as {tag} are not supported; remove it, every value is read as text",
    ),
    "yaml_merge": (
        "YAML 有误：不支持合并（<<）；请把各键直接写出",
        "YAML error: merges (<<) are not supported; write the keys out",
    ),
    "key_no_text": ("键必须是文字", "a key must be a text"),
    "file_too_long": (
        "文件太长（最多 {most} 字）",
        "the file is too long (at most {most} characters)",
    ),
    "yaml_two_ways": (
        "写法有歧义：YAML 1.1 与 1.2 读出的值不同；请给值加上双引号，并去掉制表符",
        "YAML 1.1 and 1.2 read this differently; put values in double quotes and remove tabs",
    ),
    "unseen_character": (
        "含有不可见的字符 {code}；请删去，或用双引号写成转义",
        "holds the invisible character {code}; remove it, or write it as an escape in double quotes",
    ),
    "duplicate_key": ("键 {key} 出现两次", "the key {key} stands twice"),
    "bad_value_in_file": (
        "{key} 的值“{value}”类型不对",
        "the value of {key}, “{value}”, has the wrong type",
    ),
    "core_key_missing": ("缺少 {key}", "{key} is missing"),
    "state_unknown": ("{form} 没有状态 {state}", "{form} has no state {state}"),
    "id_not_file": (
        "编号 {id} 与文件名 {file} 不一致",
        "the number {id} is not the file's name, {file}",
    ),
    "form_not_folder": (
        "单种 {stated} 与所在目录 {folder} 不一致",
        "form {stated} stands in the folder {folder}",
    ),
    "unreadable_file": ("无法读取：{words}", "cannot be read: {words}"),
    "unreadable_asked": (
        "这一步要看全部{form}，其中有读不出来的，无从判断，未写入任何内容。请先修好：",
        "This step looks at every {form}, and some cannot be read, so it cannot be decided; nothing "
        "was written. Mend first:",
    ),
    "file_empty": ("文件是空的", "the file is empty"),
    # Forms
    "no_form": (
        "没有表单“{name}”。现有：{names}。",
        "There is no form “{name}”. There are: {names}.",
    ),
    "want_mapping": ("此处应为 键: 值", "key: value is wanted here"),
    "want_mapping_at": ("{key} 之下应为 键: 值", "key: value is wanted under {key}"),
    "want_text": ("{key} 应为文字", "{key} should be a text"),
    "want_flag": (
        "{key} 应为 true 或 false；写着“{value}”",
        "{key} is true or false; it says “{value}”",
    ),
    "want_number": (
        "{key} 应为大于 0 的整数；收到“{value}”",
        "{key} is a whole number above 0; got “{value}”",
    ),
    "want_names": ("{key} 应为一个名称或名称的列表", "{key} is a name or a list of names"),
    "want_one_of": (
        "{key} 没有“{value}”；可用：{allowed}",
        "{key} does not take “{value}”; there are: {allowed}",
    ),
    "key_missing": ("缺少 {key}", "{key} is missing"),
    "want_fraction": (
        "{key} 应为数字；写着“{value}”",
        "{key} is a number; it says “{value}”",
    ),
    "unknown_key": ("不认识的键 {key}", "unknown key {key}"),
    "unknown_key_near": (
        "不认识的键 {key}，是否指 {near}？",
        "unknown key {key}; did you mean {near}?",
    ),
    "bad_name": (
        "名称“{name}”只能用小写英文字母、数字和 _，以字母开头",
        "the name “{name}” must be lower-case letters, digits and _, beginning with a letter",
    ),
    "bad_command": (
        "步骤名“{command}”不可用：只用小写字母、数字和 -，且不能是 list、show、print、edit、templates、verify",
        "the step name “{command}” will not do: lower-case letters, digits and -, and not list, "
        "show, print, edit, templates or verify",
    ),
    "bad_prefix": (
        "编号前缀“{prefix}”应为两三个大写字母",
        "the prefix “{prefix}” must be two or three capitals",
    ),
    "prefix_or_number": (
        "须写明 prefix（编号前缀）或 number（以哪个字段为编号），只能一个",
        "either prefix or number (the field that is the number) is wanted",
    ),
    "prefix_twice": (
        "编号前缀 {prefix} 已被 {other} 使用",
        "the prefix {prefix} is used by {other} already",
    ),
    "form_name_differs": (
        "form: {stated} 与文件名 {file}.yaml 不一致",
        "form: {stated} is not the file's name, {file}.yaml",
    ),
    "form_name_taken": ("表单名 {name} 与命令同名", "the form name {name} is a command's"),
    "extends_unknown": (
        "extends: 没有内置表单 {name}；有：{names}",
        "extends: there is no built-in form {name}; there are: {names}",
    ),
    "link_to_unknown": (
        "字段 {field} 指向不存在的表单 {form}",
        "the field {field} points at a form {form} that is not there",
    ),
    "takes_unknown": (
        "步骤 {command} 要办理的表单 {form} 不存在",
        "the step {command} takes a step of a form {form} that is not there",
    ),
    "creates_unknown": (
        "步骤 {command} 要生成不存在的表单 {form}",
        "the step {command} creates a form {form} that is not there",
    ),
    "field_wants": (
        "字段 {field}：{key} 与类型 {type} 不相配",
        "the field {field}: {key} does not go with the type {type}",
    ),
    "reserved_name": (
        "名称 {name} 已由 pmcli 使用，请换一个",
        "the name {name} is pmcli's own; choose another",
    ),
    "two_bodies": (
        "只能有一个正文字段（body），现有：{names}",
        "only one field can be the body, not: {names}",
    ),
    "body_not_longtext": (
        "正文字段 {name} 应为 longtext",
        "the body field {name} must be longtext",
    ),
    "unknown_field": ("{where}：没有字段 {name}", "{where}: there is no field {name}"),
    "unknown_state": ("{where}：没有状态 {name}", "{where}: there is no state {name}"),
    "unknown_command": ("{where}：没有步骤 {name}", "{where}: there is no step {name}"),
    "unknown_name": ("{where}：公式里没有 {name} 这个名称", "{where}: no name {name} in a formula"),
    "auto_input": (
        "{where}：字段 {name} 由 pmcli 填写，不能要求输入",
        "{where}: the field {name} is written by pmcli and cannot be asked for",
    ),
    "two_ways": (
        "{where}：状态 {name} 有两条走法，分不清用哪条",
        "{where}: two rows leave the state {name}, and there is no telling which is meant",
    ),
    "gives_unknown": (
        "{where}：{forms} 没有字段 {name}",
        "{where}: {forms} has no field {name}",
    ),
    "leaves_final": (
        "{where}：终态 {name} 不能再有步骤",
        "{where}: nothing leaves the final state {name}",
    ),
    "no_new": ("缺少步骤 new", "the step new is missing"),
    "new_has_no_from": ("new 没有 from", "new has no from"),
    "new_wants_state": ("new 的 to 应为一个状态", "new must lead to a state"),
    "unreachable_state": ("没有步骤能到达状态 {name}", "no step reaches the state {name}"),
    "dead_end": (
        "状态 {name} 不是终态，却没有任何步骤",
        "the state {name} is not final, yet no step leaves it",
    ),
    "need_wants": (
        "needs 的每一条须有 give、any_of、one_of 之一，或 if 加 say",
        "each of needs has one of give, any_of, one_of, or if with say",
    ),
    "guard_wants": ("guard 的每一条须有 if 或 none 之一", "each guard has either if or none"),
    "clock_wants": ("时限须有 within 或 at", "a clock wants within or at"),
    "part_wants": ("版式的每一部分须有以下之一：{kinds}", "each part has one of: {kinds}"),
    "bad_duration": (
        "{where}：“{value}”不是时长或数目",
        "{where}: “{value}” is no duration or number",
    ),
    "formula_fails": ("公式“{source}”有误：{reason}", "the formula “{source}” fails: {reason}"),
    "lets_too_many": ("最多 {most} 个命名公式", "at most {most} named formulas"),
    "jinja_too_much": (
        "要做的太多（循环、重复、宽度或嵌套超出限度）",
        "it would do too much (loops, repetition, widths or nesting beyond bounds)",
    ),
    "jinja_twice": ("{what} 写了两次", "{what} is given twice"),
    "jinja_not_here": ("这里不能用 {what}", "{what} is not allowed here"),
    "jinja_calls": (
        "只能调用 docs/forms.md 里的函数",
        "only the functions of docs/forms.md can be called",
    ),
    "jinja_arguments": (
        "参数须合于 {call}（{gives}）",
        "the arguments do not fit {call} ({gives})",
    ),
    "jinja_no_filter": ("没有过滤器 {name}", "no filter named {name}"),
    "jinja_no_test": ("没有判断 {name}", "no test named {name}"),
    "jinja_no_field": ("没有字段 {name}", "no field named {name}"),
    "jinja_numbers_only": ("{what} 只用于数字", "{what} works on numbers only"),
    "jinja_round": ("最多保留 {most} 位小数", "round to at most {most} places"),
    "jinja_format": ("% 后的格式写法有误", "malformed format after %"),
    "jinja_long": ("超过 {most} 个字符", "longer than {most} characters"),
    "jinja_parts": ("超过 {most} 个部分", "more than {most} parts"),
    "jinja_more": ("不止一个公式", "more than one expression"),
    "jinja_none": ("不是公式", "not an expression"),
    "jinja_too_deep": ("嵌套过深或引用自身", "nested too deeply, or it uses itself"),
    "jinja_no_file": (
        "在模板目录中找不到文件 {name}（链接不得指向目录之外）",
        "the folder of templates has no file {name} (a link may not lead out of it)",
    ),
    "forms_fine": ("{count} 种表单，没有问题。", "{count} forms, no faults."),
    "forms_faults": ("表单有 {count} 处问题：", "{count} faults in forms:"),
    "ejected": (
        "已复制到 {path}，可以修改。改好后运行 pmcli forms check。",
        "Copied to {path}; change it, then run pmcli forms check.",
    ),
    "eject_exists": ("{path} 已存在，未覆盖。", "{path} is there already and was left."),
    "forms_fields": ("字段", "Fields"),
    "forms_states": ("状态与步骤", "States and steps"),
    "forms_steps": ("步骤", "Steps"),
    "forms_clocks": ("时限", "Deadlines"),
    "forms_refusals": ("不予办理的情形", "Refused when"),
    "forms_prints": ("打印版式", "Prints"),
    "forms_from_office": ("本办公室", "office"),
    "forms_built_in": ("内置", "built in"),
    "column_form": ("表单", "Form"),
    "column_title": ("名称", "Title"),
    "column_prefix": ("前缀", "Prefix"),
    "column_document": ("文件编号", "Document"),
    "column_origin": ("来源", "From"),
    "column_field": ("字段", "Field"),
    "column_label": ("标签", "Label"),
    "column_type": ("类型", "Type"),
    "column_marks": ("说明", "Marks"),
    "column_step": ("步骤", "Step"),
    "column_role": ("岗位", "Role"),
    "column_inputs": ("输入（* 必填）", "Inputs (* required)"),
    "column_clock": ("时限", "Clock"),
    "column_figure": ("数额", "Figure"),
    "column_source": ("依据", "Source"),
    "mark_required": ("登记必填", "required"),
    "mark_private": ("个人信息", "private"),
    "mark_auto": ("自动填写", "written by pmcli"),
    "mark_body": ("正文", "body"),
}
