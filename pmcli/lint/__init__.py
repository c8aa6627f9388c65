"""Checks official writing: `check` reads a notice and returns what to mend in it."""

from __future__ import annotations

from pmcli.lint.checking import Report, check, inspect
from pmcli.lint.fixing import fixed
from pmcli.lint.model import Finding, Settings

__all__ = ["Finding", "Report", "Settings", "check", "fixed", "inspect"]
