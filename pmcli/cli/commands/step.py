"""`pmcli <form> <step> ID`: a step taken on a record, and what came of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from pmcli.cli.guided.prompt import somebody_there
from pmcli.cli.line import output
from pmcli.cli.line.fields import given_to, step_options
from pmcli.cli.line.options import (
    CommandSpec,
    Option,
    acting_options,
    check_format,
    id_argument,
    leaf,
    option,
)
from pmcli.cli.line.records import find
from pmcli.cli.line.report import tell_all, told
from pmcli.cli.line.session import current
from pmcli.dataclass import dataclass
from pmcli.disclosure.as_json import head_json
from pmcli.form.model import Form, Transition
from pmcli.messages import Label, Sentence, listed
from pmcli.problems import Refused, Usage, Want
from pmcli.store.unit_of_work import Written
from pmcli.workflow.act import Act
from pmcli.workflow.change import Command
from pmcli.workflow.conditions import next_steps
from pmcli.workflow.engine import Outcome, Take
from pmcli.workflow.inputs import Given


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


def step_command(form: Form, command: str, language: str, confirm: bool) -> CommandSpec:
    """`pmcli <form> <step> ID`; `confirm` where a person has come to it by choosing."""
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
        given = given_to(form, step, parameters)
        number = id
        if batch is not None:
            from pmcli.cli.commands.batch import take_batch

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
            from pmcli.cli.guided.start import which_record

            number = which_record(form, command, language)

        acting, known = Acting(by, at, shown, confirm), number
        return taken(
            form, command, number, given, lambda given: Take(form, command, known, given), acting
        )

    batched = form.templates is not None and bool(form.templates.batch)
    required = not somebody_there() and not batched
    more = [option("--batch", Sentence("help_batch").text(language), "FILE")] if batched else []
    return step_leaf(command, step, form, language, run, [id_argument(required)], more)


@dataclass(frozen=True)
class Acting:
    """How a step is to be taken: by whom, when, how it is reported, whether it is confirmed."""

    by: str | None
    at: str | None
    shown: str
    confirm: bool


def taken(
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
    from pmcli.cli.guided.prompt import LeftOff
    from pmcli.cli.guided.question import Room
    from pmcli.cli.guided.step import guided

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


def step_leaf(
    name: str,
    step: Transition,
    form: Form,
    language: str,
    run: Callable[..., int],
    arguments: list[Any],
    more: Sequence[Option] = (),
) -> CommandSpec:
    """The command that takes a step, with the options of its inputs."""
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
        [*arguments, *step_options(form, step, language), *more, *acting_options(language)],
    )


def report(written: Written[Outcome], shown: str, act: Act) -> int:
    """Print what a command has written: the records to stdout, advice to stderr."""
    session = current()
    language = session.language
    main = written.outcome.main
    records = [
        head_json(draft.form.name, draft.id, draft.values["state"], written.paths[draft.id])
        | {"new": draft.original is None}
        for draft in written.outcome.drafts
    ]
    if shown == "json":
        head = {key: records[0][key] for key in ("id", "form", "state", "path")}
        warnings = [told(s) for s in written.outcome.warnings]
        output.out_json(
            {**head, "commit": written.commit, "records": records, "warnings": warnings}
        )
        return 0
    for index, draft in enumerate(written.outcome.drafts):
        state = draft.form.states[draft.values["state"]].label
        mark = "" if index == 0 else "  + " if draft.original is None else "  ~ "
        sentence = Sentence("written", id=draft.id, title=draft.form.title, state=state)
        output.out(mark + sentence.text(language))
    tell_all(written.outcome.warnings)
    steps = next_steps(main.record, act, session.store.records)
    if steps and main.record.open and not main.form.archive:
        listed = output.steps_text(steps, language)
        output.tell(Sentence("next_steps", steps=listed).text(language))
    return 0
