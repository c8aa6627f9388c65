"""The genre of a notice, as the last word of its title names it."""

from __future__ import annotations

from pmcli.patterns import regex

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
_GENRE_AT_END = [(regex(rf"(?:{word})\Z"), genre) for word, genre in _GENRE_WORDS]
_TAIL_BRACKET = regex(
    r"(?:（[^（）]{0,20}）|〔[^〔〕]{0,20}〕|\[[^\[\]]{0,20}\]|(?<=\w)【[^【】]{0,20}】)+\Z"
)
_DECORATION = regex(r"^[^\w《“（〔\[【]+|[^\w》”）〕\]】！？。；：]+$")
_HEAD_FRAME = regex(r"[^\w《“（〔\[【]*[【\[]([^【】\[\]]{2,16})[】\]](?=.)")
_FRAMED = regex(r"^[【\[](.*)[】\]]$")


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
