"""The commands of one form: new, its transitions, list, show, print, all derived from the form."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from typer.core import TyperArgument, TyperCommand, TyperOption

from pmcli.cli import output
from pmcli.cli.asking import somebody_there
from pmcli.cli.options import (
    BY_POSITION,
    HELP_NAMES,
    Group,
    acting_options,
    check_format,
    id_argument,
    leaf,
    option,
    output_option,
)
from pmcli.cli.session import current
from pmcli.form.model import FieldSpec, Form, Transition
from pmcli.form.values import choices_label
from pmcli.messages import Label, Sentence, listed
from pmcli.problems import Refused, Usage, Want
from pmcli.record.model import Record
from pmcli.store.unit_of_work import Written
from pmcli.workflow import engine
from pmcli.workflow.act import Act
from pmcli.workflow.change import Command
from pmcli.workflow.conditions import next_steps
from pmcli.workflow.engine import New, Outcome, Take
from pmcli.workflow.inputs import NOTES, Given, child_forms, child_inputs, spec_of

STANDARD = {
    "list": "pmcli.cli.listing",
    "show": "pmcli.cli.showing",
    "print": "pmcli.cli.printing",
    "edit": "pmcli.cli.editing",
}
"""Commands of every form, each with the module whose `<name>_command` builds it."""


def form_group(name: str) -> Group:
    """The command group of a form; raises Unreadable when the form has faults."""
    form = current().library.get(name)
    language = current().language
    return FormGroup(form, language)


class FormGroup(Group):
    """`pmcli <form> …`: each command is built when it is called for."""

    def __init__(self, form: Form, language: str) -> None:
        about = form.about.text(language) if form.about else ""
        super().__init__(
            name=form.name,
            help=f"{form.title.text(language)}\n\n{about}".strip(),
            short_help=form.title.text(language),
            no_args_is_help=not somebody_there(),
            rich_markup_mode=None,
            context_settings=HELP_NAMES,
        )
        self.form = form
        self.language = language
        self.chosen = False

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Take the command line; a person who gave nothing is offered what there is to do."""
        if not args and not ctx.resilient_parsing and somebody_there():
            from pmcli.cli.starting import what_to_do

            args = what_to_do(self.form, self.language)
            self.chosen = True
        return super().parse_args(ctx, args)

    def list_commands(self, ctx: Any) -> list[str]:
        """`new` and the transitions in the form's order, then list, show, print."""
        del ctx
        names = [c for c, v in self.form.transitions.items() if v[0].roles != ("system",)]
        return [*names, *_standard(self.form)]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Build one command; None when the form has none of this name."""
        del ctx
        if cmd_name == "new":
            return _new_command(self.form, self.language, self.chosen)
        if cmd_name in self.form.transitions:
            return _step_command(self.form, cmd_name, self.language, self.chosen)
        standard = _standard(self.form)
        if cmd_name in standard:
            module = importlib.import_module(standard[cmd_name])
            command: TyperCommand = getattr(module, f"{cmd_name}_command")(self.form, self.language)
            return command
        return None

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the command or say which there are."""
        if self.form.templates is not None:
            from pmcli.cli import drafting

            if ctx.resilient_parsing:
                self.form = drafting.known(self.form, args[0], args[1:])
            else:
                self.form, words = drafting.drafted(self.form, args[0], args[1:])
                args = [args[0], *words]
        command = self.get_command(ctx, args[0])
        if command is None:
            commands = self.list_commands(ctx)
            raise Usage.of(
                Want.UNKNOWN,
                Sentence("no_step", form=self.form.title, name=args[0], commands=commands),
                near=commands,
            )
        return args[0], command, args[1:]


def _standard(form: Form) -> dict[str, str]:
    """The commands of a form beside its steps, each with its module."""
    own = {"verify": "pmcli.cli.verifying"} if form.proof is not None else {}
    drafting = {"templates": "pmcli.cli.templating"} if form.templates is not None else {}
    return {**STANDARD, **drafting, **own}


def _field_options(form: Form, step: Transition, language: str) -> list[Any]:
    """The options of a step: its own fields, then those of the records it makes, then notes."""
    names: dict[str, TyperOption] = {}
    for name in step.inputs:
        spec = spec_of(form, name)
        names.setdefault(name, field_option(spec, name in step.asks, language))
    for child in child_forms(step):
        child_form, _ = current().library.load(child)
        if child_form is None:
            continue
        for name in child_inputs(step, child_form):
            spec = spec_of(child_form, name)
            names.setdefault(name, field_option(spec, False, language, child_form))
    for name, spec in NOTES.items():
        names.setdefault(name, field_option(spec, False, language))
    return list(names.values())


def field_option(
    spec: FieldSpec, required: bool, language: str, of: Form | None = None
) -> TyperOption:
    """The option that gives a field; `of` is the form of a record that the step makes besides."""
    words = spec.label.text(language)
    if of is not None:
        words = Label(f"{words}（{of.title.zh}）", f"{words} ({of.title.en})").text(language)
    if spec.choices:
        words += Label("：", ": ").text(language) + choices_label(spec).text(language)
    elif spec.kind.rows:
        columns = ",".join(f"{c.name}=" for c in spec.columns.values())
        words += Label("：", ": ").text(language) + columns
    if spec.help is not None:
        words += Label("。", ". ").text(language) + spec.help.text(language)
    if required:
        words += Sentence("required_mark").text(language)
    return TyperOption(
        param_decls=[spec.option, spec.name],
        type=str,
        multiple=True,
        metavar=spec.kind.metavar,
        help=words,
    )


def twice(spec: FieldSpec) -> Usage:
    """The error of an option that takes one value and was given several."""
    return Usage.of(Want.ONLY_ONE, Sentence("given_twice", option=spec.option), spec.name)


def given_of(specs: Sequence[FieldSpec], parameters: dict[str, Any]) -> dict[str, tuple[str, ...]]:
    """What options have given for some fields; raises Usage for one value given twice."""
    given: dict[str, tuple[str, ...]] = {}
    for spec in specs:
        texts = tuple(parameters.get(spec.name) or ())
        if len(texts) > 1 and not spec.repeats:
            raise twice(spec)
        if texts:
            given[spec.name] = texts
    return given


def _given(form: Form, step: Transition, parameters: dict[str, Any]) -> dict[str, tuple[str, ...]]:
    given: dict[str, tuple[str, ...]] = {}
    for name, texts in parameters.items():
        if not texts:
            continue
        spec = form.fields.get(name) or NOTES.get(name)
        own = name in step.inputs or name in NOTES
        if own and spec is not None and not spec.repeats and len(texts) > 1:
            raise twice(spec)
        given[name] = tuple(texts)
    return given


def _merged(form: Form, command: str) -> Transition:
    """All rows of a command as one, for its options and help."""
    from dataclasses import replace

    variants = form.transitions[command]
    first = variants[0]
    may = dict.fromkeys(n for v in variants for n in v.inputs if n not in first.asks)
    asks = tuple(n for n in first.asks if all(n in v.asks for v in variants))
    may = dict.fromkeys([*(n for n in first.asks if n not in asks), *may])
    creates = tuple(c for v in variants for c in v.creates)
    return replace(first, asks=asks, may=tuple(may), creates=creates)


def _new_command(form: Form, language: str, confirm: bool) -> TyperCommand:
    step = form.new

    def run(
        by: str | None,
        at: str | None,
        format: str | None,
        for_each: str | None = None,
        output: str | None = None,
        **parameters: Any,
    ) -> int:
        shown = check_format(format, ("table", "json"))
        store = current().store
        _take_positions(form, parameters)
        given = _given(form, step, parameters)
        if for_each is not None:
            from pmcli.cli.batch import new_for_each

            return new_for_each(form, for_each, given, store.act(by, at), shown, output)
        if output is not None:
            raise Usage.of(Want.MISSING, Sentence("output_wants_for_each"), "for-each")

        acting = Acting(by, at, shown, confirm)
        return _taken(form, "new", None, given, lambda given: New(form, given), acting)

    return _command("new", step, form, language, run, _positions(form), _batch_options(form))


def _batch_options(form: Form) -> list[TyperOption]:
    """The options of `new` that draft from a table."""
    language = current().language
    if form.templates is None or not form.templates.batch:
        return []
    return [
        option("--for-each", Sentence("help_for_each").text(language), "FILE"),
        output_option(language),
    ]


def _positions(form: Form) -> list[TyperArgument]:
    """The inputs that `new` takes by position as well."""
    return [
        TyperArgument(
            param_decls=[name + BY_POSITION],
            type=str,
            required=False,
            metavar=f"[{name.upper()}]",
            help=form.fields[name].label.text(current().language),
        )
        for name in form.new.inputs
        if name in form.fields and form.fields[name].argument
    ]


def _take_positions(form: Form, parameters: dict[str, Any]) -> None:
    """Give what stood by position to its option; raises Usage when both were given."""
    for name in form.new.inputs:
        text = parameters.pop(name + BY_POSITION, None)
        if text is not None:
            if parameters.get(name):
                raise twice(form.fields[name])
            parameters[name] = (text,)


def _step_command(form: Form, command: str, language: str, confirm: bool) -> TyperCommand:
    step = _merged(form, command)

    def run(
        id: str | None,
        by: str | None,
        at: str | None,
        format: str | None,
        batch: str | None = None,
        **parameters: Any,
    ) -> int:
        shown = check_format(format, ("table", "json"))
        store = current().store
        given = _given(form, step, parameters)
        number = id
        if batch is not None:
            from pmcli.cli.batch import take_batch

            if number is not None:
                raise Usage.of(Want.ONLY_ONE, Sentence("batch_or_number"), "batch", "id")
            return take_batch(form, command, batch, given, store.act(by, at), shown)
        if number is None:
            if not somebody_there():
                raise Usage.of(
                    Want.MISSING,
                    Sentence("step_wants_number", form=form.name, command=command),
                    "id",
                )
            from pmcli.cli.starting import which_record

            number = which_record(form, command, language)

        acting, taken = Acting(by, at, shown, confirm), number
        return _taken(
            form, command, number, given, lambda given: Take(form, command, taken, given), acting
        )

    batched = form.templates is not None and bool(form.templates.batch)
    required = not somebody_there() and not batched
    more = [option("--batch", Sentence("help_batch").text(language), "FILE")] if batched else []
    return _command(command, step, form, language, run, [id_argument(required)], more)


@dataclass(frozen=True)
class Acting:
    """How a step is to be taken: by whom, when, how it is reported, whether it is confirmed."""

    by: str | None
    at: str | None
    shown: str
    confirm: bool


def _taken(
    form: Form,
    command: str,
    number: str | None,
    given: Given,
    make: Callable[[Given], Command[Outcome]],
    acting: Acting,
) -> int:
    """Take a step and report it; a person at the terminal is asked for what is missing.

    Nothing is locked while a person is asked, so what was agreed is judged anew when it is written.
    """
    store = current().store
    act = store.act(acting.by, acting.at)
    asked = somebody_there() and acting.shown != "json"
    if not (asked and acting.confirm):
        try:
            return report(store.apply(make(given), act), acting.shown, act)
        except (Usage, Refused):
            if not asked:
                raise
    from pmcli.cli.asking import LeftOff
    from pmcli.cli.guiding import guided
    from pmcli.cli.question import Room

    record = find(form, number) if number is not None else None
    step = form.variant(command, record.state) if record is not None else form.new
    room = Room(store, act, current().language)
    try:
        given = guided(form, step or form.transitions[command][0], record, given, make, room)
    except LeftOff as left:
        output.tell(Sentence("nothing_written").text(current().language))
        return int(left.problem.code)
    act = store.act(acting.by, acting.at)
    return report(store.apply(make(given), act), acting.shown, act)


def find(form: Form, part: str) -> Record:
    """The record that a part of a number means; raises NotFound or Unreadable."""
    return engine.find(form, part, current().store.records)


def _command(
    name: str,
    step: Transition,
    form: Form,
    language: str,
    run: Callable[..., int],
    arguments: list[Any],
    more: Sequence[TyperOption] = (),
) -> TyperCommand:
    words = step.label.text(language)
    if step.from_:
        states = listed(
            [
                form.states[s].label
                for s in dict.fromkeys(s for v in form.transitions[name] for s in v.from_)
            ],
            language,
        )
        words += Label(f"（{states}）", f" ({states})").text(language)
    if step.help is not None:
        words += "\n\n" + step.help.text(language)
    return leaf(
        name,
        words,
        run,
        [*arguments, *_field_options(form, step, language), *more, *acting_options(language)],
    )


def report(written: Written[Outcome], shown: str, act: Act) -> int:
    """Print what a command has written: the records to stdout, advice to stderr."""
    session = current()
    language = session.language
    main = written.outcome.main
    records = [
        {
            "id": draft.id,
            "form": draft.form.name,
            "state": draft.values["state"],
            "path": written.paths[draft.id],
            "new": draft.original is None,
        }
        for draft in written.outcome.drafts
    ]
    if shown == "json":
        head = {key: records[0][key] for key in ("id", "form", "state", "path")}
        warnings = [s.text(language) for s in written.outcome.warnings]
        output.out_json(
            {**head, "commit": written.commit, "records": records, "warnings": warnings}
        )
        return 0
    for index, draft in enumerate(written.outcome.drafts):
        state = draft.form.states[draft.values["state"]].label
        mark = "" if index == 0 else "  + " if draft.original is None else "  ~ "
        sentence = Sentence("written", id=draft.id, title=draft.form.title, state=state)
        output.out(mark + sentence.text(language))
    output.tell_sentences(written.outcome.warnings, language)
    steps = next_steps(main.record, act, session.store.records)
    if steps and main.record.open and not main.form.archive:
        listed = output.steps_text(steps, language)
        output.tell(Sentence("next_steps", steps=listed).text(language))
    return 0
