"""A table whose columns are the variables of a text template: one letter for each row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pmcli.dataclass import dataclass
from pmcli.form.field import FieldSpec
from pmcli.form.model import Form
from pmcli.messages import Sentence
from pmcli.patterns import regex
from pmcli.problems import Unmet, Usage, Want
from pmcli.spreadsheets.cells import text_of
from pmcli.spreadsheets.headers import SEARCHED, header_keys
from pmcli.spreadsheets.reading import Sheet, in_sight

_ITEMS = regex(r"\s*[；;\n]\s*")
"""Between the items of a list in one cell."""


@dataclass(frozen=True)
class Letters:
    """What a table gives for each row: the row's number in its file, and texts by field."""

    rows: tuple[tuple[int, Mapping[str, tuple[str, ...]]], ...]
    columns: Mapping[str, str]
    """Which header feeds a field."""
    unused: tuple[str, ...]
    """Headers that feed nothing."""


def read_letters(
    form: Form, sheets: Sequence[Sheet], common: Mapping[str, Sequence[str]]
) -> Letters:
    """Read a table for `form`, whose first step has the template's variables among its inputs.

    A column is found by its field's name or label. `common` are the texts that hold for every row;
    a filled cell goes before them. Raises Usage where no row has headers, where a column that every
    letter needs is missing, and where two columns feed one field.
    """
    inputs = {name: form.fields[name] for name in form.new.inputs if name in form.fields}
    known = {key: spec for spec in inputs.values() for key in _keys(spec)}
    seen = in_sight(sheets)
    found = [(len(_fed(row, known)), -i, -at, sheet, row) for i, sheet in enumerate(seen)
             for at, row in enumerate(sheet.rows[:SEARCHED])]  # fmt: skip
    count, _, at, sheet, header = max(found, key=lambda item: item[:3])
    wanted = [inputs[name] for name in form.new.asks if name in inputs]
    if not count:
        labels = [spec.label for spec in wanted]
        raise Usage.of(
            Want.VALUE, Sentence("batch_no_header", wanted=labels, count=SEARCHED), "for-each"
        )
    fed = _fed(header, known)
    twice = [spec for spec in {s.name: s for s in fed.values()}.values()
             if sum(s is spec for s in fed.values()) > 1]  # fmt: skip
    if twice:
        said = [(spec.name, Sentence("batch_two_columns", field=spec.label)) for spec in twice]
        raise Usage(*(Unmet(Want.ONLY_ONE, say, fields=(name,)) for name, say in said))
    names = {spec.name for spec in fed.values()} | set(common)
    lacking = [spec for spec in wanted if spec.name not in names]
    if lacking:
        headers = [text_of(cell) for cell in header if text_of(cell)]
        raise Usage.of(
            Want.VALUE,
            Sentence("batch_lacks", fields=[spec.label for spec in lacking], seen=headers),
            "for-each",
        )
    rows = []
    for number, cells in enumerate(sheet.rows[-at + 1 :], start=-at + 2):
        texts = {i: text_of(cell) for i, cell in enumerate(cells)}
        if not any(texts.values()):
            continue
        given: dict[str, tuple[str, ...]] = {name: tuple(held) for name, held in common.items()}
        for i, spec in fed.items():
            if texts.get(i):
                given[spec.name] = _texts(texts[i], spec)
        rows.append((number, given))
    if not rows:
        raise Usage.of(Want.VALUE, Sentence("batch_no_rows"), "for-each")
    unused = tuple(text_of(c) for i, c in enumerate(header) if i not in fed and text_of(c))
    return Letters(tuple(rows), {s.name: text_of(header[i]) for i, s in fed.items()}, unused)


def _keys(spec: FieldSpec) -> list[str]:
    names = (spec.name, spec.label.zh, spec.label.en)
    return [key for name in names for key in header_keys(name)]


def _fed(row: Sequence[object], known: Mapping[str, FieldSpec]) -> dict[int, FieldSpec]:
    """Which field each column of a header row feeds."""
    fed = {}
    for i, cell in enumerate(row):
        text = text_of(cell)
        spec = next((known[key] for key in header_keys(text) if key in known), None)
        if text and spec is not None:
            fed[i] = spec
    return fed


def _texts(text: str, spec: FieldSpec) -> tuple[str, ...]:
    items = [item for item in _ITEMS.split(text) if item] if spec.many else [text]
    return tuple(spec.kind.uncelled(item) for item in items)
