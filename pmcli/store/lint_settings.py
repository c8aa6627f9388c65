"""What office.yaml tells lint: the office's names and numbers, its limits."""

from __future__ import annotations

from pathlib import Path

from pmcli.lint import Settings
from pmcli.lint.kinds import KINDS
from pmcli.messages import Sentence
from pmcli.problems import Fault, Unreadable
from pmcli.store.office import load_office
from pmcli.store.office_model import CONFIG, Office

_LIMITS = ("title_max", "exclamations_max", "tip_max", "late_rate_max")


def nearest_settings(folder: Path, given: Path | None = None) -> Settings:
    """The settings of the nearest office.yaml at or above a folder, or of the office `given`.

    Raises Unreadable with file and line for whatever in it cannot be.
    """
    root = given or next((at for at in (folder, *folder.parents) if (at / CONFIG).is_file()), None)
    if root is None or not (root / CONFIG).is_file():
        return Settings()
    return office_settings(load_office(root))


def settings_faults(office: Office) -> list[Fault]:
    """Kinds of notices below `lint: leads` that there are not."""
    return [
        Fault(CONFIG, line, Sentence("want_one_of", key="leads", value=key, allowed=list(KINDS)))
        for key, line in office.lint.lead_lines.items()
        if key not in KINDS
    ]


def office_settings(office: Office) -> Settings:
    """The settings of an office; raises Unreadable for a kind of notice that there is not."""
    faults = settings_faults(office)
    if faults:
        raise Unreadable(*faults)
    keys = office.lint
    limits = {name: limit for name in _LIMITS if (limit := getattr(keys, name)) is not None}
    return Settings(
        **limits,
        theme=keys.theme or office.dress.theme,
        names=(office.name, *office.aliases),
        phones=tuple(filter(None, (office.phone, *(office.phones or ())))),
        phones_complete=office.phones is not None,
        arrears_posting=office.arrears_posting or keys.arrears_posting,
        leads=keys.leads,
        ignore=frozenset(keys.ignore),
    )
