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
    "template_fails": ("模板有误：{reason}", "the template fails: {reason}"),
}
