"""The `prints:` section of a form: what stands on its pages."""

from __future__ import annotations

from dataclasses import replace

from pmcli.form.layouts import Column, Layout, Part
from pmcli.form.model import Formula
from pmcli.form.reading import Reader, label_from
from pmcli.messages import Label
from pmcli.problems import Fault
from pmcli.yaml_files.tree import Tree

KINDS = (
    "fields", "text", "rows", "steps", "paragraph", "signatures", "records", "counts", "rates",
    "calendar", "cards", "prose", "attachments",
)  # fmt: skip
STYLES = ("plain", "number", "title", "opening", "letter", "signature", "validity", "small")
"""How a paragraph is set (pmcli/documents/page.py)."""


def read_layout(name: str, tree: Tree, faults: list[Fault]) -> Layout:
    """Read one printed page."""
    reader = Reader(tree, faults)
    return Layout(
        name=name,
        title=reader.label("title") or Label(name, name),
        paper=reader.word("paper", ("A4", "A5"), "A4"),
        landscape=reader.flag("landscape"),
        copies=tuple(label_from(name) for name in reader.names("copies")),
        document=reader.text("document") or "",
        over=reader.word("over", ("", "month", "day"), "") or None,
        dated_by=reader.text("dated_by") or "created_at",
        month_begins=reader.number("month_begins", 1),
        where=reader.formula("where"),
        posted=reader.flag("posted"),
        large=reader.flag("large"),
        plain=reader.flag("plain"),
        dated=reader.formula("dated"),
        mark=reader.formula("mark"),
        seal=reader.formula("seal"),
        watermark=reader.template("watermark"),
        foot=reader.template("foot"),
        parts=reader.sequence("parts", lambda t: _part(t, faults)),
    )


def _part(tree: Tree, faults: list[Fault]) -> Part | None:
    reader = Reader(tree, faults)
    kind = next((k for k in KINDS if k in (tree.keys or {})), None)
    if kind is None:
        return None
    part = Part(
        kind=kind,
        title=reader.label("title"),
        when=reader.formula("when"),
        on_blank=reader.flag("blank", True),
    )
    if kind == "paragraph":
        style = reader.word("style", STYLES, STYLES[0])
        part = replace(part, template=reader.template(kind), style=style)
    elif kind in ("prose", "attachments"):
        part = replace(part, formula=reader.formula(kind))
    elif kind == "signatures":
        part = replace(part, labels=tuple(label_from(n) for n in reader.names(kind)))
    elif kind == "records":
        part = replace(
            part,
            formula=reader.formula(kind),
            list_columns=tuple(Column(n, (n,)) for n in reader.names("columns")),
        )
    elif kind == "rates":
        part = replace(part, rates=reader.sequence(kind, lambda t: _rate(t, faults)))
    elif kind == "calendar":
        rows, day, mark = (reader.text(key) or "" for key in (kind, "day", "mark"))
        part = replace(
            part,
            fields=(rows, day, mark),
            formula=reader.formula("days"),
            down=reader.names("down"),
            blank_rows=reader.number("blank_rows", 8),
        )
    else:
        part = replace(
            part,
            fields=reader.names(kind),
            across=reader.text("across"),
            columns=reader.number("columns", 2),
            blank_rows=reader.number("blank_rows", 4),
            blank_from=reader.text("blank_from"),
            show=reader.names("show"),
            beneath=reader.names("beneath"),
            where=reader.formula("where"),
            tight=reader.flag("tight"),
        )
    return part


def _rate(tree: Tree, faults: list[Fault]) -> tuple[Label, Formula, Formula, str]:
    reader = Reader(tree, faults)
    none = Formula("none", tree.file, tree.line)
    return (
        reader.label("label") or Label("", ""),
        reader.formula("top") or none,
        reader.formula("bottom") or none,
        reader.word("unit", ("%", "‰"), "%"),
    )
