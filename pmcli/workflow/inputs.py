"""What a clerk gave a step, parsed by the form; everything wrong with it is told at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pmcli.form.field import ANY_FORM, FieldSpec
from pmcli.form.identity import holds_identity_number
from pmcli.form.model import Form, Transition
from pmcli.form.values import BadValue, Surroundings, choices_label, parse_input
from pmcli.messages import Label, Sentence
from pmcli.problems import NotFound, Unmet, Usage, Want
from pmcli.workflow.act import Act
from pmcli.workflow.repository import Lookup

Given = Mapping[str, Sequence[str]]
"""Field name to the texts given for it, one for each time the option stood on the line."""

NOTES = {
    "reason": FieldSpec("reason", Label("原因", "Reason"), "text"),
    "note": FieldSpec("note", Label("备注", "Note"), "text"),
}


def spec_of(form: Form, name: str) -> FieldSpec:
    """The field behind an input; `reason` and `note` belong to every step."""
    return form.fields.get(name) or NOTES[name]


def surroundings(act: Act, lookup: Lookup) -> Surroundings:
    """What values need to know of the office."""

    def unit(text: str) -> str:
        from pmcli.form.units import normalise

        number = normalise(text)
        forms = lookup.library.unnumbered
        if number is not None and lookup.by_id(number) is not None:
            return number
        try:
            return lookup.resolve(number or text, tuple(forms))
        except NotFound as problem:
            if len(problem.sentences) and getattr(problem.sentences[0], "key", "") == "ambiguous":
                raise
            raise BadValue(Sentence("no_unit", value=text)) from None

    return Surroundings(
        zone=act.zone,
        today=act.today,
        staff=act.staff.check,
        unit=unit,
        link=lambda text, forms: lookup.resolve(
            text, tuple(lookup.library.names) if forms == (ANY_FORM,) else forms
        ),
    )


def parse_given(
    form: Form, names: Sequence[str], given: Given, act: Act, lookup: Lookup
) -> dict[str, Any]:
    """Parse the inputs among `names` that were given; an empty text gives None.

    Raises Usage with one sentence for every malformed value.
    """
    around = surroundings(act, lookup)
    values: dict[str, Any] = {}
    wrong: list[Unmet] = []
    for name in names:
        texts = [text for text in given.get(name, ()) if text is not None]
        if not texts:
            continue
        spec = spec_of(form, name)
        try:
            parsed = [parse_input(spec, text, around) for text in texts]
        except BadValue as bad:
            wrong.append(Unmet(Want.VALUE, bad.sentence, form.name, (name,)))
            continue
        if spec.repeats:
            items = [i for p in parsed for i in (p if isinstance(p, list) else [p])]
            values[name] = [item for item in items if item is not None] or None
        else:
            values[name] = parsed[-1]
    if wrong:
        raise Usage(*wrong)
    return values


def told_too_much(form: Form, values: Mapping[str, Any]) -> list[Sentence]:
    """A reminder for each input in whose words a whole identity number stands."""
    return [
        Sentence("identity_typed", field=spec_of(form, name).label)
        for name, value in values.items()
        if (name in form.fields or name in NOTES)
        and holds_identity_number(spec_of(form, name), value)
    ]


def merged_rows(form: Form, name: str, present: Any, given: Any) -> Any:
    """Rows given for a field put to those present: by key, at the end, or in their place.

    Raises Usage where a row would change what pmcli itself has filled in.
    """
    spec = form.fields[name]
    if not spec.kind.rows or not given or not (present or spec.key):
        return given
    if spec.key:
        rows = [dict(row) for row in present or ()]
        for row in given:
            held = next((r for r in rows if row_key(spec, r) == row_key(spec, row)), None)
            if held is None:
                rows.append(row)
                continue
            _check_fixed(spec, held, row, form.name)
            held.update(row)
        return rows
    return [*present, *given] if spec.grows else given


def row_key(spec: FieldSpec, row: Mapping[str, Any]) -> tuple[Any, ...]:
    """What tells a row of a rows field from the others."""
    return tuple(row.get(name) for name in spec.key)


def _check_fixed(
    spec: FieldSpec, held: Mapping[str, Any], row: Mapping[str, Any], form: str
) -> None:
    for column in spec.columns.values():
        name = column.name
        if column.auto and held.get(name) is not None and row.get(name, held[name]) != held[name]:
            words = [f"{spec.option} {name}= {w}" for w in (column.label.zh, column.label.en)]
            said = Sentence(
                "column_is_fixed", field=Label(*words), held=held[name], given=row[name]
            )
            raise Usage(Unmet(Want.FIXED, said, form, (spec.name,)))


def input_hint(form: Form, name: str) -> Label:
    """How to give an input: option, label and, for a choice, what it may be."""
    spec = spec_of(form, name)
    if spec.choices:
        choices = choices_label(spec)
        return Label(
            f"{spec.option} {spec.label.zh}（{choices.zh}）",
            f"{spec.option} {spec.label.en} ({choices.en})",
        )
    return Label(f"{spec.option} {spec.label.zh}", f"{spec.option} {spec.label.en}")


def child_forms(step: Transition) -> tuple[str, ...]:
    """Forms of the records a step may make and whose fields it takes as options."""
    names: list[str] = []
    for creation in step.creates:
        if not creation.same:
            names += [name for name in creation.forms if name not in names]
    return tuple(names)


def child_inputs(step: Transition, child: Form) -> list[str]:
    """The fields of a record that a step may make which can be given as options of the step."""
    making = [c for c in step.creates if not c.same and child.name in c.forms]
    return [
        name for name in child.new.inputs if not all(name in creation.fixed for creation in making)
    ]


def refuse_unused(
    form: Form, step: Transition, given: Given, created: Iterable[str], lookup: Lookup
) -> None:
    """Raise Usage for what was given for another record where none was made that takes it."""
    made = [lookup.by_id(number) for number in created]
    taken = {name for record in made if record is not None for name in record.form.new.inputs}
    taken |= {name for variant in form.transitions[step.command] for name in variant.inputs}
    unused = [name for name in given if given[name] and name not in {*taken, *NOTES}]
    if unused:
        others = [lookup.library.get(name).fields for name in child_forms(step)]
        options = {name: fields[name].option for fields in others for name in fields}
        said = Sentence("given_for_nothing", options=[options[name] for name in unused])
        raise Usage(Unmet(Want.WRONG, said, form.name, tuple(unused)))
