"""The field types, each a class, known to pmcli by being registered.

In memory a money is a Decimal with two places (元), a datetime carries its zone, a date is a date,
a flag is a bool, an integer an int, a percentage a Percent, rows are lists of dicts; all else is
text.
"""

from pmcli.form.types import words as words  # isort: skip  # the order of docs/forms.md
from pmcli.form.types import numbers as numbers  # isort: skip
from pmcli.form.types import shares as shares  # isort: skip
from pmcli.form.types import times as times  # isort: skip
from pmcli.form.types import persons as persons  # isort: skip
from pmcli.form.types import vehicles as vehicles  # isort: skip
from pmcli.form.types import references as references  # isort: skip
from pmcli.form.types import tables as tables  # isort: skip
from pmcli.form.types.base import BadValue, FieldType, Offers, Secret, Spec, Surroundings
from pmcli.form.types.registry import TYPES, of_value, register, shown_by, unregister

__all__ = [
    "TYPES",
    "BadValue",
    "FieldType",
    "Offers",
    "Secret",
    "Spec",
    "Surroundings",
    "of_value",
    "register",
    "shown_by",
    "unregister",
]
