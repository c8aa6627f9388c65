"""Record files: what is not changed keeps every byte, and every reader gets the same values."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import frontmatter
import pytest
import ruamel.yaml
import yaml
from any_record import (
    ANY_CHARACTER,
    CORE,
    FORM,
    HISTORY,
    NASTY,
    TEXTS,
    VALUES,
    ZONE,
    outcome,
    plain_values,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from pmcli.record.careful import careful_read
from pmcli.record.event import FieldChange
from pmcli.record.parsing import (
    BadRecord,
    careful_tree,
    decode,
    fast_tree,
    parse,
    split,
)
from pmcli.record.plain_yaml import entry, scalar
from pmcli.record.writing import new_text

# Written by pmcli, read by anybody


def every_reader(front: str, text: str) -> dict[str, Any]:
    """The front matter as plain uses of the well-known readers have it."""
    readers = {
        "PyYAML": yaml.safe_load,
        "libyaml": lambda source: yaml.load(source, Loader=yaml.CSafeLoader),
        "ruamel 1.2": ruamel.yaml.YAML(typ="safe", pure=True).load,
        "ruamel safe": ruamel.yaml.YAML(typ="safe").load,
        "ruamel round trip": ruamel.yaml.YAML().load,
    }
    found = {name: read(front) for name, read in readers.items()}
    found["python-frontmatter"] = frontmatter.loads(text).metadata
    return found


@settings(max_examples=250, derandomize=True, deadline=None)
@given(VALUES)
def test_every_reader_gets_what_pmcli_wrote(values: dict[str, Any]) -> None:
    text = new_text(FORM, {**CORE, **values}, HISTORY)
    record = parse(text, FORM, ZONE)
    assert dict(record.values) == {**CORE, **values}
    assert list(record.history) == HISTORY
    assert record.extra == {}
    opening, front, closing, body = split(text)
    assert (opening, closing) == ("---\n", "---\n")
    assert body == (f"{values['words']}\n" if "words" in values else "")
    assert careful_tree(front) == fast_tree(front)
    wanted = plain_values({**CORE, **values, "history": [e.file_row for e in HISTORY]})
    wanted.pop("words", None)
    if "content" in wanted:  # python-frontmatter keeps that name for itself
        wanted["content_"] = wanted.pop("content")
    for name, found in every_reader(front, text).items():
        assert found == wanted, name


@pytest.mark.parametrize("text", [text for text in NASTY if text.strip()], ids=repr)
def test_nasty_texts_survive_in_every_place(text: str) -> None:
    values = {**CORE, "title_text": text, "helpers": [text, text], "parts": [{"item": text}]}
    changes = {"title_text": FieldChange(text, text + "b"), "parts": FieldChange([{"item": text}])}
    event = replace(HISTORY[0], note=text, changes=changes)
    history = [event.named(str(values["id"]))]
    written = new_text(FORM, values, history)
    record = parse(written, FORM, ZONE)
    assert dict(record.values) == values
    assert list(record.history) == history
    front = split(written)[1]
    wanted = plain_values({**values, "history": [e.file_row for e in history]})
    for name, found in every_reader(front, written).items():
        assert found == wanted, name


@given(TEXTS)
@settings(max_examples=300, derandomize=True, deadline=None)
def test_one_scalar_reads_the_same_under_both_versions(text: str) -> None:
    for line in (f"k: {scalar(text)}\n", f"k: [{scalar(text)}]\n", f"k: {{a: {scalar(text)}}}\n"):
        first = yaml.safe_load(line)
        assert first == ruamel.yaml.YAML(typ="safe", pure=True).load(line)
        assert text in (first["k"], first["k"][0] if isinstance(first["k"], list) else None) or (
            first["k"] == {"a": text}
        )
    assert yaml.safe_load(entry("k", text)) == {"k": text}


# Two readers, one answer

ODD = [
    "k: |\n  a\n  b\n", "k: |-\n  a\n\n  b\n\n", "k: |+\n  a\n\n\nz: 1\n",
    "k: >\n  a\n  b\n\n  c\n", "k: >-\n  a\n   b\n", "k: |2\n   a\n", "k: |\n\n  a\n",
    "k: |\nz: 1\n", "k: | # c\n  # not a comment\n", '"k": a\n', "'k': a\n", "k : a\n",
    "? k\n: a\n", "k: {a: 1,\n  b: 2}\n", "k: [a,\n  b, # c\n  c]\n", "k: [a, b,]\n",
    "k: {a, b: 1}\n", "k: {a:1}\n", "{x y:}\n", "k: [a: 1]\n", "# c\nk: a # d\n# e\n", "k: a#b\n",
    "k:\ta\n", "k: a\t\n", "k: a\tb\n", "k:\n\t- a\n", "\tk: a\n", "k: \"a\tb\"\n",
    "k:\n- a\t# c\n", "k: ~\n", "k: null\n", "k: Null\n", "k: NULL\n", "k: nUll\n", "k:\n", "k: \n",
    "k: ''\n", 'k: ""\n', "k: 0301\n", "k: 9:30\n", "k: 190:20:30\n", "k: no\n", "k: Yes\n",
    "k: ON\n", "k: 1_000\n", "k: 0x1F\n", "k: 0o17\n", "k: 1e3\n", "k: .inf\n", "k: -.Inf\n",
    "k: .NaN\n", "k: =\n", "k: 2026-03-05\n", "k: 2026-03-05T09:00:00+08:00\n",
    "k: 2026-03-05 09:00:00.5 +8\n", "k: {a: 2026-03-05T09:00:00}\n",
    "k: [2026-03-05T09:00:00+08:00, 9:30]\n", "k: 1.10\n", "k: +1\n", "k: !!str 1\n",
    "k: !!int '1'\n", "k: !t a\n", "k: ! a\n", "k: &a b\n", "k: &a b\nz: *a\n",
    "k: &a {x: 1}\nz:\n  <<: *a\n", "k:\n  <<: {x: 1}\n  y: 2\n", "'<<': a\n", "<<: {k: 1}\n",
    "k: &a [*a]\n", "k: *a\n", "k: 1\nk: 2\n", "k: 1\n\"k\": 2\n", "z: {a: 1, a: 2}\n",
    "k: a\n...\n", "k: a\n...\nz: b\n", "%YAML 1.1\n---\nk: no\n", "k: a\n--- b\n", "- a\n- b\n",
    "a\n", "", "# c\n", "\n\n", "{k: a}\n", "[a]\n", "k: a: b\n", "k: - a\n", "k: [a\n",
    "k: {a: b\n", "k: 'a\n", 'k: "a\n', 'k: "\\q"\n', 'k: "\\/ \\x41 \\u6f22 \\U0001F600 \\N"\n',
    "k: 'a\n  b\n\n  c'\n", 'k: "a\n  b \\\n  c"\n', "k: a\n  b\n\n  c\n", "k: @a\n", "k: `a\n",
    "k: %a\n", "k: ?a\n", "k: ? a\n", "k: :a\n", "k: -a\n", "k: --- a\n", "k: a\n b: c\n",
    " k: a\n z: b\n", " k: a\nz: b\n", "k:\n- a\n- b\n", "k:\n  - a\n  -\n", "k:\n- - a\n  - b\n",
    "k:\n- a: 1\n  b: 2\n- {a: 3}\n", "k: a\r\nz: b\r\n", "k: |\r\n  a\r\n  b\r\n", "k: a\rz: b\n",
    "k: a\x85z: b\n", "k: a\u2028b\n", "k: \ufeffa\n", "k: a\x00b\n", "k: a\x07\n", "k: \x7f\n",
    'k: "\ufffe"\n', "k: >\n \n  - \n", "k: \ufffe\n", "k: 😀\n", "k: 𠮷\n", ": a\n", "k: {: a}\n",
    "? {a: b}\n: c\n", "? [a]\n: c\n", "k: ''''\n", "k: \"'\"\n", "k: it's\n", "漢字: 值\n",
    "k: a，b\n", "k: 「a」: b\n", "k: [a b]\n", "k: <a>\n", "k: a & b\n",
    "k: a * b\n", "k: a ! b\n",
    "k: a | b\n", "k: http://x/y?z=1&a=2#b\n", "k: *\n", "k: " + "[" * 60 + "]" * 60 + "\n",
    "k: " + "[" * 50_000, "k:\n" + "- " * 50_000 + "a\n", "k: " + "{a: " * 9_000,
    "".join("  " * depth + "a:\n" for depth in range(60)), "? " * 50_000,
    "k: " + "a" * 1_000_000 + "\n", "k" * 2_000 + ": a\n", "k: " + "'" * 9_999 + "\n",
]  # fmt: skip


@pytest.mark.parametrize("front", ODD, ids=lambda front: repr(front[:40]))
def test_the_two_readers_agree_on_odd_yaml(front: str) -> None:
    fast, careful = outcome(fast_tree, front), outcome(careful_tree, front)
    assert fast == careful
    text = f"---\n{front}---\nbody\n"
    if front.endswith("\n") and "\n---" not in front:
        assert outcome(lambda: careful_read(text)[0]) == fast


@pytest.mark.parametrize(
    "front",
    [
        "k: &a b\n",
        "k: 1\nk: 2\n",
        "k:\n  <<: {x: 1}\n",
        "k: &a b\nz: *a\n",
        "k: !t a\n",
        "k: a\x85b\n",
    ],
)
def test_what_readers_cannot_agree_on_is_refused(front: str) -> None:
    assert outcome(fast_tree, front) is BadRecord


FRAGMENTS = [
    "a", "key", "id", "x y", "0301", "9:30", "no", "~", "1e3", "2026-03-05", "'q'", '"d"', '"\\n"',
    "#c", " #c", ": ", ":", " :", "- ", "-", "? ", "?", "|", "|-", "|+", ">", "[", "]", "{", "}",
    ",", " ", "  ", "\t", "\n", "\n  ", "\n- ", "\n  - ", "&a", "*a", "!t", "!!str", "<<", "%", "@",
    "`", "---", "...", "漢", "😀", "\u00a0", "\ufeff", "\x85", "\u2028", "\r",
    "\r\n", "\\", '"', "'",
    "=",
]  # fmt: skip


@settings(max_examples=800, derandomize=True, deadline=None)
@given(st.lists(st.sampled_from(FRAGMENTS), max_size=9).map("".join), st.booleans())
def test_the_two_readers_agree_on_anything(front: str, keyed: bool) -> None:
    if keyed:
        front = f"k: {front}\nz: 1\n"
    fast = outcome(fast_tree, front)
    assert fast == outcome(careful_tree, front)
    if isinstance(fast, dict):
        # What both accept, plain readers accept too; types are theirs, keys and shape are not.
        assert list(map(str, yaml.load(front, Loader=yaml.BaseLoader) or {})) == list(fast)


@given(st.binary(max_size=60) | st.text(ANY_CHARACTER, max_size=60).map(str.encode))
@settings(max_examples=300, derandomize=True, deadline=None)
def test_any_bytes_are_a_record_or_refused_with_a_line(data: bytes) -> None:
    def read() -> Any:
        return parse(decode(b"---\n" + data, "x.md"), FORM, ZONE, "x.md")

    outcome(read)
    outcome(lambda: parse(decode(data, "x.md"), FORM, ZONE, "x.md"))
