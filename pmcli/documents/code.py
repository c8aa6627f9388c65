"""The QR code of a text, as squares that every printer draws in its own way."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from segno import QRCode


def matrix(text: str) -> tuple[tuple[bool, ...], ...]:
    """Return the rows of a text's QR code, dark squares true, without the white about it.

    Raises ValueError for a text that is empty or longer than a code holds (some 2,300 bytes).
    """
    return tuple(tuple(bool(square) for square in row) for row in _code(text).matrix)


def png(text: str) -> bytes:
    """A text's QR code as a picture, eight points a square; raises as `matrix` does."""
    held = BytesIO()
    _code(text).save(held, kind="png", scale=8, border=0)
    return held.getvalue()


def _code(text: str) -> QRCode:
    import segno

    if not text:
        raise ValueError(text)
    # Any mask can be read; trying all eight takes most of the time of a batch of letters.
    return segno.make(text, error="m", micro=False, mask=2)


def outline(squares: tuple[tuple[bool, ...], ...]) -> str:
    """The dark squares as an SVG path, one unit a square."""
    pieces: list[str] = []
    for y, row in enumerate(squares):
        start = 0
        for x in range(1, len(row) + 1):
            if x < len(row) and row[x] == row[start]:
                continue
            if row[start]:
                pieces.append(f"M{start} {y}h{x - start}v1h-{x - start}z")
            start = x
    return "".join(pieces)
