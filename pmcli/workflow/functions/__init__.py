"""The functions of the form language, each with what it does (docs/forms.md lists them)."""

from pmcli.workflow.functions import figures, records, texts, values
from pmcli.workflow.functions.binding import IMPLEMENTED, check_complete

__all__ = ["IMPLEMENTED", "figures", "records", "texts", "values"]

check_complete()
