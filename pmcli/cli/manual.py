"""docs/commands.md, written from the program: every command of every built-in form.

    python -m pmcli.cli.manual docs/commands.md

Chinese comes first, the English wording behind it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pmcli.cli.help.page import SHARED, explained, head, is_help, is_needed, placeholder
from pmcli.cli.line.meaning import Asked, asked, form_of, state_to, states_from, steps_of, who
from pmcli.cli.line.session import Session, begin, current
from pmcli.cli.line.typed import Leaf
from pmcli.cli.program.app import run
from pmcli.cli.program.root import COMMANDS, Root, root
from pmcli.form.field import FieldSpec
from pmcli.form.model import Form, Transition
from pmcli.messages import LANGUAGES, Label, Sentence, Speakable, listed
from pmcli.problems import ExitCode, Want
from pmcli.store.office import load_library

if TYPE_CHECKING:
    from pmcli.messages.keys import Key

NOTES = ("reason", "note")
ANY = "FORM"
"""Stands for any form's name."""


def manual() -> str:
    """The whole page as Markdown."""
    session = begin(Session())
    session.library = load_library(None)
    names = session.library.names
    forms = [session.library.get(name) for name in names]
    lines = [
        *_heading(1, "manual_title"),
        "<!-- " + Sentence("manual_generated").text("en") + " -->",
        "",
        *_paragraphs("manual_intro"),
        *_heading(2, "manual_forms"),
        *_table(
            ("manual_form", "manual_name", "manual_steps"),
            [
                [f"[`{form.name}`](#{form.name})", _said(form.title), " ".join(_steps(form))]
                for form in forms
            ],
        ),
        *_heading(2, "manual_common"),
        *_paragraphs("manual_common_intro"),
        *_options(_shared_parameters()),
        *_heading(2, "manual_exit_codes"),
        *_table(
            ("manual_code", "manual_meaning"),
            [[str(int(code)), _both(_EXITS[code])] for code in ExitCode],
        ),
        *_paragraphs("manual_unmet"),
        *_table(
            ("manual_kind", "manual_meaning"),
            [[f"`{kind}`", _both(_UNMET[kind])] for kind in Want],
        ),
        *_heading(2, "manual_every_form"),
    ]
    for name in ("list", "show", "print", "edit"):
        lines += _command([ANY, name])
    for form in forms:
        lines += _form(form)
    lines += _heading(2, "manual_office")
    for name in COMMANDS:
        lines += _command([name])
    return "\n".join(lines).rstrip("\n") + "\n"


_EXITS: Mapping[ExitCode, Key] = {
    ExitCode.DONE: "exit_0",
    ExitCode.FINDINGS: "exit_1",
    ExitCode.USAGE: "exit_2",
    ExitCode.NOT_FOUND: "exit_3",
    ExitCode.REFUSED: "exit_4",
    ExitCode.CONFLICT: "exit_5",
    ExitCode.SYSTEM: "exit_6",
}
_UNMET: Mapping[Want, Key] = {
    Want.MISSING: "unmet_missing",
    Want.ONE_OF: "unmet_one_of",
    Want.ONLY_ONE: "unmet_only_one",
    Want.WRONG: "unmet_wrong",
    Want.VALUE: "unmet_value",
    Want.GUARD: "unmet_guard",
    Want.STATE: "unmet_state",
    Want.ROLE: "unmet_role",
    Want.PERSON: "unmet_person",
    Want.REASON: "unmet_reason",
    Want.FIXED: "unmet_fixed",
    Want.UNKNOWN: "unmet_unknown",
}


def _heading(level: int, key: Key) -> list[str]:
    return ["#" * level + " " + _both(key), ""]


def _both(key: Key, **values: object) -> str:
    return _said(Sentence(key, **values))


def _said(words: Speakable) -> str:
    """Chinese with the English behind it; once where both are the same."""
    zh, en = (words.text(language).strip() for language in LANGUAGES)
    return zh if zh == en else f"{zh} · {en}"


def _paragraphs(key: Key) -> list[str]:
    return [line for language in LANGUAGES for line in (Sentence(key).text(language), "")]


def _table(heads: Sequence[Key], rows: Iterable[Sequence[str]]) -> list[str]:
    lines = ["| " + " | ".join(_both(key) for key in heads) + " |", "|---" * len(heads) + "|"]
    for row in rows:
        lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |")
    return [*lines, ""]


def _steps(form: Form) -> list[str]:
    """The commands of a form that people take."""
    return [name for name, v in form.transitions.items() if v[0].roles != ("system",)]


def _form(form: Form) -> list[str]:
    lines = [f'<a id="{form.name}"></a>', "", f"## {form.name} {_said(form.title)}", ""]
    if form.about is not None:
        lines += [text for language in LANGUAGES for text in (form.about.text(language), "")]
    facts = [_both("manual_prefix", prefix=form.prefix)] if form.prefix else []
    facts += [_both("manual_document", number=form.document)] if form.document else []
    if form.layouts:
        names = [f"`{name}` {_said(layout.title)}" for name, layout in form.layouts.items()]
        facts.append(_both("manual_layouts") + "：" + "、".join([*names, "`blank`"]))
    states = [_choice(s.name, s.label) + " ■" * s.final for s in form.states.values()]
    facts.append(_both("manual_states") + "：" + "、".join(states))
    lines += [*(f"- {fact}" for fact in facts), ""]
    lines += [_both("manual_details", form=form.name), ""]
    for name in _steps(form):
        lines += _step(form, form.transitions[name])
    return lines


def _step(form: Form, steps: Sequence[Transition]) -> list[str]:
    name = steps[0].command
    fields = asked(form, steps)
    lines = [f"### {form.name} {name} {_said(steps[0].label)}", "", "```sh"]
    lines += [_usage([form.name, name]), "```", ""]
    for text in dict.fromkeys(_said(step.help) for step in steps if step.help is not None):
        lines += [text, ""]
    for step in steps:
        froms = [listed(states_from(form, [step]), language) for language in LANGUAGES]
        moves = Label(*froms) if froms[0] else Label("○", "○")
        lines.append(f"- {_said(moves)} → {_said(state_to(form, step))}")
    people = dict.fromkeys(tuple(who(form, step, g) for g in LANGUAGES) for step in steps)
    lines += ["- " + _both("help_who") + "：" + _said(Label(*words)) for words in people]
    lines.append("")
    own = [(n, a) for n, a in fields.items() if not a.of and n not in NOTES]
    if own:
        rows = [[*_field(a), _said(a.spec.help) if a.spec.help else ""] for _, a in own]
        if any(row[-1] for row in rows):
            lines += _table(
                (
                    "manual_option",
                    "manual_needed",
                    "manual_meaning",
                    "manual_values",
                    "manual_hint",
                ),
                rows,
            )
        else:
            heads: tuple[Key, ...] = (
                "manual_option",
                "manual_needed",
                "manual_meaning",
                "manual_values",
            )
            lines += _table(heads, [row[:-1] for row in rows])
    for forms in dict.fromkeys(a.of for a in fields.values() if a.of):
        names = [a.spec.option for a in fields.values() if a.of == forms]
        titles = [f"[{of.name} new](#{of.name}-new-{_anchor(of.new.label)})" for of in forms]
        options = "、".join(f"`{option}`" for option in names)
        lines += [_both("manual_child") + f"（{'、'.join(titles)}）：{options}", ""]
    return lines


def _anchor(label: Label) -> str:
    """What GitHub makes of a heading's label: letters, figures and hyphens."""
    text = _said(label).lower().replace(" ", "-")
    return "".join(char for char in text if char.isalnum() or char in "-_")


def _field(given: Asked) -> list[str]:
    spec = given.spec
    needed: Key | None = (
        "manual_yes" if given.required else "manual_sometimes" if given.sometimes else None
    )
    return [
        f"`{spec.option}`",
        _both(needed) if needed else "",
        _said(spec.label) + ("（" + _both("manual_many") + "）" if spec.many else ""),
        _values(spec),
    ]


def _values(spec: FieldSpec) -> str:
    """What a field may be: its choices, columns, linked forms, or its type."""
    if spec.choices:
        return "、".join(_choice(key, label) for key, label in spec.choices.items())
    if spec.columns:
        return "、".join(_choice(f"{c.name}=", c.label) for c in spec.columns.values())
    if spec.to:
        return _both("type_link") + "：" + "、".join(f"`{name}`" for name in spec.to)
    return _said(spec.kind.label)


def _choice(key: str, label: Label) -> str:
    english = "" if label.en.replace(" ", "_") == key.rstrip("=") else f" {label.en}"
    return f"`{key}` {label.zh}{english}"


def _built(language: str, path: Sequence[str]) -> Any:
    """The context of a command in a language."""
    current().language = language
    program: Root = root(run)
    context: Any = program.make_context("pmcli", [], resilient_parsing=True)
    for name in path:
        known = next(iter(current().library.names)) if name == ANY else name
        command = context.command.get_command(context, known)
        shown = Sentence("metavar_form").text(language) if name == ANY else name
        context = command.make_context(shown, [], parent=context, resilient_parsing=True)
    return context


def _usage(path: Sequence[str]) -> str:
    context = _built("zh", path)
    form, steps = form_of(context), steps_of(context)
    fields = asked(form, steps) if form is not None and steps else {}
    parameters = context.command.get_params(context)
    words = [context.command_path]
    for parameter in (p for p in parameters if p.param_type_name == "argument"):
        must = parameter.required or (steps and parameter.name == "id")
        words.append(placeholder(parameter) if must else f"[{placeholder(parameter)}]")
    options = (p for p in parameters if p.param_type_name == "option")
    return " ".join([*words, *(head(p) for p in options if is_needed(p, fields))])


def _command(path: Sequence[str]) -> list[str]:
    """A command of the program, or a group with its commands, in both languages."""
    zh, en = (_built(language, path) for language in LANGUAGES)
    texts = [context.command.help or "" for context in (zh, en)]
    lines = [f"### {zh.command_path.removeprefix('pmcli ')}", ""]
    if isinstance(zh.command, Leaf):
        lines += ["```sh", _usage(path), "```", ""]
    lines += [line for text in texts for line in [*text.split("\n"), ""] if text]
    lines += _options(zip(_own(zh), _own(en), strict=True))
    if not isinstance(zh.command, Leaf):
        current().language = "zh"
        for name in zh.command.list_commands(zh):
            lines += _command([*path, name])
    return lines


def _own(context: Any) -> list[Any]:
    return [
        p
        for p in context.command.get_params(context)
        if not is_help(p) and p.name not in SHARED and not getattr(p, "hidden", False)
    ]


def _shared_parameters() -> list[tuple[Any, Any]]:
    """Options of most commands: those of a step that are no fields, and reason and note."""
    form = next(n for n in current().library.names)
    pages = [_built(language, [form, "new"]) for language in LANGUAGES]
    chosen = [
        [p for p in page.command.get_params(page) if p.name in (*NOTES, *SHARED) or is_help(p)]
        for page in pages
    ]
    return list(zip(*chosen, strict=True))


def _options(parameters: Iterable[tuple[Any, Any]]) -> list[str]:
    rows = []
    for zh, en in parameters:
        texts = []
        for language, parameter in zip(LANGUAGES, (zh, en), strict=True):
            current().language = language
            block = next(iter(explained(parameter, {})), "")
            texts.append(block if isinstance(block, str) else "")
        current().language = "zh"
        must = _both("manual_yes") if is_needed(zh, {}) else ""
        rows.append([f"`{_head(zh)}`", must, _said(Label(*texts))])
    return _table(("manual_option", "manual_needed", "manual_meaning"), rows) if rows else []


def _head(parameter: Any) -> str:
    """How a parameter is typed in any form: which layouts there are, each form says."""
    if parameter.name == "layout":
        return f"{parameter.opts[0]} {Sentence('metavar_layout').text('zh')}"
    return head(parameter)


def main() -> None:
    """Write the page to the file named on the command line, else print it."""
    text = manual()
    if len(sys.argv) > 1:
        Path(sys.argv[1]).write_text(text, "utf-8", newline="\n")
    else:
        sys.stdout.buffer.write(text.encode("utf-8"))


if __name__ == "__main__":
    main()
