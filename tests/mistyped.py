"""Command lines typed wrongly, and the sentences that answer them."""

from __future__ import annotations

import shlex
from collections.abc import Sequence

from conftest import Desk
from scenes import tells_what_is_unmet

FILLED = {
    "--unit": "3-2-501", "--phone": "13800000001", "--place": "厨房", "--request": "漏水",
    "--kind": "plumbing", "--area": "private", "--reporter": "刘先生",
}  # fmt: skip


def repair(**given: str) -> list[str]:
    """`repair new` with some of its values replaced."""
    values = FILLED | {"--" + name.replace("_", "-"): text for name, text in given.items()}
    return ["repair", "new", *(word for pair in values.items() for word in pair)]


def refuse(desk: Desk, line: str | Sequence[str], code: int, *says: str) -> str:
    """Type what must be refused with a code; return the sentences, which hold all of `says`."""
    words = shlex.split(line) if isinstance(line, str) else list(line)
    result = desk.refused(words, code)
    assert "Traceback" not in result.err
    assert result.err.strip()
    assert len(result.err) < 2_000
    for text in says:
        assert text in result.err, result.err
    if code in (2, 4) and "--format" not in words:
        _as_a_script_reads_it(desk, words, code)
    return result.err


def _as_a_script_reads_it(desk: Desk, words: list[str], code: int) -> None:
    told = desk.refused([*words[:2], "--format", "json", *words[2:]], code)
    if told.out:
        tells_what_is_unmet(told.json["error"])
