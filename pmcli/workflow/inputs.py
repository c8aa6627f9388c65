"""What a clerk gave a step, parsed by the form; everything wrong with it is told at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pmcli.form.model import FieldSpec, Form, Transition
from pmcli.form.values import BadValue, Surroundings, choices_label, parse_input
from pmcli.messages import Label, Sentence, Speakable
from pmcli.problems import NotFound, Usage
from pmcli.workflow.act import Act, Lookup

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
        link=lambda text, forms: lookup.resolve(text, forms),
    )


def parse_given(
    form: Form, names: Sequence[str], given: Given, act: Act, lookup: Lookup
) -> dict[str, Any]:
    """Parse the inputs among `names` that were given; an empty text gives None.

    Raises Usage with one sentence for every malformed value.
    """
    around = surroundings(act, lookup)
    values: dict[str, Any] = {}
    wrong: list[Speakable] = []
    for name in names:
        texts = [text for text in given.get(name, ()) if text is not None]
        if not texts:
            continue
        spec = spec_of(form, name)
        try:
            parsed = [parse_input(spec, text, around) for text in texts]
        except BadValue as bad:
            wrong.append(bad.sentence)
            continue
        if spec.many or spec.type == "rows":
            values[name] = [value for value in parsed if value is not None] or None
        else:
            values[name] = parsed[-1]
    if wrong:
        raise Usage(*wrong)
    return values


def merged_rows(spec: FieldSpec, present: Any, given: Any) -> Any:
    """Rows given for a field put to those present: by key, at the end, or in their place."""
    if spec.type != "rows" or not present or not given:
        return given
    if spec.key is not None:
        rows = [dict(row) for row in present]
        for row in given:
            held = next((r for r in rows if r.get(spec.key) == row.get(spec.key)), None)
            if held is not None:
                held.update(row)
            else:
                rows.append(row)
        return rows
    return [*present, *given] if spec.grows else given


def input_hint(form: Form, name: str) -> Label:
    """How to give an input: option, label and, for a choice, what it may be."""
    spec = spec_of(form, name)
    if spec.type == "choice":
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
