"""N112: what a notice of its type must say."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pmcli.lint.document import Document
from pmcli.lint.kinds import KINDS, Kind
from pmcli.lint.model import Hit, Rule, Settings
from pmcli.messages import Sentence

_NOW = re.compile(r"即[时刻日]起|现在起|目前|已(?:经)?(?:停|中断|暂停|断)|正在|突发|发生")


def missing_fields(document: Document, settings: Settings) -> Iterator[Hit]:
    """N112: something that the reader of this type of notice must know is not said."""
    kind = KINDS.get(document.kind or "")
    if kind is None:
        return
    missing = [name for name in kind.fields if not _said(document, kind, name)]
    if missing:
        names = [Sentence(f"lint_field_{name}") for name in missing]
        yield Hit(document.start, Sentence("lint_missing", fields=names))


def _said(document: Document, kind: Kind, name: str) -> bool:
    pattern = kind.fields[name]
    text = document.body_text
    if name in ("phone", "contact"):
        text = document.text
    elif name in ("scope", "area", "place", "room", "period", "item", "who"):
        text = "\n".join([document.title_text, document.salutation_text, text])
    elif name == "end":
        text = _without_dates(text)
    if name == "start" and document.emergency and _NOW.search(text):
        return True
    wanted = kind.counts.get(name, 1)
    if wanted == 1:
        return pattern.search(text) is not None
    return sum(1 for _ in pattern.finditer(text)) >= wanted


def _without_dates(text: str) -> str:
    """The text without the hyphens of 2026-05-08 and of phone numbers."""
    return re.sub(
        r"\d{4}-\d{1,2}-\d{1,2}|\d{3,4}-\d{7,8}|400-\d{3}-\d{4}|至(?:您|今|少|关)", "", text
    )


RULES = (Rule("N112", "error", "S2 4.7；通知写作惯例", missing_fields),)
