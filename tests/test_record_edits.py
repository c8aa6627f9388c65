"""Records edited by pmcli: every other byte stays."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from any_record import ANY_CHARACTER, AT, FORM, MONEY, STAMP, TEXTS, ZONE
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from pmcli.record.event import Event, Kind
from pmcli.record.parsing import BadRecord, careful_tree, fast_tree, parse, split
from pmcli.record.writing import changed_text

CHUNKS = {
    "content_": [
        "content_: x",
        'content_: "x"  # 注',
        "content_:",
        "content_:   # c",
        "content_: 'a''b' #c",
    ],
    "remark": [
        "remark: |\n  a\n\n  # b",
        "remark: |-  # head\n  a\n  b\n# after",
        "remark: 'a\n  # b'",
        "remark: a\n  b # t",
        "remark:\n  x # t",
        "remark: |+\n  a\n\n",
        "remark: >\n  a\n  b",
    ],
    "title_text": [
        "title_text: t",
        "'title_text' :   t   # c",
        '"title_text": "a: b"',
        "? title_text\n: t",
    ],
    "sort": ["sort: a", "sort: b # c", "sort: {zh: a}"],
    "done": ["done: true", 'done: "true"', "done: false  #c"],
    "count": ["count: 3", 'count: "3"', "count: -12 # c"],
    "fee": ['fee: "1.00"', "fee: 1.5 # 元", "fee: '2'"],
    "on_day": ["on_day: 2026-03-05", 'on_day: "2026-03-05"', "on_day: 2026年3月5日"],
    "due": ["due: 2026-03-05T09:00:00+08:00", "due: 2026-03-05 09:00 # no zone"],
    "helpers": [
        "helpers: [a, b] # c",
        "helpers: [a,\n  b]  # c",
        "helpers:\n- a # one\n# two\n- b\n# end",
        "helpers:  # c\n  - a\n\n  - b",
        "helpers: a",
    ],
    "parts": [
        "parts:\n- {item: x, qty: 1}  # one\n# note\n- item: y\n  # in\n  qty: 2",
        "parts: [{item: x}]",
    ],
    "unknown": [
        "unknown: {a: [1, 2],\n  b: '#'}",
        "x-y:   'it''s'   # c",
        '"quoted key": |\n  a\n\n   b',
        "list:\n- a\n\n- b # c\n-",
        "map:\n  a: 1\n  # c\n  b:\n    - 2",
        "folded: >-\n  a\n  b\n",
        "kept: |+\n  a\n\n",
        "数字: 0301",
        "empty:",
        "empty2: ~ # c",
        "t: 9:30",
        "long: a b\n  c d\n\n  e",
        'esc: "\\u6f22\\\n  x"',
        "time: 2026-03-05T09:00:00+08:00",
        "z : 1 ",
        "no: no",
    ],
    "gap": ["# note", "", "#", "   ", "  # indented", "# 中文：a\n\n#b"],
}
NEW_VALUES: dict[str, st.SearchStrategy[Any]] = {
    "content": TEXTS | st.none(),
    "remark": TEXTS | st.none(),
    "title_text": TEXTS | st.none(),
    "sort": st.sampled_from(["a", "b"]),
    "done": st.booleans(),
    "count": st.integers(0, 99) | st.none(),
    "fee": MONEY,
    "on_day": st.just(date(2026, 4, 1)),
    "due": st.just(AT),
    "helpers": st.lists(st.sampled_from(["a", "b", "c", "- x"]), min_size=1, max_size=4)
    | st.none(),
    "parts": st.lists(
        st.sampled_from([{"item": "x", "qty": 1}, {"item": "y", "qty": 2}, {"item": "z"}]),
        min_size=1,
        max_size=3,
    )
    | st.none(),
    "worker": TEXTS,
    "unit": st.just("3-2-501"),
}
RAW_BODIES = st.one_of(
    st.sampled_from(
        [
            "",
            "a",
            "a\n",
            "\n\na\n\n",
            "---\n",
            "a\n---\nb: c\n---\n",
            "a\r\nb\n",
            "\t\n ",
            "\ufeff",
            "# x\n",
        ]
    ),
    st.text(ANY_CHARACTER, max_size=40).filter(lambda text: "\0" not in text),
)


@st.composite
def hand_written(draw: st.DrawFn) -> tuple[str, str, list[tuple[str, str]], str, str]:
    """A record as a person left it: opening, closing, chunks by key, body, line ending."""
    chunks = [
        ("id", "id: DN-260305-A01"),
        ("form", "form: slip"),
        ("state", draw(st.sampled_from(["state: open", "state:  'open' # s"]))),
        ("created_at", "created_at: 2026-03-05T09:00:00+08:00"),
        (
            "history",
            draw(
                st.sampled_from(
                    [
                        f"history:\n- {{at: {STAMP}, by: 李晓, command: new, to: open}}",
                        f"history: # h\n  - {{at: {STAMP}, command: new, to: open}} # one\n  # two",
                        "history:\n- at: 2026-03-05T09:00:00+08:00\n  command: new\n\n  to: open",
                        "history: [{at: 2026-03-05T09:00:00+08:00, command: new, to: open}]",
                        "history: []",
                        "history:",
                    ]
                )
            ),
        ),
    ]
    names = st.sampled_from([name for name in CHUNKS if name not in ("unknown", "gap")])
    for name in draw(st.lists(names, unique=True, max_size=5)):
        chunks.append((name, draw(st.sampled_from(CHUNKS[name]))))
    for text in draw(st.lists(st.sampled_from(CHUNKS["unknown"]), unique=True, max_size=3)):
        chunks.append(("unknown", text))
    chunks = draw(st.permutations(chunks))
    for text in draw(st.lists(st.sampled_from(CHUNKS["gap"]), max_size=3)):
        chunks.insert(draw(st.integers(0, len(chunks))), ("gap", text))
    newline = draw(st.sampled_from(["\n", "\n", "\r\n"]))
    opening = draw(st.sampled_from(["---", "---", "\ufeff---", "---  "])) + newline
    closing = "---" + draw(st.sampled_from([newline, newline, " " + newline]))
    return opening, closing, chunks, draw(RAW_BODIES), newline


def lines_of(text: str) -> list[str]:
    return re.findall(r"[^\n]*\n|[^\n]+", text)


def is_subsequence(wanted: list[str], found: list[str]) -> bool:
    rest = iter(found)
    return all(line in rest for line in wanted)


@settings(max_examples=400, derandomize=True, deadline=None)
@given(hand_written(), st.data())
def test_an_edit_keeps_every_other_byte(written: Any, data: st.DataObject) -> None:
    opening, closing, chunks, body, newline = written
    front = "".join(f"{text}\n" for _, text in chunks).replace("\n", newline)
    text = opening + front + closing + body
    try:
        record = parse(text, FORM, ZONE, "records/slip/2026/03/DN-260305-A01.md")
    except BadRecord:
        assume(False)
        return
    assert changed_text(record, {}, []) == text

    names = data.draw(st.lists(st.sampled_from(sorted(NEW_VALUES)), unique=True, max_size=3))
    changes = {name: data.draw(NEW_VALUES[name], label=name) for name in names}
    if data.draw(st.booleans()):
        changes["state"] = "shut"
    rows = [Event(Kind.STEP, "shut", "李晓", AT, from_state="open", to_state="shut", note="- x")]
    rows = rows if data.draw(st.booleans()) else []
    result = changed_text(record, changes, rows)

    assert result.startswith(opening)
    assert result.endswith(closing + body)
    edited = result[len(opening) : len(result) - len(closing + body)]
    file_keys = {"content_" if name == "content" else name for name in changes}
    touched = file_keys | ({"history"} if rows else set())
    kept = "".join(f"{text}\n" for name, text in chunks if name not in touched).replace(
        "\n", newline
    )
    kept_lines = lines_of(kept)
    if "remark" in touched:  # blank lines behind a block belong to its text
        kept_lines = [line for line in kept_lines if line.strip()]
    assert is_subsequence(kept_lines, lines_of(edited))
    for name, chunk in chunks:
        if name in touched and changes.get(name.rstrip("_"), "") is not None:
            for comment in re.findall(r"(?m)^# (?:two|end|after|note)$", chunk):
                assert comment in edited
            if "\n" not in chunk and (found := re.search(r"\s#.*", chunk)) and name != "history":
                assert found[0].strip() in edited
    if newline == "\r\n":
        assert "\n" not in edited.replace("\r\n", "")

    back = parse(result, FORM, ZONE, record.path)
    wanted = {**record.values, **changes}
    assert dict(back.values) == {key: value for key, value in wanted.items() if value is not None}
    assert back.extra == record.extra
    assert list(back.history) == [*record.history, *rows]
    assert careful_tree(split(result)[1]) == fast_tree(split(result)[1])


SHUT = Event(Kind.STEP, "shut", "", None)


def test_mixed_line_endings_stay_as_they_are() -> None:
    text = (
        "---\r\nid: DN-260305-A01\nstate: open\r\nnote: |\n  a\r\n  b\nfee: '1'\r\n"
        "history:\n- {command: new}\r\n---\nbody\r\n\n"
    )
    record = parse(text, FORM, ZONE)
    result = changed_text(record, {"state": "shut", "fee": Decimal(2)}, [SHUT])
    assert result == (
        '---\r\nid: DN-260305-A01\nstate: shut\r\nnote: |\n  a\r\n  b\nfee: "2.00"\r\n'
        "history:\n- {command: new}\r\n- {command: shut}\r\n---\nbody\r\n\n"
    )


def test_a_new_key_does_not_cut_a_kept_block_in_two() -> None:
    text = "---\nid: DN-260305-A01\nstate: open\nremark: |+\n  a\n\n\nhistory: []\n---\n"
    record = parse(text, FORM, ZONE)
    back = parse(changed_text(record, {"sort": "a"}, []), FORM, ZONE)
    assert back.values["remark"] == "a\n\n\n"
    assert back.values["sort"] == "a"


def test_front_matter_indented_as_a_whole_is_edited_in_place() -> None:
    text = "---\n  id: DN-260305-A01\n  state: open\n  x: 1\n---\nb\n"
    record = parse(text, FORM, ZONE)
    result = changed_text(record, {"state": "shut", "sort": "a"}, [SHUT])
    assert parse(result, FORM, ZONE).values["sort"] == "a"
    assert "\n  x: 1\n" in result


def test_front_matter_in_flow_style_is_refused_not_rewritten() -> None:
    record = parse("---\n{id: DN-260305-A01, state: open}\n---\n", FORM, ZONE)
    with pytest.raises(BadRecord):
        changed_text(record, {"state": "shut"}, [])
