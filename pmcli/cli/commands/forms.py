"""forms: list, show, check and eject the forms of an office; schemas for its editor."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from pmcli.cli.line import output
from pmcli.cli.line.options import (
    Argument,
    check_format,
    format_option,
    leaf,
)
from pmcli.cli.line.report import tell_all
from pmcli.cli.line.session import current
from pmcli.cli.line.typed import HELP_NAMES, Group, typed, typed_option
from pmcli.cli.line.typer_parts import names_a_command
from pmcli.form.field import FieldSpec
from pmcli.form.formula import Formula
from pmcli.form.model import Clock, Form, Transition
from pmcli.form.values import choices_label
from pmcli.messages import Label, Sentence, Speakable, listed
from pmcli.patterns import regex
from pmcli.problems import Conflict, ExitCode, Fault, NotFound, Usage, Want
from pmcli.trade import ROLES

if TYPE_CHECKING:
    from pmcli.messages.keys import Key

_GAP = regex(r"\{\{.*?\}\}")
FORMATS = ("table", "json")


def command(name: str) -> Any:
    """Build the group; without a sub-command it lists."""
    language = current().language
    formats = format_option(language, FORMATS)

    def sub(name: str, key: Key, run: Any, *params: Any) -> Any:
        return typed(leaf(name, Sentence(key).text(language), run, [*params, formats]))

    form = Argument("form", "FORM")
    kind = Argument("kind", "KIND")
    one_or_all = Argument("form", "[FORM]", required=False)
    return FormsGroup(
        name=name,
        help=Sentence("help_forms").text(language),
        invoke_without_command=True,
        callback=lambda format: None,
        params=[typed_option(formats)],
        rich_markup_mode=None,
        context_settings=HELP_NAMES,
        commands={
            "list": sub("list", "help_forms_list", list_forms),
            "show": sub("show", "help_forms_show", show_form, form),
            "check": sub("check", "help_forms_check", check_forms, one_or_all),
            "eject": sub("eject", "help_forms_eject", eject, form),
            "schema": typed(
                leaf("schema", Sentence("help_forms_schema").text(language), schema, [kind])
            ),
        },
    )


class FormsGroup(Group):
    """`pmcli forms`: a list unless a sub-command is named."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the sub-command or say which there are."""
        command = self.get_command(ctx, args[0])
        if command is None:
            allowed = self.list_commands(ctx)
            raise Usage.of(
                Want.VALUE,
                Sentence("want_one_of", key="pmcli forms", value=args[0], allowed=allowed),
                near=allowed,
            )
        return args[0], command, args[1:]

    def invoke(self, ctx: Any) -> Any:
        """Run the sub-command, or the list."""
        if names_a_command(ctx):
            return super().invoke(ctx)
        return list_forms(ctx.params["format"])


def list_forms(format: str | None) -> int:
    """List the forms; those with faults are named and the exit code is 1."""
    shown = check_format(format, FORMATS)
    library, language = current().library, current().language
    forms, faults = library.all()
    if shown == "json":
        output.out_json(
            {
                "records": [
                    {"form": f.name, "title": f.title.text(language), "prefix": f.prefix,
                     "document": f.document or None, "built_in": f.built_in}
                    for f in forms
                ],
                "errors": [fault.text(language) for fault in faults],
            }
        )  # fmt: skip
    else:
        keys: tuple[Key, ...] = (
            "column_form",
            "column_title",
            "column_prefix",
            "column_document",
            "column_origin",
        )
        heads = _heads(keys, language)
        rows = [
            [
                f.name,
                f.title.text(language),
                f.prefix or "—",
                f.document or "—",
                _origin(f, language),
            ]
            for f in forms
        ]
        output.out(output.table(heads, rows, output.width()))
    return _tell_faults(faults, language)


def _origin(form: Form, language: str) -> str:
    key: Key = "forms_built_in" if form.built_in else "forms_from_office"
    return Sentence(key).text(language)


def _tell_faults(faults: Sequence[Speakable], language: str) -> int:
    if not faults:
        return int(ExitCode.DONE)
    output.tell(Sentence("forms_faults", count=len(faults)).text(language))
    tell_all(faults)
    return int(ExitCode.FINDINGS)


def check_forms(form: str | None, format: str | None) -> int:
    """Check form files; exit 1 when there are faults."""
    shown = check_format(format, FORMATS)
    library, language = current().library, current().language
    if form is not None:
        if form not in library:
            raise NotFound(Sentence("no_form", name=form, names=library.names))
        loaded, faults = library.load(form)
        forms = [loaded] if loaded else []
    else:
        forms, faults = library.all()
        faults = [*_of_the_office(), *faults]
    for checked in forms:
        faults = [*faults, *library.all_templates(checked)[1]]
    if shown == "json":
        found = [
            {"file": f.file, "line": f.line or None, "message": f.sentence.text(language)}
            for f in faults
        ]
        output.out_json({"forms": len(forms), "findings": found})
        return int(ExitCode.FINDINGS if faults else ExitCode.DONE)
    if not faults:
        output.out(Sentence("forms_fine", count=len(forms)).text(language))
    return _tell_faults(faults, language)


def _of_the_office() -> list[Fault]:
    root = current().root
    if root is None:
        return []
    from pmcli.store.office_names import office_faults

    return office_faults(root, current().library)


def schema(kind: str) -> int:
    """Print the JSON Schema of a kind of file."""
    from pmcli.cli.commands import schemas

    return schemas.run(kind)


def eject(form: str, format: str | None) -> int:
    """Copy a built-in form to the office's folder."""
    from pmcli.store.files import write_atomically
    from pmcli.store.office import built_in_folder

    shown = check_format(format, FORMATS)
    session = current()
    root = session.store.root
    source = built_in_folder("forms") / f"{form}.yaml"
    if form not in session.library or not source.is_file():
        raise NotFound(Sentence("no_form", name=form, names=session.library.names))
    target = root / "forms" / f"{form}.yaml"
    if target.exists():
        raise Conflict(Sentence("eject_exists", path=f"forms/{form}.yaml"))
    write_atomically(target, source.read_bytes())
    if shown == "json":
        output.out_json({"form": form, "path": f"forms/{form}.yaml"})
    else:
        output.tell(Sentence("ejected", path=f"forms/{form}.yaml").text(session.language))
    return int(ExitCode.DONE)


def show_form(form: str, format: str | None) -> int:
    """Show what a form says, as a page or as JSON."""
    shown = check_format(format, FORMATS)
    loaded, language = current().library.get(form), current().language
    if shown == "json":
        output.out_json(_json(loaded, language))
    else:
        output.out("\n".join(page(loaded, language)))
    return int(ExitCode.DONE)


def _json(form: Form, language: str) -> dict[str, Any]:
    return {
        "form": form.name,
        "title": form.title.text(language),
        "prefix": form.prefix,
        "document": form.document or None,
        "built_in": form.built_in,
        "fields": {
            f.name: {"label": f.label.text(language), "type": f.type + ("+" if f.many else ""),
                     "private": f.private, "auto": f.auto, "body": f.body,
                     "required": f.name in form.new.asks,
                     "choices": {k: v.text(language) for k, v in f.choices.items()},
                     "columns": list(f.columns), "to": list(f.to)}
            for f in form.fields.values()
        },
        "states": {
            s.name: {"label": s.label.text(language), "final": s.final}
            for s in form.states.values()
        },
        "transitions": [
            {"command": t.command, "label": t.label.text(language), "from": list(t.from_),
             "to": _target(t), "roles": list(t.roles), "asks": list(t.asks), "may": list(t.may)}
            for variants in form.transitions.values() for t in variants
        ],
        "clocks": {c.name: {"within": c.within, "at": _point(c), "source": c.source}
                   for c in form.clocks.values()},
        "layouts": {n: x.title.text(language) for n, x in form.layouts.items()},
    }  # fmt: skip


def _target(step: Transition) -> str:
    return step.to.source if isinstance(step.to, Formula) else step.to


def page(form: Form, language: str) -> list[str]:
    """What a form says, for reading: fields, a drawing of its steps, steps, clocks, layouts."""
    columns = output.width() or 80
    number = f"  {form.document} {form.version}/{form.revision}" if form.document else ""
    lines = [f"{form.name}  {form.title.text(language)}{number}", "═" * min(columns, 72)]
    if form.about is not None:
        lines += output.wrap(form.about.text(language), min(columns, 78))
    lines += ["", _heading("forms_fields", language), *_fields(form, language, columns)]
    lines += ["", _heading("forms_states", language), *drawing(form, language)]
    lines += ["", _heading("forms_steps", language), *_steps(form, language, columns)]
    if refusals := _refusals(form, language, columns):
        lines += ["", _heading("forms_refusals", language), *refusals]
    if form.clocks or form.figures:
        lines += ["", _heading("forms_clocks", language), *_clocks(form, language, columns)]
    if form.layouts:
        titles = [f"{name} {layout.title.text(language)}" for name, layout in form.layouts.items()]
        joined = listed([*titles, "blank"], language)
        lines += ["", _heading("forms_prints", language), *output.wrap(joined, columns)]
    return lines


def _heading(key: Key, language: str) -> str:
    return f"■ {Sentence(key).text(language)}"


def _heads(keys: Sequence[Key], language: str) -> list[str]:
    return [Sentence(key).text(language) for key in keys]


def _fields(form: Form, language: str, columns: int) -> list[str]:
    keys: tuple[Key, ...] = ("column_field", "column_label", "column_type", "column_marks")
    heads = _heads(keys, language)
    rows = [
        [f.name, f.label.text(language), _type(f), _marks(form, f, language)]
        for f in form.fields.values()
    ]
    return output.table(heads, rows, columns, wrap_last=True).split("\n")


def _type(field: FieldSpec) -> str:
    many = "+" if field.many else ""
    return f"{field.type}({', '.join(field.to)}){many}" if field.to else f"{field.type}{many}"


def _marks(form: Form, field: FieldSpec, language: str) -> str:
    told: dict[Key, bool] = {
        "mark_required": field.name in form.new.asks,
        "mark_private": field.private,
        "mark_auto": field.auto,
        "mark_body": field.body,
    }
    marks = [Sentence(key).text(language) for key, present in told.items() if present]
    if field.choices:
        marks.append(choices_label(field).text(language))
    if field.columns:
        marks.append(",".join(field.columns))
    return Label("；", "; ").text(language).join(marks)


def drawing(form: Form, language: str) -> list[str]:
    """The states top down, each with the steps that leave it and where they lead."""
    first = str(form.new.to)
    label = form.new.label.text(language)
    lines = [f"○ ── new {label} ──▶ {_state(form, first, language)}"]
    for state in form.states.values():
        if state.final:
            continue
        lines.append(_state(form, state.name, language))
        steps = form.legal_from(state.name)
        for index, step in enumerate(steps):
            corner = "└" if index == len(steps) - 1 else "├"
            words = f"{step.command} {step.label.text(language)}"
            if step.to == "same" or step.to == state.name:
                lines.append(f" {corner}─ {words} ⟲")
            else:
                target = _target(step)
                shown = _state(form, target, language) if target in form.states else f"= {target}"
                lines.append(f" {corner}─ {words} ─▶ {shown}")
    return lines


def _state(form: Form, name: str, language: str) -> str:
    state = form.states[name]
    text = f"{state.label.text(language)} {name}" if language == "zh" else state.label.en
    return f"■ {text}" if state.final else f"● {text}"


def _steps(form: Form, language: str, columns: int) -> list[str]:
    keys: tuple[Key, ...] = ("column_step", "column_label", "column_role", "column_inputs")
    heads = _heads(keys, language)
    rows = []
    for variants in form.transitions.values():
        for step in variants:
            roles = [ROLES[r].text(language) if r in ROLES else r for r in step.roles]
            asks = " ".join(f"{name}*" for name in step.asks)
            may = " ".join(step.may)
            rows.append(
                [step.command, step.label.text(language), "/".join(roles), f"{asks} {may}".strip()]
            )
    return output.table(heads, rows, columns, wrap_last=True).split("\n")


def _refusals(form: Form, language: str, columns: int) -> list[str]:
    """The sentence of every guard, its gaps shown as …, by step."""
    lines: list[str] = []
    for variants in form.transitions.values():
        for step in variants:
            for guard in (g for g in step.guards if not g.only_warns):
                words = _GAP.sub("…", guard.say.label.text(language))
                text = f"{step.command} {step.label.text(language)}: {words}"
                first, *more = output.wrap(text, columns - 2)
                lines += [f"- {first}", *(f"  {part}" for part in more)]
    return lines


def _clocks(form: Form, language: str, columns: int) -> list[str]:
    keys: tuple[Key, ...] = ("column_clock", "column_label", "column_figure", "column_source")
    heads = _heads(keys, language)
    rows = [
        [f"{form.name}.{c.name}", c.label.text(language), _figure(c), c.source]
        for c in form.clocks.values()
    ]
    rows += [[f.key, "", f.value, f.source] for f in form.figures.values()]
    return output.table(heads, rows, columns, wrap_last=True).split("\n")


def _figure(clock: Clock) -> str:
    return " / ".join(part for part in (_point(clock), clock.within) if part)


def _point(clock: Clock) -> str | None:
    """The field, or the formula, at which a clock falls due."""
    return f"={clock.at.source}" if isinstance(clock.at, Formula) else clock.at
