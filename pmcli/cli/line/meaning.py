"""What stands behind a command: its form, its step, the fields that its options give."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pmcli.dataclass import dataclass
from pmcli.form.field import FieldSpec
from pmcli.form.formula import Formula
from pmcli.form.model import Form, Transition
from pmcli.messages import Label, Sentence, Speakable, listed
from pmcli.trade import ROLES
from pmcli.workflow.inputs import NOTES, child_forms, child_inputs, spec_of

if TYPE_CHECKING:
    from pmcli.messages.keys import Key


@dataclass(frozen=True)
class Asked:
    """A field that an option gives; `of` are the forms of the records made along with this step."""

    spec: FieldSpec
    required: bool = False
    sometimes: bool = False
    """Whether it is due in some cases only."""
    of: tuple[Form, ...] = ()


def form_of(context: Any) -> Form | None:
    """The form whose command a command line names; None for a command that is no form's."""
    while context is not None:
        form = getattr(context.command, "form", None)
        if isinstance(form, Form):
            return form
        context = context.parent
    return None


def steps_of(context: Any) -> tuple[Transition, ...]:
    """The step that a command line names, one value for each of its variants; none for others."""
    form = form_of(context)
    return form.transitions.get(context.command.name, ()) if form is not None else ()


def asked(form: Form, steps: Sequence[Transition]) -> dict[str, Asked]:
    """The fields that a step takes, by name, those always required first."""
    from pmcli.cli.line.session import current

    found: dict[str, Asked] = {}
    every = dict.fromkeys(name for step in steps for name in step.inputs)
    always = [name for name in every if all(name in step.asks for step in steps)]
    due = {n for s in steps for need in s.needs for n in (*need.give, *need.any_of, *need.one_of)}
    due |= {name for step in steps for name in step.asks}
    for name in dict.fromkeys((*always, *every)):
        spec = spec_of(form, name)
        found[name] = Asked(spec, name in always, name in due and name not in always)
    library = current().library
    for child in dict.fromkeys(name for step in steps for name in child_forms(step)):
        of = library.load(child)[0] if child in library else None
        if of is None:
            continue
        for name in dict.fromkeys(n for s in steps for n in child_inputs(s, of)):
            known = found.get(name)
            if known is None:
                found[name] = Asked(spec_of(of, name), of=(of,))
            elif known.of:
                found[name] = replace(known, of=(*known.of, of))
    for name, spec in NOTES.items():
        found.setdefault(name, Asked(spec))
    return found


def states_from(form: Form, steps: Sequence[Transition]) -> list[Label]:
    """The states in which a step may be taken, in the order of its variants."""
    return [form.states[n].label for n in dict.fromkeys(n for s in steps for n in s.from_)]


def state_to(form: Form, step: Transition) -> Speakable:
    """The state to which a step leads."""
    if isinstance(step.to, Formula):
        return Sentence("state_by_case")
    return form.states[step.to].label if step.to in form.states else Sentence("state_stays")


def who(form: Form, step: Transition, language: str) -> str:
    """Who may take a step: roles, the persons named on the record, and who is kept apart."""
    roles: list[Speakable] = [ROLES[name] for name in step.roles if name in ROLES]
    words = listed(roles or [Sentence("anybody")], language)
    persons: tuple[tuple[Key, Sequence[str]], ...] = (
        ("only_named", step.by),
        ("not_named", step.not_by),
    )
    for key, names in persons:
        if names:
            people = [ROLES[n] if n in ROLES else _person(form, n) for n in names]
            words += Sentence(key, people=people).text(language)
    return words


def _person(form: Form, name: str) -> Label:
    """The label of a staff field, or of `link.field` on a linked record."""
    link, dot, field = name.partition(".")
    if not dot:
        return form.label_of(name)
    from pmcli.cli.line.session import current

    library, spec = current().library, form.fields.get(link)
    label = Label(field, field)
    for target in spec.to if spec is not None else ():
        other = library.load(target)[0] if target in library else None
        if other is not None and other.value_type(field) is not None:
            label = other.label_of(field)
            break
    own = form.label_of(link)
    return Label(f"{own.zh}的{label.zh}", f"{label.en} of {own.en}")
