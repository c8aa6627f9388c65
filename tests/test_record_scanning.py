"""The scanner reads the plain shape as the YAML parsers do and leaves other shapes to them."""

from __future__ import annotations

from pathlib import Path

from hypothesis import example, given, settings
from hypothesis import strategies as st

from pmcli.record.parsing import BadRecord, careful_node, split, top_level
from pmcli.record.plain_yaml import entry
from pmcli.record.scanning import scan

TOP = Path(__file__).parent.parent
KEYS = st.sampled_from(["id", "state", "unit", "note_", "history", "a1"])
SCALARS = st.one_of(
    st.sampled_from(
        [
            "a",
            "null",
            "~",
            "yes",
            "3-2-501",
            "0301",
            "-5",
            "1e3",
            "厨房",
            "厨房 水管",
            "a b",
            "''",
            '""',
            '"a"',
            '"a\\n"',
            "'x'",
            "a: b",
            "a #b",
            "a#b",
            "#",
            "- a",
            "a,b",
            "[a]",
            "{a: b}",
            "|",
            ">",
            "&x",
            "*x",
            "!t",
            "%",
            "@",
            "?",
            "a:",
            ":a",
            "“”",
            "é",
            "😀",
            "\u00a0",
            "a\u2028b",
            "+1",
            ".5",
            "2026-03-05",
        ]
    ),
    st.text(max_size=8),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]"),
        st.lists(st.tuples(KEYS, inner), max_size=3).map(
            lambda cells: "{" + ", ".join(f"{k}: {v}" for k, v in cells) + "}"
        ),
    ),
    max_leaves=6,
)
CELLS = st.lists(st.tuples(KEYS, VALUES), min_size=1, max_size=3)
LINES = st.one_of(
    st.tuples(KEYS, SCALARS).map(lambda kv: f"{kv[0]}: {kv[1]}"),
    KEYS.map(lambda k: f"{k}:"),
    st.tuples(KEYS, st.lists(SCALARS, max_size=3)).map(lambda kv: f"{kv[0]}: [{', '.join(kv[1])}]"),
    CELLS.map(lambda cells: "- {" + ", ".join(f"{k}: {v}" for k, v in cells) + "}"),
    st.sampled_from(["", " ", "# c", "  x", "---", "...", "\t", "- a"]),
)


def _parsed(front):
    try:
        return top_level(careful_node(front), "")
    except BadRecord:
        return None


@settings(max_examples=600, derandomize=True, deadline=None)
@given(st.lists(LINES, max_size=5).map(lambda lines: "\n".join([*lines, ""])))
@example("id: a\nhistory:\n- {at: b, by: c}\n")
@example("id: a\nid: b\n")
@example("id: [a, b, ]\n")
@example("history:\n- {a1: b, a1: c}\n")
def test_what_is_scanned_is_what_the_parser_reads(front):
    scanned = scan(front)
    assert scanned is None or scanned == _parsed(front)


VALUES = st.one_of(
    st.booleans(),
    st.integers(0, 10**6),
    st.text("abc厨房3-: #'\"\\{}[],", min_size=1, max_size=12),
    st.lists(st.sampled_from(["李强", "吴刚", "x y", "yes"]), min_size=1, max_size=3),
    st.lists(
        st.dictionaries(KEYS, st.text("ab厨:,", min_size=1, max_size=5), min_size=1),
        min_size=1,
        max_size=3,
    ),
)


@settings(max_examples=300, derandomize=True, deadline=None)
@given(st.dictionaries(KEYS, VALUES, min_size=1))
def test_what_pmcli_writes_scans_to_what_it_parses_to(values):
    front = "".join(entry(key, value) for key, value in values.items())
    scanned = scan(front)
    assert scanned is None or scanned == _parsed(front)


def test_every_record_of_the_sample_office_is_scanned():
    """The scanner is worth having only while the records we write do not fall back."""
    for path in (TOP / "records").rglob("*.md"):
        front = split(path.read_text("utf-8"))[1]
        assert scan(front) == _parsed(front), path
