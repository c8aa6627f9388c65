"""What may come next on a command line. Reads the office and never writes into it."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from pmcli.cli.completion.scripts import SHELLS
from pmcli.cli.help.page import SHARED, explained, is_help, is_needed
from pmcli.cli.line.meaning import asked, form_of, steps_of
from pmcli.cli.line.options import BY_POSITION
from pmcli.cli.line.session import current
from pmcli.cli.line.typer_parts import CompletionItem, ParameterSource
from pmcli.form.expressions import calls_in
from pmcli.form.field import FieldSpec
from pmcli.form.model import CORE_FIELDS, Form, Transition
from pmcli.form.types import Offers
from pmcli.messages import LANGUAGES, Label, Sentence, known, listed
from pmcli.patterns import regex
from pmcli.problems import Problem
from pmcli.record.masking import Secrets
from pmcli.record.model import Record
from pmcli.record.numbers import is_safe, matching
from pmcli.record.query import Query, states_meant
from pmcli.store.office import built_in_folder, form_files, load_office
from pmcli.store.office_model import Office
from pmcli.store.records import Records, state_told
from pmcli.trade import ROLES

Items = list[CompletionItem]
Finder = Callable[[Any, str], Items]

DETAILED = 60
"""So many records at most are shown with more than their state."""
_TITLE = regex(r"^title:[ \t]*([^{\[\s].*?)[ \t]*$", re.MULTILINE)


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
    key = known("help_", name)
    if context.parent is None and key is not None:
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
        again = spec.repeats if spec else parameter.name in ("state", "map")
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
            return _field_items(form, given.spec, steps, incomplete)
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


def _field_items(
    form: Form, spec: FieldSpec, steps: Iterable[Transition], incomplete: str
) -> Items:
    match spec.kind.offers:
        case Offers.WORDS:
            words = {k: v.text(current().language) for k, v in spec.kind.words(spec)}
            return _choice_items(words, incomplete)
        case Offers.STAFF:
            return _staff_items(_roles_wanted(form, spec, steps), incomplete)
        case Offers.UNITS:
            return _numbers(incomplete)
        case Offers.RECORDS:
            names = current().library.names if spec.any_form else spec.to
            return _record_items(names, (), incomplete)
    return []


def _choice_items(choices: dict[str, str], incomplete: str) -> Items:
    """Choices by key; by label where a label was begun."""
    found = _fitting(choices.items(), incomplete)
    return found or _fitting(((label, key) for key, label in choices.items()), incomplete)


def _office() -> Office | None:
    root = current().root
    return load_office(root, keeps=False) if root is not None else None


def _roles_wanted(form: Form, spec: FieldSpec, steps: Iterable[Transition]) -> list[str]:
    """The roles that a step's conditions want of the person in a field."""
    return [
        str(call.literals["role"])
        for step in steps
        for guard in step.guards
        if guard.holds is not None
        for call in calls_in(guard.holds.source, form.lets)
        if call.function == "has_role"
        and call.names.get("name") == spec.name
        and "role" in call.literals
    ]


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
    from pmcli.store.git_locks import git_folder
    from pmcli.store.index import Index

    office = _office()
    if office is None:
        return None
    folder = None
    with contextlib.suppress(OSError):
        folder = git_folder(office.root) / "pmcli"
    index = Index(folder, writes=False)
    return Records(office.root, current().library, office.zone, "A", index)


def _named(records: Records, forms: Iterable[str]) -> list[str]:
    """The numbers of some forms; a file that was named otherwise may name somebody."""
    known = records.numbers(forms=list(forms))
    return [n for n in known if is_safe(n) and Secrets().masked(n) == n]


def _meant(incomplete: str, numbers: list[str]) -> list[str]:
    """The numbers that begin with what was typed, else those that it means."""
    begun = [number for number in numbers if number.upper().startswith(incomplete.upper())]
    if begun or not incomplete:
        return begun
    meant = set(matching(incomplete, numbers))
    return [number for number in numbers if number in meant]


def _numbers(incomplete: str) -> Items:
    """Numbers of the forms that carry numbers of their own: the units."""
    from pmcli.form.units import normalise

    records = _records()
    if records is None:
        return []
    numbers = _named(records, current().library.unnumbered)
    found = _meant(incomplete, numbers) or _meant(normalise(incomplete) or "?", numbers)
    return [_item(number) for number in found]


def _record_items(names: Iterable[str], steps: Iterable[Transition], incomplete: str) -> Items:
    """Records of some forms, newest first: those that a step may be taken on, else those not final.

    Where none of these is meant, any that is. One that cannot be read goes by what it seems to be.
    """
    records, library = _records(), current().library
    if records is None:
        return []
    known = [form for name in names if name in library and (form := library.load(name)[0])]
    numbers = _meant(incomplete, _named(records, (form.name for form in known)))
    legal = tuple(sorted({state for step in steps for state in step.from_}))
    meant = Query(forms=tuple(form.name for form in known), ids=frozenset(numbers))
    wanted = replace(meant, states=legal) if legal else replace(meant, open=True)
    for query in (wanted, meant) if numbers else ():
        found = {record.id: record for record in records.find(query)}
        states = {number: record.state_label for number, record in found.items()}
        states |= _unread(records, query)
        chosen = [number for number in reversed(numbers) if number in states]
        if chosen:
            detailed = found if len(chosen) <= DETAILED else {}
            return [_item(n, _about(states[n], detailed.get(n))) for n in chosen]
    return []


def _unread(records: Records, query: Query) -> dict[str, Label]:
    """Records that cannot be read and seem to be meant, by the state that their file tells."""
    found: dict[str, Label] = {}
    for path in (fault.file for fault in records.faults):
        form = records.library.get(path.split("/")[1])
        number = path.rpartition("/")[2].removesuffix(".md")
        with contextlib.suppress(OSError):
            state = state_told((records.root / path).read_bytes()) or ""
            if number in (query.ids or ()) and (state in states_meant(query, form)):
                found[number] = form.states[state].label
            elif not (query.states or query.open):
                found[number] = Label("", "")
    return found


def _about(state: Label, record: Record | None) -> str:
    """A record's state, and of its fields those that are no words about a person."""
    language = current().language
    words = [state, *(_details(record) if record is not None else ())]
    return " ".join(word.text(language) for word in words)


def _details(record: Record) -> Iterator[Label]:
    form = record.form
    for spec in form.fields.values():
        value = record.get(spec.name)
        if spec.private or spec.many or spec.name not in form.new.inputs or value is None:
            continue
        if spec.choices and spec.name in form.new.asks:
            yield spec.choices.get(str(value), Label(str(value), str(value)))
        elif spec.kind.sets_apart:
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
    "keeper": _by,
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
