"""The `prints:` section of a form: what stands on its pages."""

from __future__ import annotations

from pmcli.form.layouts import Layout
from pmcli.form.parts import read_part
from pmcli.form.reading import Reader, label_from
from pmcli.messages import Label
from pmcli.problems import Fault
from pmcli.yaml_files.tree import Tree


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
        parts=reader.sequence("parts", lambda t: read_part(t, faults)),
    )
