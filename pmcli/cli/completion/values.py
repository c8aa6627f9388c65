"""What may come next on a command line. Reads the office and never writes into it."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Any

from pmcli.cli.completion.scripts import SHELLS
from pmcli.cli.help.page import SHARED, explained, is_help, is_needed
from pmcli.cli.line.meaning import asked, form_of, steps_of
from pmcli.cli.line.options import BY_POSITION
from pmcli.cli.line.session import current
from pmcli.cli.line.typer_parts import CompletionItem, ParameterSource
from pmcli.form.model import CORE_FIELDS, ROLES, FieldSpec, Form, Transition
from pmcli.messages import CATALOGUE, LANGUAGES, Label, Sentence, listed
from pmcli.problems import Problem
from pmcli.record.masking import Secrets
from pmcli.record.numbers import is_safe, matching
from pmcli.store.cache import Entry
from pmcli.store.office import Office, built_in_folder, form_files, load_office
from pmcli.store.records import Records

Items = list[CompletionItem]
Finder = Callable[[Any, str], Items]

DETAILED = 60
"""So many records at most are shown with more than their state."""
READ = 5000
"""Of more files than this only the newest are opened."""
_STATE = re.compile(rb"^state:[ \t]*[\"']?([a-z0-9_-]+)", re.MULTILINE)
_TITLE = re.compile(r"^title:[ \t]*([^{\[\s].*?)[ \t]*$", re.MULTILINE)


def command_items(context: Any, incomplete: str) -> Items:
    """The commands of a group with what they do; its options once a dash is typed."""
    group, form, language = context.command, form_of(context), current().language
    if incomplete.startswith("-"):
        return option_items(context, incomplete)
    if form is not None:
        steps = form.transitions
        names = group.list_commands(context)
        return [
            _item(n, steps[n][0].label.text(language) if n in steps else _purpose(context, n))
            for n in names
            if n.startswith(incomplete)
        ]
    if context.parent is not None:
        names = [n for n in group.list_commands(context) if n.startswith(incomplete)]
        return [_item(name, _purpose(context, name)) for name in names]
    forms = [_item(n, title) for n, title in titles().items() if n.startswith(incomplete)]
    others = [name for name in group.own_commands if name.startswith(incomplete)]
    return [*forms, *(_item(name, _purpose(context, name)) for name in others)]


def _purpose(context: Any, name: str) -> str:
    """What a command does; a command of the program need not be built for it."""
    key = f"help_{name}"
    if context.parent is None and key in CATALOGUE:
        return Sentence(key).text(current().language)
    command = context.command.get_command(context, name)
    return (command.help or "").split("\n")[0] if command is not None else ""


def titles() -> dict[str, str]:
    """Form name to title; the forms are not loaded for it where the title stands on one line."""
    session = current()
    own = form_files(session.root / "forms", "")[0] if session.root is not None else {}
    built_in = form_files(built_in_folder("forms"), "")[0]
    found = {}
    for name in session.library.names:
        texts = [source[name][1] for source in (own, built_in) if name in source]
        match = next((m for text in texts if (m := _TITLE.search(text))), None)
        if match is not None:
            words = [part.strip() for part in match[1].strip("\"'").split(" | ")]
            found[name] = words[min(LANGUAGES.index(session.language), len(words) - 1)]
            continue
        form = session.library.load(name)[0]
        if form is not None:
            found[name] = form.title.text(session.language)
    return found


def option_items(context: Any, incomplete: str) -> Items:
    """The options that may still be given, those that must be given first."""
    form, steps = form_of(context), steps_of(context)
    fields = asked(form, steps) if form is not None and steps else {}
    found: list[tuple[int, CompletionItem]] = []
    for parameter in context.command.get_params(context):
        if parameter.param_type_name != "option" or getattr(parameter, "hidden", False):
            continue
        given = context.get_parameter_source(parameter.name) is ParameterSource.COMMANDLINE
        spec = fields[parameter.name].spec if parameter.name in fields else None
        again = spec.many or spec.type == "rows" if spec else parameter.name in ("state", "map")
        if given and not again:
            continue
        name = max(parameter.opts, key=len)
        if not name.startswith(incomplete):
            continue
        rank = 0 if is_needed(parameter, fields) else 1
        if parameter.name in SHARED or is_help(parameter):
            rank = 2
        block = next(iter(explained(parameter, fields)), "")
        text = block if isinstance(block, str) else spec.label.text(current().language)  # type: ignore[union-attr]
        found.append((rank, _item(name, text)))
    return [item for _, item in sorted(found, key=lambda pair: pair[0])]


def value_items(context: Any, parameter: Any, incomplete: str) -> Items:
    """What an argument or the value of an option may be."""
    form, steps = form_of(context), steps_of(context)
    name = str(parameter.name).removesuffix(BY_POSITION)
    if form is not None and form.templates is not None and name in ("template", form.templates.by):
        return _templates(form, incomplete)
    if form is not None and steps:
        given = asked(form, steps).get(name)
        if given is not None:
            return _field_items(given.spec, steps, incomplete)
    finder = _FINDERS.get(parameter.name)
    if finder is not None:
        return finder(context, incomplete)
    metavar = (parameter.metavar or "").strip("[]")
    if "|" in metavar:
        return _fitting([(text, "") for text in metavar.split("|")], incomplete)
    return []


def _item(value: str, text: str = "", kind: str = "plain") -> CompletionItem:
    return CompletionItem(value, type=kind, help=" ".join(text.split()) or None)


def _fitting(pairs: Iterable[tuple[str, str]], incomplete: str) -> Items:
    folded = incomplete.casefold()
    return [_item(v, text) for v, text in pairs if v.casefold().startswith(folded)]


def _field_items(spec: FieldSpec, steps: Iterable[Transition], incomplete: str) -> Items:
    if spec.type == "choice":
        return _choice_items({k: v.text(current().language) for k, v in spec.choices.items()},
                             incomplete)  # fmt: skip
    if spec.type == "flag":
        words = ("是", "否") if current().language == "zh" else ("", "")
        return _fitting(zip(("yes", "no"), words, strict=True), incomplete)
    if spec.type == "staff":
        return _staff_items(_roles_wanted(spec, steps), incomplete)
    if spec.type == "unit":
        return _numbers(incomplete)
    if spec.type == "link":
        names = current().library.names if spec.any_form else spec.to
        return _record_items(names, (), incomplete)
    return []


def _choice_items(choices: dict[str, str], incomplete: str) -> Items:
    """Choices by key; by label where a label was begun."""
    found = _fitting(choices.items(), incomplete)
    return found or _fitting(((label, key) for key, label in choices.items()), incomplete)


def _office() -> Office | None:
    root = current().root
    return load_office(root) if root is not None else None


def _roles_wanted(spec: FieldSpec, steps: Iterable[Transition]) -> list[str]:
    """The roles that a step's conditions want of the person in a field."""
    wanted = re.compile(rf"has_role\({spec.name}, *['\"](\w+)['\"]\)")
    formulas = [g.holds for step in steps for g in step.guards if g.holds is not None]
    return [role for formula in formulas for role in wanted.findall(formula.source)]


def _staff_items(roles: Sequence[str], incomplete: str) -> Items:
    """The staff with their roles, those who hold one of some roles first."""
    office = _office()
    if office is None:
        return []
    language, staff = current().language, office.staff
    names = sorted(staff.roles, key=lambda n: not any(staff.holds(n, role) for role in roles))
    pairs = [(n, listed([ROLES.get(r, r) for r in staff.roles[n]], language)) for n in names]
    return _fitting(pairs, incomplete)


def _records() -> Records | None:
    from pmcli.store.cache import Cache

    office = _office()
    if office is None:
        return None
    return Records(office.root, current().library, office.zone, "A", Cache(None))


def _entries(records: Records, form: str) -> list[Entry]:
    """The files of a form that carry a number; one that was named otherwise may name somebody."""
    found = records.entries(form)
    return [e for e in found if is_safe(e.number) and Secrets().masked(e.number) == e.number]


def _meant(incomplete: str, entries: list[Entry]) -> list[Entry]:
    """The files whose number begins with what was typed, else those that it means."""
    folded = incomplete.upper()
    found = [entry for entry in entries if entry.number.upper().startswith(folded)]
    if found or not incomplete:
        return found
    numbers = set(matching(incomplete, [entry.number for entry in entries]))
    return [entry for entry in entries if entry.number in numbers]


def _numbers(incomplete: str) -> Items:
    """Numbers of the forms that carry numbers of their own: the units."""
    from pmcli.form.units import normalise

    records = _records()
    if records is None:
        return []
    entries = [e for name in current().library.unnumbered for e in _entries(records, name)]
    found = _meant(incomplete, entries) or _meant(normalise(incomplete) or "?", entries)
    return [_item(entry.number) for entry in found]


def _record_items(names: Iterable[str], steps: Iterable[Transition], incomplete: str) -> Items:
    """Records of some forms, newest first: those that a step may be taken on, else those not final.

    Where none of these is meant, any that is.
    """
    records, library = _records(), current().library
    if records is None:
        return []
    known = {name: form for name in names if name in library and (form := library.load(name)[0])}
    entries = [entry for name in known for entry in _entries(records, name)]
    meant = list(reversed(_meant(incomplete, entries)))
    states = {entry.path: _state(entry) for entry in meant[:READ]}
    legal = {state for step in steps for state in step.from_}

    def fits(entry: Entry) -> bool:
        state = states.get(entry.path)
        return state in legal if legal else state in known[entry.form].open_states

    chosen = [entry for entry in meant if fits(entry)] or meant
    detailed = len(chosen) <= DETAILED
    return [
        _item(e.number, _about(records, e, known[e.form], states.get(e.path), detailed))
        for e in chosen
    ]


def _state(entry: Entry) -> str | None:
    """A record's state as the head of its file has it, without reading the rest."""
    try:
        with open(entry.entry.path, "rb") as file:  # noqa: PTH123 - one file of thousands
            found = _STATE.search(file.read(600))
    except OSError:
        return None
    return found[1].decode("ascii") if found else None


def _about(records: Records, entry: Entry, form: Form, state: str | None, detailed: bool) -> str:
    """A record's state, and of its fields those that are no words about a person."""
    language = current().language
    words = [form.states[state].label] if state is not None and state in form.states else []
    if detailed:
        words += _details(records, entry, form)
    return " ".join(word.text(language) for word in words)


def _details(records: Records, entry: Entry, form: Form) -> Iterator[Label]:
    try:
        record = records.read(entry.path, form.name)
    except Problem:
        return
    for spec in form.fields.values():
        value = record.get(spec.name)
        if spec.private or spec.many or spec.name not in form.new.inputs or value is None:
            continue
        if spec.type == "choice" and spec.name in form.new.asks:
            yield spec.choices.get(str(value), Label(str(value), str(value)))
        elif spec.type in ("unit", "date"):
            yield Label(str(value), str(value))


def _id(context: Any, incomplete: str) -> Items:
    form = form_of(context)
    names = [form.name] if form is not None else current().library.names
    return _record_items(names, steps_of(context), incomplete)


def _by(context: Any, incomplete: str) -> Items:
    return _staff_items([role for step in steps_of(context) for role in step.roles], incomplete)


def _states(context: Any, incomplete: str) -> Items:
    form, language = form_of(context), current().language
    states = form.states.values() if form is not None else ()
    return _fitting(((s.name, s.label.text(language)) for s in states), incomplete)


def _fields(context: Any, incomplete: str) -> Items:
    """Fields by which a list is sorted; a dash before them turns the order round."""
    form, language = form_of(context), current().language
    if form is None:
        return []
    due = Sentence("column_next_due").text(language)
    names = [(n, form.label_of(n).text(language)) for n in (*form.fields, *CORE_FIELDS)]
    dash = "-" if incomplete.startswith("-") else ""
    return _fitting([(dash + n, text) for n, text in (*names, ("next_due", due))], incomplete)


def _columns(context: Any, incomplete: str) -> Items:
    """Fields of a list, each after the last comma."""
    form = form_of(context)
    before, comma, last = incomplete.rpartition(",")
    taken = before.split(",")
    own = [_item(c.name) for c in form.list_columns if c.name.startswith(last)] if form else []
    named = {item.value: item for item in (*own, *_fields(context, last))}
    return [_item(before + comma + v, i.help or "") for v, i in named.items() if v not in taken]


def _layouts(context: Any, incomplete: str) -> Items:
    form, language = form_of(context), current().language
    layouts = form.layouts.items() if form is not None else ()
    names = [(name, layout.title.text(language)) for name, layout in layouts]
    return _fitting([*names, ("blank", Sentence("blank_layout").text(language))], incomplete)


def _templates(form: Form, incomplete: str) -> Items:
    """The text templates of a form, by key; those that cannot be read are left out."""
    library, language = current().library, current().language
    pairs = []
    for key in library.template_sources(form):
        with contextlib.suppress(Problem):
            pairs.append((key, library.template(form, key).label.text(language)))
    return _fitting(pairs, incomplete)


def _forms(_context: Any, incomplete: str) -> Items:
    return _fitting(titles().items(), incomplete)


def _units(_context: Any, incomplete: str) -> Items:
    return _numbers(incomplete)


def _members(_context: Any, incomplete: str) -> Items:
    """`张敏:reception,finance`: the role after the last colon or comma."""
    match = re.match(r"(.+[:,])([^:,]*)\Z", incomplete)
    if match is None:
        return []
    language = current().language
    pairs = [(match[1] + role, label.text(language)) for role, label in ROLES.items()]
    return _fitting(pairs, incomplete)


def _shells(_context: Any, incomplete: str) -> Items:
    return _fitting(((name, "") for name in SHELLS), incomplete)


def _path(kind: str, _context: Any, incomplete: str) -> Items:
    return [_item(incomplete, kind=kind)]


_FINDERS: dict[str, Finder] = {
    "id": _id,
    "by": _by,
    "state": _states,
    "unit": _units,
    "sort": _fields,
    "columns": _columns,
    "layout": _layouts,
    "form": _forms,
    "staff": _members,
    "install_completion": _shells,
    "show_completion": _shells,
    "file": partial(_path, "file"),
    "for_each": partial(_path, "file"),
    "what": partial(_path, "file"),
    "output": partial(_path, "file"),
    "directory": partial(_path, "dir"),
    "office": partial(_path, "dir"),
}
"""Parameters that are no fields, by name."""
