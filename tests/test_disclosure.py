"""What a view shows: no secret in any field, column, text or event, however it is spelt."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from scoped import Shelf
from secrets_drawn import AT, TROVE, Filler, Trove, bare

from pmcli.cli.showing import sheets
from pmcli.cli.showing.page import Standing, page, proved_history
from pmcli.cli.showing.rows import Listed, Manner, listed_json, row
from pmcli.disclosure.as_json import history_json
from pmcli.disclosure.border import Disclosure, Reader
from pmcli.disclosure.view import View
from pmcli.form.column import Column
from pmcli.form.library import Library
from pmcli.form.values import jsonable
from pmcli.messages import Label
from pmcli.record.model import Record
from pmcli.record.query import Query
from pmcli.store.office import built_in_folder, form_files
from pmcli.workflow.act import Act, Actor, Context, Staff

BUILT_IN = form_files(built_in_folder("forms"), "")[0]
LIBRARY = Library({"trove": ("forms/trove.yaml", TROVE)}, BUILT_IN)
OFFICE = Context(
    Staff({"张敏": ("reception",)}), AT.tzinfo or AT.astimezone().tzinfo,  # type: ignore[arg-type]
    {}, lambda day, count: day, ".*", office={"phone": "0731-88886666"},
)  # fmt: skip
ACT = Act(Actor("张敏", AT, AT), OFFICE)


@st.composite
def troves(draw: Any, form: str) -> tuple[Trove, Shelf]:
    """A record of a form, and an office that has somebody else on file of whom it tells."""
    other = Filler(draw).fill(LIBRARY.get("resident"), [], "YZ-260305-A77")
    known = [other.record.values["name"], other.record.values["phone"]]
    trove = Filler(draw).fill(LIBRARY.get(form), known)
    return trove, Shelf(LIBRARY, [other.record, trove.record])


def _words(value: Any) -> str:
    """A value as JSON, with every character as it is."""
    return json.dumps(jsonable(value), ensure_ascii=False)


def outputs(trove: Trove, border: Disclosure) -> dict[str, str]:
    """Everything that is made from a view, as text."""
    view = border.view(trove.record)
    names = [*trove.record.values, *(c.name for c in view.form.list_columns)]
    told = {
        c.name: border.told(trove.record, c.formula, "zh")
        for c in view.form.list_columns
        if c.formula is not None and "find(" not in c.formula.source
    }
    listed = Listed(view, "", Label("", ""), None, False, (), told)
    columns = [Column(name, (name,)) for name in names]
    cells = row(listed, columns, Manner("zh", AT.tzinfo, AT, short=True))  # type: ignore[arg-type]
    return {
        "json": _words(listed_json(listed)),
        "extra": _words(dict(view.extra)),
        "body": view.body,
        "row": " ".join(cells),
        "csv": sheets.csv(names, [cells]),
        "page": "\n".join(page(view, Standing((), (), ()), "zh")),
        "history": proved_history(view, [(one, None) for one in view.history], "zh"),
        "history json": _words(history_json(view)),
        "said": border.said(view.body, [trove.record]),
    }


FORMS = [*BUILT_IN, "trove"]
FEW = settings(
    max_examples=4, deadline=None, suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)  # fmt: skip
MANY = settings(FEW, max_examples=150)


def nothing_is_told(found: tuple[Trove, Shelf], reader: Reader) -> None:
    trove, shelf = found
    leaks = {
        name: told
        for name, text in outputs(trove, Disclosure(reader, ACT, shelf)).items()
        if (told := trove.told_in(text))
    }
    assert leaks == {}


@pytest.mark.parametrize("reader", [Reader.LIST, Reader.PUBLIC])
@pytest.mark.parametrize("form", FORMS)
def test_no_output_tells_a_secret(form: str, reader: Reader) -> None:
    FEW(given(troves(form))(lambda found: nothing_is_told(found, reader)))()


@pytest.mark.slow
@pytest.mark.parametrize("reader", [Reader.LIST, Reader.PUBLIC])
@pytest.mark.parametrize("form", FORMS)
def test_no_output_tells_any_of_many_secrets(form: str, reader: Reader) -> None:
    MANY(given(troves(form))(lambda found: nothing_is_told(found, reader)))()


@pytest.mark.parametrize("form", FORMS)
def test_the_desk_sees_private_fields_and_nothing_else(form: str) -> None:
    @FEW
    @given(troves(form))
    def test(found: tuple[Trove, Shelf]) -> None:
        trove, shelf = found
        view = Disclosure(Reader.DESK, ACT, shelf).view(trove.record)
        assert trove.told_in(_words(_open(view))) == []
        assert trove.told_in(_words(history_json(view)) + view.body) == []
        whole = bare(_words(dict(view.values)))
        assert [secret for secret in trove.private if bare(secret) not in whole] == []

    test()


def _open(view: View) -> dict[str, Any]:
    """The values of a view without private fields and columns."""
    open_ = {}
    for name, value in view.values.items():
        spec = view.form.fields.get(name)
        if spec is not None and spec.type == "rows":
            value = [{c: v for c, v in r.items() if not spec.columns[c].private} for r in value]
        if spec is None or not spec.private:
            open_[name] = value
    return open_


@pytest.mark.parametrize("form", FORMS)
def test_revealed_it_is_told_whole(form: str) -> None:
    @FEW
    @given(troves(form))
    def test(found: tuple[Trove, Shelf]) -> None:
        trove, shelf = found
        for reader, reveal in ((Reader.LIST, True), (Reader.PAPERS, False)):
            shown = outputs(trove, Disclosure(reader, ACT, shelf, reveal))
            secrets = {*trove.private, *trove.loose, *trove.about}
            for name in ("body", "extra", "history", "history json", "said", "json"):
                assert secrets - set(trove.told_in(shown[name])) <= _untold(trove, name)

    test()


def _untold(trove: Trove, name: str) -> set[str]:
    """What an output need not tell: a form without free text has no tales in its values."""
    words = [s for s in trove.record.form.fields.values() if s.type in ("text", "longtext")]
    if name == "json" and not any(not s.private and not s.auto for s in words):
        return {*trove.loose, *trove.about}
    return set()


@pytest.mark.parametrize("form", FORMS)
def test_a_border_that_lets_all_through_is_seen(form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Disclosure, "whole", True)

    @FEW
    @given(troves(form))
    def test(found: tuple[Trove, Shelf]) -> None:
        trove, shelf = found
        shown = outputs(trove, Disclosure(Reader.LIST, ACT, shelf))
        for name in ("extra", "body", "history", "history json", "said", "page"):
            assert trove.told_in(shown[name]), name

    test()


def test_what_everybody_may_know_is_left() -> None:
    form = LIBRARY.get("trove")
    text = "张敏接单，回电0731-88886666，2026-03-05 3-2-501"
    values = {"id": "QZ-260305-A01", "state": "open", "content": text}
    view = Disclosure(Reader.LIST, ACT, Shelf(LIBRARY, [])).view(Record(form, values))
    assert view.get("content") == text


def test_the_register_is_read_once_and_only_for_words() -> None:
    asked: list[Query] = []

    class Counting(Shelf):
        def find(self, query: Query, act: Act | None = None) -> list[Record]:
            asked.append(query)
            return super().find(query, act)

    border = Disclosure(Reader.LIST, ACT, Counting(LIBRARY, []))
    form = LIBRARY.get("trove")
    bare_ = border.view(Record(form, {"id": "QZ-260305-A01", "state": "open", "count": 1}))
    assert dict(bare_.values) and asked == []
    for word in ("甲说", "乙说", "丙说"):
        view = border.view(Record(form, {"id": "QZ-260305-A01", "state": "open", "content": word}))
        assert view.get("content") == word
    assert asked == [Query(archive=True)]


def test_forms_that_keep_people_are_found_without_reading_the_others() -> None:
    wanted = [n for n in LIBRARY.names if (f := LIBRARY.load(n)[0]) is not None and f.archive]
    assert [form.name for form in LIBRARY.archives()] == wanted


def test_a_view_leads_to_no_record() -> None:
    source = Path(__file__).parents[1] / "pmcli/disclosure/view.py"
    assert not re.search(r"\bRecord\b", source.read_text("utf-8"))
