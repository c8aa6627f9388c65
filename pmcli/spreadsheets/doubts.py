"""Whether what a roster does not say in the columns that are used belongs to a home's number.

A home filed under a wrong number is worse than a roster that is refused: each check ends in one
sentence that names the column, and how to say what it is.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from pmcli.dataclass import dataclass
from pmcli.form.import_plan import ImportColumn, ImportPlan
from pmcli.form.model import Form
from pmcli.messages import Label, Sentence
from pmcli.patterns import regex
from pmcli.problems import Usage, Want
from pmcli.spreadsheets.cells import one_line, shown, text_of, tokens_of, western
from pmcli.spreadsheets.entries import Entries, Entry
from pmcli.spreadsheets.headers import Known, Said, Table, Told, consisting_of, header_keys
from pmcli.spreadsheets.rows import number_parts, spelt_in
from pmcli.spreadsheets.sayings import Sayings

if TYPE_CHECKING:
    from pmcli.messages.keys import Key

_TOKEN = regex(r"[0-9A-Za-z]+")
_SHORT = regex(r"[^\W\d]{0,2}[0-9A-Za-z]{1,2}[^\W\d]{0,2}\Z")
"""What a building or an entrance may be called."""
_HALF = 2
"""A column whose header says nothing is doubted where one in so many cells speaks of a part."""


@dataclass(frozen=True)
class _Home:
    """A row and the number that it spells."""

    entry: Entry
    number: str


def settle(
    form: Form, plan: ImportPlan, table: Table, others: Sequence[Table], told: Told, file: str
) -> Table:
    """The table with all that its homes' numbers need: a building said in a title is taken.

    `others` are the further sheets with the same headers, `file` the file's name without its end.
    Raises Usage where something not used may be part of a number, where the building is not said,
    and where rows of different homes come to one number.
    """
    known = Known(form, plan, told)
    _check_headers_once(plan, table, known)
    for column in table.columns:
        if column.unit:
            table = _Numbers(form, plan, table, column).settle(others, told, file)
    return table


def _check_headers_once(plan: ImportPlan, table: Table, known: Known) -> None:
    """Raises Usage where other headers follow further down, so that columns change places."""
    parts = {name for column in plan.columns for name in column.unit}
    for number, row in enumerate(table.sheet.rows, start=1):
        if number <= table.header_row:
            continue
        fed: dict[str, int] = {}
        for position, value in enumerate(row):
            if text := text_of(value):
                found = known.fed(header_keys(text))
                if found is not None:
                    fed.setdefault(found[0], position)
        headers = len(parts & set(fed)) > 1 or (len(fed) > 2 and parts & set(fed))
        if headers and any(table.index.get(name) != at for name, at in fed.items()):
            raise Usage.of(
                Want.VALUE,
                Sentence("import_headers_again", row=number, first=table.header_row),
                "file",
            )


class _Numbers:
    """The checks of one field that unit numbers fill."""

    def __init__(self, form: Form, plan: ImportPlan, table: Table, column: ImportColumn) -> None:
        self.form, self.plan, self.table, self.column = form, plan, table, column
        self.sayings = Sayings(plan)
        self.cells = {cell.name: cell for cell in plan.cells}
        self.first, self.last = column.unit[0], column.unit[-1]

    def settle(self, others: Sequence[Table], told: Told, file: str) -> Table:
        """The table with its building; raises Usage, see `settle`."""
        self._take_building(file)
        self._building_or_entrance()
        homes = list(self._homes(self.table))
        self._check_building(others)
        example = next(iter(Entries(self.plan, self.table)), None)
        for position in self._loose():
            self._check_column(position, homes, example)
        self._check_apart(homes)
        self._check_laps(homes)
        self._check_sheets(homes, others, told)
        return self.table

    def _homes(self, table: Table) -> Iterator[_Home]:
        for entry in Entries(self.plan, table):
            number, _reason = spelt_in(table, self.column, entry.named)
            if number is not None:
                yield _Home(entry, number)

    def _lacks_part(self) -> bool:
        """Whether no column or word of the clerk's gives some part of the number."""
        table = self.table
        return any(name not in table.index and name not in table.given for name in self.column.unit)

    def _has_building(self) -> bool:
        return self.first in self.table.index or self.first in self.table.given

    # --- the building

    def _take_building(self, file: str) -> None:
        """Take the building out of the sheet's name, a title or the file's name if it is there."""
        table = self.table
        if self.first in table.given:
            return
        titles = [text for row in table.sheet.rows[: table.header_row - 1] for text in row]
        places: list[tuple[Key, str | None]] = [
            ("import_in_sheet", table.sheet.name),
            *(("import_in_title", text_of(text)) for text in titles),
            ("import_in_file", file),
        ]
        said: dict[str, Said] = {}
        for place, text in places:
            found = self.sayings.part(text) if text else None
            if found is not None and found[0] == self.first:
                bare = "-".join(tokens_of(western(found[1])))
                said.setdefault(bare, Said(self._part(self.first), found[1], place))
        if len(said) > 1 and not self._has_building():
            raise Usage.of(
                Want.VALUE,
                Sentence(
                    "import_buildings_said",
                    said=[each.text for each in said.values()],
                    part=self._part(self.first),
                ),
                "file",
            )
        if self.first in table.index and self.first not in table.settled:
            self._check_said(said)
        if self._has_building() or self._all_whole():
            return
        for each in said.values():
            given = {**table.given, self.first: each.text}
            self.table = replace(table, given=given, said=(each,))

    def _check_said(self, said: Mapping[str, Said]) -> None:
        """Raises Usage where a title says a building that its column never does."""
        column = {"-".join(tokens_of(western(entry.named.get(self.first, ""))))
                  for entry in Entries(self.plan, self.table)}  # fmt: skip
        for bare, each in said.items():
            if bare not in column:
                raise Usage.of(
                    Want.VALUE,
                    Sentence(
                        "import_said_differs",
                        where=Sentence(each.where),
                        text=each.text,
                        header=self.table.header(self.table.index[self.first]),
                        part=each.part,
                    ),
                    "file",
                )

    def _all_whole(self) -> bool:
        """Whether every row says its building in the cell of the room, or a title above it."""
        for entry in Entries(self.plan, self.table):
            if entry.named.get(self.first):
                continue
            number, _reason = spelt_in(self.table, self.column, entry.named)
            text = western(number_parts(self.column, entry.named)[-1])
            found = self.sayings.part(text)
            says = found is not None and found[0] == self.first
            if number is not None and number.count("-") < len(self.column.unit) - 1 and not says:
                return False
            if number is None and _reason == "import_no_building_here":
                return False
        return True

    def _building_or_entrance(self) -> None:
        """3栋 and 3-501: the 3 of the room is the building where it is so in several buildings."""
        if len(self.column.unit) < 3 or not self._has_building():
            return
        marks = [m for name in self.column.unit[1:-1] for m in self.cells[name].marks]
        pairs = set()
        example = None
        for entry in Entries(self.plan, self.table):
            *before, last = number_parts(self.column, entry.named)
            held = tokens_of(western(last))
            if not before or len(held) != 2 or any(mark in last for mark in marks):
                continue
            if any(tokens_of(text) for text in before[1:]) or self.sayings.part(last):
                continue
            pairs.add((tuple(tokens_of(western(before[0]))), held[0]))
            example = example or (entry.row, before[0], last)
        if example is None or any(building != (held,) for building, held in pairs):
            return
        if len(pairs) > 1:
            self.table = replace(self.table, whole=True)
        elif self.first not in self.table.settled and not (
            self.first in self.table.given and not self.table.said
        ):
            row, building, last = example
            raise Usage.of(
                Want.VALUE,
                Sentence(
                    "import_building_or_entrance",
                    row=row,
                    building=shown(building),
                    room=shown(last),
                    part=self._part(self.first),
                ),
                "file",
            )

    def _check_building(self, others: Sequence[Table]) -> None:
        """Raises Usage where no column says the building and rows want one."""
        if self._has_building():
            return
        part = self._part(self.first)
        mine = set()
        for entry in Entries(self.plan, self.table):
            number, reason = spelt_in(self.table, self.column, entry.named)
            if reason == "import_no_building_here":
                for position in self._loose():
                    self._check_column(position, [], entry)
                raise Usage.of(
                    Want.VALUE, Sentence("import_no_building", part=part, row=entry.row), "file"
                )
            if number is not None and number.count("-") < len(self.column.unit) - 1:
                mine.add(number)
        alike = [
            table.sheet.name
            for table in others
            if mine & {home.number for home in self._homes(table)}
        ]
        if alike:
            sheets = [self.table.sheet.name, *alike]
            raise Usage.of(
                Want.VALUE, Sentence("import_sheets_alike", sheets=sheets, part=part), "file"
            )

    # --- columns that are not used

    def _loose(self) -> list[int]:
        """The columns that hold something, feed no number and were not set aside."""
        table = self.table
        own = [self.column.name] if self.column.name in table.index else self.column.unit
        used = {table.index[name] for name in own if name in table.index}
        parts = {table.index[name] for name in self.column.unit if name in table.index} - used
        loose = {*table.unused_positions, *parts}
        return sorted(loose - used - table.ignored)

    def _check_column(
        self, position: int, homes: Sequence[_Home], example: Entry | None = None
    ) -> None:
        """Raises Usage for a column that may be part of a number and says what is not in it."""
        table = self.table
        values = [(home, text) for home in homes if (text := _cell(home.entry, position))]
        shown_in = values[0][0].entry if values else example
        text = values[0][1] if values else _cell(example, position) if example else ""
        if shown_in is None or not text:
            return
        texts = [text for _, text in values] or [text]
        slices = self._could_be(position, texts)
        if slices is None:
            return
        phase = any(self.sayings.phase(text) for text in texts)
        if values and not phase and any(_agrees(values, *cut) for cut in slices):
            return
        rival = table.rivals.get(position)
        if rival is not None and rival in table.index:
            raise Usage.of(
                Want.VALUE,
                Sentence(
                    "import_rivals",
                    header=table.header(position),
                    used=table.header(table.index[rival]),
                    part=self._part(rival),
                    row=shown_in.row,
                ),
                "file",
            )
        raise Usage.of(
            Want.VALUE,
            Sentence(
                "import_doubt",
                header=table.header(position),
                value=shown(text),
                row=shown_in.row,
                part=self._part(self.first),
            ),
            "file",
        )

    def _could_be(self, position: int, texts: Sequence[str]) -> list[tuple[int, int | None]] | None:
        """Which parts of the number a column may say, as slices; None where it says none.

        A column that says what the number has no place for is an empty list.
        """
        table = self.table
        header = table.headers.get(position, "")
        key = header_keys(header)[0] if header else ""
        rival = table.rivals.get(position)
        if rival in table.settled and key not in _keys_of(table, rival):
            rival = None
        parts = list(self.column.unit)
        if rival is not None and rival in parts:
            return _slices(parts.index(rival), len(parts))
        if self.plan.unplaced and consisting_of(self.plan.unplaced.like, self.plan.dress).match(
            key
        ):
            return []
        bare = key
        for word in self.plan.unlike:
            bare = bare.replace(header_keys(word)[0], "")
        spoken = [
            i
            for i, name in enumerate(parts)
            if any(mark in bare for mark in self.cells[name].marks)
        ]
        if spoken:
            return [cut for i in spoken for cut in _slices(i, len(parts))]
        if any(word in key for word in self.plan.beside):
            return None
        plain = [western(text) for text in texts]
        describes = any(word in key for word in self.plan.about)
        if self._lacks_part() and not describes and all(map(_SHORT.match, plain)):
            return _any_part(len(parts))
        speaking = [text for text in plain if self.sayings.holds_part(text)]
        if any(map(self.sayings.is_part, plain)) or (
            speaking and len(speaking) * _HALF >= len(plain)
        ):
            return _any_part(len(parts))
        return None

    def _check_apart(self, homes: Sequence[_Home]) -> None:
        """Raises Usage where rows of one number differ in a column that might tell them apart."""
        for position in self._loose():
            header = self.table.headers.get(position, "")
            key = header_keys(header)[0] if header else ""
            values = [(home, text) for home in homes if (text := _cell(home.entry, position))]
            if any(word in key for word in self.plan.beside):
                continue
            first: dict[str, tuple[str, int]] = {}
            for home, text in values:
                folded = "".join(unicodedata.normalize("NFKC", text).lower().split())
                held, row = first.setdefault(home.number, (folded, home.entry.row))
                if held != folded:
                    raise Usage.of(
                        Want.VALUE,
                        Sentence(
                            "import_apart",
                            first=row,
                            row=home.entry.row,
                            number=home.number,
                            header=self.table.header(position),
                            part=self._part(self.first),
                        ),
                        "file",
                    )

    def _check_laps(self, homes: Sequence[_Home]) -> None:
        """Raises Usage where homes without an entrance come again behind others, of other people.

        Co-owners stand one below the other; a list that begins again is of another entrance.
        """
        between = [name for name in self.column.unit[1:-1]
                   if name not in self.table.index and name not in self.table.given]  # fmt: skip
        if not between:
            return
        own = {self.table.index[name] for name in self.column.unit if name in self.table.index}
        first: dict[str, _Home] = {}
        last: dict[str, int] = {}
        for at, home in enumerate(homes):
            before = first.setdefault(home.number, home)
            lap = at - last.get(home.number, at) > 1
            last[home.number] = at
            differs = [
                _cell(home.entry, i)
                for i in range(len(home.entry.texts))
                if i not in own and _cell(before.entry, i) not in ("", _cell(home.entry, i))
            ]
            if lap and any(differs) and home.number.count("-") < len(self.column.unit) - 1:
                raise Usage.of(
                    Want.VALUE,
                    Sentence(
                        "import_laps",
                        first=before.entry.row,
                        row=home.entry.row,
                        number=home.number,
                        part=self._part(between[0]),
                    ),
                    "file",
                )

    # --- other sheets

    def _check_sheets(self, homes: Sequence[_Home], others: Sequence[Table], told: Told) -> None:
        """Raises Usage where sheets of two phases number their homes alike."""
        mine = {home.number for home in homes}
        name = self.table.sheet.name
        ignored = {key for word in told.ignored for key in header_keys(word)}
        phase = self.sayings.phase(name)
        for other in others:
            if header_keys(name)[0] in ignored or header_keys(other.sheet.name)[0] in ignored:
                continue
            said = self.sayings.phase(other.sheet.name)
            if said == phase or not said:
                continue
            given = {**other.given, **self.table.given} if self.table.given else other.given
            if mine & {home.number for home in self._homes(replace(other, given=given))}:
                raise Usage.of(
                    Want.VALUE,
                    Sentence("import_phases", sheets=[name, other.sheet.name], sheet=name),
                    "file",
                )

    def _part(self, name: str) -> Label:
        """What a part of the number is called: the first header that stands for it."""
        headers = self.cells[name].headers if name in self.cells else (name,)
        latin = [header for header in headers if header.isascii()]
        return Label(headers[0], (latin or [name])[0])


def _keys_of(table: Table, name: str) -> tuple[str, ...]:
    position = table.index.get(name)
    header = table.headers.get(position) if position is not None else None
    return header_keys(header) if header else ()


def _slices(index: int, count: int) -> list[tuple[int, int | None]]:
    """Which parts of a number a column for one of them may hold; it may hold the whole as well."""
    whole = (0, None)
    if index == 0:
        return [(0, 1), (0, -1), whole]
    if index == count - 1:
        return [(-1, None), (1, None), whole]
    return [(1, -1), (0, -1), whole]


def _any_part(count: int) -> list[tuple[int, int | None]]:
    return [cut for index in range(count) for cut in _slices(index, count)]


def _agrees(values: Sequence[tuple[_Home, str]], begin: int, end: int | None) -> bool:
    """Whether each text is these parts of its row's number, behind words that are always alike."""
    before = set()
    for home, text in values:
        parts = [part.lstrip("0") for part in home.number.split("-")[begin:end]]
        text = western(text)
        found = list(_TOKEN.finditer(text))
        if not parts or [match[0].upper().lstrip("0") for match in found[-len(parts) :]] != parts:
            return False
        lead = text[: found[-len(parts)].start()]
        if begin > 0 and lead:
            return False
        before.add("".join(lead.split()))
    return len(before) == 1


def _cell(entry: Entry, position: int) -> str:
    return one_line(entry.texts[position]) if position < len(entry.texts) else ""
