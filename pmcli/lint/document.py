"""A notice taken apart: front matter, number, title, salutation, body, signature block."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from pmcli.lint.frontmatter import FrontMatter, read_front_matter
from pmcli.lint.kinds import kind_of
from pmcli.lint.passages import (
    HAN,
    Passage,
    clauses,
    flatten,
    joined,
    sentences,
    unescaped,
)
from pmcli.lint.words import (
    BLANK_DATE,
    DATE_LINE,
    ORGANISATION,
    READERS,
    SIGNATURE_LABEL,
)

_GENRE_WORDS: tuple[tuple[str, str], ...] = (
    (r"(?:催缴|催款|催费|催收)(?:通知)?[书单]?", "函"),
    (r"邀请函|[致道]歉信|[一-龥]的信|感谢信|慰问信|表扬信|公开信|一封信|倡议书?|告知书|承诺书|说明|须知"
     r"|公约|规约|指引|指南|简报|喜报|贺信|声明|意见征询表?|问卷|协议书?|建议书", "其他"),
    (r"通知[书单]?", "通知"),
    (r"提示|提醒|小贴士|温馨提示语", "温馨提示"),
    (r"启事|启示", "启事"),
    (r"通告|公告|告示|布告", "通告"),
    (r"公示[表栏牌单]?", "公示"),
    (r"函", "函"),
)  # fmt: skip
_GENRE_AT_END = [(re.compile(rf"(?:{word})\Z"), genre) for word, genre in _GENRE_WORDS]
_TAIL_BRACKET = re.compile(
    r"(?:（[^（）]{0,20}）|〔[^〔〕]{0,20}〕|\[[^\[\]]{0,20}\]|(?<=\w)【[^【】]{0,20}】)+\Z"
)
_DOC_NO = re.compile(r".{0,20}[〔\[（【]?(?:19|20)\d\d[〕\]）】]?第?\d{1,4}号")
_DECORATION = re.compile(r"^[^\w《“（〔\[【]+|[^\w》”）〕\]】！？。；：]+$")
_HEAD_FRAME = re.compile(r"[^\w《“（〔\[【]*[【\[]([^【】\[\]]{2,16})[】\]](?=.)")
_FRAMED = re.compile(r"^[【\[](.*)[】\]]$")
_RULE_LINE = re.compile(r"[\s\-=_*—─~·.|:+]{3,}$")
_MARKER = re.compile(
    r"(?:[（(]?[一二三四五六七八九十]{1,3}[）)、.．]|第[一二三四五六七八九十\d]{1,3}[条项点步]"
    r"|[（(]\d{1,2}[）)]|\d{1,2}[.．、)）](?:(?!\d)|(?=\d{4}年|\d{1,2}月\d{1,2}[日号]))|[①-⑳]|[-*+•·●○◆■▪]\s|[●◆■▪•])"
)
_LABEL = re.compile(rf"[{HAN}A-Za-z（）]{{2,10}}：")
_ENDED = tuple("。！？；：…”）」,，、")
_URGENT = re.compile(r"紧急|抢修|突发|故障|爆管|爆裂|应急")
_NOT_URGENT = re.compile(
    r"电话|热线|联系|拨打|致电|如[遇有发需果]|若|演练|演习|预案|避免|防止|防范|预防|减少|消除|杜绝|排除"
    r"|隐患|通道|照明|指示|按钮|呼叫|对讲|车辆通行|物资|备用|以备|预备|维护|保养|故障率|处理能力|意识|知识"
    r"|能力|培训|(?:紧急|应急)(?:情况|状况|时|出口|疏散|避险|救援|包|药)"
)
"""What speaks of urgency in general and not of this matter."""
TITLE_LONGEST = 40
SIGNATURE_LONGEST = 30
LINE_LONGEST = 400
PARAGRAPH_LONGEST = 800
"""What is longer is read in pieces, so that the work grows with the length and no faster."""


@dataclass(frozen=True)
class Line:
    """A line that is not empty: as typed and as read."""

    number: int
    """From 1, in the file."""
    typed: Passage
    """As it stands in the file, Markdown's backslashes apart."""
    read: Passage
    """As rules read it."""
    blank_before: bool = False

    @property
    def raw(self) -> str:
        """The line as typed."""
        return self.typed.text

    @property
    def text(self) -> str:
        """The line as rules read it."""
        return self.read.text

    @property
    def marker(self) -> bool:
        """Whether it begins with a list marker."""
        return bool(_MARKER.match(self.raw.strip().lstrip("\u3000 #>")))

    @property
    def indented(self) -> bool:
        """Whether it begins with space."""
        return self.raw[:1].isspace()

    @property
    def table(self) -> bool:
        """Whether it is a row of a table."""
        return self.raw.strip().startswith("|") or self.raw.strip().count("\t") >= 2


@dataclass(frozen=True)
class Document:
    """A notice and its parts. Offsets are those of `source`."""

    source: str
    front: FrontMatter
    lines: tuple[Line, ...]
    """The lines with text, without front matter and Markdown's rules."""
    doc_no: Line | None
    title: Passage | None
    genre: str | None
    salutation: Line | None
    salutation_closed: bool
    body: tuple[Line, ...]
    """The lines between salutation and signature."""
    paragraphs: tuple[Passage, ...]
    """The body's paragraphs, lines broken at odd places put together again."""
    signature: tuple[Line, ...]
    slip: tuple[Line, ...] = ()
    """What stands below the signature for the reader to fill in and hand back."""
    whole: bool = True
    starts: tuple[int, ...] = field(default=(), repr=False)
    """The offsets at which the lines of `source` begin."""

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset, both from 1."""
        row = bisect_right(self.starts, offset) - 1
        return row + 1, offset - self.starts[row] + 1

    @cached_property
    def sentences(self) -> tuple[Passage, ...]:
        """Every sentence of title, body and signature lines."""
        parts = [*([self.title] if self.title else []), *self.paragraphs]
        parts += [line.read for line in self.signature]
        return tuple(sentence for part in parts for sentence in sentences(part))

    @cached_property
    def body_sentences(self) -> tuple[Passage, ...]:
        """Every sentence of the body."""
        return tuple(s for paragraph in self.paragraphs for s in sentences(paragraph))

    @cached_property
    def body_clauses(self) -> tuple[Passage, ...]:
        """Every clause of the body."""
        return tuple(clause for sentence in self.body_sentences for clause in clauses(sentence))

    @cached_property
    def text(self) -> str:
        """Everything that rules read, line by line."""
        return "\n".join(line.text for line in self.lines)

    @cached_property
    def body_text(self) -> str:
        """The body, paragraph by paragraph."""
        return "\n".join(paragraph.text for paragraph in self.paragraphs)

    @cached_property
    def title_text(self) -> str:
        """The title, empty without one."""
        return self.title.text if self.title else ""

    @cached_property
    def salutation_text(self) -> str:
        """The salutation, empty without one."""
        return self.salutation.text if self.salutation else ""

    @cached_property
    def kind(self) -> str | None:
        """The type: front matter's, else what title and first paragraph speak of."""
        if self.front.type:
            return self.front.type
        first = self.paragraphs[0].text if self.paragraphs else ""
        return kind_of(self.title_text, first, self.genre)

    @cached_property
    def emergency(self) -> bool:
        """Whether the matter could not wait."""
        if self.front.emergency or _URGENT.search(_NOT_URGENT.sub("", self.title_text)):
            return True
        return any(
            _URGENT.search(clause.text) and not _NOT_URGENT.search(clause.text)
            for clause in self.body_clauses
        )

    @property
    def start(self) -> int:
        """Where a missing title is reported."""
        return self.lines[0].read.at(0) if self.lines else 0

    @property
    def end(self) -> int:
        """Where a missing signature is reported."""
        return self.lines[-1].read.at(0) if self.lines else 0


def read_document(text: str, genre: str | None = None, *, whole: bool = True) -> Document:
    """Take a notice apart; `genre` overrides its own. Never fails.

    A passage (`whole` false) is body only.
    """
    front = read_front_matter(text)
    starts = _line_starts(text)
    lines = _lines(text, front.lines, starts)
    if not whole:
        return Document(
            source=text,
            front=front,
            lines=lines,
            doc_no=None,
            title=None,
            genre=genre or front.genre,
            salutation=None,
            salutation_closed=False,
            body=lines,
            paragraphs=_paragraphs(lines),
            signature=(),
            whole=False,
            starts=starts,
        )
    doc_no, title, rest = _head(lines)
    found = genre or front.genre or (genre_of(title.text) if title else None)
    salutation, closed, greeting, rest = _salutation(rest, found)
    rest, slip = _slip(rest)
    body, signature = _signature(rest)
    if greeting:
        body = (greeting, *body)
    return Document(
        source=text,
        front=front,
        lines=lines,
        doc_no=doc_no,
        title=title,
        genre=found,
        salutation=salutation,
        salutation_closed=closed,
        body=body,
        paragraphs=_paragraphs(body),
        signature=signature,
        slip=slip,
        starts=starts,
    )


def genre_of(title: str) -> str | None:
    """The genre that the last word of a title names, None without one."""
    bare = _DECORATION.sub("", title)
    framed = _FRAMED.match(bare)
    bare = framed[1] if framed else bare
    bare = _TAIL_BRACKET.sub("", bare).rstrip("！!。】》”\"'")
    head = _HEAD_FRAME.match(title)
    for part in (bare, head[1] if head else ""):
        for pattern, genre in _GENRE_AT_END:
            if pattern.search(part):
                return genre
    return None


def genre_word(title: str) -> str:
    """The word of a title that names its genre, empty without one."""
    bare = _TAIL_BRACKET.sub("", _DECORATION.sub("", title)).rstrip("！!。】》”\"'")
    for pattern, _ in _GENRE_AT_END:
        found = pattern.search(bare)
        if found:
            return found[0]
    return ""


_BREAK = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")


def _line_starts(text: str) -> tuple[int, ...]:
    return (0, *(found.end() for found in _BREAK.finditer(text)))


def _lines(text: str, skipped: int, starts: tuple[int, ...]) -> tuple[Line, ...]:
    lines: list[Line] = []
    blank = False
    for index, start in enumerate(starts):
        end = starts[index + 1] if index + 1 < len(starts) else len(text)
        raw = text[start:end].rstrip("\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029")
        if index < skipped:
            continue
        if not raw.strip() or (_RULE_LINE.match(raw) and not re.search(r"_{2}", raw)):
            blank = True
            continue
        for first, piece in _pieces(raw):
            line = _line(index + 1, start + first, piece, blank)
            if line is not None:
                lines.append(line)
                blank = False
    return tuple(lines)


def _line(number: int, start: int, raw: str, blank: bool) -> Line | None:
    lead = re.match(r"\s*(?:#{1,6}\s+|#{1,6}(?=[^\d#])|>\s*|\|)?\s*", raw)
    skip = lead.end() if lead else 0
    read = flatten(raw[skip:].rstrip("| \t"), start + skip)
    return Line(number, unescaped(raw, start), read, blank) if read else None


def _pieces(raw: str) -> Iterator[tuple[int, str]]:
    """A line in pieces of a length that rules can take, cut after a mark where there is one."""
    start = 0
    while len(raw) - start > LINE_LONGEST:
        end = start + LINE_LONGEST
        cut = max(raw.rfind(mark, start, end) for mark in "。！？；，")
        end = cut + 1 if cut > start else end
        yield start, raw[start:end]
        start = end
    yield start, raw[start:]


def _head(lines: tuple[Line, ...]) -> tuple[Line | None, Passage | None, tuple[Line, ...]]:
    doc_no, rest = None, list(lines)
    if rest and _DOC_NO.fullmatch(rest[0].text):
        doc_no = rest.pop(0)
    if not rest or not _can_be_title(rest[0]):
        return doc_no, None, tuple(rest)
    title = [rest.pop(0)]
    if rest and genre_of(title[0].text) is None and _continues_title(title[0], rest[0]):
        title.append(rest.pop(0))
    if rest and doc_no is None and _DOC_NO.fullmatch(rest[0].text):
        doc_no = rest.pop(0)
    whole = joined([line.read for line in title])
    return doc_no, _undecorated(whole), tuple(rest)


def _undecorated(title: Passage) -> Passage:
    start = re.match(r"[^\w《“（〔\[【]*", title.text)
    first = start.end() if start else 0
    last = len(re.sub(r"[^\w》”）〕\]】！？。；：]+\Z", "", title.text))
    return title.part(first, max(first, last)) or title


def _can_be_title(line: Line) -> bool:
    text = line.text
    return not (
        text.endswith(("：", "。"))
        or len(text) > TITLE_LONGEST
        or ("：" in text and READERS.match(text.partition("：")[0]) is not None)
        or (line.marker and genre_of(text) is None)
        or ("，" in text and genre_of(text) is None)
    )


def _continues_title(first: Line, second: Line) -> bool:
    text = second.text
    return (
        len(text) <= 22
        and genre_of(text) is not None
        and not text.endswith(("。", "："))
        and not second.marker
        and "：" not in text
        and len(first.text) <= TITLE_LONGEST
    )


_CALLED = re.compile(
    r"(?:尊敬的|亲爱的|敬爱的|可爱的|各位|诸位|致|各(?![项类]))[^，。！？；：]{1,20}"
    r"|[^，。！？；：]{1,12}各[位户家][^，。！？；：]{0,10}"
)
_ADDRESSEE = re.compile(r"[^，。；！？\d]{2,25}")


def _salutation(
    lines: tuple[Line, ...], genre: str | None
) -> tuple[Line | None, bool, Line | None, tuple[Line, ...]]:
    """The salutation, whether a colon closes it, what follows it in its line, the other lines."""
    for index, line in enumerate(lines[:3]):
        text = line.text
        head, colon, tail = text.partition("：")
        if head in ("致", "敬致") and READERS.fullmatch(tail.rstrip("：")):
            return line, True, None, lines[:index] + lines[index + 1 :]
        named = (
            READERS.fullmatch(head)
            or (not tail and _CALLED.fullmatch(head))
            or (genre == "函" and not tail and _ADDRESSEE.fullmatch(head) and "如下" not in head)
        )
        if colon and len(head) <= 45 and named:
            rest = lines[:index] + lines[index + 1 :]
            if not tail:
                return line, True, None, rest
            cut = line.read.part(len(head) + 1, len(text))
            follow = Line(line.number, line.typed, cut, line.blank_before)
            return line, True, follow, rest
        if index <= 1 and len(text) <= 35:
            bare = re.sub(r"[，。！、；]?(?:[你您]们?好|大家好)?[，。！：；]*\Z", "", text)
            called = _CALLED.fullmatch(bare) or not ORGANISATION.fullmatch(bare)
            if READERS.fullmatch(bare) and called and not line.marker:
                return line, False, None, lines[:index] + lines[index + 1 :]
    return None, False, None, lines


def _signature(lines: tuple[Line, ...]) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """The body's lines and those of the signature block."""
    lines = _columns_split(_tail_split(lines))
    first = len(lines)
    while first and _short(lines[first - 1]):
        first -= 1
    while first < len(lines) and not _signs(lines[first].text):
        first += 1
    return lines[:first], lines[first:]


_SLIP_HEAD = re.compile(
    r"[^一-龥]*[^，。：]{0,12}(?:回执|送达回证|签收[单联栏])(?:（[^（）]*）)?[^一-龥]*"
)
_SIGNED_FOR = re.compile(r"[^，。；：]{0,10}(?:签收|签[字名章]|收件)[^，。；：]{0,8}：")


def _slip(lines: tuple[Line, ...]) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """The lines of the notice, and those of the slip that the reader fills in."""
    for index, line in enumerate(lines):
        if index and _SLIP_HEAD.fullmatch(line.text):
            return lines[:index], lines[index:]
    last = len(lines)
    while last > 1 and _SIGNED_FOR.match(lines[last - 1].text):
        last -= 1
    return lines[:last], lines[last:]


_GAP = re.compile(r"[ \t]*\u3000[ \t\u3000]*|[ \t]{2,}")


def _columns_split(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Part what stands side by side in the last lines: office and date, date and validity."""
    parted: list[Line] = []
    for index, line in enumerate(lines):
        pieces = _columns(line) if index >= len(lines) - 6 else []
        parted += pieces if len(pieces) > 1 else [line]
    return tuple(parted)


def _columns(line: Line) -> list[Line]:
    """The columns of a line, when each of them is a part of a signature block."""
    raw, start = line.typed.text, 0
    if line.marker or line.table:
        return []
    columns: list[Line] = []
    for end, after in [*(gap.span() for gap in _GAP.finditer(raw)), (len(raw), len(raw))]:
        places = set(line.typed.places[start:end])
        kept = [at for at, place in enumerate(line.read.places) if place in places]
        if kept:
            read = line.read.part(kept[0], kept[-1] + 1)
            if not _signs(read.text):
                return []
            typed = line.typed.part(start, end)
            columns.append(Line(line.number, typed, read, line.blank_before and not columns))
        start = after
    return columns


def _tail_split(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Part a signature from the sentence that it was typed after, in the last lines."""
    for index in range(len(lines) - 1, max(len(lines) - 4, -1), -1):
        line = lines[index]
        cut = max(line.text.rfind("。"), line.text.rfind("！")) + 1
        if not 0 < cut < len(line.text):
            continue
        tail = line.read.part(cut, len(line.text))
        if len(tail.text) <= SIGNATURE_LONGEST and (
            ORGANISATION.fullmatch(
                re.sub(r"[\d一二三四五六七八九〇十年月日.\-/]+\Z", "", tail.text)
            )
            or DATE_LINE.search(tail.text)
        ):
            head = Line(line.number, line.typed, line.read.part(0, cut), True)
            after = Line(line.number, tail, tail)
            return (*lines[:index], head, after, *lines[index + 1 :])
    return lines


def _short(line: Line) -> bool:
    text = line.text
    return (
        len(text) <= SIGNATURE_LONGEST
        and not line.marker
        and not line.table
        and not text.endswith(("。", "！", "？", "；", "，", "、", "："))
    )


def _dated(text: str) -> bool:
    """Whether a line is a date, alone or after the name of the office."""
    found = DATE_LINE.search(text)
    if found is None:
        return False
    before = text[: found.start()].rstrip("，")
    return re.search(r"[，；、]|\d[日号]", before) is None


_WORKER = re.compile(r"(?:施工|装修|承[包建]|维保|清洗|作业|检测|供[水电气热])单位")


def _signs(text: str) -> bool:
    """Whether a line belongs to a signature block by what it says."""
    label, colon, _ = text.partition("：")
    if colon:
        return SIGNATURE_LABEL.search(label) is not None and not _WORKER.search(label)
    return (
        _dated(text)
        or BLANK_DATE.search(text) is not None
        or ORGANISATION.search(text) is not None
        or re.fullmatch(r".{0,12}(?:物业|物业部|物业宣|客服部?|前台|本公司|本中心|启|宣)", text)
        is not None
        or re.fullmatch(r"(?:本公司|我司|本处|物业|客服|管家|前台).{0,6}", text) is not None
        or SIGNATURE_LABEL.match(text) is not None
    )


def _paragraphs(lines: tuple[Line, ...]) -> tuple[Passage, ...]:
    groups: list[list[Line]] = []
    length = 0
    for line in lines:
        if groups and length < PARAGRAPH_LONGEST and _continues(groups[-1][-1], line):
            groups[-1].append(line)
            length += len(line.text)
        else:
            groups.append([line])
            length = len(line.text)
    return tuple(joined([line.read for line in group]) for group in groups)


def _continues(before: Line, line: Line) -> bool:
    """Whether a line goes on with the sentence of the one before it."""
    if line.blank_before or line.indented or line.marker or line.table or before.table:
        return False
    if before.text.endswith(_ENDED) and not before.text.endswith(("，", "、", "）", "”")):
        return False
    if before.text.endswith(("，", "、")):
        return True
    if _LABEL.match(line.text):
        return False
    return len(before.text) >= (20 if _LABEL.match(before.text) else 12)
