"""Who the office is, its staff, its figures, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo

from pmcli.dataclass import dataclass
from pmcli.form.theme import Dress
from pmcli.form.units import DEFAULT_PATTERN
from pmcli.workflow.act import Staff

CONFIG = "office.yaml"


@dataclass(frozen=True)
class LintKeys:
    """The section `lint:`; None where the office leaves a limit as it is."""

    title_max: int | None = None
    exclamations_max: int | None = None
    tip_max: int | None = None
    late_rate_max: float | None = None
    theme: str | None = None
    arrears_posting: bool = False
    ignore: tuple[str, ...] = ()
    leads: Mapping[str, int] = field(default_factory=dict)
    lead_lines: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Office:
    """What office.yaml says. Times of the office are in `zone`."""

    root: Path
    name: str
    community: str = ""
    aliases: tuple[str, ...] = ()
    phone: str = ""
    phones: tuple[str, ...] | None = None
    """All its other numbers; None where the office does not list them."""
    address: str = ""
    zone: tzinfo = field(default_factory=lambda: ZoneInfo("Asia/Shanghai"))
    language: str = "zh"
    service_hours: str = "8:00-20:30"
    staff: Staff = field(default_factory=Staff)
    figures: Mapping[str, str] = field(default_factory=dict)
    lists: Mapping[str, tuple[Mapping[str, str], ...]] = field(default_factory=dict)
    places: Mapping[str, int] = field(default_factory=dict)
    """The lines of figures and lists, by `figures <key>` and `lists <key>`."""
    unit_pattern: str = DEFAULT_PATTERN
    working_days: Mapping[date, bool] = field(default_factory=dict)
    dress: Dress = field(default_factory=Dress)
    arrears_posting: bool = False
    lint: LintKeys = field(default_factory=LintKeys)

    @property
    def names(self) -> dict[str, str]:
        """What formulas and templates may say of the office."""
        held = ("name", "community", "phone", "address", "service_hours")
        return {key: getattr(self, key) for key in held}
