"""Working days 工作日: the statutory calendar, the office's own table, or plain Monday to Friday.

Source of the statutory days: the State Council's yearly holiday notices, as the chinesecalendar
library has them (2004 to the last year published).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

_known: dict[int, bool] = {}
"""Years met so far: whether the statutory calendar has them."""


class WorkingDays:
    """Counts working days; `table` maps days to whether they are worked and goes first.

    `fallback_years` holds the years that had to be counted Monday to Friday.
    """

    def __init__(self, table: Mapping[date, bool] | None = None) -> None:
        self._table = table or {}
        self.fallback_years: set[int] = set()

    def is_working(self, day: date) -> bool:
        """Whether a day is worked."""
        if day in self._table:
            return self._table[day]
        if _known.get(day.year, True):
            import chinese_calendar

            try:
                worked: bool = chinese_calendar.is_workday(day)
            except NotImplementedError:
                _known[day.year] = False
            else:
                _known[day.year] = True
                return worked
        self.fallback_years.add(day.year)
        return day.weekday() < 5

    def add(self, start: date, count: int) -> date:
        """The `count`-th working day after `start`."""
        day = start
        while count > 0:
            day += timedelta(days=1)
            if self.is_working(day):
                count -= 1
        return day
