"""N112: what a notice of its type must say."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pmcli.lint import dates
from pmcli.lint.document import Document
from pmcli.lint.kinds import KINDS, Kind
from pmcli.lint.model import Hit, Settings
from pmcli.lint.phones import numbers_in
from pmcli.lint.rule import Rule
from pmcli.messages import Sentence, Speakable, known
from pmcli.patterns import regex

_NOW = regex(
    r"即[时刻日]起|现在起|目前|已(?:经)?(?:停|中断|暂停|断)|正在|突发|发生|今[晨早天日]|刚刚|凌晨"
    r"|(?:现(?!将|拟|定|计划)|导致|造成)[^，。；]{0,16}(?:停|断)"
)


def missing_fields(document: Document, settings: Settings) -> Iterator[Hit]:
    """N112: something that the reader of this type of notice must know is not said."""
    kind = KINDS.get(document.kind or "")
    if kind is None:
        return
    missing = [name for name in kind.fields if not _said(document, kind, name)]
    if missing:
        names = [_called(name) for name in missing]
        yield Hit(document.start, Sentence("lint_missing", fields=names))


def _called(name: str) -> Speakable | str:
    """What a reader must know as people call it; its name where there are no words for it."""
    key = known("lint_field_", name)
    return Sentence(key) if key is not None else name


def _said(document: Document, kind: Kind, name: str) -> bool:
    pattern = kind.fields[name]
    text = document.body_text
    if name in ("phone", "contact"):
        text = document.text
        if any(number.dialable for number in numbers_in(text)):
            return True
    elif name in ("scope", "area", "place", "room", "period", "item", "who", "purpose"):
        text = "\n".join([document.title_text, document.salutation_text, text])
    if kind.key == "event-invitation" and name in ("day", "hours", "place"):
        text = _SIGNING_UP.sub("", text)
    if name == "item":
        text = _PAPERS.sub("", text)
    if name == "claim_at":
        text = _FINDING.sub("", text)
    if kind.key in ("found-item", "lost-item") and name == "day":
        text = _KEPT_UNTIL.sub("", text)
    if name == "start":
        if document.emergency and _NOW.search(text):
            return True
        text = _ENDING.sub("至", text)
    elif name == "end" and any(True for _ in dates.spans_in(text)):
        return True
    text = _GAP.sub("1", text)
    wanted = kind.counts.get(name, 1)
    if wanted == 1:
        return pattern.search(text) is not None
    points = re.split(r"[，。；！、\n]|以及|并且?", text)
    return sum(1 for point in points if pattern.search(point)) >= wanted


_CLOCK = r"(?:\d{1,2}:\d{2}|(?:\d{1,2}|[一二三四五六七八九十]{1,3})[时点](?:\d{1,2}分?|半|整)?)"
_ENDING = regex(
    rf"(?:至|到|-|~|预计|预期|争取|力争)[^，。；：\d每\n]{{0,8}}(?:\d{{1,2}}月)?(?:\d{{1,2}}[日号])?"
    rf"[^，。；：\d每\n]{{0,8}}{_CLOCK}(?:左右|许)?(?!\d|至|到|-|~)"
    rf"|{_CLOCK}(?:左右|许)?(?:之?前|以前)?[^，。；：\n起始至到\-~]{{0,3}}(?:前|恢复|完成|结束|修复|来[水电]|送电)"
)
"""A time of day at which the matter ends."""
_GAP = regex(r"(?:[Xx×]{1,4}|_{2,})(?=[年月日时点分号栋幢座楼单室元片区:])")
"""A placeholder: that nobody has filled it is another rule's matter."""
_PAPERS = regex(r"(?:携带?|带[上好着齐]?|持|凭|出示|提供)[^，。；\n]{0,10}(?:证件?|证明|身份|照片)")
"""What the claimant brings, which is not what was found."""
_FINDING = regex(r"[^，。；\n]{0,60}(?:拾|捡|保[留管存])[^，。；\n]{0,60}")
_KEPT_UNTIL = regex(
    r"[^，。；\n]{0,40}(?:保[留管存]|认领期|招领期|有效|张贴|逾期|截止|日前|之前)[^，。；\n]{0,40}"
)
_SIGNING_UP = regex(
    r"[^，。；！\n]{0,60}(?<!无需)(?<!无须)(?<!不用)(?<!不需)(?<!免)(?:报名|预约|登记|领票|咨询)"
    r"(?!参加)[^，。；！\n]{0,60}"
)
"""What says how to join, whose days and places are not those of the event."""


RULES = (Rule("N112", "error", "S2 4.7；通知写作惯例", missing_fields),)
