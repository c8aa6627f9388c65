"""What a PDF says, compared with what pmcli would print now."""

from __future__ import annotations

import logging
import re
import unicodedata
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import cached_property
from pathlib import Path
from typing import BinaryIO

from pmcli.dataclass import dataclass
from pmcli.messages import Sentence
from pmcli.problems import Usage, Want

_AROUND = 12
"""So many characters of a text are quoted on either side of a difference."""


@dataclass(frozen=True)
class Copy:
    """What a PDF carries: the marks of the records it prints, and the text of each sheet."""

    marks: tuple[str, ...]
    sheets: tuple[str, ...]

    @cached_property
    def bare(self) -> tuple[str, ...]:
        """The sheets' texts without blanks."""
        return tuple(map(_bare, self.sheets))


def read_copy(path: Path | BinaryIO) -> Copy:
    """Read a PDF; raises Usage for a file that is none or that cannot be read."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    # What it thinks of a damaged file is said in our own words.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(path)
        words = reader.metadata.keywords if reader.metadata else ""
        sheets = tuple(page.extract_text() for page in reader.pages)
    except OSError as error:
        words = error.strerror or str(error)
        raise Usage.of(
            Want.VALUE, Sentence("verify_unreadable", file=str(path), words=words), "file"
        ) from None
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise Usage.of(Want.VALUE, Sentence("verify_no_pdf", file=str(path)), "file") from None
    marks = tuple(mark.strip() for mark in (words or "").split(",") if mark.strip())
    return Copy(marks, sheets)


def sheets_of(copy: Copy, mark: str) -> tuple[str, ...]:
    """The sheets that carry a mark, in order."""
    wanted = _bare(mark)
    return tuple(
        sheet for sheet, bare in zip(copy.sheets, copy.bare, strict=True) if wanted in bare
    )


def difference(found: Sequence[str], wanted: Sequence[str], ignored: re.Pattern[str]) -> str | None:
    """Where two texts first differ, as `…found… / …wanted…`; None where they say the same.

    Blanks, line ends and what `ignored` matches do not count.
    """
    first, second = (_bare(ignored.sub("", "\n".join(text))) for text in (found, wanted))
    if first == second:
        return None
    for tag, a, b, c, d in SequenceMatcher(None, first, second, autojunk=False).get_opcodes():
        if tag != "equal":
            return f"“{_near(first, a, b)}” / “{_near(second, c, d)}”"
    return None


def _near(text: str, start: int, stop: int) -> str:
    before, after = max(start - _AROUND, 0), min(max(stop, start) + _AROUND, len(text))
    after = min(after, before + 6 * _AROUND)
    return f"{'…' if before else ''}{text[before:after]}{'…' if after < len(text) else ''}"


def _bare(text: str) -> str:
    """A text without blanks; marks that only look different are the same."""
    return "".join(unicodedata.normalize("NFKC", text).split())
