"""What a formula is worked out over, as the functions in it see it."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from typing import Any

from pmcli.form.model import Form
from pmcli.workflow.act import Act
from pmcli.workflow.repository import Lookup


class Sight(Mapping[str, Any]):
    """The names that a formula sees, and where they come from (pmcli/workflow/scope.py)."""

    form: Form
    held: Mapping[str, Any]
    """The record's own values, which no other name hides."""
    act: Act
    lookup: Lookup

    @abstractmethod
    def __or__(self, names: Mapping[str, Any]) -> Sight:
        """The same with some names more."""
