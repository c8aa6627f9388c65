"""From a form file to a Form, or to faults with file and line."""

from __future__ import annotations

from dataclasses import replace

from pmcli.form.column import Column
from pmcli.form.editing import read_rules
from pmcli.form.field import FieldSpec, Follows
from pmcli.form.formula import Formula, Template
from pmcli.form.import_rules import read_plan
from pmcli.form.model import (
    Clock,
    Creation,
    Figure,
    Form,
    Guard,
    Need,
    NewRows,
    Proof,
    State,
    Templates,
    Transition,
    Update,
)
from pmcli.form.paper import read_layout
from pmcli.form.reading import Reader, formula_from, label_from, table_from
from pmcli.form.shapes import FORM, NAME
from pmcli.form.types import TYPES
from pmcli.form.validation import validate
from pmcli.messages import Label, Sentence
from pmcli.problems import Fault
from pmcli.yaml_files.shape import faults_of
from pmcli.yaml_files.tree import Tree


def load_form(name: str, tree: Tree, built_in: bool) -> tuple[Form | None, list[Fault]]:
    """Read and validate one form; `name` is its file's stem. A form with faults is None."""
    faults = faults_of(tree, FORM)
    form = _Loader(name, tree, built_in, faults).form()
    if not faults:
        faults.extend(validate(form, tree))
    return (None if faults else form), faults


class _Loader:
    def __init__(self, name: str, tree: Tree, built_in: bool, faults: list[Fault]) -> None:
        self.name = name
        self.built_in = built_in
        self.faults = faults
        self.top = Reader(tree, faults)

    def form(self) -> Form:
        top = self.top
        stated = top.text("form")
        if stated is not None and stated != self.name:
            top.fault("form", Sentence("form_name_differs", stated=stated, file=self.name))
        said = NAME.wrong("form", self.name)
        if said is not None:
            top.fault("form", said)
        prefix = top.text("prefix")
        number_field = top.text("number")
        if (prefix is None) == (number_field is None):
            top.fault(None, Sentence("prefix_or_number"))
        document, version, revision = self._document()
        fields = top.mapping("fields", lambda n, t: read_field(n, t, self.faults))
        states = top.mapping("states", self._state)
        self.states = states
        self.fields = fields
        archive = top.flag("archive")
        return Form(
            name=self.name,
            title=top.label("title") or Label(self.name, self.name),
            about=top.label("about"),
            prefix=prefix,
            number_field=number_field,
            document=document,
            version=version,
            revision=revision,
            archive=archive,
            open_work=top.flag("open_work", default=not archive),
            important=top.formula("important"),
            brief=top.template("brief"),
            templates=self._templates(top.take("templates")),
            proof=self._proof(top.take("proof")),
            lets=top.mapping("let", lambda _name, t: formula_from(t)),
            lint=self._lint(top.take("lint")),
            lists=top.mapping("lists", lambda _name, t: table_from(t)),
            no_edit=top.template("no_edit"),
            edit=read_rules(top.take("edit"), fields, states, self.faults),
            fields=fields,
            states=states,
            transitions=top.mapping("transitions", self._transitions),
            clocks=top.mapping("clocks", self._clock),
            figures=top.mapping("figures", self._figure),
            list_columns=top.sequence("list", self._column),
            layouts=top.mapping("prints", lambda n, t: read_layout(n, t, self.faults)),
            import_plan=read_plan(top.take("import"), fields, self.faults),
            path=top.tree.file,
            built_in=self.built_in,
        )

    def _document(self) -> tuple[str, str, int]:
        tree = self.top.take("document")
        if tree is None:
            return "", "A", 0
        reader = Reader(tree, self.faults, short="number")
        number = reader.text("number") or ""
        version = reader.text("version") or "A"
        revision = reader.number("revision", 0)
        return number, version, revision

    def _templates(self, tree: Tree | None) -> Templates | None:
        if tree is None:
            return None
        reader = Reader(tree, self.faults)
        return Templates(
            folder=reader.text("folder") or "",
            by=reader.text("by") or "",
            values=reader.text("values") or "",
            steps=reader.names("steps") or ("new",),
            free=reader.text("free") or "",
            batch=reader.text("batch") or "",
            batch_row=reader.text("batch_row") or "",
        )

    def _proof(self, tree: Tree | None) -> Proof | None:
        if tree is None:
            return None
        reader = Reader(tree, self.faults)
        name = reader.text("field") or ""
        layout = reader.text("layout") or ""
        text = reader.formula("text")
        return Proof(name, text or Formula("none", tree.file, tree.line), layout)

    def _lint(self, tree: Tree | None) -> dict[str, Formula]:
        if tree is None:
            return {}
        reader = Reader(tree, self.faults)
        found = {
            "text": reader.formula("text"),
            "genre": reader.formula("genre"),
            "type": reader.formula("type"),
            "emergency": reader.formula("emergency"),
            "valid_until": reader.formula("valid_until"),
            "lead": reader.formula("lead"),
        }
        return {name: formula for name, formula in found.items() if formula is not None}

    def _state(self, name: str, tree: Tree) -> State:
        reader = Reader(tree, self.faults, short="label")
        return State(name, reader.label("label") or Label(name, name), reader.flag("final"))

    def _transitions(self, command: str, tree: Tree) -> tuple[Transition, ...]:
        return tuple(self._transition(command, t) for t in (tree.items or [tree]))

    def _transition(self, command: str, tree: Tree) -> Transition:
        reader = Reader(tree, self.faults)
        all_but = self._all_but(reader)
        asks = reader.names("asks")
        may = reader.names("may")
        if all_but is not None:
            may = tuple(
                f.name
                for f in self.fields.values()
                if not f.auto and f.name not in all_but and f.name not in asks
            )
        return Transition(
            command=command,
            label=reader.label("label") or Label(command, command),
            from_=self._from(reader, command),
            to=self._to(reader),
            roles=reader.names("role") or ("any",),
            by=reader.names("by"),
            not_by=reader.names("not_by"),
            asks=asks,
            may=may,
            some=all_but is not None or reader.flag("some"),
            needs=reader.sequence("needs", self._need),
            guards=reader.sequence("guard", self._guard)
            + reader.sequence("warn", lambda t: self._guard(t, only_warns=True)),
            tells=reader.sequence("tell", lambda t: self._guard(t, only_warns=True, always=True)),
            set=reader.values("set"),
            fill=reader.mapping("fill", self._new_rows),
            append=reader.mapping("append", self._new_rows),
            creates=reader.sequence("create", self._creation),
            updates=reader.sequence("update", self._update),
            headline=reader.text("headline"),
            erases_private=reader.flag("erases_private"),
            help=reader.label("help"),
        )

    def _all_but(self, reader: Reader) -> tuple[str, ...] | None:
        tree = reader.take("may")
        if tree is None or tree.keys is None:
            return None
        inner = Reader(tree, self.faults)
        names = inner.names("all_but")
        for name in names:
            if name not in self.fields:
                inner.fault("all_but", Sentence("unknown_field", where="all_but", name=name))
        return names

    def _from(self, reader: Reader, command: str) -> tuple[str, ...]:
        names = reader.names("from")
        if command == "new":
            if names:
                reader.fault("from", Sentence("new_has_no_from"))
            return ()
        if names == ("open",):
            return tuple(s.name for s in self.states.values() if not s.final)
        if not names:
            reader.fault(None, Sentence("key_missing", key="from"))
        return names

    def _to(self, reader: Reader) -> str | Formula:
        tree = reader.take("to")
        if tree is None or tree.text is None:
            return "same"
        return formula_from(tree) if tree.text.startswith("=") else tree.text

    def _new_rows(self, _name: str, tree: Tree) -> tuple[NewRows, ...]:
        """One row's columns, or a list of `{row, each, when}`."""
        if tree.items is None:
            holder = Tree(tree.file, tree.line, keys={"row": tree}, key_lines={"row": tree.line})
            return (NewRows(Reader(holder, self.faults).values("row")),)
        return tuple(self._new_row(item) for item in tree.items)

    def _new_row(self, tree: Tree) -> NewRows:
        reader = Reader(tree, self.faults)
        return NewRows(reader.values("row"), reader.formula("each"), reader.formula("when"))

    def _need(self, tree: Tree) -> Need:
        reader = Reader(tree, self.faults)
        need = Need(
            when=reader.formula("when"),
            give=reader.names("give"),
            any_of=reader.names("any_of"),
            one_of=reader.names("one_of"),
            holds=reader.formula("if"),
            say=reader.template("say"),
        )
        kinds = [bool(need.give), bool(need.any_of), bool(need.one_of), need.holds is not None]
        if sum(kinds) != 1 or (need.holds is not None and need.say is None):
            reader.fault(None, Sentence("need_wants"))
        return need

    def _guard(self, tree: Tree, only_warns: bool = False, always: bool = False) -> Guard:
        """Read a condition with its sentence; an `always` one may do without a condition."""
        reader = Reader(tree, self.faults)
        say = reader.template("say")
        guard = Guard(
            say=say or Template(Label("", "")),
            when=reader.formula("when"),
            holds=reader.formula("if"),
            none=reader.formula("none"),
            see=reader.template("see"),
            only_warns=only_warns,
        )
        conditions = [c for c in (guard.holds, guard.none) if c is not None]
        if len(conditions) > 1 or not (conditions or always):
            reader.fault(None, Sentence("guard_wants"))
        return guard

    def _creation(self, tree: Tree) -> Creation:
        reader = Reader(tree, self.faults)
        form = reader.take("form")
        written = (form.text if form else None) or ""
        formula = formula_from(form) if form is not None and written.startswith("=") else None
        forms = reader.names("forms")
        creation = Creation(
            form=formula or written,
            forms=forms or ((written,) if formula is None else ()),
            values=reader.values("values"),
            keep=reader.text("keep"),
            when=reader.formula("when"),
            same=reader.names("same"),
            fixed=reader.names("fixed"),
        )
        if formula is not None and not forms:
            reader.fault("form", Sentence("key_missing", key="forms"))
        return creation

    def _update(self, tree: Tree) -> Update:
        reader = Reader(tree, self.faults)
        target = reader.take("in")
        written = (target.text if target else None) or ""
        update = Update(
            record=formula_from(target) if target and written.startswith("=") else written,
            when=reader.formula("when"),
            set=reader.values("set"),
            add=reader.values("add"),
            remove=reader.values("remove"),
            take=reader.text("take") or "",
            give=reader.values("give"),
            forms=reader.names("forms") or self._linked_forms(written),
        )
        if update.take and not update.forms:
            reader.fault("take", Sentence("key_missing", key="forms"))
        return update

    def _linked_forms(self, name: str) -> tuple[str, ...]:
        return self.fields[name].to if name in self.fields else ()

    def _clock(self, name: str, tree: Tree) -> Clock:
        reader = Reader(tree, self.faults)

        def point(item: Tree) -> str | Formula | None:
            written = item.text or ""
            return formula_from(item) if written.startswith("=") else written

        at = reader.take("at")
        clock = Clock(
            name=name,
            label=reader.label("label") or Label(name, name),
            starts=reader.sequence("from", point) or ("created_at",),
            until=reader.sequence("until", point),
            within=reader.text("within"),
            at=None if at is None else point(at),
            when=reader.formula("when"),
            paused_in=reader.names("paused_in"),
            overdue_first=reader.text("overdue_first"),
            source=reader.text("source") or "",
        )
        if clock.within is None and clock.at is None:
            reader.fault(None, Sentence("clock_wants"))
        return clock

    def _figure(self, name: str, tree: Tree) -> Figure:
        reader = Reader(tree, self.faults, short="value")
        return Figure(
            f"{self.name}.{name}",
            reader.text("value") or "",
            reader.text("source") or "",
        )

    def _column(self, tree: Tree) -> Column | None:
        if tree.text is not None:
            names = tuple(part.strip() for part in tree.text.split(" or "))
            return Column(names[0], names)
        reader = Reader(tree, self.faults)
        formula = reader.formula("value")
        return Column(
            reader.text("name") or "",
            formula=formula,
            label=reader.label("label"),
        )


def read_field(name: str, tree: Tree, faults: list[Fault]) -> FieldSpec:
    """Read a field, a column of rows, or a variable of a template."""
    reader = Reader(tree, faults)
    written = reader.text("type") or "text"
    kind, many = written.removesuffix("+"), written.endswith("+")
    kind = kind if kind in TYPES else "text"
    spec = FieldSpec(
        name=name,
        label=reader.label("label") or Label(name, name),
        type=kind,
        many=many,
        private=reader.flag("private"),
        auto=reader.flag("auto"),
        body=reader.flag("body"),
        choices=reader.mapping("choices", lambda _name, t: label_from(t.text or "")),
        to=reader.names("to"),
        columns=reader.mapping("columns", lambda n, t: read_field(n, t, faults)),
        default=reader.text("default"),
        help=reader.label("help"),
        example=reader.label("example"),
        required=reader.flag("required"),
        key=reader.names("key"),
        grows=reader.flag("grows"),
        append_only=reader.flag("append_only"),
        kept=reader.flag("kept", default=True),
        spread=reader.flag("spread"),
        follows=_follows(reader.take("follows"), faults),
        argument=reader.flag("argument"),
        wide=reader.flag("wide"),
    )
    if spec.example is not None:
        spec = replace(spec, help=_with_example(spec.help, spec.example))
    for key in ("choices", "to", "columns"):
        if bool(getattr(spec, key)) != (spec.kind.needs == key):
            reader.fault("type", Sentence("field_wants", field=name, type=kind, key=key))
    return spec


def _with_example(help_: Label | None, example: Label) -> Label:
    """The help of a field with what might be typed for it."""
    texts = []
    for language in ("zh", "en"):
        said = Sentence("for_example", example=example.text(language)).text(language)
        before = help_.text(language) if help_ is not None else ""
        texts.append(Label("；", "; ").text(language).join(filter(None, (before, said))))
    return Label(*texts)


def _follows(tree: Tree | None, faults: list[Fault]) -> Follows | None:
    if tree is None:
        return None
    reader = Reader(tree, faults)
    return Follows(
        form=reader.text("form") or "",
        by=reader.text("by") or "",
        when=reader.formula("when"),
    )
