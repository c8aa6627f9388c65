"""A notice taken apart: front matter, number, title, salutation, body, signature block."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import field
from functools import cached_property

from pmcli.dataclass import dataclass
from pmcli.lint.closing import part_signature, part_slip
from pmcli.lint.frontmatter import FrontMatter, read_front_matter
from pmcli.lint.genres import genre_of
from pmcli.lint.heading import read_head, read_salutation
from pmcli.lint.kinds import kind_of
from pmcli.lint.lines import Line, line_starts, paragraphs, read_lines
from pmcli.lint.passages import Passage, clauses, sentences
from pmcli.patterns import regex

_URGENT = regex(r"紧急|抢修|突发|故障|爆管|爆裂|应急")
_NOT_URGENT = regex(
    r"电话|热线|联系|拨打|致电|如[遇有发需果]|若|演练|演习|预案|避免|防止|防范|预防|减少|消除|杜绝|排除"
    r"|隐患|通道|照明|指示|按钮|呼叫|对讲|车辆通行|物资|备用|以备|预备|维护|保养|故障率|处理能力|意识|知识"
    r"|能力|培训|(?:紧急|应急)(?:情况|状况|时|出口|疏散|避险|救援|包|药)"
)
"""What speaks of urgency in general and not of this matter."""


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
    starts = line_starts(text)
    lines = read_lines(text, front.lines, starts)
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
            paragraphs=paragraphs(lines),
            signature=(),
            whole=False,
            starts=starts,
        )
    doc_no, title, rest = read_head(lines)
    found = genre or front.genre or (genre_of(title.text) if title else None)
    salutation, closed, greeting, rest = read_salutation(rest, found)
    rest, slip = part_slip(rest)
    body, signature = part_signature(rest)
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
        paragraphs=paragraphs(body),
        signature=signature,
        slip=slip,
        starts=starts,
    )
