"""Which text template a command line is about, so that its variables become options."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence

from pmcli.cli.line.session import current
from pmcli.form.model import Form
from pmcli.problems import NotFound, Problem


def drafted(form: Form, command: str, words: Sequence[str]) -> tuple[Form, list[str]]:
    """The form with the inputs of the text template that a command line names, and its words.

    `new` names the template itself, by option or by position; other steps name a record. A person
    at the terminal who names none for `new` is asked. Raises Usage where there is no such template.
    """
    plan = form.templates
    if plan is None or command not in plan.steps:
        return form, list(words)
    library = current().library
    if command == "new":
        key = _option(form.fields[plan.by].option, words) or _position(words)
        if key is None and _somebody_asks(words):
            from pmcli.cli.guided.start import which_template

            key = which_template(form, current().language)
            words = [key, *words]
        return library.drafted(form, key), list(words)
    number = _position(words)
    with contextlib.suppress(NotFound):
        if number is not None:
            from pmcli.cli.line.records import find

            return library.drafted(form, find(form, number).get(plan.by)), list(words)
    return form, list(words)


def known(form: Form, command: str, words: Sequence[str]) -> Form:
    """Like `drafted`, but nobody is asked and nothing is refused: for help and completion."""
    with contextlib.suppress(Problem):
        return drafted(form, command, [*words, "--help"])[0]
    return form


def _somebody_asks(words: Sequence[str]) -> bool:
    from pmcli.cli.guided.prompt import somebody_there

    helps = {"--help", "-h"} & set(words)
    return somebody_there() and not helps and "json" not in words and "--format=json" not in words


def _option(name: str, words: Sequence[str]) -> str | None:
    for i, word in enumerate(words):
        if word == name and i + 1 < len(words):
            return words[i + 1]
        if word.startswith(f"{name}="):
            return word.partition("=")[2]
    return None


def _position(words: Sequence[str]) -> str | None:
    """The first word that is neither an option nor its value."""
    waits = False
    for word in words:
        if waits:
            waits = False
        elif word.startswith("-") and word != "-":
            waits = "=" not in word and word not in ("--help", "-h")
        else:
            return word
    return None
