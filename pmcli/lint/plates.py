"""Number plates of motor vehicles: how they are made up, and where one stands in a text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pmcli.patterns import regex

if TYPE_CHECKING:
    from pmcli.messages.keys import Key

_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_OFFICE = "A-HJ-NP-Z"
_SERIAL = f"0-9{_OFFICE}"
_ENERGY = "A-HJK"
_ENDINGS = "挂学警港澳领"
_DOTS = r"·•.∙・﹒ \-"
_WHOLE = regex(
    rf"[{_PROVINCES}][{_OFFICE}](?:"
    rf"[{_SERIAL}]{{5}}|[{_SERIAL}]{{4}}[{_ENDINGS}]"
    rf"|[{_ENERGY}][{_SERIAL}][0-9]{{4}}|[0-9]{{5}}[{_ENERGY}])"
    r"|使[0-9]{6}|[0-9]{6}使"
)
_BETWEEN = regex(rf"[{_DOTS}\s]+")
PLATE = regex(
    rf"[{_PROVINCES}] ?[{_OFFICE}{_OFFICE.lower()}][{_DOTS}]{{0,2}}"
    rf"(?P<n>[A-Za-z0-9*](?: ?[A-Za-z0-9*]){{3}}(?:[{_ENDINGS}]"
    r"|(?: ?[A-Za-z0-9*]){1,2}(?! ?[A-Za-z0-9])(?!座)))"
)
"""What looks like a plate in a text, mistyped and half masked ones too."""


class NoPlate(ValueError):
    """What is no number plate; `fault` is the key of the sentence that says why, `part` what of it
    is wrong, `count` how many letters and figures there are behind the office's letter.
    """

    def __init__(self, fault: Key, part: str = "", count: int = 0) -> None:
        super().__init__(fault)
        self.fault = fault
        self.part = part
        self.count = count


def plate(text: str) -> str:
    """A number plate as it is kept: 京A12345, 京AD12345, 京A1234学, 粤Z1234港, 使014578.

    By GA 36-2018: a province, the issuing office's letter, five letters and figures; six on plates
    for new energy, whose letter stands first on small cars' and last on large ones'; never I or O.
    Embassies have 使 with six figures. Blanks and dots are left out, small letters made large.
    Raises NoPlate.
    """
    bare = _BETWEEN.sub("", unicodedata.normalize("NFKC", text)).upper()
    if _WHOLE.fullmatch(bare):
        return bare
    raise _fault(bare)


def _fault(bare: str) -> NoPlate:
    """What is wrong with a text that is no plate, the first matter from the left."""
    if "使" in bare:
        return NoPlate("plate_embassy")
    if bare[:1] not in _PROVINCES or not bare:
        return NoPlate("plate_province", bare[:1])
    office, serial = bare[1:2], bare[2:]
    if not re.fullmatch(f"[{_OFFICE}]", office):
        return NoPlate("plate_office", office)
    ending = serial[-1:] if serial[-1:] in _ENDINGS else ""
    serial = serial.removesuffix(ending) if ending else serial
    if odd := re.search(f"[^{_SERIAL}]", serial):
        return NoPlate("plate_letters" if odd[0] in "IO" else "plate_sign", odd[0])
    if ending:
        return NoPlate("plate_ending", ending, len(serial))
    return NoPlate("plate_energy" if len(serial) == 6 else "plate_length", count=len(serial))


def masked(number: str) -> str:
    """A plate of which the middle is hidden: 湘A***45."""
    return number[:2] + "*" * (len(number) - 4) + number[-2:]


def plates_in(text: str) -> Iterator[re.Match[str]]:
    """Number plates of which fewer than two characters are masked."""
    for found in PLATE.finditer(text):
        number = found["n"].replace(" ", "")
        if number.count("*") < 2 and re.search(r"\d", number):
            yield found
