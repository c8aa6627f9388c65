"""What a name or a title says of a part of a home's number: 3栋业主名册, 2#楼, 二期. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pmcli.form.import_plan import ImportPlan
from pmcli.patterns import regex
from pmcli.spreadsheets.cells import NUMERALS, one_line, western

_NUMBER = rf"(?:\d{{1,4}}|[A-Za-z]\d{{0,3}}|[{NUMERALS}]{{1,4}})"
_UNSURE_BEFORE = regex(
    rf"(?:[东西南北中前后上下左右新老共计全各至到和及、,，~～+/&.-]|[{NUMERALS}]|[A-Za-z0-9])\s*\Z"
)
"""Before 3栋 these say that there is more to it: 东3栋, 1-3栋, 共3栋."""
_ROOM = rf"(?:{_NUMBER}(?:号房|室|房|号)?)?"


class Sayings:
    """Reads texts by the marks that a plan's cells declare."""

    def __init__(self, plan: ImportPlan) -> None:
        self._parts = {cell.name: _numbered(cell.marks) for cell in plan.cells if cell.marks}
        self._unplaced = _numbered(plan.unplaced.marks) if plan.unplaced else None
        marks = [mark for cell in plan.cells for mark in cell.marks]
        marks += plan.unplaced.marks if plan.unplaced else ()
        either = _either(marks)
        self._address = re.compile(rf"(?:{_NUMBER}\s*(?:{either})\s*)+{_ROOM}\Z") if marks else None

    def part(self, text: str) -> tuple[str, str] | None:
        """The first part of a number that a text says and says without doubt: its cell, 3栋."""
        text = one_line(text)
        if self.phase(text):
            return None
        for name, pattern in list(self._parts.items())[:1]:
            found = list(pattern.finditer(text))
            sayings = {western(match[1]).upper() for match in found}
            if len(sayings) == 1 and not _UNSURE_BEFORE.search(text[: found[0].start()]):
                return name, found[0][0]
        return None

    def title(self, text: str) -> tuple[str, str] | None:
        """What a text that is nothing but part of a number says: 3栋, 2单元."""
        text = one_line(text)
        for name, pattern in self._parts.items():
            match = pattern.match(text)
            if match is not None and match.end() == len(text):
                return name, text
        return None

    def phase(self, text: str) -> str | None:
        """What a text says of a part for which the number has no place: 二期."""
        match = self._unplaced.search(one_line(text)) if self._unplaced else None
        return "".join(match[0].split()) if match else None

    def is_part(self, text: str) -> bool:
        """Whether a text is nothing but parts of a number: 3栋, A区2栋, 二期."""
        return self._address is not None and self._address.match(one_line(text)) is not None

    def holds_part(self, text: str) -> bool:
        """Whether a text says a part of a number somewhere."""
        patterns = [*self._parts.values(), *([self._unplaced] if self._unplaced else [])]
        return any(pattern.search(text) for pattern in patterns)


def _numbered(marks: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"({_NUMBER})\s*(?:{_either(marks)})")


def _either(marks: Iterable[str]) -> str:
    return "|".join(re.escape(mark) for mark in sorted(marks, key=len, reverse=True))
