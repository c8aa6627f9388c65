"""The rows of a table that may hold a record, each as the texts of its cells by name. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pmcli.dataclass import dataclass
from pmcli.form.import_plan import ImportPlan
from pmcli.patterns import regex
from pmcli.spreadsheets import cells
from pmcli.spreadsheets.headers import Table
from pmcli.spreadsheets.sayings import Sayings

_TOTALS = regex(r"(?:本页)?(?:合计|总计|小计|共计)")


@dataclass
class Passed:
    """Rows that hold no record, by kind."""

    blank: int = 0
    total: int = 0
    header: int = 0

    @property
    def all(self) -> int:
        """How many there are."""
        return self.blank + self.total + self.header


@dataclass(frozen=True)
class Entry:
    """A row: its number in the file, the text of each of its cells, and these by name."""

    row: int
    texts: Sequence[str]
    named: Mapping[str, str]


class Entries:
    """Reads the rows of one table; `passed` counts those that hold no record."""

    def __init__(self, plan: ImportPlan, table: Table) -> None:
        self.plan = plan
        self.table = table
        self.passed = Passed()
        self._sayings = Sayings(plan)
        self._above: dict[str, str] = {}
        self._section: dict[str, str] = {}
        self._empty = {
            column.name: {"".join(word.split()) for word in column.empty}
            for column in (*plan.cells, *table.columns)
        }

    def __iter__(self) -> Iterator[Entry]:
        headers = [cells.text_of(v) for v in self.table.sheet.rows[self.table.header_row - 1]]
        for number, row in enumerate(self.table.sheet.rows, start=1):
            if number <= self.table.header_row:
                continue
            texts = [cells.text_of(value) for value in row]
            if self._holds_none(texts, headers):
                continue
            named = self._named(texts)
            if not named:
                self.passed.blank += 1
                continue
            self._repeat_above(named)
            for name, text in (self._section | dict(self.table.given)).items():
                if text:
                    named.setdefault(name, text)
            yield Entry(number, texts, named)

    def _holds_none(self, texts: Sequence[str], headers: Sequence[str]) -> bool:
        """Whether a row is a total, the headers again, or the title of a section."""
        filled = [text for text in texts if text]
        if filled and _TOTALS.match("".join(filled[0].split())):
            self.passed.total += 1
        elif filled and texts == headers:
            self.passed.header += 1
        elif len(filled) == 1 and (said := self._sayings.title(filled[0])) is not None:
            self.passed.header += 1
            name, text = said
            for cell in self.plan.cells:
                self._above.pop(cell.name, None)
                self._section.pop(cell.name, None)
            (self._above if name in self.table.index else self._section)[name] = text
        else:
            return False
        return True

    def _named(self, texts: Sequence[str]) -> dict[str, str]:
        """The texts that feed something, without what rosters write where there is nothing."""
        return {
            name: texts[position]
            for name, position in self.table.index.items()
            if position < len(texts)
            and texts[position]
            and "".join(texts[position].split()) not in self._empty.get(name, ())
        }

    def _repeat_above(self, named: dict[str, str]) -> None:
        """Fill empty cells that repeat the one above; a filled one ends the repeating behind it."""
        begun = False
        for column in (*self.plan.cells, *self.table.columns):
            if not column.down or column.name not in self.table.index:
                continue
            if column.name in named:
                begun = begun or named[column.name] != self._above.get(column.name)
                self._above[column.name] = named[column.name]
            elif begun:
                self._above.pop(column.name, None)
            elif column.name in self._above:
                named[column.name] = self._above[column.name]
