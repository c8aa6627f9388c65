"""What may stand in a form file and in the front matter of a text template."""

from __future__ import annotations

from pmcli.command_names import RESERVED_COMMANDS
from pmcli.form.part import SHAPES as PARTS
from pmcli.form.types import TYPES
from pmcli.messages import Sentence
from pmcli.trade import ROLES
from pmcli.yaml_files.shape import (
    FLAG,
    NAMES,
    NUMBER,
    TEXT,
    Cases,
    Either,
    Keys,
    Later,
    List,
    Name,
    Table,
    Word,
)

NAMED = List(TEXT, least=1, said="want_names")
"""At least one name."""
VALUES = Table(TEXT, null=True)
"""What fields are given: a formula, a literal, or nothing."""


def _role(word: str, allowed: list[str]) -> Sentence:
    return Sentence("unknown_role", role=word[:60], roles=allowed)


def roles(*more: str) -> List:
    """Names of roles, and of what else may stand among them."""

    def said_of(word: str, _allowed: list[str]) -> Sentence:
        return _role(word, list(ROLES))

    return List(Word((*ROLES, *more), said_of=said_of), said="want_names")


NAME = Name(r"[a-z](?:[a-z0-9_]*[a-z0-9])?", lambda text: Sentence("bad_name", name=text))
_COMMAND = Name(
    r"[a-z][a-z0-9-]*", lambda text: Sentence("bad_command", command=text), RESERVED_COMMANDS
)
_PREFIX = Name(r"[A-Z]{2,3}", lambda text: Sentence("bad_prefix", prefix=text))

FIGURE = Keys("figure", {"value": TEXT, "source": TEXT}, ("value",), short="value")
ROWS = List(Table(TEXT, least=1), single=False)
"""A table: rows of column and text."""

FIELD: Keys = Keys(
    "field",
    {
        "label": TEXT,
        "type": Word(TYPES, plural=True),
        "private": FLAG,
        "auto": FLAG,
        "body": FLAG,
        "choices": Table(TEXT),
        "to": NAMES,
        "columns": Table(Later(lambda: FIELD), NAME),
        "default": TEXT,
        "help": TEXT,
        "example": TEXT,
        "required": FLAG,
        "key": NAMES,
        "grows": FLAG,
        "append_only": FLAG,
        "kept": FLAG,
        "spread": FLAG,
        "follows": Keys("follows", {"form": TEXT, "by": TEXT, "when": TEXT}, ("form", "by")),
        "argument": FLAG,
        "wide": FLAG,
    },
    ("label", "type"),
)
"""A field, a column of rows, or a variable of a template."""

_STATE = Keys("state", {"label": TEXT, "final": FLAG}, ("label",), short="label")
_NEED = Keys(
    "need",
    {"when": TEXT, "give": NAMES, "any_of": NAMES, "one_of": NAMES, "if": TEXT, "say": TEXT},
)
_GUARD = Keys("guard", {"say": TEXT, "when": TEXT, "if": TEXT, "none": TEXT, "see": TEXT}, ("say",))
_NEW_ROW = Keys(
    "new_row", {"row": Table(TEXT, null=True, least=1), "each": TEXT, "when": TEXT}, ("row",)
)
_NEW_ROWS = Either((List(_NEW_ROW, single=False), VALUES))
_CREATION = Keys(
    "creation",
    {
        "form": TEXT,
        "forms": NAMES,
        "values": VALUES,
        "keep": TEXT,
        "when": TEXT,
        "same": NAMES,
        "fixed": NAMES,
    },
    ("form",),
)
_UPDATE = Keys(
    "update",
    {
        "in": TEXT,
        "when": TEXT,
        "set": VALUES,
        "add": VALUES,
        "remove": VALUES,
        "take": TEXT,
        "give": VALUES,
        "forms": NAMES,
    },
    ("in",),
)
_STEP = Keys(
    "step",
    {
        "label": TEXT,
        "from": NAMES,
        "to": TEXT,
        "role": roles("any", "system"),
        "by": NAMES,
        "not_by": NAMES,
        "asks": NAMES,
        "may": Either((NAMES, Keys("all_but", {"all_but": NAMES}, ("all_but",)))),
        "some": FLAG,
        "needs": List(_NEED),
        "guard": List(_GUARD),
        "warn": List(_GUARD),
        "tell": List(_GUARD),
        "set": VALUES,
        "fill": Table(_NEW_ROWS),
        "append": Table(_NEW_ROWS),
        "create": List(_CREATION),
        "update": List(_UPDATE),
        "headline": TEXT,
        "erases_private": FLAG,
        "help": TEXT,
    },
    ("label", "to"),
)
_CLOCK = Keys(
    "clock",
    {
        "label": TEXT,
        "from": NAMES,
        "until": NAMED,
        "within": TEXT,
        "at": TEXT,
        "when": TEXT,
        "paused_in": NAMES,
        "overdue_first": TEXT,
        "source": TEXT,
    },
    ("label", "until"),
)
_COLUMN = Keys("column", {"name": TEXT, "label": TEXT, "value": TEXT}, ("name", "label", "value"))

_LAYOUT = Keys(
    "layout",
    {
        "title": TEXT,
        "paper": Word(("A4", "A5")),
        "landscape": FLAG,
        "copies": NAMES,
        "document": TEXT,
        "over": Word(("", "month", "day")),
        "dated_by": TEXT,
        "month_begins": NUMBER,
        "where": TEXT,
        "posted": FLAG,
        "large": FLAG,
        "plain": FLAG,
        "dated": TEXT,
        "mark": TEXT,
        "seal": TEXT,
        "watermark": TEXT,
        "foot": TEXT,
        "parts": List(Cases("part", PARTS, "part_wants")),
    },
    ("title",),
)

_CELL = Keys(
    "cell",
    {"headers": NAMED, "down": FLAG, "like": NAMES, "marks": NAMES, "empty": NAMES},
    ("headers",),
)
_IMPORT_COLUMN = Keys(
    "import_column",
    {
        "headers": NAMES,
        "value": TEXT,
        "words": VALUES,
        "unit": NAMES,
        "number": FLAG,
        "last": NUMBER,
        "rest": NAMES,
        "column": TEXT,
        "down": FLAG,
        "like": NAMES,
        "empty": NAMES,
    },
)
_IMPORT = Keys(
    "import",
    {
        "key": NAMED,
        "cells": Table(Either((NAMES, _CELL))),
        "columns": Table(Either((NAMES, _IMPORT_COLUMN))),
        "skip": TEXT,
        "skip_label": TEXT,
        "dress": NAMES,
        "unlike": NAMES,
        "unplaced": Keys("unplaced", {"like": NAMES, "marks": NAMES}),
        "about": NAMES,
        "beside": NAMES,
    },
    ("key",),
)
_EDIT = Keys(
    "edit",
    {
        "sealed": TEXT,
        "role": roles(),
        "not_by": NAMES,
        "fields": Table(Keys("edit_rule", {"until": NAMES, "say": TEXT})),
    },
)

FORM = Keys(
    "form",
    {
        "form": TEXT,
        "extends": TEXT,
        "title": TEXT,
        "about": TEXT,
        "prefix": _PREFIX,
        "number": TEXT,
        "document": Keys(
            "document", {"number": TEXT, "version": TEXT, "revision": NUMBER}, short="number"
        ),
        "archive": FLAG,
        "open_work": FLAG,
        "important": TEXT,
        "brief": TEXT,
        "no_edit": TEXT,
        "edit": _EDIT,
        "let": Table(TEXT, NAME),
        "lint": Keys(
            "form_lint",
            {
                "text": TEXT,
                "genre": TEXT,
                "type": TEXT,
                "emergency": TEXT,
                "valid_until": TEXT,
                "lead": TEXT,
            },
            ("text",),
        ),
        "lists": Table(ROWS),
        "templates": Keys(
            "form_templates",
            {
                "folder": TEXT,
                "by": TEXT,
                "values": TEXT,
                "steps": NAMES,
                "free": TEXT,
                "batch": TEXT,
                "batch_row": TEXT,
            },
            ("folder", "by", "values"),
        ),
        "proof": Keys(
            "proof", {"field": TEXT, "layout": TEXT, "text": TEXT}, ("field", "layout", "text")
        ),
        "fields": Table(FIELD, NAME),
        "states": Table(_STATE),
        "transitions": Table(List(_STEP), _COMMAND),
        "clocks": Table(_CLOCK),
        "figures": Table(FIGURE),
        "list": List(Either((TEXT, _COLUMN))),
        "prints": Table(_LAYOUT),
        "import": _IMPORT,
    },
    ("form", "title"),
    laid_over="extends",
)

_LEAD = Keys(
    "lead",
    {"before": NAMED, "at_least": TEXT, "source": TEXT, "when": TEXT},
    ("before", "at_least"),
)
_CHAIN = List(TEXT, single=False, least=2, said="order_wants")
TEMPLATE = Keys(
    "template",
    {
        "label": TEXT,
        "title": TEXT,
        "audience": TEXT,
        "lead": List(_LEAD),
        "valid": Keys("valid", {"until": NAMES, "plus": TEXT, "for": TEXT}),
        "order": Either((List(_CHAIN, single=False, least=1), _CHAIN)),
        "variables": Table(FIELD, NAME),
        "presets": VALUES,
    },
    ("label", "title"),
)
