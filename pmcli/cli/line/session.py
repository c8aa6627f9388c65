"""What a command line knows before its command runs: the office, the language, the time."""

from __future__ import annotations

import os
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from pmcli import COMPLETING
from pmcli.messages import Sentence, Speakable
from pmcli.problems import NotFound

if TYPE_CHECKING:
    from pmcli.disclosure.border import Disclosure
    from pmcli.form.library import Library
    from pmcli.store.unit_of_work import Store

CONFIG = "office.yaml"


def find_root(start: Path, given: str | None) -> Path:
    """The office's directory: given, else the nearest parent of `start` with office.yaml.

    Raises NotFound when there is none.
    """
    if given:
        root = Path(given).expanduser()
        if not (root / CONFIG).is_file():
            raise NotFound(Sentence("no_office_at", path=given))
        return root.absolute()
    for folder in (start, *start.parents):
        if (folder / CONFIG).is_file():
            return folder
    raise NotFound(Sentence("no_office"))


class Session:
    """One run of the program."""

    def __init__(self, office: str | None = None) -> None:
        self.given_office = office or os.environ.get("PMCLI_OFFICE") or None

    @cached_property
    def root(self) -> Path | None:
        """The office's directory; None when there is none here and none was named."""
        try:
            return find_root(Path.cwd(), self.given_office)
        except NotFound:
            if self.given_office:
                raise
            return None

    @cached_property
    def store(self) -> Store:
        """The office, opened and settled; raises NotFound outside an office."""
        from pmcli.store.unit_of_work import Store

        store = Store(find_root(Path.cwd(), self.given_office))
        store.settle()
        return store

    @cached_property
    def border(self) -> Disclosure:
        """What messages may tell of what the office has on file."""
        from pmcli.disclosure.border import Disclosure, Reader

        return Disclosure(Reader.LIST, self.store.present(), self.store.records)

    @cached_property
    def library(self) -> Library:
        """The office's forms, or the built-in ones outside an office."""
        if "store" in self.__dict__:
            return self.store.library
        from pmcli.store.office import load_library

        return load_library(self.root, keeps=COMPLETING not in os.environ)

    @cached_property
    def language(self) -> str:
        """PMCLI_LANG, else the office's language, else Chinese."""
        asked = (os.environ.get("PMCLI_LANG") or "").lower()
        if asked[:2] in ("zh", "en"):
            return asked[:2]
        if "store" in self.__dict__:
            return self.store.office.language
        try:
            root = self.root
        except NotFound:
            root = None
        if root is not None:
            return _language_of(root / "office.yaml")
        return "zh"

    def say(self, sentence: Speakable) -> str:
        """A sentence in the session's language."""
        return sentence.text(self.language)


def _language_of(path: Path) -> str:
    """The `language:` line of office.yaml, without the cost of reading the whole file."""
    try:
        for line in path.read_text("utf-8", errors="replace").splitlines():
            if line.startswith("language:"):
                return "en" if line.partition(":")[2].strip().strip("\"'") == "en" else "zh"
    except OSError:
        pass
    return "zh"


_current: list[Session] = []


def begin(session: Session) -> Session:
    """Make a session the current one."""
    _current[:] = [session]
    return session


def current() -> Session:
    """The current session."""
    return _current[0] if _current else begin(Session())
