"""What office.yaml tells lint: the office's names and numbers, its limits."""

from __future__ import annotations

from pathlib import Path

from pmcli.lint import Settings
from pmcli.lint.kinds import KINDS
from pmcli.messages import Sentence
from pmcli.problems import Fault, Unreadable
from pmcli.store.office import CONFIG, Office, load_office

_LIMITS = ("title_max", "exclamations_max", "tip_max", "late_rate_max")


def nearest_settings(folder: Path, given: Path | None = None) -> Settings:
    """The settings of the nearest office.yaml at or above a folder, or of the office `given`.

    Raises Unreadable with file and line for whatever in it cannot be.
    """
    root = given or next((at for at in (folder, *folder.parents) if (at / CONFIG).is_file()), None)
    if root is None or not (root / CONFIG).is_file():
        return Settings()
    return office_settings(load_office(root))


def office_settings(office: Office) -> Settings:
    """The settings of an office; raises Unreadable for a kind of notice that there is not."""
    keys = office.lint
    for key, line in keys.lead_lines.items():
        if key not in KINDS:
            said = Sentence("want_one_of", key="leads", value=key, allowed=list(KINDS))
            raise Unreadable(Fault(CONFIG, line, said))
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
