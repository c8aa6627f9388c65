"""Which installed type stands for which of the five faces of Chinese official texts.

The chains are those of writing.md, §4: the first family found wins. Behind them stand Noto Serif SC
and Noto Sans SC (SIL Open Font License 1.1), which the package pylopdf-fonts-zh-cn carries, so that
a machine without Chinese type prints too.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from pmcli.dataclass import dataclass

if TYPE_CHECKING:
    import typst

_SONG_LAST = ("Source Han Serif SC", "Noto Serif CJK SC", "Noto Serif SC")
_HEI_LAST = ("Source Han Sans SC", "Noto Sans CJK SC", "Noto Sans SC")

CHAINS: Mapping[str, tuple[str, ...]] = {
    "title": (
        "方正小标宋简体", "FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", "华文中宋", "STZhongsong",
        *_SONG_LAST,
    ),
    "fangsong": (
        "仿宋_GB2312", "FangSong_GB2312", "FangSong", "仿宋", "STFangsong", "Zhuque Fangsong",
        "Zhuque Fangsong (technical preview)", *_SONG_LAST,
    ),
    "kai": (
        "楷体_GB2312", "KaiTi_GB2312", "KaiTi", "楷体", "STKaiti", "Kaiti SC", "LXGW WenKai",
        "AR PL UKai CN", *_SONG_LAST,
    ),
    "hei": ("SimHei", "黑体", "STHeiti", "Heiti SC", *_HEI_LAST, "WenQuanYi Micro Hei"),
    "song": ("SimSun", "宋体", "NSimSun", "STSong", "Songti SC", *_SONG_LAST, "AR PL UMing CN"),
}  # fmt: skip
"""The families that may stand for a face, best first: 小标宋, 仿宋, 楷体, 黑体, 宋体."""

BOLD = frozenset({"Source Han Serif SC", "Noto Serif CJK SC", "Noto Serif SC"})
"""Families that stand for 小标宋 in their heaviest weight."""
_BOLD_FROM = 600


@dataclass(frozen=True)
class Face:
    """What a face is set in: families, the first for all that it has; the weight; a stroke in em.

    The stroke thickens a face that has no bold weight of its own.
    """

    families: tuple[str, ...]
    weight: int = 400
    stroke: float = 0.0


@dataclass(frozen=True, eq=False)
class Faces:
    """The faces of this machine, and the fonts they were found in."""

    held: Mapping[str, Face]
    """Every face; none at all where there is no Chinese type."""
    fonts: typst.Fonts
    lacking: tuple[str, ...]
    """The faces of whose chain nothing is here; another face stands for them."""


@cache
def faces() -> Faces:
    """Return the faces of this machine; reads the installed fonts once a process."""
    import typst

    bundled = _bundled()
    fonts = typst.Fonts(
        include_system_fonts=True,
        include_embedded_fonts=False,
        font_paths=[str(bundled)] if bundled else [],
    )
    heavy: dict[str, int] = {}
    for font in fonts.fonts():
        if font.style == "normal":
            heavy[font.family] = max(heavy.get(font.family, 0), font.weight)
    found = {face: _face(face, chain, heavy) for face, chain in CHAINS.items()}
    present = {face: chosen for face, chosen in found.items() if chosen.families}
    stand_in = next(iter(present.values()), None)
    held = {face: present.get(face, stand_in) for face in CHAINS} if stand_in else {}
    return Faces(held, fonts, tuple(face for face in CHAINS if face not in present))


def _bundled() -> Path | None:
    """The folder of the fonts that came with pip."""
    from importlib.util import find_spec

    found = find_spec("pylopdf_fonts_zh_cn")
    return Path(found.origin).parent if found and found.origin else None


def _face(face: str, chain: tuple[str, ...], heavy: Mapping[str, int]) -> Face:
    families = tuple(name for name in chain if name in heavy)
    if not families:
        return Face(())
    if face != "title" or families[0] not in BOLD:
        return Face(families)
    weight = heavy[families[0]]
    if weight >= _BOLD_FROM:
        return Face(families, weight)
    return Face(families, weight, 0.025)
