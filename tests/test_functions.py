"""The functions of the form language: one list, to which deeds, guide and checks are held."""

from __future__ import annotations

import inspect
import re
import subprocess
import sys
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from conftest import Desk
from scoped import AT, ZONE, Shelf, act, record

from pmcli.cli.guide import HEAD, rewritten, table
from pmcli.form import functions as declared
from pmcli.form.expressions import compile_formula, compile_template, evaluate
from pmcli.form.formula import Formula
from pmcli.form.functions import FUNCTIONS
from pmcli.form.language import ExpressionError
from pmcli.messages import Label
from pmcli.record.model import RecordView
from pmcli.store.office import load_library
from pmcli.workflow.functions import binding
from pmcli.workflow.functions.binding import IMPLEMENTED
from pmcli.workflow.scope import Scope

TOP = Path(__file__).parent.parent
GUIDE = TOP / "docs" / "forms.md"
LIBRARY = load_library(None)
REPAIR, RESIDENT, ROSTER = (LIBRARY.get(name) for name in ("repair", "resident", "roster"))
LATER = AT + timedelta(hours=1)
DONE = record(REPAIR, "BX-260305-A01", "closed", LATER, unit="3-2-501", amount=Decimal("35"))
SECOND = record(REPAIR, "BX-260305-A02", "received", unit="3-2-501", request="漏水")
OWNER = record(
    RESIDENT, "ZH-260305-A01", "active", unit="3-2-501", name="刘先生", phone="13800000001"
)
SHIFTS = [
    {"date": date(2026, 3, 7), "start": "8:00", "end": "20:30", "staff": "张敏"},
    {"date": date(2026, 3, 7), "start": "20:00", "end": "8:00", "staff": "张敏"},
]
SHELF = Shelf(
    LIBRARY, [DONE, SECOND, OWNER, record(ROSTER, "PB-260305-A01", "draft", shifts=SHIFTS)]
)
NAMES = {
    "both": [DONE.id, SECOND.id], "shifts": SHIFTS, "on": date(2026, 3, 5), "number": "3-2-501",
    "rows": [{"n": 2, "p": Decimal("1.50")}, {"n": 3}, {"n": None, "p": 1}],
    "early": RecordView(SECOND), "month": [date(2026, 3, 7), date(2026, 3, 8)],
}  # fmt: skip
WHAT_THEY_GIVE: list[tuple[str, Any]] = [
    (f"record('{DONE.id}').amount", Decimal("35")),
    ("record(none).amount", None),
    ("record('nobody').amount", None),
    ("records(both) | map(attribute='id') | list", [DONE.id, SECOND.id]),
    ("records(none) ~ records('nobody')", "[][]"),
    ("open_of(both) | map(attribute='id') | list", [SECOND.id]),
    ("latest(both).id", DONE.id),
    ("latest(both, 'received').id", SECOND.id),
    ("latest(both, state='received').id", SECOND.id),
    ("latest([]).id", None),
    ("find('repair', unit=number) | length", 2),
    ("find('repair', unit=number, state=['received', 'void']) | length", 1),
    ("find('resident', name='刘先生') | length", 1),
    ("find('repair', scope='x') | length", 0),
    ("find('nothing') | length", 0),
    ("open_work(number) | map(attribute='id') | sort", [SECOND.id]),
    ("all_naming(number) | map(attribute='id') | list", [DONE.id, SECOND.id]),
    ("open_records() | map(attribute='id') | list", [SECOND.id]),
    ("open_records() | map(attribute='overdue') | list", [False]),
    (f"masked(['{OWNER.id}'], 'name')", ["刘**"]),
    ("has_role('李强', 'repair')", True),
    ("has_role(actor, 'repair')", False),
    ("after(on, '3d')", date(2026, 3, 8)),
    ("after(on, 'revisit.leak')", date(2026, 3, 7)),
    ("after(none, '3d')", None),
    ("ahead_of(at, '15m')", AT - timedelta(minutes=15)),
    ("ahead_of(none, '15m')", None),
    ("shortest(on, ['5d', 'revisit.leak', none])", date(2026, 3, 7)),
    ("shortest(on, [none])", None),
    ("office_list('handover.equipment')", [{"item": "对讲机"}]),
    ("office_list('nothing.here')", []),
    ("figure_of('revisit.leak')", "2d"),
    ("figure_of('nothing.here')", None),
    ("office('phone')", "0731-88886666"),
    ("office('nothing')", None),
    ("label_of('kind')", Label("渗漏水", "leak")),
    ("label_of('kind', 'other')", REPAIR.fields["kind"].choices["other"]),
    ("label_of('quote_items.item', 'x')", Label("x", "x")),
    ("label_of('id')", Label("编号", "Number")),
    ("choices_of('area')", ["private", "public"]),
    ("choices_of('nothing') + choices_of('quote_items.item')", []),
    ("lint('亲爱的业主们，请注意！！') | map(attribute='code') | list", ["N206"]),
    ("lint('')", []),
    ("from_template('body')", None),
    ("span_of(on, after(on, '1d'))", "2026-03-05..2026-03-06"),
    ("span_of(on, none)", None),
    ("fingerprint('abc')", "ba7816bf8f01"),
    ("fingerprint(none)", "e3b0c44298fc"),
    ("date_words(on)", "2026年3月5日"),
    ("day(at)", date(2026, 3, 5)),
    ("day(on)", date(2026, 3, 5)),
    ("days_of('2026-02') | length", 28),
    ("month_of(on)", "2026-03"),
    ("month_of(none)", None),
    ("moment_of(on, '20:30')", datetime(2026, 3, 5, 20, 30, tzinfo=ZONE)),
    ("yuan(35)", Label("35.00 元", "35.00 yuan")),
    ("yuan(none)", Label("0.00 元", "0.00 yuan")),
    ("sum_of(rows, 'n', 'p')", Decimal("3.00")),
    ("sum_of(none, 'n')", Decimal("0.00")),
    ("rows_of(find('roster'), 'shifts') | length", 2),
    ("rows_of(none, 'shifts')", []),
    ("rows_changed(rows, {'n': 3}, {'n': 4}) | map(attribute='n') | list", [2, 4, None]),
    ("rows_differing([{'a': 1, 'b': 2}, {'a': 1, 'b': 1}, {'a': 1}], 'a', 'b')",
     [{"a": 1, "b": 2}]),
    ("rows_overlapping(shifts, 'staff', 'date', 'start', 'end')", [SHIFTS[1]]),
    ("days_uncovered(month, shifts, ['date', 'start', 'end'], ['8:00', '20:30'])",
     [date(2026, 3, 8)]),
    ("days_uncovered(month, [], ['date', 'start', 'end'], ['8:00', '9:00'], "
     "[{'date': month[0]}, {'date': month[1]}])", []),
    ("unit_number('3栋', '2单元', '501室')", "3-2-501"),
    ("unit_number('12', none)", "12"),
    ("unit_number(none, none, none)", None),
    ("unit_part(number, 'room')", "501"),
    ("unit_pattern_fits(number)", True),
    ("unit_pattern_fits('x')", False),
    ("clean('3栋')", "3"),
    ("last_of('粤B12345', 4)", "2345"),
    ("last_of(none, 4)", None),
]  # fmt: skip


@pytest.mark.parametrize(("source", "wanted"), WHAT_THEY_GIVE, ids=lambda v: str(v)[:40])
def test_what_a_function_gives(source: str, wanted: Any) -> None:
    scope = Scope(REPAIR, {"kind": "leak"}, act(), SHELF, **NAMES)
    assert evaluate(Formula(source), scope) == wanted


def test_each_function_is_tried() -> None:
    tried = {name for source, _ in WHAT_THEY_GIVE for name in compile_formula(source).names}
    assert {*FUNCTIONS} - tried == set()


def test_each_function_is_declared_once_and_implemented() -> None:
    assert [function.name for function in declared._ALL] == [*FUNCTIONS]
    assert {*IMPLEMENTED} == {*FUNCTIONS}


@pytest.mark.parametrize("name", FUNCTIONS)
def test_what_a_function_does_takes_what_is_declared(name: str) -> None:
    taken = [*inspect.signature(IMPLEMENTED[name].run).parameters.values()]
    if IMPLEMENTED[name].sees:
        assert taken.pop(0).name == "scope"
    wanted = FUNCTIONS[name].signature.parameters.values()
    assert [(p.name, p.kind, p.default) for p in taken] == [
        (p.name, p.kind, p.default) for p in wanted
    ]


def test_what_is_not_declared_cannot_be_implemented_nor_left_out(monkeypatch) -> None:
    with pytest.raises(LookupError, match="nobody"):
        binding.named("nobody", len)
    with pytest.raises(LookupError, match="day"):
        binding.named("day", len)
    binding.check_complete()
    monkeypatch.delitem(IMPLEMENTED, "day")
    with pytest.raises(LookupError, match="day"):
        binding.check_complete()


@pytest.mark.parametrize("name", FUNCTIONS)
def test_the_examples_of_a_function_call_it(name: str) -> None:
    assert FUNCTIONS[name].examples and FUNCTIONS[name].meaning == f"function_{name}"
    for text in FUNCTIONS[name].examples:
        assert name in {call.function for call in compile_formula(text).calls}
        compile_template("{{ " + text + " }}")


def test_the_table_of_the_guide_is_that_of_the_program() -> None:
    guide = GUIDE.read_text("utf-8")
    assert rewritten(guide) == guide, "run: python -m pmcli.cli.guide docs/forms.md"
    written = re.findall(r"^\| `(\w+)\((.*?)\)` \|", guide, re.MULTILINE)
    assert [f"{name}({takes})" for name, takes in written] == [f.call for f in FUNCTIONS.values()]


def test_a_stale_table_is_written_again(tmp_path: Path) -> None:
    page = tmp_path / "forms.md"
    lines = table()
    stale = [*HEAD, "| `old(x)` | nothing | |", *lines[4:]]
    page.write_text("\n".join(["# a", "", *stale, "", "b", ""]), "utf-8")
    command = [sys.executable, "-m", "pmcli.cli.guide", str(page)]
    subprocess.run(command, cwd=TOP, check=True)
    assert page.read_text("utf-8") == "\n".join(["# a", "", *lines, "", "b", ""])


UNFIT = [
    "record()", "has_role(worker)", "after(at)", "after('3d', start=at)", "open_records(1)",
    "latest(revisits, 'done', 1)", "latest(revisits, status='done')", "find()", "find(unit=unit)",
    "lint(text=request, words='x')", "unit_number(a=1)", "sum_of()", "day(at, at)",
    "records(open_of())", "kind and record(target, 1).worker == actor",
]  # fmt: skip
FIT = [
    "has_role(name=worker, role='repair')", "latest(revisits, state='done')", "unit_number()",
    "find('resident', name='x', scope='y')", "lint()", "lint(genre='通知')", "sum_of(quote_items)",
]  # fmt: skip


@pytest.mark.parametrize("source", UNFIT)
def test_a_call_that_does_not_fit_is_no_formula(source: str) -> None:
    with pytest.raises(ExpressionError) as raised:
        compile_formula(source)
    with pytest.raises(ExpressionError):
        compile_template("{{ " + source + " }}")
    reason = raised.value.reason
    assert not isinstance(reason, str)
    called = re.findall(r"(\w+)\(", source)[-1]
    assert FUNCTIONS[called].call in reason.text("en")
    assert FUNCTIONS[called].gives.text("en") in reason.text("en")
    assert FUNCTIONS[called].gives.text("zh") in reason.text("zh")


@pytest.mark.parametrize("source", FIT)
def test_a_call_that_fits(source: str) -> None:
    assert compile_formula(source).calls


GUARD = "transitions:\n  reassign:\n    guard:\n    - {if: '%s', say: 不行 | no}\n"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (GUARD % 'has_role(worker)', 5),
        ("let:\n  fit: has_role(worker)\n", 3),
        ("transitions:\n  reassign:\n    guard:\n    - if: worker\n"
         "      say: '{{ yuan() }} 元 | {{ yuan(amount) }} yuan'\n", 6),
    ],
)  # fmt: skip
def test_a_form_with_such_a_call_is_out_of_use(desk: Desk, text: str, line: int) -> None:
    (desk.root / "forms").mkdir()
    (desk.root / "forms" / "repair.yaml").write_text(f"extends: repair\n{text}", "utf-8")
    done = desk("forms check")
    assert done.code == 1
    assert f"forms/repair.yaml:{line}: " in done.out + done.err
    assert desk("repair list").code == 1
    assert desk("visit list").code == 0


def test_such_a_condition_is_refused_before_any_record_is_looked_at(desk: Desk) -> None:
    refused = desk.refused(["repair", "list", "--where", "has_role(worker)"], 2)
    assert "has_role(name, role)" in refused.err
    assert desk(["repair", "list", "--where", "has_role(worker, 'repair')"]).code == 0
