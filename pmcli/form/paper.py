"""The `prints:` section of a form: what stands on its pages."""

from __future__ import annotations

from pmcli.form.model import Column, Formula, Layout, Part
from pmcli.form.reading import Reader, label_from
from pmcli.form.source import Tree
from pmcli.messages import Label, Sentence
from pmcli.problems import Fault

KINDS = ("fields", "text", "rows", "steps", "paragraph", "signatures", "records", "counts", "rates")


def read_layout(name: str, tree: Tree, faults: list[Fault]) -> Layout:
    """Read one printed page."""
    reader = Reader(tree, faults)
    layout = Layout(
        name=name,
        title=reader.label("title", required=True) or Label(name, name),
        paper=reader.one_of("paper", ("A4", "A5"), "A4"),
        document=reader.text("document") or "",
        over=reader.one_of("over", ("", "month", "day"), "") or None,
        dated_by=reader.text("dated_by") or "created_at",
        month_begins=reader.number("month_begins", 1),
        where=reader.formula("where"),
        posted=reader.flag("posted"),
        parts=reader.sequence("parts", lambda t: _part(t, faults)),
    )
    reader.finish()
    return layout


def _part(tree: Tree, faults: list[Fault]) -> Part | None:
    reader = Reader(tree, faults)
    kind = next((k for k in KINDS if k in reader.left), None)
    if kind is None:
        reader.fault(None, Sentence("part_wants", kinds=list(KINDS)))
        return None
    when, title = reader.formula("when"), reader.label("title")
    part = Part(kind=kind, title=title, when=when)
    if kind == "paragraph":
        part = Part(kind=kind, title=title, when=when, template=reader.template(kind))
    elif kind == "signatures":
        labels = tuple(label_from(n) for n in reader.names(kind))
        part = Part(kind=kind, title=title, when=when, labels=labels)
    elif kind == "records":
        part = Part(
            kind=kind,
            title=title,
            when=when,
            formula=reader.formula(kind),
            list_columns=tuple(Column(n, (n,)) for n in reader.names("columns")),
        )
    elif kind == "rates":
        part = Part(
            kind=kind,
            title=title,
            when=when,
            rates=reader.sequence(kind, lambda t: _rate(t, faults)),
        )
    else:
        part = Part(
            kind=kind,
            title=title,
            when=when,
            fields=reader.names(kind),
            across=reader.text("across"),
            columns=reader.number("columns", 2),
            blank_rows=reader.number("blank_rows", 4),
        )
    reader.finish()
    return part


def _rate(tree: Tree, faults: list[Fault]) -> tuple[Label, Formula, Formula, str]:
    reader = Reader(tree, faults)
    none = Formula("none", tree.file, tree.line)
    rate = (
        reader.label("label", required=True) or Label("", ""),
        reader.formula("top") or none,
        reader.formula("bottom") or none,
        reader.one_of("unit", ("%", "‰"), "%"),
    )
    reader.finish()
    return rate
