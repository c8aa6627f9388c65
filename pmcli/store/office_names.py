"""What office.yaml calls by the names of forms: figures and lists that there must be."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pmcli.form.library import Library
from pmcli.form.model import Form
from pmcli.problems import Fault, Unreadable
from pmcli.store.lint_settings import settings_faults
from pmcli.store.office import load_office
from pmcli.store.office_model import CONFIG, Office
from pmcli.yaml_files.shape import unknown_key


def faults_in(office: Office, library: Library) -> list[Fault]:
    """What office.yaml says that its shape allows and there is not: kinds of notices, and names."""
    return [*settings_faults(office), *name_faults(office, library)]


def office_faults(root: Path, library: Library) -> list[Fault]:
    """What is wrong in an office's office.yaml."""
    try:
        return faults_in(load_office(root), library)
    except Unreadable as problem:
        return [said for said in problem.sentences if isinstance(said, Fault)]


def name_faults(office: Office, library: Library) -> list[Fault]:
    """Figures, lists and columns of lists that no form has, each with its line.

    Nothing is said of a form that has faults of its own.
    """
    forms = {name: library.load(name)[0] for name in library.names}
    broken = {name for name, form in forms.items() if form is None}
    whole = [form for form in forms.values() if form is not None]
    figures = {f"{f.name}.{n}" for f in whole for n in (*f.figures, *f.clocks)}
    lists = {f"{f.name}.{name}" for f in whole for name in f.lists}
    found = []
    for kind, given, known in (
        ("figures", office.figures, figures),
        ("lists", office.lists, lists),
    ):
        for key in given:
            line = office.places.get(f"{kind} {key}", 0)
            if key.partition(".")[0] in broken:
                continue
            if key not in known:
                found.append(Fault(CONFIG, line, unknown_key(key, known)))
            elif kind == "lists":
                found += _columns(office, key, line, forms[key.partition(".")[0]])
    return found


def _columns(office: Office, key: str, line: int, form: Form | None) -> Iterator[Fault]:
    """Columns of a list that the form's own list has not."""
    own = form.lists[key.partition(".")[2]] if form is not None else ()
    known = {column for row in own for column in row}
    given = dict.fromkeys(column for row in office.lists[key] for column in row)
    for column in given:
        if known and column not in known:
            yield Fault(CONFIG, line, unknown_key(column, known))
