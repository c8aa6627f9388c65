"""Sentences: the program and the office."""

from __future__ import annotations

SENTENCES: dict[str, tuple[str, str]] = {
    "ending_unknown": (
        "写不出 {file} 这种文件；可写的格式：{formats}",
        "cannot write a file like {file}; formats: {formats}",
    ),
    # The program
    "help_root": (
        "物业客服中心的纯文本台账：登记、派单、回访、打印，全程留痕。",
        "The front desk of a property office in plain files: record, dispatch, follow up, print.",
    ),
    "help_office": (
        "办公室目录（默认为最近的含 office.yaml 的上级目录）",
        "the office's directory (default: the nearest parent with office.yaml)",
    ),
    "help_version": ("显示版本", "show the version"),
    "help_by": (
        "办理人（默认为本机登记的人员）",
        "who acts (default: the person this desk is set to)",
    ),
    "help_at": (
        "实际发生时间，如 9:30 或 2026-03-05 9:30（默认现在）",
        "when it happened, as 9:30 or 2026-03-05 9:30 (default: now)",
    ),
    "help_format": ("输出格式", "output format"),
    "help_list": ("列出单据，逾期的在前", "list records, overdue ones first"),
    "help_open": ("只列未办结的", "only those not closed"),
    "help_state": ("只列这一状态的（可多次给出）", "only those in this state (may be repeated)"),
    "help_unit": ("只列这个房号的", "only those of this unit"),
    "help_since": ("登记日期不早于", "created on or after"),
    "help_until": ("登记日期不晚于", "created on or before"),
    "help_changed_since": (
        "这一天起有过变动的（办理、更正、关联都算）",
        "to which anything has happened since this day",
    ),
    "help_keeper": ("只列这个人跟进的", "only those this person has now"),
    "help_text": (
        "只列写有这些词的；加 --reveal 才查姓名、电话等保密内容",
        "only those with these words; private fields are searched with --reveal only",
    ),
    "help_where": (
        "条件公式，如 \"urgency == 'urgent'\"",
        "a formula, as \"urgency == 'urgent'\"",
    ),
    "help_incomplete": (
        "只列资料不全的，并说明缺什么",
        "only incomplete ones, naming what is missing",
    ),
    "help_overdue": (
        "只列逾期的，如到期该撤除的",
        "only overdue ones, such as what is to be taken down",
    ),
    "help_sort": ("按此字段排序，前加 - 为倒序", "sort by this field, with - before it descending"),
    "help_columns": ("要显示的字段，用逗号隔开", "the fields to show, separated by commas"),
    "help_limit": ("最多列出几条", "how many at most"),
    "help_as_of": ("按某日结束时的台账列出", "as the book stood at the end of that day"),
    "help_reveal": ("显示完整姓名和电话", "show names and phones in full"),
    "help_reveal_text": (
        "文字里的姓名、电话也不遮",
        "show names and phones in texts in full too",
    ),
    "help_output": ("写入文件", "write to a file"),
    "help_show": ("查看一张单据", "show one record"),
    "help_print": ("打印单据或空白表", "print a record or an empty form"),
    "help_theme": (
        "张贴件的版式：house 通用、gbt9704 公文",
        "how a notice is set: house or gbt9704",
    ),
    "help_letterhead": (
        "版头印本处名称、地址、电话",
        "head the page with the office's name, address and phone",
    ),
    "help_layout": ("版式（默认第一种）", "layout (default: the first)"),
    "help_month": ("月份，用于汇总表", "the month, for summaries"),
    "help_date": ("日期，用于登记表", "the day, for registers"),
    "help_public": ("对外张贴：不含个人信息", "for a wall: without personal data"),
    "help_init": ("建立新的办公室目录", "make a new office"),
    "help_init_name": ("办公室全称", "the office's full name"),
    "help_init_community": ("小区名称", "the community's name"),
    "help_init_phone": ("办公电话", "the office's phone number"),
    "help_init_address": ("地址", "the address"),
    "help_init_desk": ("本机台号，A 至 Z", "this desk's letter, A to Z"),
    "help_init_staff": (
        "人员及岗位，如 张敏:reception 或 周洁:reception,finance（可多次给出）",
        "a person and roles, as 张敏:reception or 周洁:reception,finance (may be repeated)",
    ),
    "help_init_language": ("语言：zh 或 en", "language: zh or en"),
    "help_desk": ("查看或设定本机台号", "show or set this desk's letter"),
    "help_demo": (
        "演示：一个虚构办公室的一天",
        "a day of a fictional office",
    ),
    "help_history": (
        "一张单据的全部经过及存证",
        "everything that happened to a record, with proof",
    ),
    "help_check": ("检查办公室目录有无问题", "look for problems in the office's folder"),
    "help_forms": ("查看、检查、取出表单", "show, check and eject forms"),
    "help_forms_list": ("列出全部表单", "list all forms"),
    "help_forms_show": ("一种表单的字段、状态与步骤", "a form's fields, states and steps"),
    "help_forms_check": ("检查表单文件", "check form files"),
    "help_forms_eject": (
        "把内置表单复制到本办公室的 forms/ 以便修改",
        "copy a built-in form to the office's forms/ to change it",
    ),
    "help_forms_schema": (
        "供编辑器用的 JSON Schema：office、form 或 template",
        "a JSON Schema for your editor: office, form or template",
    ),
    "nothing_written": ("未写入任何内容。", "Nothing was written."),
    "interrupted": ("已中断，未写入任何内容。", "Interrupted; nothing was written."),
    "usage_wrong": ("用法有误：{words}", "Wrong usage: {words}"),
    "try_help": ("用法见：{command} --help", "For usage: {command} --help"),
    "no_option": ("没有选项 {option}。", "There is no option {option}."),
    "no_option_near": (
        "没有选项 {option}，是否指 {near}？",
        "There is no option {option}; did you mean {near}?",
    ),
    "option_wants_value": ("选项 {option} 后面须有内容。", "The option {option} wants a value."),
    "option_takes_no_value": (
        "选项 {option} 后面不带内容。",
        "The option {option} takes no value.",
    ),
    "too_many_arguments": ("多出了：{words}", "This is one too many: {words}"),
    "missing_argument": ("请给出 {name}。", "Give {name}."),
    "no_command": (
        "没有命令或表单“{name}”。命令：{commands}。表单：{forms}。",
        "There is no command or form “{name}”. Commands: {commands}. Forms: {forms}.",
    ),
    "no_step": (
        "{form}没有步骤“{name}”。可用：{commands}。",
        "{form} has no step “{name}”. There are: {commands}.",
    ),
    # The office
    "no_office": (
        "这里不是办公室目录（没有 office.yaml）。请先进入办公室目录，或用 pmcli init 建立。",
        "This is no office (there is no office.yaml). Go to the office's directory, or make one "
        "with pmcli init.",
    ),
    "no_office_at": ("{path} 里没有 office.yaml。", "There is no office.yaml in {path}."),
    "no_repository": (
        "{path} 不是 git 仓库，无法留痕。请用 pmcli init 建立办公室，或恢复其中的 .git。",
        "{path} is no git repository, so nothing can be kept. Make the office with pmcli init, or "
        "restore its .git.",
    ),
    "no_git": (
        "找不到 git。请先安装 git（https://git-scm.com），再重试。",
        "git is not found. Install it (https://git-scm.com) and try again.",
    ),
    "git_failed": ("git 未能完成：{words}", "git failed: {words}"),
    "file_failed": ("无法读写 {path}：{words}", "Cannot read or write {path}: {words}"),
    "repository_busy": (
        "仓库正处于 {what} 当中。请先完成或放弃它，再重试；未写入任何内容。",
        "The repository is in the middle of a {what}. Finish or abort it first; nothing was written.",
    ),
    "no_branch": (
        "仓库不在任何分支上。请先切换回分支（git switch main）；未写入任何内容。",
        "The repository is on no branch. Switch to one first (git switch main); nothing was written.",
    ),
    "locked": (
        "另一条 pmcli 命令正在写入，请稍后重试；未写入任何内容。",
        "Another pmcli command is writing. Try again shortly; nothing was written.",
    ),
    "git_locked": (
        "别的程序正占用着仓库（{path}，已 {seconds} 秒），未写入任何内容。请等它结束再重试；"
        "如确定没有程序在用 git，再删去此文件。",
        "Another program holds the repository ({path}, for {seconds} s); nothing was written. Wait "
        "for it to end and try again; remove this file only when no program is using git.",
    ),
    "journal_damaged": (
        "上一条命令中断时的记录已损坏，无法据此恢复，已另存为 {path}。"
        "请用 pmcli check 逐一核对与最近提交不同的文件，再用 pmcli save 保存或用 git 还原。",
        "The note of a command that was cut off is damaged, so nothing can be recovered by it; it "
        "is kept as {path}. Look at each file that differs from the newest commit (pmcli check), "
        "then take it in with pmcli save or put it back with git.",
    ),
    "object_lost": (
        "git 仓库里的对象 {name} 已丢失或损坏，未写入任何内容。请从备份或别的克隆恢复 .git。",
        "The object {name} of the git repository is lost or damaged; nothing was written. Restore "
        ".git from a backup or another clone.",
    ),
    "hook_changed": (
        "本仓库的 git 钩子改动或漏掉了要提交的文件，已撤回，未写入任何内容：{paths}",
        "A git hook of this repository changed or left out files to be committed; all was put back "
        "and nothing is written: {paths}",
    ),
    "branch_moved": (
        "有人同时在本仓库提交了别的改动，未写入任何内容。请重试。",
        "Somebody else committed to this repository meanwhile; nothing was written. Try again.",
    ),
    "edited_by_hand": (
        "{path} 在 pmcli 之外被改动过，为免覆盖，未写入任何内容。请先用 pmcli save 收下这些改动。",
        "{path} was changed outside pmcli, so nothing was written over it. Take the changes in "
        "with pmcli save first.",
    ),
    "file_in_the_way": (
        "{path} 已被占用，未写入任何内容。请运行 pmcli check。",
        "{path} is in the way, so nothing was written. Run pmcli check.",
    ),
    "reads_back_differently": (
        "{path} 写出后读回的内容不一致，未写入。这是程序的错误，请报告。",
        "{path} would not read back as written, so it was not. This is a bug; please report it.",
    ),
    "staff_unnamed": (
        "提醒：office.yaml 尚未列出人员，目前任何人可办任何岗位的事。",
        "Reminder: office.yaml names no staff yet, so anybody may act in any role.",
    ),
    "no_actor": (
        "不知道由谁办理：请给出 --by 姓名，或设定 git config user.name。",
        "It is not known who acts: give --by NAME, or set git config user.name.",
    ),
    "by_from_git": (
        "此姓名取自 git 的 user.name；请给出 --by 姓名。",
        "This name is git's user.name; give --by NAME.",
    ),
    "by_given": ("请核对 --by。", "Check --by."),
    "not_on_staff": (
        "“{name}”不在人员名单上。名单：{names}。",
        "“{name}” is not on the staff list. It has: {names}.",
    ),
    "unknown_role": (
        "没有岗位“{role}”。可用：{roles}。",
        "There is no role “{role}”. There are: {roles}.",
    ),
    "no_zone": ("没有时区“{zone}”。", "There is no time zone “{zone}”."),
    "bad_pattern": ("房号格式“{pattern}”不是正则表达式。", "“{pattern}” is no regular expression."),
    "init_exists": (
        "{path} 已存在且不为空。请换一个目录。",
        "{path} exists and is not empty. Choose another directory.",
    ),
    "init_remains": (
        "{path} 里有一次中断的 pmcli init 留下的内容，还有不属于它的：{names}。"
        "请把后者移到别处，再重新运行同一条 pmcli init。",
        "{path} holds what a pmcli init that was cut off left, and what is not its own: {names}. "
        "Move that elsewhere and run the same pmcli init again.",
    ),
    "init_unfinished": (
        "{path} 的办公室没有建完（pmcli init 中断了）。请重新运行同一条 pmcli init。",
        "The office in {path} was not made whole (pmcli init was cut off). Run the same pmcli init "
        "again.",
    ),
    "init_text": (
        "{key} 应为一行文字，不超过 200 字；收到“{value}”。",
        "{key} is one line of at most 200 characters; got “{value}”.",
    ),
    "init_staff_form": (
        "--staff 应写作 姓名:岗位，如 张敏:reception；收到“{value}”。",
        "--staff is NAME:ROLE, as 张敏:reception; got “{value}”.",
    ),
    "init_done": (
        "已建立 {name}：{path}（台号 {desk}）。下一步：cd {path}，再用 pmcli forms 看有哪些表单。",
        "Made {name}: {path} (desk {desk}). Next: cd {path}, then pmcli forms for the forms there are.",
    ),
    "init_actor": (
        "不写 --by 时，本机的办理人是 {name}（git config user.name 可改）。",
        "Without --by, {name} acts at this desk (git config user.name changes it).",
    ),
    "bad_desk": (
        "台号应为 A 至 Z 的一个字母；收到“{value}”。",
        "A desk is one letter, A to Z; got “{value}”.",
    ),
    "desk_is": ("本机台号：{desk}", "This desk: {desk}"),
}
