"""What may stand in office.yaml."""

from __future__ import annotations

from pmcli.form.shapes import FIGURE, ROWS, roles
from pmcli.form.theme import THEMES
from pmcli.messages import CATALOGUE
from pmcli.yaml_files.shape import (
    FLAG,
    NAMES,
    NUMBER,
    TEXT,
    Fraction,
    Keys,
    List,
    Table,
    Word,
)

_RULE = "lint_explain_"


def rule_codes() -> list[str]:
    """The codes of the rules that lint has, without reading the rules."""
    return sorted(key.removeprefix(_RULE) for key in CATALOGUE if key.startswith(f"{_RULE}N"))


CODES = List(Word(rule_codes, any_case=True), said="want_names")
_THEME = Word(THEMES)
_POSTING = Word(("allowed", "no"))

OFFICE = Keys(
    "office",
    {
        "name": TEXT,
        "community": TEXT,
        "aliases": NAMES,
        "phone": TEXT,
        "phones": NAMES,
        "address": TEXT,
        "time_zone": TEXT,
        "language": Word(("zh", "en")),
        "service_hours": TEXT,
        "staff": List(Keys("member", {"name": TEXT, "roles": roles()}, ("name",))),
        "figures": Table(FIGURE),
        "lists": Table(ROWS),
        "unit_pattern": TEXT,
        "working_days": Table(Word(("work", "rest"))),
        "paper": Keys("paper", {"theme": _THEME, "letterhead": FLAG, "code": FLAG, "seal": FLAG}),
        "arrears_posting": _POSTING,
        "lint": Keys(
            "lint",
            {
                "title_max": NUMBER,
                "exclamations_max": NUMBER,
                "tip_max": NUMBER,
                "late_rate_max": Fraction(),
                "theme": _THEME,
                "arrears_posting": _POSTING,
                "ignore": CODES,
                "leads": Table(NUMBER),
            },
        ),
    },
    ("name",),
)
