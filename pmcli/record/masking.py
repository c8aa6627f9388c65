"""Personal data found in free text and masked: what a record keeps private, and what looks so.

A text is compared as it reads, not as it is typed: full-width forms, marks that nobody sees, and
blanks, dots or dashes inside a name or a number make no difference (rules.md, 3.4).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache, cached_property, lru_cache
from typing import Any

from pmcli.dataclass import dataclass
from pmcli.form.field import FieldSpec
from pmcli.form.model import Form
from pmcli.form.types import Secret
from pmcli.form.types.base import HIDDEN
from pmcli.patterns import regex
from pmcli.record.model import Record

_NOBODY = frozenset(
    "业主 住户 租户 租客 户主 房主 客户 访客 来访人 家属 家人 邻居 本人 本户 匿名 路人 保安 "
    "保洁 物业 前台 客服 管家 先生 女士 小姐 太太 owner tenant neighbour anonymous".split()
)
"""Words that stand where a name might, and name nobody."""
_TITLES = tuple(
    "先生 女士 小姐 太太 老师 阿姨 叔叔 大爷 大妈 大叔 大娘 大伯 大姐 大哥 奶奶 爷爷 婆婆 "
    "小朋友".split()
)
_LEAST = 4
"""Shorter private texts (the last four of a number apart) are words like any other."""
_BEGIN = 2
"""By so many letters a word is known not to stand in a text."""
_NUMERALS = str.maketrans("零〇○幺一二三四五六七八九", "0001123456789")
_FIGURE = regex("[0-9零〇○幺一二三四五六七八九]")
_MOBILE_FIGURES = 11
_DASH = r"\-‐‑–—−~"
_BETWEEN = rf"[ \t{_DASH}·•.・_/()（）]{{0,3}}"
"""What may stand between two letters or digits of one name or number."""
_MOBILE = regex(rf"(?<!\d)(?:(?:\+|00)?86{_BETWEEN})?1{_BETWEEN}[3-9](?:{_BETWEEN}\d){{9}}(?!\d)")
_LANDLINE = regex(
    rf"(?<![\d\-])(?:(?:\+|00)86[ {_DASH}]?[(（]?\d{{2,4}}|[(（]?0\d{{2,3}})[)）]?"
    rf"[ {_DASH}]{{0,2}}[2-9](?:[ {_DASH}]?\d){{6,7}}(?!\d)"
)
_LABELLED = regex(
    r"(?:电话|手机|座机|致电|来电|联系|拨打|微信|[Tt]el|[Pp]hone|[Cc]all)[^\d\n]{0,6}"
    r"(?P<n>[2-9]\d{2,3}[ \-]?\d{4})(?!\d)"
)
_IDENTITY = regex(r"(?<![\dA-Za-z])\d(?:[ \-]?\d){13,17}[ \-]?[\dXx](?![\dA-Za-z])")
_PAPER = regex(
    r"(?:身份证|证件|护照|通行证|证号)[^A-Za-z\d\n]{0,6}(?P<n>[A-Za-z]{0,2}\d[\dA-Za-z]{6,18})"
)
_USUAL = regex(r"[\n\t -~‘’“”…—·、。《》【】，；：！？（）\u4e00-\u9fff]*")
"""A text of these reads as it is typed."""
_DIGIT, _NO_DIGIT, _NO_LETTER = regex(r"\d"), regex(r"\D"), regex(r"[\W_]+")
_ORDERED = regex(r"\d{1,3}-\d{1,3}-\d{3,4}(?!\d)|\d{4}-\d{1,2}-\d{1,2}(?!\d)")
"""Numbers of homes and dates: digits with dashes that are nobody's telephone."""


@dataclass(frozen=True)
class Secrets:
    """What is known to be private, and what is known not to be.

    `names` are persons with whom the text has to do, `register` all others on file: of these, none
    is masked whose name is a common word.
    """

    names: frozenset[str] = frozenset()
    register: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    public: frozenset[str] = frozenset()
    """Names and numbers that may be read by everybody: the office's own."""

    def __or__(self, other: Secrets) -> Secrets:
        """Both together."""
        return Secrets(
            self.names | other.names,
            self.register | other.register,
            self.numbers | other.numbers,
            self.words | other.words,
            self.public | other.public,
        )

    def masked(self, text: str, strict: bool = True, strangers: bool = False) -> str:
        """The text with what is private masked.

        `strict` masks every number that looks like a telephone or an identity number; without it
        only what is known, mobile numbers, identity and card numbers and number plates go, as in a
        text that was checked and approved. `strangers` masks persons who are on no file as well,
        where a title stands behind their surname.
        """
        if len(text) < 2:
            return text
        read, places = _read(text)
        found = [*_numbers(read, strict), *self._known(read)]
        if strangers:
            found += _strangers(read)
        if not found:
            return text
        kept = list(_spans(self.public, read))
        return _replaced(text, places, [one for one in found if not _within(one, read, kept)])

    def _known(self, read: str) -> Iterator[tuple[int, int, str]]:
        """Where something known stands, and what is to stand there instead."""
        bare = _bare(read)
        for word in self.numbers | self.words:
            if _bare(word) in bare:
                for found in _pattern(word).finditer(read):
                    yield found.start(), found.end(), HIDDEN
        for name in self.names | self.register:
            for word, letters in _spellings(name, name in self.names):
                if letters in bare:
                    for found in _pattern(word).finditer(read):
                        yield found.start(), found.end(), _initial(found[0])

    def met_in(self, texts: Iterable[str]) -> Secrets:
        """These, with only those of the register and of the numbers that stand in some texts."""
        names: set[str] = set()
        numbers: set[str] = set()
        for text in texts:
            bare = _bare(_read(text)[0])
            names |= self._filed_names.met_in(bare)
            if _DIGIT.search(bare):
                numbers |= self._filed_numbers.met_in(bare)
        if len(names) == len(self.register) and len(numbers) == len(self.numbers):
            return self
        if not (names or numbers or self.names or self.words or self.public):
            return NOTHING
        return replace(self, register=frozenset(names), numbers=frozenset(numbers))

    @cached_property
    def _filed_names(self) -> _Words:
        return _Words(self.register)

    @cached_property
    def _filed_numbers(self) -> _Words:
        return _Words(self.numbers)


class _Words:
    """Thousands of words to be looked for in thousands of short texts, most of which have none."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words: dict[str, list[str]] = {}
        for word in words:
            self._words.setdefault(_bare(_read(word)[0]), []).append(word)
        self._words.pop("", None)
        self._lengths = sorted({len(bare) for bare in self._words})
        self._begin = {bare[:_BEGIN] for bare in self._words}

    def met_in(self, bare: str) -> set[str]:
        """The words that stand in a text without blanks and marks."""
        met: set[str] = set()
        if self._begin.isdisjoint(map(str.__add__, bare, bare[1:])):
            return met
        for place in range(len(bare)):
            if bare[place : place + _BEGIN] not in self._begin:
                continue
            for length in self._lengths:
                met.update(self._words.get(bare[place : place + length], ()))
        return met


NOTHING = Secrets()
"""Nothing is known."""


def private_values(record: Record) -> Iterator[tuple[FieldSpec, Any]]:
    """The single values of a record's private fields and private columns, each with its spec."""
    for spec, columns in _keepers(record.form):
        value = record.get(spec.name)
        if value is None:
            continue
        if not spec.kind.rows:
            for item in value if isinstance(value, list) else [value]:
                yield spec, item
            continue
        for column in columns:
            for row in value:
                if row.get(column.name) is not None:
                    yield column, row[column.name]


@lru_cache(64)
def _keepers(form: Form) -> tuple[tuple[FieldSpec, tuple[FieldSpec, ...]], ...]:
    """The fields of a form that keep something private, with their columns that do."""
    found = []
    for spec in form.fields.values():
        columns = tuple(c for c in spec.columns.values() if spec.private or c.private)
        if spec.private or columns:
            found.append((spec, columns))
    return tuple(found)


def secrets_of(records: Iterable[Record]) -> Secrets:
    """What some records keep private."""
    names, numbers, words = set(), set(), set()
    for record in records:
        for spec, value in private_values(record):
            text = " ".join(str(value).split())
            if spec.kind.secret is Secret.NAME:
                names.add(text)
            elif spec.kind.secret is Secret.NUMBER:
                numbers |= set(_dialled(text))
            elif spec.kind.secret is Secret.CODE or _is_telling(spec, text):
                words.add(text)
    return Secrets(frozenset(n for n in names if _is_name(n)), numbers=frozenset(numbers),
                   words=frozenset(words))  # fmt: skip


def on_file(records: Iterable[Record]) -> Secrets:
    """Persons and numbers of records with which a text has nothing to do."""
    from pmcli.lint.surnames import WORDS

    names, numbers = set(), set()
    for record in records:
        for spec, value in private_values(record):
            if spec.kind.secret is Secret.NAME:
                names.add(" ".join(str(value).split()))
            elif spec.kind.secret is Secret.NUMBER:
                numbers.add(str(value))
    register = frozenset(n for n in names if _is_name(n) and n not in WORDS)
    return Secrets(register=register, numbers=frozenset(n for n in numbers if len(n) >= _LEAST))


def shown_publicly(record: Record) -> frozenset[str]:
    """Telephone numbers and names that the form itself does not count as private."""
    found = set()
    for spec in record.form.fields.values():
        value = record.get(spec.name)
        if value is None or spec.private:
            continue
        if spec.kind.rows:
            for column in spec.columns.values():
                if column.kind.points_out and not column.private:
                    found |= {str(row[column.name]) for row in value if row.get(column.name)}
        elif spec.kind.points_out:
            found |= {str(item) for item in (value if isinstance(value, list) else [value])}
    return frozenset(found)


def _is_name(name: str) -> bool:
    return len(name) > 1 and name.casefold() not in _NOBODY


def _is_telling(spec: FieldSpec, text: str) -> bool:
    """Whether a private text would be known again in another text."""
    if spec.kind.secret is not Secret.WORDS or len(text) < _LEAST:
        return False
    return spec.private or sum(char.isdigit() for char in text) >= _LEAST


def _dialled(phone: str) -> Iterator[str]:
    """A number as it may be written: with and without the country's or the area's code."""
    digits = re.sub(r"\D", "", phone)
    if len(digits) < _LEAST:
        return
    yield digits
    if digits.startswith("86") and len(digits) > 11:
        yield digits[2:]
    area = re.match(r"\(?0\d{2,3}\)?[ \-]", phone)
    if area:
        yield re.sub(r"\D", "", phone[area.end() :])


@lru_cache(4096)
def _spellings(name: str, own: bool) -> tuple[tuple[str, str], ...]:
    """How a person may be called, each with its bare letters.

    Of somebody concerned, by part of the name and by surname and title too.
    """
    words = [name]
    if own:
        from pmcli.lint.surnames import COMMON, DOUBLE, RARE, WORDLIKE

        parts = re.split(r"[·•・. ]+", name)
        words += [part for part in parts if part != name and len(part) > 2]
        double = next((d for d in DOUBLE if name.startswith(d) and len(name) > len(d)), None)
        surname = double or (name[0] if name[0] in COMMON + RARE + WORDLIKE else None)
        if surname is not None:
            words += [surname + title for title in _TITLES]
    return tuple((word, _bare(word)) for word in words if _bare(word))


def _read(text: str) -> tuple[str, Sequence[int]]:
    """A text as it reads, and for each of its characters where it stands in what was typed."""
    if _USUAL.fullmatch(text):
        return text, range(len(text))
    read: list[str] = []
    places: list[int] = []
    for place, char in enumerate(text):
        for plain in _plain(char):
            read.append(plain)
            places.append(place)
    return "".join(read), places


@cache
def _plain(char: str) -> str:
    """A character as it reads: nothing for a mark that nobody sees, a digit for any digit."""
    if _USUAL.fullmatch(char):
        return char
    kind = unicodedata.category(char)
    if kind in ("Cc", "Cf", "Cs", "Mn", "Me"):
        return ""
    if char.isdigit():
        return str(unicodedata.digit(char))
    return unicodedata.normalize("NFKC", char)


def _bare(read: str) -> str:
    return _NO_LETTER.sub("", read).casefold()


def _numbers(read: str, strict: bool) -> Iterator[tuple[int, int, str]]:
    """Telephone and identity numbers and number plates, by their looks."""
    enough = len(_FIGURE.findall(read)) >= _MOBILE_FIGURES
    for said in {read, read.translate(_NUMERALS)} if enough else ():
        for found in _MOBILE.finditer(said):
            if not _ORDERED.search(found[0]):
                digits = _NO_DIGIT.sub("", found[0])[-11:]
                yield found.start(), found.end(), f"{digits[:3]}{HIDDEN}{digits[-4:]}"
    if not _DIGIT.search(read):
        return
    from pmcli.lint.persons import private_numbers_in
    from pmcli.lint.plates import plates_in

    told = {start for start, _ in private_numbers_in(read)}
    for found in _IDENTITY.finditer(read):
        if not _ORDERED.search(found[0]) and (strict or found.start() in told):
            yield found.start(), found.end(), HIDDEN
    for found in _PAPER.finditer(read):
        yield found.start("n"), found.end("n"), HIDDEN
    for found in plates_in(read):
        yield found.start(), found.end(), found[0][:2] + HIDDEN
    if strict:
        for found in _LANDLINE.finditer(read):
            if not _ORDERED.search(found[0]):
                yield found.start(), found.end(), HIDDEN
        for found in _LABELLED.finditer(read):
            yield found.start("n"), found.end("n"), HIDDEN


def _strangers(read: str) -> Iterator[tuple[int, int, str]]:
    """Persons by surname and title."""
    from pmcli.lint.persons import persons_in

    for person in persons_in(read):
        if not person.staff and person.name.endswith(_TITLES):
            yield person.start, person.end, _initial(person.name)


def _spans(words: Iterable[str], read: str) -> Iterator[tuple[int, int]]:
    """Where words stand in a text as it reads, whatever stands between their letters."""
    bare = _bare(read)
    for word in words:
        if _bare(word) in bare:
            for found in _pattern(word).finditer(read):
                yield found.start(), found.end()


def _within(found: tuple[int, int, str], read: str, kept: Iterable[tuple[int, int]]) -> bool:
    """Whether all letters and digits of what was found belong to something that may be read."""
    start, end, _ = found
    inner = [place for place in range(start, end) if read[place].isalnum()]
    return any(a <= inner[0] and inner[-1] < b for a, b in kept)


@lru_cache(4096)
def _pattern(word: str) -> re.Pattern[str]:
    letters = [char for char in _read(word)[0] if char.isalnum()]
    if not letters:
        return re.compile(r"(?!)")
    edges = [r"\d" if c.isdigit() else "[A-Za-z]" if c.isascii() else "" for c in letters]
    before = f"(?<!{edges[0]})" if edges[0] else ""
    after = f"(?!{edges[-1]})" if edges[-1] else ""
    return re.compile(before + _BETWEEN.join(map(re.escape, letters)) + after, re.IGNORECASE)


def _initial(name: str) -> str:
    letters = [char for char in name if char.isalnum()]
    return letters[0] + "*" * max(1, len(letters) - 1)


def _replaced(text: str, places: Sequence[int], found: list[tuple[int, int, str]]) -> str:
    """A text with spans of what it reads as replaced; of those that meet, by the longest's."""
    joined: list[list[tuple[int, int, str]]] = []
    reach = -1
    for one in sorted(found):
        if one[0] < reach:
            joined[-1].append(one)
        else:
            joined.append([one])
        reach = max(reach, one[1])
    pieces, at = [], 0
    for group in joined:
        shown = max(group, key=lambda one: one[1] - one[0])[2]
        last = max(end for _, end, _ in group)
        pieces += [text[at : places[group[0][0]]], shown]
        at = places[last - 1] + 1
    return "".join([*pieces, text[at:]])
