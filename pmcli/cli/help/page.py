"""Help pages in one language, in columns that fit the terminal."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from pmcli.cli.line import output
from pmcli.cli.line.meaning import Asked, asked, form_of, state_to, states_from, steps_of, who
from pmcli.cli.line.options import BY_POSITION
from pmcli.cli.line.session import current
from pmcli.documents.columns import columns_of
from pmcli.form.model import Form, Transition
from pmcli.messages import Label, Sentence, known, listed

if TYPE_CHECKING:
    from pmcli.messages.keys import Key

WIDEST, NARROWEST = 80, 50
HEAD_LIMIT = 26
"""What stands before an explanation and is wider than this gets a line of its own."""
SHARED = ("by", "at", "format")
"""Options that most commands share, shown last."""

Block = str | list[str]
"""A piece of an explanation: prose, or items that are not broken over lines."""
Entry = tuple[str, Sequence[Block]]
"""A line of a list: what is typed, and what it means."""


def say(key: Key, **values: object) -> str:
    """A sentence in the session's language."""
    return Sentence(key, **values).text(current().language)


def width() -> int:
    """Columns of a help page."""
    return max(min(output.width() or WIDEST, WIDEST), NARROWEST)


def command_page(context: Any) -> str:
    """The help of a command that runs: usage, purpose, options by how much they are needed."""
    form, steps = form_of(context), steps_of(context)
    fields = asked(form, steps) if form is not None and steps else {}
    parameters = [p for p in context.command.get_params(context) if not getattr(p, "hidden", False)]
    arguments = [p for p in parameters if p.param_type_name == "argument"]
    by_position = {own_name(p) for p in arguments if p.name.endswith(BY_POSITION)}
    parameters = [
        p for p in parameters if p.param_type_name == "argument" or p.name not in by_position
    ]
    must = [
        p
        for p in arguments
        if p.required
        or (steps and p.name == "id")
        or (own_name(p) in by_position and is_needed(p, fields))
    ]
    others = [p for p in arguments if p not in must]
    options = [p for p in parameters if p.param_type_name == "option"]
    needed = [p for p in options if is_needed(p, fields)]
    shared = [p for p in options if p.name in SHARED or is_help(p)]
    children = {p.name: fields[p.name].of for p in options if p.name in fields}
    own = [p for p in options if p not in needed and p not in shared]
    usage = [placeholder(p) for p in must] + [f"[{placeholder(p)}]" for p in others]
    usage += [head(p) for p in needed] + ([say("help_some_options")] if own else [])
    lines = _usage(context, usage)
    if form is not None and steps:
        lines += _step(form, steps)
    else:
        lines += ["", *output.wrap(context.command.help or "", width())]
    sections = [
        (say("help_required"), must + needed),
        (
            say("help_optional"),
            others + [p for p in own if not children.get(p.name)],
        ),
    ]
    for forms in dict.fromkeys(of for of in children.values() if of):
        title = say("help_for_child", forms=[form.title for form in forms])
        sections.append((title, [p for p in own if children.get(p.name) == forms]))
    sections.append((say("help_shared"), shared))
    first = _first_column([head(p) for _, chosen in sections for p in chosen])
    for title, chosen in sections:
        entries = [(head(p), [*explained(p, fields), *_of_form(p, form)]) for p in chosen]
        lines += _section(title, entries, first)
    return "\n".join(lines) + "\n"


def group_page(context: Any) -> str:
    """The help of a command that has commands: the program, a form, or another group."""
    form = form_of(context)
    if form is not None:
        return "\n".join(_form_page(context, form)) + "\n"
    group = context.command
    described = [
        (name, group.get_command(context, name))
        for name in group.list_commands(context)
        if context.parent is not None or name not in current().library
    ]
    entries = [(n, _purpose(c)) for n, c in described if c is not None and not c.hidden]
    if context.parent is not None:
        lines = _usage(context, [say("help_a_command"), say("help_some_options")])
        lines += ["", *output.wrap(group.help or "", width())]
        lines += _section(say("help_commands"), entries)
    else:
        lines = _usage(context, [say("help_a_form"), say("help_a_step"), say("help_some_options")])
        lines += _usage(context, [say("help_a_command"), say("help_some_options")], again=True)
        lines += ["", *output.wrap(group.help or "", width())]
        of_forms = current().library.titles.items()
        titles = [(name, [title.text(current().language)]) for name, title in of_forms]
        first = _first_column([name for name, _ in (*titles, *entries)])
        lines += _section(say("help_daily"), titles, first)
        lines += _section(say("help_office_work"), entries, first)
    options = [p for p in group.get_params(context) if not getattr(p, "hidden", False)]
    lines += _section(say("help_options"), [(head(p), explained(p, {})) for p in options])
    lines += ["", *output.wrap(say("help_further", command=context.command_path), width())]
    return "\n".join(lines) + "\n"


def _form_page(context: Any, form: Form) -> list[str]:
    language = current().language
    lines = _usage(context, [say("help_a_step"), say("help_some_options")])
    lines += ["", " ".join(filter(None, (form.title.text(language), form.document)))]
    if form.about is not None:
        lines += output.wrap(form.about.text(language), width())
    steps: list[tuple[str, Sequence[Block]]] = []
    others: list[tuple[str, Sequence[Block]]] = []
    labels = [
        columns_of(v[0].label.text(language)) for v in form.transitions.values() if v[0].command
    ]
    gap = min(max(labels, default=0), 20)
    for name in context.command.list_commands(context):
        if name not in form.transitions:
            command = context.command.get_command(context, name)
            others.append((name, _purpose(command)))
            continue
        variants = form.transitions[name]
        label = variants[0].label.text(language)
        states = [state.text(language) for state in states_from(form, variants)]
        if states:
            label = output.pad(label, gap) + say("help_from_mark")
            states[0] = f"{label}{states[0]}"
        steps.append((name, [states or [label]]))
    first = _first_column([name for name, _ in (*steps, *others)])
    hang = gap + columns_of(say("help_from_mark"))
    lines += _section(say("help_steps"), steps, first, hang)
    lines += _section(say("help_look"), others, first)
    return [*lines, "", *output.wrap(say("help_further_form", form=form.name), width())]


def _purpose(command: Any) -> list[Block]:
    """The first paragraph of a command's help."""
    return [(command.short_help or command.help or "").split("\n\n")[0]]


def _usage(context: Any, pieces: Iterable[str], again: bool = False) -> list[str]:
    prefix = say("help_usage")
    start = " " * columns_of(prefix) if again else prefix
    start += context.command_path
    items = [piece.replace(" ", "\u00a0") for piece in pieces]
    hang = columns_of(start) + 1 if columns_of(start) < width() // 2 else columns_of(prefix) + 4
    lines = [start]
    for item in items:
        if columns_of(lines[-1]) + 1 + columns_of(item) > width():
            lines.append(" " * (hang - 1))
        lines[-1] += f" {item}"
    return [line.replace("\u00a0", " ") for line in lines]


def _step(form: Form, steps: Sequence[Transition]) -> list[str]:
    """What a step is, from which states it leads where, and who takes it."""
    language = current().language
    title = f"{steps[0].label.text(language)} · {form.title.text(language)}"
    lines = ["", *output.wrap(title, width())]
    for text in dict.fromkeys(s.help.text(language) for s in steps if s.help is not None):
        lines += output.wrap(text, width())
    facts: list[Entry] = []
    for step in steps:
        states = listed(states_from(form, [step]), language)
        target = state_to(form, step).text(language)
        facts.append((say("help_states"), [f"{states} → {target}" if states else f"→ {target}"]))
    for words in dict.fromkeys(who(form, step, language) for step in steps):
        facts.append((say("help_who"), [words]))
    return [*lines, "", *definitions(facts, 0)]


def _section(
    title: str, entries: Sequence[Entry], first: int | None = None, hang: int = 0
) -> list[str]:
    return ["", title, *definitions(entries, 2, first, hang)] if entries else []


def _first_column(heads: Sequence[str]) -> int:
    """Columns for what stands before the explanations."""
    sizes = [columns_of(text) for text in heads]
    return max((size for size in sizes if size <= HEAD_LIMIT), default=HEAD_LIMIT)


def definitions(
    entries: Sequence[Entry], indent: int, first: int | None = None, hang: int = 0
) -> list[str]:
    """A list in two columns, the first one `first` wide; `hang` indents further lines of items."""
    if first is None:
        first = _first_column([text for text, _ in entries])
    room = width() - indent - first - 2
    lines: list[str] = []
    for text, blocks in entries:
        parts = [line for block in blocks for line in _laid_out(block, room, hang)]
        start = " " * indent + output.pad(text, first)
        if columns_of(text) > first and parts:
            lines += output.wrap(start, width())
            start = " " * (indent + first)
        lines.append(f"{start}  {parts[0]}".rstrip() if parts else start.rstrip())
        lines += [f"{' ' * (indent + first)}  {part}" for part in parts[1:]]
    return lines


def _laid_out(block: Block, columns: int, hang: int) -> list[str]:
    """A piece of an explanation in lines of at most so many columns."""
    if isinstance(block, str):
        return output.wrap(block, columns) if block else []
    separator = Label("、", ", ").text(current().language)
    lines = [""]
    for index, item in enumerate(block):
        text = item + (separator if index < len(block) - 1 else "")
        if lines[-1].strip() and columns_of(lines[-1]) + columns_of(text.rstrip()) > columns:
            lines[-1] = lines[-1].rstrip()
            lines.append(" " * hang)
        lines[-1] += text
    return [part for line in lines for part in _broken(line, columns)]


def _broken(line: str, columns: int) -> list[str]:
    return [line] if columns_of(line) <= columns else output.wrap(line, columns)


def is_needed(parameter: Any, fields: dict[str, Asked]) -> bool:
    """Whether an option must be given."""
    marked = (parameter.help or "").endswith(say("required_mark"))
    given = fields.get(own_name(parameter))
    return given.required if given is not None else parameter.required or marked


def own_name(parameter: Any) -> str:
    """The field that a parameter gives, by option or by position."""
    return str(parameter.name).removesuffix(BY_POSITION)


def is_help(parameter: Any) -> bool:
    """Whether this is the option that shows the help."""
    return "--help" in parameter.opts


def head(parameter: Any) -> str:
    """How a parameter is typed: `--worker 姓名`, `-o, --output 文件`, `编号`."""
    if parameter.param_type_name == "argument":
        return placeholder(parameter)
    names = ", ".join(sorted(parameter.opts, key=len))
    return names if parameter.is_flag else f"{names} {placeholder(parameter)}"


def placeholder(parameter: Any) -> str:
    """What stands for a parameter's value: 编号, 姓名, table|json."""
    key = known("metavar_of_", parameter.name)
    if key is not None:
        return say(key)
    text = parameter.metavar or parameter.name.upper()
    text = re.sub(r"\[(.*)\]", r"\1", text).replace("...", "…")
    return re.sub(r"[A-Z]+", lambda found: _word(found[0]), text)


def _word(name: str) -> str:
    """A word of a placeholder; as it stands where it is none: YYYY, MM."""
    key = known("metavar_", name.lower())
    return say(key) if key is not None else name


def _argument(name: str) -> str:
    """What a positional argument means; nothing where its name says it all."""
    key = known("help_argument_", name)
    return say(key) if key is not None else ""


def explained(parameter: Any, fields: dict[str, Asked]) -> list[Block]:
    """What a parameter means, and what it may be."""
    given = fields.get(own_name(parameter))
    if given is None:
        if is_help(parameter):
            return [say("help_help")]
        text = parameter.help or _argument(parameter.name)
        return [text.removesuffix(say("required_mark")).rstrip()]
    language = current().language
    spec = given.spec
    words = spec.label.text(language)
    if given.sometimes:
        words += say("sometimes_required")
    if spec.many:
        words += say("may_be_repeated")
    blocks: list[Block] = [words]
    colon = Label("：", ": ").text(language)
    differing = {of.title.text(language): of.fields[spec.name] for of in given.of}
    if len({tuple(other.choices) for other in differing.values()}) > 1:
        for title, other in differing.items():
            choices = [_choice(key, label.text(language)) for key, label in other.choices.items()]
            blocks.append([f"{title}{colon}{choices[0]}", *choices[1:]])
    elif spec.choices:
        choices = [_choice(key, label.text(language)) for key, label in spec.choices.items()]
        blocks = [[f"{words}{colon}{choices[0]}", *choices[1:]]]
    elif spec.columns:
        columns = [c for c in spec.columns.values() if not c.auto]
        example = [c for c in columns if c.required] or columns[:2]
        row = ",".join(f"{c.name}=…" for c in example)
        named = [_choice(c.name, c.label.text(language)) for c in columns]
        blocks = [words, say("row_as", row=row), named]
        for column in (c for c in columns if c.choices):
            choices = [_choice(key, label.text(language)) for key, label in column.choices.items()]
            blocks.append([f"{column.name}{colon}{choices[0]}", *choices[1:]])
    if spec.help is not None:
        blocks.append(spec.help.text(language))
    return blocks


def _of_form(parameter: Any, form: Form | None) -> list[Block]:
    """What a form has to choose from, for options that are not its fields."""
    if form is None or parameter.name not in ("state", "layout"):
        return []
    language = current().language
    named = {
        "state": {n: state.label for n, state in form.states.items()},
        "layout": {n: layout.title for n, layout in form.layouts.items()},
    }[parameter.name]
    return [[_choice(n, label.text(language)) for n, label in named.items()]] if named else []


def _choice(key: str, label: str) -> str:
    if key == label:
        return key
    return Label(f"{key} {label}", f"{key} ({label})").text(current().language)
