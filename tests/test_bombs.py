"""Formulas and templates made to do too much end at once, in a sentence with file and line.

`bombs.py` sets them off in a process of its own, with a limit on its memory and a time that only a
hang exceeds.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from bombs import BODIES, FORMULAS, NEW, PAGES, text_template, visit_form
from conftest import Desk
from notice_samples import SAMPLES, draft
from scenes import bring

from pmcli.form import bounds
from pmcli.form.bounds import WORK, TooMuch, measured_run, metered, spend
from pmcli.form.expressions import compile_formula
from pmcli.form.language import MAX_LETS, ExpressionError
from pmcli.messages import Sentence
from pmcli.store.office import load_library

TESTS = Path(__file__).parent
ONLY_A_HANG = 420
"""Seconds."""


class Told(NamedTuple):
    """What became of a command."""

    name: str
    line: str
    code: int
    said: str


def set_off(desk: Desk, group: str) -> list[Told]:
    """Lay the bombs of a group in an office, one after another; none may go off."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PMCLI_")}
    environment |= {"PYTHONPATH": str(TESTS.parent), "PMCLI_LANG": "en"}
    environment |= {"PMCLI_NOW": "2026-03-05 09:00"}
    done = subprocess.run(
        [sys.executable, str(TESTS / "bombs.py"), str(desk.root), group],
        env=environment, capture_output=True, text=True, timeout=ONLY_A_HANG, check=False,
    )  # fmt: skip
    lines: list[dict[str, Any]] = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0, (lines[-1:], done.stderr[-3000:])
    told = [
        Told(begun["name"], " ".join(begun["line"]), ended["code"], ended["out"] + ended["err"])
        for begun, ended in zip(lines[::2], lines[1::2], strict=True)
    ]
    assert not [each for each in told if "Traceback" in each.said]
    return told


def test_a_text_template_is_refused_and_hides_no_other(desk: Desk) -> None:
    told = set_off(desk, "texts")
    assert {each.name for each in told} == {*BODIES}
    place = "templates/notices/odd.md.j2:8: "
    for name, line, code, said in told:
        if line == "visit list":
            assert code == 0, (name, said)
        elif line.startswith("notice new"):
            assert code == 1 and place in said, (name, code, said)
        else:
            assert code == 0 or (code == 1 and place in said), (name, line, code, said)
        if line == "notice templates":
            assert "water-outage" in said, (name, said)
    # What can be known before a text is drafted is said by the check.
    known = {each.name for each in told if each.line == "forms check" and each.code == 1}
    assert known >= {"deep", "deep for", "keyword twice", "no filter", "long"}
    assert not list((desk.root / "records").rglob("TZ-*.md"))


def test_a_page_of_the_office_is_refused(desk: Desk) -> None:
    desk.do(NEW)
    (desk.root / "templates").mkdir()
    (desk.root.parent / "secret").write_text("TOPSECRET", "utf-8")
    (desk.root / "templates/x").symlink_to(desk.root.parent / "secret")
    told = set_off(desk, "pages")
    assert {each.name for each in told} == {*PAGES}
    for name, line, code, said in told:
        assert "TOPSECRET" not in said
        if line.endswith("txt"):
            assert code == 0, (name, said)
        else:
            # Where the parser itself ran out of depth it cannot say the line.
            place = "print.html.j2: " if name in ("deep", "deep for") else "print.html.j2:2: "
            assert code == 1 and f"templates/{place}" in said, (name, code, said)


def test_a_formula_is_refused(desk: Desk) -> None:
    desk.do(NEW)
    told = set_off(desk, "formulas")
    assert {each.name for each in told} == {*FORMULAS}
    place = "forms/visit.yaml:6: "
    for name, line, code, said in told:
        if "--where" in line:
            assert code == 2, (name, code, said)
        elif line == "repair list":
            assert code == 0, (name, said)
        elif line.startswith("visit new"):
            assert code == 1 and place in said, (name, code, said)
        else:
            assert code == 0 or (code == 1 and place in said), (name, code, said)
    known = {each.name for each in told if each.line == "forms check" and each.code == 1}
    assert known >= {"keyword twice", "function keyword twice", "test keyword twice", "deep parts"}


def lay(desk: Desk, body: str) -> None:
    folder = desk.root / "templates/notices"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "odd.md.j2").write_text(text_template(body), "utf-8")


def extend(desk: Desk, text: str) -> None:
    (desk.root / "forms").mkdir(exist_ok=True)
    (desk.root / "forms/visit.yaml").write_text(visit_form(text), "utf-8")


def test_the_line_is_that_of_the_bomb(desk: Desk) -> None:
    lay(desk, "一、\n\n{{ a }}\n{{ 'x' * 100000000000 }}")
    done = desk("notice new odd --a 1")
    assert done.code == 1 and "templates/notices/odd.md.j2:11: " in done.err


def test_a_template_may_do_what_templates_do(desk: Desk) -> None:
    lay(
        desk,
        "{% macro m(x) %}{{ x|upper }}{% endmacro %}"
        "{% for p in a.split(';') if p %}{{ loop.index }}. {{ m(p) }}{{ '%02d' % 7 }}"
        "{{ p.replace('b', 'cc') }}{{ '{:>3}'.format(p) }}{{ [p, 'y']|join('、') ~ '。' }}"
        "{{ p[1:] }}{{ p|center(5) }}{{ 2 ** 5 }}\n{% endfor %}",
    )
    made = desk.show(desk.do("notice new odd --a ab;b".replace(";", "\\;")).id)["body"]
    assert "AB07acc" in made
    assert "32" in made


def test_a_page_of_the_office_may_include_a_file_of_its_own(desk: Desk) -> None:
    number = desk.do(NEW).id
    folder = desk.root / "templates"
    folder.mkdir()
    (folder / "foot.html").write_text("<p>{{ page.title }}</p>", "utf-8")
    (folder / "print.html.j2").write_text(
        '{% extends "builtin/print.html.j2" %}{% block body %}{{ super() }}'
        '{% include "foot.html" %}{% endblock %}',
        "utf-8",
    )
    desk.do(f"visit print {number} --format html")


LETS = {
    "or": "{0} or {1}",
    "both": "[{0}, {1}]",
    "texts": "{0} ~ {1}",
    "sums": "{0} + {1}",
    "same": "{0} == {1}",
}


@pytest.mark.parametrize("name", LETS)
def test_named_formulas_that_double(desk: Desk, name: str) -> None:
    lines = []
    for i in range(60):
        following = f"v{i + 1}", f"w{i + 1}"
        lines += [f"  {w}{i}: ={LETS[name].format(*following)}\n" for w in "vw"]
    warn = "transitions:\n  new:\n    warn:\n    - {if: v0, say: '{{ v0 }} | x'}\n"
    extend(desk, f"let:\n{''.join(lines)}  v60: visitor\n  w60: visitor\n{warn}")
    desk.do("save")
    desk.do("check")
    desk.do("visit list")
    done = desk(NEW)
    assert done.code == (1 if name in ("both", "texts", "sums") else 0), done
    assert ("forms/visit.yaml:" in done.err) == (done.code == 1)


def test_named_formulas_are_not_without_number(desk: Desk) -> None:
    lets = "".join(f"  v{i}: v{i + 1}\n" for i in range(MAX_LETS + 300))
    extend(desk, f"let:\n{lets}  v{MAX_LETS + 300}: unit\n")
    line = 4 + MAX_LETS - len(load_library(None).get("visit").lets)
    done = desk("forms check")
    assert done.code == 1 and f"forms/visit.yaml:{line}: " in done.out + done.err


@pytest.mark.parametrize(
    "pattern", ["a{99999999999}", "(", "(" * 5000, "[z-a]", "(?P<a>x)(?P<a>y)", "x" * 5000]
)
def test_a_pattern_of_units_that_is_none(desk: Desk, pattern: str) -> None:
    path = desk.root / "office.yaml"
    before = path.read_text("utf-8")
    path.write_text(f"{before}unit_pattern: '{pattern}'\n", "utf-8")
    done = desk("visit list")
    assert done.code == 1 and f"office.yaml:{before.count(chr(10)) + 1}: " in done.err


def test_a_new_evaluation_begins_afresh() -> None:
    for _ in range(20):
        measured_run(lambda _scope: spend(WORK - 10), None)


def test_an_evaluation_within_another_counts_for_a_part() -> None:
    with pytest.raises(TooMuch), metered():
        for _ in range(20):
            measured_run(lambda _scope: spend(WORK - 10), None)


def test_what_is_shipped_stays_far_below_the_bounds(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin, end = bounds._METER.begin, bounds._METER.end
    monkeypatch.setattr(bounds._METER, "begin", lambda work: begin(work // 20))
    monkeypatch.setattr(bounds._METER, "end", lambda outer, work: end(outer, work // 20))
    assert len(SAMPLES) >= 40
    for key, sample in SAMPLES.items():
        draft(desk, key, f"{sample.needs} {sample.may}")
    number = bring(desk, "repair", "closed")
    desk.do(f"repair print {number} --format html")
    roster = bring(desk, "roster", "published")
    desk.do(f"roster print {roster} --format html")
    desk.do("check")


OURS = [
    ("moon(today)", "jinja_calls"),
    ("day(*[1])", "jinja_not_here"),
    ("today ** 2", "jinja_not_here"),
    ("content | xmlattr", "jinja_no_filter"),
    ("content is callable", "jinja_no_test"),
    ("content.__class__", "jinja_no_field"),
    ("day(a=1, a=2)", "jinja_twice"),
    ("today, now", "jinja_more"),
    ("1e999", "jinja_too_much"),
    ("x" * 2_000, "jinja_long"),
    ("[" + "x, " * 250 + "]", "jinja_parts"),
    ("'ab' * 3", "jinja_numbers_only"),
    ("['a'] | sum(start='')", "jinja_numbers_only"),
    ("1.5 | round(99)", "jinja_round"),
]
"""What pmcli itself refuses in a formula, and the sentence of the catalogue that says so."""


@pytest.mark.parametrize(
    ("source", "key"), OURS, ids=[key + str(n) for n, (_, key) in enumerate(OURS)]
)
def test_what_pmcli_refuses_in_a_formula_is_said_in_both_languages(source: str, key: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        compile_formula(source).run({})
    assert isinstance(caught.value.reason, Sentence) and caught.value.reason.key == key
