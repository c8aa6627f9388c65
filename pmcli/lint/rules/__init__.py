"""The rules of the catalogue, one module a family."""

from __future__ import annotations

from pmcli.lint.rule import Rule
from pmcli.lint.rules import (
    content,
    dates,
    fields,
    layout,
    orders,
    pressure,
    privacy,
    promises,
    tone,
    typography,
)

RULES: tuple[Rule, ...] = tuple(
    sorted(
        (
            *content.RULES,
            *dates.RULES,
            *fields.RULES,
            *orders.RULES,
            *tone.RULES,
            *pressure.RULES,
            *promises.RULES,
            *privacy.RULES,
            *typography.RULES,
            *layout.RULES,
        ),
        key=lambda rule: rule.code,
    )
)
"""Every rule, in the order of the codes."""

BY_CODE = {rule.code: rule for rule in RULES}
