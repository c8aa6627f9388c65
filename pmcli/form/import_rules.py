"""The `import:` section of a form: how the rows of a roster become records."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pmcli.form.field import FieldSpec
from pmcli.form.functions import FUNCTIONS
from pmcli.form.import_plan import ImportColumn, ImportPlan
from pmcli.form.language import NAMES
from pmcli.form.model import CORE_FIELDS
from pmcli.form.reading import Reader
from pmcli.messages import Sentence
from pmcli.problems import Fault
from pmcli.yaml_files.tree import Tree

_RESERVED = frozenset(CORE_FIELDS) | frozenset(FUNCTIONS) | NAMES


def read_plan(
    tree: Tree | None, fields: Mapping[str, FieldSpec], faults: list[Fault]
) -> ImportPlan | None:
    """Read the section; names that the form does not know are faults at their lines."""
    if tree is None:
        return None
    reader = Reader(tree, faults)
    cells = tuple(reader.mapping("cells", lambda n, t: _cell(n, t, fields, faults)).values())
    names = {cell.name for cell in cells}
    columns = reader.mapping("columns", lambda n, t: _column(n, t, names, fields, faults))
    plan = ImportPlan(
        key=reader.names("key"),
        columns=tuple(columns.values()),
        cells=cells,
        skip=reader.formula("skip"),
        skip_label=reader.label("skip_label"),
        dress=reader.names("dress"),
        unlike=reader.names("unlike"),
        unplaced=_unplaced(reader.take("unplaced"), faults),
        about=reader.names("about"),
        beside=reader.names("beside"),
    )
    _known("import", reader, "key", plan.key, columns)
    return plan


def _unplaced(tree: Tree | None, faults: list[Fault]) -> ImportColumn | None:
    if tree is None:
        return None
    reader = Reader(tree, faults)
    return ImportColumn("", like=reader.names("like"), marks=reader.names("marks"))


def _known(
    where: str, reader: Reader, key: str, names: Iterable[str], known: Iterable[str]
) -> None:
    for name in names:
        if name not in known:
            reader.fault(key, Sentence("unknown_field", where=where, name=name))


def _reader(tree: Tree, faults: list[Fault]) -> Reader:
    """Plain headers, one or a list, stand for `headers:`."""
    if tree.keys is None:
        tree = Tree(tree.file, tree.line, keys={"headers": tree}, key_lines={"headers": tree.line})
    return Reader(tree, faults)


def _cell(
    name: str, tree: Tree, fields: Mapping[str, FieldSpec], faults: list[Fault]
) -> ImportColumn:
    reader = _reader(tree, faults)
    if name in fields or name in _RESERVED or not name.isidentifier():
        reader.fault(None, Sentence("reserved_name", name=name))
    return ImportColumn(
        name,
        reader.names("headers"),
        down=reader.flag("down"),
        like=reader.names("like"),
        marks=reader.names("marks"),
        empty=reader.names("empty"),
    )


def _column(
    name: str,
    tree: Tree,
    cells: set[str],
    fields: Mapping[str, FieldSpec],
    faults: list[Fault],
) -> ImportColumn:
    reader = _reader(tree, faults)
    column = ImportColumn(
        name=name,
        headers=reader.names("headers"),
        formula=reader.formula("value"),
        words=reader.mapping("words", lambda _name, t: t.text or ""),
        unit=reader.names("unit"),
        number=reader.flag("number"),
        last=reader.number("last", 0),
        rest=reader.names("rest"),
        column=reader.text("column"),
        down=reader.flag("down"),
        like=reader.names("like"),
        empty=reader.names("empty"),
    )
    where = f"import {name}"
    spec = fields.get(name)
    if spec is None:
        reader.fault(None, Sentence("unknown_field", where="import", name=name))
    elif spec.auto:
        reader.fault(None, Sentence("auto_input", where="import", name=name))
    elif spec.kind.rows:
        if column.column is None:
            reader.fault(None, Sentence("key_missing", key="column"))
        else:
            _known(where, reader, "column", [column.column], spec.columns)
    _known(where, reader, "unit", column.unit, cells)
    _known(where, reader, "rest", column.rest, fields)
    for other in column.rest:
        if spec is not None and other in fields and fields[other].type != spec.type:
            reader.fault("rest", Sentence("field_wants", field=other, type=spec.type, key="rest"))
    if not (column.headers or column.formula or column.unit):
        reader.fault(None, Sentence("key_missing", key="headers"))
    return column
