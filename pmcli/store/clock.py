"""The one place that knows the time."""

from __future__ import annotations

import os
from datetime import datetime, tzinfo

from pmcli.form.days import parse_datetime
from pmcli.messages import Sentence
from pmcli.problems import Usage, Want


def now(zone: tzinfo) -> datetime:
    """The present moment in `zone`, to the second; PMCLI_NOW stands in for it when set."""
    present = datetime.now(zone).replace(microsecond=0)
    fixed = os.environ.get("PMCLI_NOW")
    if not fixed:
        return present
    try:
        return parse_datetime(fixed, zone, present.date()).replace(microsecond=0)
    except ValueError:
        raise Usage.of(
            Want.VALUE, Sentence("not_a_datetime", field="PMCLI_NOW", value=fixed), "PMCLI_NOW"
        ) from None


def moment(text: str, zone: tzinfo, present: datetime) -> datetime:
    """Read `--at`; raises Usage when it is no time or lies in the future."""
    try:
        at = parse_datetime(text, zone, present.date()).replace(microsecond=0)
    except ValueError:
        raise Usage.of(
            Want.VALUE, Sentence("not_a_datetime", field="--at", value=text), "at"
        ) from None
    if at > present:
        raise Usage.of(
            Want.VALUE,
            Sentence("at_in_future", at=f"{at:%Y-%m-%d %H:%M}", now=f"{present:%Y-%m-%d %H:%M}"),
            "at",
        )
    return at
