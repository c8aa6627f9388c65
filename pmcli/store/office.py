"""The files of an office that say how it works: office.yaml, forms, templates."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

from pmcli.form.frozen import key_of, packed, unpacked
from pmcli.form.library import Library, Source
from pmcli.form.text_template import SUFFIX
from pmcli.messages import Sentence
from pmcli.problems import Fault, Unreadable
from pmcli.store.office_model import CONFIG, Office
from pmcli.store.shelf import FormShelf
from pmcli.yaml_files.texts import BadYaml, read_text


def load_office(root: Path, keeps: bool = True) -> Office:
    """What office.yaml says, kept until its text or the program changes where it `keeps`.

    Raises Unreadable with file and line.
    """
    text = _read(root / CONFIG, CONFIG)
    if isinstance(text, Fault):
        raise Unreadable(text)
    shelf, key = FormShelf(root, keeps), key_of(CONFIG, [text])
    office = unpacked(key, shelf.read(CONFIG), _PARTS)
    if isinstance(office, Office):
        return replace(office, root=root)
    from pmcli.store.office_reading import read_office

    office = read_office(root, text)
    shelf.write(CONFIG, packed(key, replace(office, root=Path())))
    return office


_PARTS = frozenset({"pmcli.store.office_model", "pmcli.workflow.act", "pmcli.form.theme"})
"""Where the classes are of which an office consists."""


def _read(path: Path, shown: str) -> str | Fault:
    """The text of a file of the office, or why it cannot be read."""
    try:
        return read_text(path)
    except BadYaml as error:
        return Fault(shown, error.line, error.sentence)
    except OSError as error:
        return Fault(shown, 0, Sentence("unreadable_file", words=error.strerror or str(error)))


def built_in_folder(name: str) -> Path:
    """Where the built-in `forms` or `templates` are: in the wheel, else in the source tree."""
    import pmcli

    package = Path(pmcli.__file__).parent
    inside = package / "builtin" / name
    return inside if inside.is_dir() else package.parent / name


def form_files(folder: Path, shown: str) -> tuple[dict[str, Source], dict[str, Fault]]:
    """The form files of a folder: name to (path to show, text); and why some cannot be read."""
    found: dict[str, Source] = {}
    unread: dict[str, Fault] = {}
    try:
        paths = sorted(e.path for e in os.scandir(folder) if e.name.endswith(".yaml"))
    except FileNotFoundError:
        return {}, {}
    for path in map(Path, paths):
        name = f"{shown}/{path.name}"
        text = _read(path, name)
        if isinstance(text, Fault):
            unread[path.stem] = text
        found[path.stem] = (name, "" if isinstance(text, Fault) else text)
    return found, unread


def load_library(root: Path | None, keeps: bool = True) -> Library:
    """The forms of an office, or the built-in ones alone; it `keeps` those it has to read."""
    built_in, _ = form_files(built_in_folder("forms"), "<pmcli>/forms")
    own: dict[str, Source] = {}
    unread: dict[str, Fault] = {}
    if root is not None:
        folder = root / "forms"
        if folder.is_dir() and not _same(folder, built_in_folder("forms")):
            own, unread = form_files(folder, "forms")
    shelf = FormShelf(root, keeps) if root is not None else None
    return Library(built_in, own, unread, lambda folder: template_files(root, folder), shelf)


def template_files(root: Path | None, folder: str) -> dict[str, Source | Fault]:
    """The text templates of a folder below templates/, built-in ones and then the office's own.

    A file that cannot be read has its fault instead.
    """
    found: dict[str, Source | Fault] = {}
    places = [(built_in_folder("templates") / folder, f"<pmcli>/templates/{folder}")]
    if root is not None and not _same(root / "templates" / folder, places[0][0]):
        places.append((root / "templates" / folder, f"templates/{folder}"))
    for place, shown in places:
        for path in sorted(place.glob(f"*{SUFFIX}")):
            key, name = path.name.removesuffix(SUFFIX), f"{shown}/{path.name}"
            text = _read(path, name)
            found[key] = text if isinstance(text, Fault) else (name, text)
    return found


def _same(first: Path, second: Path) -> bool:
    try:
        return first.samefile(second)
    except OSError:
        return False
