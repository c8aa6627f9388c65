"""Sentences: printed pages."""

from __future__ import annotations

SENTENCES: dict[str, tuple[str, str]] = {
    "paper_weekdays": ("一 二 三 四 五 六 日", "Mo Tu We Th Fr Sa Su"),
    # Paper
    "paper_phone": ("电话 {phone}", "Tel. {phone}"),
    "paper_control": (
        "文件编号 {document}　版本 {version} 修改 {revision}",
        "Document {document}  Version {version} Revision {revision}",
    ),
    "paper_control_plain": (
        "版本 {version} 修改 {revision}",
        "Version {version} Revision {revision}",
    ),
    "paper_number": ("编号 {number}", "No. {number}"),
    "paper_period": ("期间 {begins} 至 {ends}", "Period {begins} to {ends}"),
    "paper_period_blank": ("期间 {number}", "Period {number}"),
    "paper_day": ("日期 {day}", "Date {day}"),
    "paper_sheet": ("第 {page} 页 共 {pages} 页", "Page {page} of {pages}"),
    "paper_watermark": ("【{words}】", "[ {words} ]"),
    "paper_pair": ("{label}：{value}", "{label}: {value}"),
    "paper_copies": ("一式 {count} 份", "{count} copies"),
    "paper_sign_date": ("______ 年 __ 月 __ 日", "Date ______________"),
    "paper_tick": ("□{choice}", "□{choice}"),
    "paper_blank_flag": ("□是　□否", "□yes  □no"),
    "paper_blank_date": ("　　　年　　月　　日", "____-__-__"),
    "paper_blank_datetime": ("　　年　月　日　：　", "____-__-__ __:__"),
    "paper_blank_money": ("　　　　　　元", "________ yuan"),
    "paper_steps": ("办理经过", "Steps"),
    "paper_step_name": ("步骤", "Step"),
    "paper_step_who": ("办理人", "By"),
    "paper_step_when": ("时间", "When"),
    "paper_step_since": ("距上一步", "Since the step before"),
    "paper_step_because": ("{step}（{reason}）", "{step} ({reason})"),
    "elapsed_minutes": ("{minutes} 分钟", "{minutes} min"),
    "elapsed_hours": ("{hours} 小时 {minutes} 分钟", "{hours} h {minutes} min"),
    "elapsed_days": ("{days} 天 {hours} 小时", "{days} d {hours} h"),
    "paper_total": ("合计", "Total"),
    "paper_not_filled": ("未填", "not given"),
    "paper_none": ("无", "none"),
    "paper_rate_name": ("指标", "Rate"),
    "paper_rate_top": ("分子", "Numerator"),
    "paper_rate_bottom": ("分母", "Denominator"),
    "paper_rate_rate": ("比率", "Result"),
    "no_layouts": ("{form}没有打印版式。", "{form} has no print layout."),
    "layout_wants_number": (
        "版式 {layout} 须给出单据编号：pmcli {form} print 编号；空白表用 --layout blank。",
        "The layout {layout} wants a number: pmcli {form} print ID; for an empty form --layout blank.",
    ),
    "layout_wants_period": (
        "版式 {layout} 须给出 --month 2026-03 或 --date 2026-03-05 之一。",
        "The layout {layout} wants either --month 2026-03 or --date 2026-03-05.",
    ),
    "layout_takes_no_number": (
        "版式 {layout} 汇总一段时间，不用编号，请给出 --month 或 --date。",
        "The layout {layout} covers a period and takes no number; give --month or --date.",
    ),
    "layout_takes_no_period": (
        "版式 {layout} 打印一张单据，不用 --month 或 --date。",
        "The layout {layout} prints one record and takes no --month or --date.",
    ),
    "layout_not_yet": (
        "尚不具备打印{title}的条件",
        "the record is not where “{title}” can be printed",
    ),
    "not_a_month": (
        "--month 应为年月，如 2026-03；收到“{value}”",
        "--month is a month, as 2026-03; got “{value}”",
    ),
    "folder_not_writable": (
        "不能在文件夹 {path} 里写文件",
        "no file can be written in the folder {path}",
    ),
    "help_for_each": (
        "表格的每一行起草一份，列名是变量名；全部打印到一个文件",
        "draft one for each row of a table whose columns are variables; print all to one file",
    ),
    "help_batch": ("同一张表格起草的全部", "all that were drafted from one table"),
    "batch_drafting": ("起草", "drafting"),
    "batch_taking": ("办理", "working"),
    "batch_printing": ("排版", "setting"),
    "batch_row": ("第 {row} 行：{reason}", "row {row}: {reason}"),
    "batch_wants_template": (
        "--for-each 须写明模板，不能用于自拟文字",
        "--for-each wants a template and does not work for a free text",
    ),
    "batch_no_header": (
        "前 {count} 行里没有找到列名；应有：{wanted}",
        "no headers in the first {count} rows; wanted are {wanted}",
    ),
    "batch_two_columns": ("有两列都是{field}", "two columns say {field}"),
    "batch_lacks": (
        "表格缺少列：{fields}；现有：{seen}",
        "columns are missing: {fields}; there are {seen}",
    ),
    "batch_no_rows": ("表格里没有数据行", "the table has no rows"),
    "batch_done": (
        "{file}：新拟 {new} 份，原有 {kept} 份，共印 {printed} 份",
        "{file}: {new} drafted, {kept} there already, {printed} printed",
    ),
    "batch_unused": ("没有用到的列：{headers}", "columns not used: {headers}"),
    "batch_repeated": (
        "第 {row} 行与第 {first} 行相同，只拟一份",
        "row {row} repeats row {first} and was drafted once",
    ),
    "batch_not_printed": (
        "{count} 份已作废或不能打印，没有印：{numbers}",
        "{count} are void or may not be printed and were left out: {numbers}",
    ),
    "batch_told": ("{count} 份（如 {first}）：{words}", "{count} (as {first}): {words}"),
    "batch_next": (
        "下一步：整批送审、批准，再打印正式件：submit、approve、print，都可写 --batch {file}",
        "Next: submit, approve and print them all with --batch {file}",
    ),
    "batch_none": (
        "没有由 {name} 起草、可以{step}的单据",
        "nothing drafted from {name} is where “{step}” is possible",
    ),
    "output_wants_for_each": ("-o 只与 --for-each 同用", "-o goes with --for-each only"),
    "step_wants_number": (
        "请写编号，或用 --batch 写表名：pmcli {form} {command} 编号",
        "give a number, or a table's name with --batch: pmcli {form} {command} ID",
    ),
    "batch_or_number": ("编号与 --batch 只能写一样", "give either a number or --batch"),
    "batch_taken": ("{step}：{count} 份", "{step}: {count}"),
    "help_verify": (
        "核对打印件与单据是否一致；纸上的可写编号和指纹",
        "whether a print still says what its record says; of paper, give number and code",
    ),
    "verify_holds": ("{id} 一致：{why}", "{id} matches: {why}"),
    "verify_fails": ("{id} 不一致：{why}", "{id} does not match: {why}"),
    "verify_no_fingerprint": (
        "尚未批准，没有指纹可核对",
        "it is not approved, there is no fingerprint yet",
    ),
    "verify_record_changed": (
        "单据的文字在批准后有改动",
        "the record's text has changed since it was approved",
    ),
    "verify_record_holds": (
        "文字与批准时相同，指纹 {code}",
        "the text is as it was approved, fingerprint {code}",
    ),
    "verify_code_holds": ("指纹 {code} 与单据相符", "the fingerprint is the record's, {code}"),
    "verify_file_holds": (
        "文件里的文字与单据相同，指纹 {code}",
        "the file says what the record says, fingerprint {code}",
    ),
    "verify_code_differs": (
        "纸上指纹 {code}，单据指纹 {held}",
        "the paper says {code}, the record {held}",
    ),
    "verify_code_short": (
        "指纹至少写前 {count} 位",
        "give at least the first {count} characters of the fingerprint",
    ),
    "verify_code_with_file": (
        "核对文件时不用再写指纹",
        "a file carries its fingerprint; give none",
    ),
    "verify_no_record": ("本处没有这张单据", "there is no such record here"),
    "verify_sample": ("是样稿，尚未批准", "it is a sample, printed before it was approved"),
    "verify_text_differs": (
        "文件里的文字与单据不同（文件/单据）：{where}",
        "the file's text is not the record's (file / record): {where}",
    ),
    "verify_no_mark": (
        "{file} 里没有编号和指纹；照纸上所印，写 verify 编号 指纹",
        "{file} carries no number and fingerprint; type them from the paper: verify ID CODE",
    ),
    "verify_unreadable": ("读不了 {file}：{words}", "{file} cannot be read: {words}"),
    "verify_no_pdf": ("{file} 不是可读的 PDF", "{file} is no PDF that can be read"),
    "no_chinese_type": (
        "本机没有可用的中文字体；请安装任一中文字体，或运行 pip install pylopdf-fonts-zh-cn",
        "this machine has no Chinese font; install one, or run pip install pylopdf-fonts-zh-cn",
    ),
    "typesetting_fails": (
        "排版失败：{reason}；可先用 --format html 或 docx 打印，并告诉管电脑的人",
        "the typesetter failed: {reason}; print with --format html or docx, and tell who looks after the computer",
    ),
    "face_missing": (
        "本机没有{faces}，以其他中文字体代替",
        "no font for {faces} here; another Chinese font stands for it",
    ),
    "characters_missing": (
        "字体缺字，纸上会是空框，请手写补上或另装字体：{characters}",
        "no font here has these, the paper shows empty boxes; write them by hand or install a font: {characters}",
    ),
    "face_title": ("小标宋", "Xiaobiaosong (titles)"),
    "face_fangsong": ("仿宋", "Fangsong"),
    "face_kai": ("楷体", "Kaiti"),
    "face_hei": ("黑体", "Heiti"),
    "face_song": ("宋体", "Songti"),
    "template_fails": ("模板有误：{reason}", "the template fails: {reason}"),
}
