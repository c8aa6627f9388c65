"""The files that a printed page's template is read from, and may include."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, TemplateNotFound

from pmcli.form.bounds import MAX_SOURCE, TooMuch


class TemplateFiles(FileSystemLoader):
    """Regular files of some folders, of no great length; a link may not lead out of them."""

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        """Read a template; raises TemplateNotFound, or TooMuch for a file that is too long."""
        for folder in map(Path, self.searchpath):
            path = folder / template
            if path.is_file():
                if not path.resolve().is_relative_to(folder.resolve()):
                    raise TemplateNotFound(template, f"{template} leads out of the folder")
                if path.stat().st_size > MAX_SOURCE:
                    raise TooMuch
                break
        return super().get_source(environment, template)
