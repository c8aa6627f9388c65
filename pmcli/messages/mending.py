"""Sentences of second thoughts: edit, save, undo, check --fix."""

from __future__ import annotations

SENTENCES: dict[str, tuple[str, str]] = {
    # edit
    "help_edit": (
        "更正一张单据里录错的内容：写明哪一项改成什么；在终端里不写，就逐项问",
        "correct what was entered wrongly: say which field becomes what; at a terminal, be asked",
    ),
    "help_edit_reason": (
        "更正的原因；已签字、收款或发布的单据必填",
        "why it is corrected; due once the record was signed, paid or put up",
    ),
    "help_edit_linked": (
        "相关联的未结单据里写着同样内容的，一并更正",
        "correct linked open records that say the same as well",
    ),
    "help_edit_file": (
        "在编辑器（$VISUAL 或 $EDITOR）里改单据的文本",
        "change the record's text in $VISUAL or $EDITOR",
    ),
    "edit_wants_field": (
        "请写明 {id} 的哪一项改成什么：{options}；或用 --file 在编辑器里改",
        "say which field of {id} becomes what: {options}; or use --file for the editor",
    ),
    "edit_file_or_fields": (
        "--file 不能与各项的新内容一起给",
        "--file and new values do not go together",
    ),
    "edit_wants_role": (
        "{what}只能由{roles}更正，{actor} 不能",
        "{what} is corrected by {roles} only, not by {actor}",
    ),
    "edit_sealed": (
        "{what}已签字、收款或发布，只能由{roles}更正，{actor} 不能",
        "{what}: signed, paid or put up; only {roles} may correct it, not {actor}",
    ),
    "edit_wants_reason": ("请写明更正的原因：{field}", "say why it is corrected: {field}"),
    "edit_stands": ("{field}已经定了，不能再更正", "{field} stands and is not corrected any more"),
    "edit_made_so": (
        "{field}是从 {id} 开出本单时定的，不能改",
        "{field} was given when {id} made this record and stays",
    ),
    "edit_by_step": (
        "{field}由 {step} 登记，请办理那一步",
        "{field} is given with {step}; take that step",
    ),
    "of_other": ("{id}：{said}", "{id}: {said}"),
    "edit_alike": (
        "提醒：{id}（{title}）里也写着原来的 {fields}，没有改；要一并更正，请加 --linked",
        "Reminder: {id} ({title}) still has the old {fields}; --linked corrects it as well",
    ),
    "edit_outdated": (
        "提醒：{id}（{title}）的 {fields} 是照原来的内容得出的，现不能随之更正，请另行处理",
        "Reminder: {fields} of {id} ({title}) came from the old values and cannot follow; see to it",
    ),
    "edit_wanted": (
        "提醒：按更正后的内容，{step} 时还应开出{form}，现在没有，请补办",
        "Reminder: with the corrected values, {step} makes a {form}, and there is none; see to it",
    ),
    "edit_left_over": (
        "提醒：按更正后的内容，不再需要 {id}（{form}），请另行处理",
        "Reminder: with the corrected values, {id} ({form}) is not wanted any more; see to it",
    ),
    "save_waits": (
        "{ids} 也要跟着改，但那里有没能保存的手工修改；先改好它们再一起保存",
        "{ids} would change with it and has changes that cannot be saved; mend those first",
    ),
    "edit_title": ("更正 {form} {id}（{state}）", "Correct {form} {id} ({state})"),
    "edit_which": (
        "更正哪一项（序号，可多选；回车＝不改了）",
        "Which one (numbers, several may be chosen; Enter: leave it)",
    ),
    "edit_closed": (
        "单据{state}，内容不能再改",
        "the record is {state} and its contents stay",
    ),
    "edit_more": (
        "再改哪一项（序号；回车＝不再改）",
        "Which one is to be different still (numbers; Enter: none)",
    ),
    "edit_confirm_hint": (
        "（回车＝是；要改哪一项写序号或名称，n 列出各项）",
        "(Enter: yes; to change one, its number or label, or n for the list)",
    ),
    "retype_rows": (
        "{field}：改哪一行（序号，可多选；回车＝就这些）",
        "{field}: which row (numbers, several may be chosen; Enter: that is all)",
    ),
    "retype_one_more": ("加一行", "one more row"),
    "edit_change": (
        "改哪一项（序号；回车＝不改了）",
        "Which one is to be different (numbers; Enter: leave it)",
    ),
    "edit_also": (
        "{id}（{title}）里也写着原来的 {fields}",
        "{id} ({title}) has the old {fields} too",
    ),
    "edit_also_ask": ("这 {count} 张一并更正", "Correct these {count} as well"),
    "edit_line": ("{id}  {field}：{old} → {new}", "{id}  {field}: {old} → {new}"),
    "edit_confirm": ("就这样更正", "Correct it so"),
    "edit_yes_no": ("（回车＝是，n＝否）", "(Enter: yes, n: no)"),
    "history_changed": ("{field}（已改）", "{field} (changed)"),
    "history_changed_from": ("{field} {old}→{new}", "{field} {old}→{new}"),
    "history_empty": ("（空）", "(empty)"),
    "history_mend": ("修复", "mended"),
    "history_unproved": (
        "提醒：有 {count} 条经过找不到证明它的提交，可能在提交之后被改动过。",
        "Reminder: {count} entries have no commit that proves them; they may have been changed.",
    ),
    "check_not_by_history": (
        "{field}与经过里的记载不符，可能是在 pmcli 之外改动的",
        "{field} is not what the history says; it may have been changed outside pmcli",
    ),
    "check_event_changed": (
        "经过里 {command} 一条（{name}）在写下之后被改动过",
        "the entry {command} ({name}) of the history was changed after it was written",
    ),
    "undo_unclear": (
        "最近一次改动单据的提交 {commit}（{subject}）不是 pmcli 写的，分不清最后一步是哪一步；请写明编号："
        "pmcli undo 编号",
        "the newest commit that changed records, {commit} ({subject}), was not written by pmcli, so "
        "the last step is not clear; name the record: pmcli undo NUMBER",
    ),
    "help_edit_note": ("备注，记入经过", "a note, kept in the history"),
    "history_edit": ("手工修改", "edit"),
    "edit_no_editor": (
        "没有设定编辑器。请设定环境变量 EDITOR，例如 export EDITOR=nano。",
        "No editor is set. Set the variable EDITOR, for example export EDITOR=nano.",
    ),
    "edit_editor_fails": (
        "编辑器 {editor} 没有正常结束（{words}），单据未作改动。",
        "The editor {editor} did not end well ({words}); the record was left as it was.",
    ),
    "edit_exit_code": ("返回 {code}", "exit code {code}"),
    "edit_unchanged": ("{id} 没有改动。", "{id}: nothing changed."),
    "edit_unsaved": (
        "{path} 已在 pmcli 之外改过，还没有存下。请先运行 pmcli save {id}，或用 git 还原该文件。",
        "{path} was changed outside pmcli and not saved. Run pmcli save {id} first, or restore the "
        "file with git.",
    ),
    "edit_meanwhile": (
        "{id} 在您修改期间被别人改过，这次没有存。请重新打开再改。",
        "{id} was changed by somebody else meanwhile, so nothing was saved. Open it again.",
    ),
    "edit_kept": ("您写的内容留在 {path}。", "What you wrote is kept in {path}."),
    "edit_again": ("回车：重新打开编辑器；n：放弃", "Enter: open the editor again; n: give up"),
    "edit_done": ("{id}  {title}：已修改 {fields}", "{id}  {title}: changed {fields}"),
    "edit_done_text": (
        "{id}  {title}：已保存，各项内容未变",
        "{id}  {title}: saved, no value changed",
    ),
    "edit_unknown": (
        "提醒：表单里没有这些项目，已照样保存，请核对是否写错：{keys}",
        "Reminder: the form does not know these keys; they were saved, but look for slips: {keys}",
    ),
    "edit_of_pmcli": (
        "{field}（{key}）由 pmcli 填写，不能手改，请改回原样",
        "{field} ({key}) is written by pmcli and not edited; put it back",
    ),
    "edit_history": (
        "经过（history）只能由 pmcli 续写，请改回原样",
        "the history is written by pmcli and only grows; put it back",
    ),
    "edit_append_only": (
        "{field}只增不改，已写下的不能动",
        "{field} only grows; what stands there stays",
    ),
    "edit_final": (
        "{field}：单据{state}，内容不能再改，请改回原样",
        "{field}: the record is {state} and its contents stay; put it back",
    ),
    "edit_words": (
        "{field}是原话，登记之后不改，请改回原样；要补充请写备注 --note",
        "{field} is in the owner's words and stays as recorded; put it back and use --note",
    ),
    "edit_auto_columns": (
        "{field}里由 pmcli 填写的几列不能手改，请改回原样",
        "{field} has columns that pmcli fills in; put those back",
    ),
    "edit_row_lacks": ("{field}的一行缺少 {columns}", "a row of {field} lacks {columns}"),
    "edit_taken_out": (
        "{field}是办理{step}时必填的，可以改，不能删",
        "{field} was required for {step}: it may be changed, not taken out",
    ),
    "edit_needs": ("这样改之后缺少 {fields}", "with this change, {fields} is missing"),
    # save
    "help_save": (
        "保存在 pmcli 之外做的修改：合格的提交，不合格的逐个说明",
        "commit changes made outside pmcli: valid ones are committed, others explained",
    ),
    "save_nothing": ("没有需要保存的改动。", "There is nothing to save."),
    "save_file": ("{path}：已保存", "{path}: saved"),
    "save_left": ("以下 {count} 处没有保存：", "{count} were not saved:"),
    "save_new_record": (
        "不是由 pmcli 登记的文件，没有保存；请用 new 登记，再删去此文件",
        "was not made by pmcli and is left; record it with new and remove this file",
    ),
    "save_no_record": ("不是单据，没有保存", "is no record and is left"),
    "save_name": (
        "文件名里有别的电脑写不出的字符，没有保存；请改名",
        "has letters in its name that other computers cannot write, and is left; rename it",
    ),
    "save_link": (
        "是指向别处的链接，没有保存；请把文件本身放进来",
        "is a link to somewhere else and is left; put the file itself here",
    ),
    "save_repository": (
        "是另一个 git 仓库，没有保存；请移到别处，或只留下其中的文件",
        "is a git repository of its own and is left; move it elsewhere, or keep only its files",
    ),
    "save_no_file": ("不是普通文件，没有保存", "is no plain file and is left"),
    "save_form_in_use": (
        "还有用 {name} 登记的单据，不能删去这张表单，请改回原样",
        "there are records of {name}, so its form cannot go; put it back",
    ),
    # undo
    "help_undo": (
        "撤回最近的一步：单据恢复到办理之前，经过里保留这一步和撤回的原因",
        "take back the newest step: records are as before it, their history keeps it and why",
    ),
    "help_undo_reason": ("撤回的原因 [必填]", "why it is taken back [required]"),
    "undo_nothing": (
        "没有可以撤回的步骤（{actor} 在本仓库还没有办理过什么）。",
        "There is nothing to take back: {actor} has taken no step in this repository.",
    ),
    "undo_not_a_step": (
        "最近的改动 {commit}（{subject}）不是用 pmcli 办理的一步，撤不回",
        "the newest change, {commit} ({subject}), is no step taken with pmcli",
    ),
    "undo_other_files": (
        "改动 {commit} 还涉及别的文件，撤不回：{files}",
        "the change {commit} touches other files too: {files}",
    ),
    "undo_twice": (
        "刚才已经撤回 {id} 的一步。要恢复，请重新办理那一步；要再撤回更早的，请写明编号",
        "a step on {id} was taken back just now; to have it again take the step again, and to take "
        "back an earlier one name the record",
    ),
    "undo_twice_new": (
        "{id} 已经撤回，编号不再使用。要恢复，请用 new 重新登记",
        "{id} was taken back and its number is not used again; record it anew with new",
    ),
    "undo_of_other": (
        "{id} 最近的改动是随 {main} 的 {step} 而来的；要撤回那一步，请写 pmcli undo {main}",
        "the newest change to {id} came with {step} on {main}; to take that back: pmcli undo {main}",
    ),
    "undo_import": (
        "{id} 是同一次导入的 {count} 张之一；刚导入时可用不带编号的 pmcli undo 整批撤回",
        "{id} is one of {count} imported together; pmcli undo without a number takes back an import "
        "just made",
    ),
    "undo_changed_since": (
        "{id} 之后又有改动，请先处理它",
        "{id} has changed since; see to that first",
    ),
    "undo_later_step": (
        "{id} 之后又办了 {step}，请先撤回那一步",
        "{id} has taken a later step, {step}; take that back first",
    ),
    "undo_linked": (
        "{title} {id} 与 {made} 相关联，请先处理它",
        "{title} {id} names {made}; see to that first",
    ),
    "erase_left": (
        "此人的姓名或电话还写在 {count} 张单据里：{numbers}；写在文字里的从此不再自动遮盖，请看是否改写",
        "this person's name or number still stands in {count} records: {numbers}; in their texts it is "
        "masked no more, so see whether to reword them",
    ),
    "undo_erased": (
        "{id} 的个人信息已经删除，不能恢复",
        "the personal data of {id} has been erased and cannot be brought back",
    ),
    "undo_removed": (
        "{id}  {title}：已撤回，编号不再使用",
        "{id}  {title}: taken back; its number is not used again",
    ),
    "undo_done": ("已撤回：{step}", "Taken back: {step}"),
    "history_undo": ("撤回", "undo"),
    # check
    "help_check_fix": (
        "把能稳妥修好的修好，并逐项说明",
        "mend what is safe to mend, and say each thing",
    ),
    "history_key": ("经过", "History"),
    "check_lost": (
        "{field}里有 {count} 条曾经提交（{commit}）的内容被改动或不见了；只增不改，请用 git 核对",
        "{count} entries of {field} that were once committed ({commit}) were changed or are gone; "
        "they only grow, so compare with git",
    ),
    "check_endings": (
        "换行不规范（CRLF，或末尾没有换行）",
        "has odd line endings (CRLF, or none at the end)",
    ),
    "check_follows": (
        "{field}与实际不符，应为 {wanted}",
        "{field} is not so; it should be {wanted}",
    ),
    "check_unquoted": (
        "{key} 的值没有加引号，别的程序会读成别的内容；可用 pmcli check --fix 修好",
        "the value of {key} is not quoted and other programs read it as something else; "
        "pmcli check --fix mends it",
    ),
    "mended_quotes": ("已补上引号 {path}", "Put quotes into {path}"),
    "check_attributes": ("缺少一行：{line}", "lacks a line: {line}"),
    "check_leftover": ("中断的命令留下的临时文件", "a temporary file that a killed command left"),
    "check_conflict": (
        "正处于合并冲突之中，请先用 git 处理",
        "is in a merge conflict; settle it with git first",
    ),
    "check_deleted": (
        "已从目录里删除，但还在版本记录里；可用 pmcli check --fix 找回",
        "was deleted but is in the version history; pmcli check --fix brings it back",
    ),
    "check_object": (
        "最近提交里的这个文件（git 对象 {name}）已丢失或损坏；目录里的文件不受影响，"
        "请从备份或别的克隆恢复 .git",
        "the newest commit's version of this file (git object {name}) is lost or damaged; the file "
        "in the folder is not touched by it; restore .git from a backup or another clone",
    ),
    "check_old_object": (
        "提交 {commit} 里的旧版本已丢失或损坏，无从核对；请从备份或别的克隆恢复 .git",
        "its version in the commit {commit} is lost or damaged and cannot be compared; restore "
        ".git from a backup or another clone",
    ),
    "check_lock": (
        "git 的锁已存在 {minutes} 分钟，会挡住别的操作；确定没有程序在用 git 后，请删去此文件",
        "a lock of git that has stood for {minutes} min and is in the way; when no program is using "
        "git, remove this file",
    ),
    "check_journal": (
        "中断的一条命令留下的、已损坏的记录；请核对下列未提交的文件，处理后删去此文件",
        "the damaged note of a command that was cut off; look at the files that are not committed, "
        "then remove this file",
    ),
    "mended_leftover": ("已清除 {path}", "Removed {path}"),
    "mended_deleted": ("已找回 {path}", "Brought back {path}"),
    "mended_endings": ("已规范换行 {path}", "Put the line endings right in {path}"),
    "mended_follows": ("已更正 {path} 的{field}", "Put {field} right in {path}"),
    "mended_attributes": ("已补上 {path}", "Completed {path}"),
}
