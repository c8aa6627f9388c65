"""`pmcli <form> list`: which records, in which columns, in which format."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from pmcli.cli.line import output
from pmcli.cli.line.options import (
    CommandSpec,
    check_format,
    flag,
    format_option,
    leaf,
    option,
    output_option,
)
from pmcli.cli.line.report import findings_code, told
from pmcli.cli.line.session import current
from pmcli.cli.showing import sheets
from pmcli.cli.showing.rows import Listed, Manner, listed_json, row
from pmcli.disclosure.border import Disclosure, Reader
from pmcli.documents.formats import ending
from pmcli.form.column import Column
from pmcli.form.days import parse_date
from pmcli.form.model import CORE_FIELDS, Form
from pmcli.form.values import BadValue
from pmcli.messages import Label, Sentence
from pmcli.problems import Usage, Want
from pmcli.query import column_named, condition, heading, order, states_called
from pmcli.record.query import Query, Span, days
from pmcli.workflow.act import Act
from pmcli.workflow.inputs import surroundings
from pmcli.workflow.judging import Line
from pmcli.workflow.repository import Lookup

if TYPE_CHECKING:
    from pmcli.messages.keys import Key

LIST_FORMATS = ("table", "json", "csv", "xlsx")
TABLE_LIMIT = 200


def list_command(form: Form, language: str) -> CommandSpec:
    """`pmcli <form> list`."""

    def help_(key: Key) -> str:
        return Sentence(key).text(language)

    return leaf(
        "list",
        help_("help_list"),
        lambda **given: run_list(form, **given),
        [
            flag("--open", help_("help_open")),
            option("--state", help_("help_state"), "STATE", "choice", multiple=True),
            option("--unit", help_("help_unit"), "UNIT", "unit"),
            option("--since", help_("help_since"), "DATE", "date"),
            option("--until", help_("help_until"), "DATE", "date"),
            option("--changed-since", help_("help_changed_since"), "DATE", "date"),
            option("--keeper", help_("help_keeper"), "NAME", "staff"),
            option("--text", help_("help_text"), "WORDS"),
            option("--where", help_("help_where"), "EXPR"),
            flag("--incomplete", help_("help_incomplete")),
            flag("--overdue", help_("help_overdue")),
            option("--sort", help_("help_sort"), "FIELD", "choice"),
            option("--columns", help_("help_columns"), "a,b", "choice"),
            option("--limit", help_("help_limit"), "N", "integer"),
            option("--as-of", help_("help_as_of"), "DATE", "date"),
            flag("--reveal", help_("help_reveal")),
            format_option(language, LIST_FORMATS),
            output_option(language),
        ],
    )


def run_list(form: Form, **given: Any) -> int:
    """List records; exit 1 when files had to be left out."""
    meant = ending(given["output"], LIST_FORMATS[0], LIST_FORMATS)
    shown = check_format(given["format"] or meant, LIST_FORMATS)
    most = _limit(given["limit"])
    session = current()
    store = session.store
    past = _day("--as-of", given["as_of"])
    moment = None
    records = store.records
    if past is not None:
        end = datetime(past.year, past.month, past.day, 23, 59, 59, tzinfo=store.office.zone)
        moment = min(end, store.present().at)
        records = store.records_as_of(moment)
    act = store.present(moment)
    limit = most or (TABLE_LIMIT if shown == "table" else None)
    query = replace(_query(form, given, act, records), limit=limit)
    columns = _columns(form, given["columns"], query)
    lines = records.lines(query, act)
    whole = limit is None or len(lines) < limit
    total = len(lines) if whole else records.count(query, act=act).total()
    border = Disclosure(Reader.LIST, act, records, given["reveal"])
    if shown == "json":
        rows = [listed_json(_listed(line, border)) for line in lines]
        faults = [told(fault) for fault in records.faults]
        data = {"form": form.name, "total": total, "records": rows, "errors": faults}
        output.deliver(output.json_text(data), given["output"])
    else:
        _print_rows(form, columns, lines, shown, total, given["output"], border)
    return findings_code(records.faults)


def _query(form: Form, given: Mapping[str, Any], act: Act, records: Lookup) -> Query:
    """What the options ask for; raises Usage."""
    where = given["where"]
    since, until, changed = (
        _day(f"--{name.replace('_', '-')}", given[name])
        for name in ("since", "until", "changed_since")
    )
    return Query(
        forms=(form.name,),
        states=states_called(form, given["state"] or ()),
        open=True if given["open"] else None,
        unit=_unit(given["unit"], act, records),
        keeper=_keeper(form, given["keeper"], act, records),
        created=days(since, until, act.zone) if since or until else None,
        changed=days(changed, None, act.zone) if changed else None,
        text=given["text"],
        reveal=given["reveal"],
        due=Span(ends=act.at) if given["overdue"] else None,
        incomplete=given["incomplete"],
        where=condition(form, where) if where is not None else None,
        sort=order(form, given["sort"]),
    )


def _keeper(form: Form, text: str | None, act: Act, records: Lookup) -> str | None:
    """A person of the staff, or who once was and has records still; raises Usage for others."""
    if text is None:
        return None
    try:
        return act.staff.check(text)
    except BadValue as bad:
        if records.count(Query(forms=(form.name,), keeper=text)):
            return text
        raise Usage.of(Want.VALUE, bad.sentence, "keeper", near=act.staff.roles) from None


def _limit(text: str | None) -> int | None:
    """How many lines at most; raises Usage for what is no number above 0."""
    if text is None:
        return None
    if not (text.isascii() and text.isdigit() and text.strip("0")):
        raise Usage.of(Want.VALUE, Sentence("want_number", key="--limit", value=text[:40]), "limit")
    return int(text[:18])


def _unit(text: str | None, act: Act, records: Lookup) -> str | None:
    """The number of a home on file; raises Usage, NotFound for a part of several."""
    if text is None:
        return None
    try:
        return surroundings(act, records).unit(text)
    except BadValue as bad:
        raise Usage.of(Want.VALUE, bad.sentence, "unit") from None


def _day(name: str, text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return parse_date(text)
    except ValueError:
        raise Usage.of(
            Want.VALUE, Sentence("not_a_date", field=name, value=text), name.lstrip("-")
        ) from None


def _columns(form: Form, asked: str | None, query: Query) -> list[Column]:
    if asked is None:
        columns = list(form.list_columns) or [
            Column(n, (n,)) for n in ("id", "created_at", "state")
        ]
        if query.incomplete:
            few = [c for c in columns if c.name != "next_due"][:6]
            return [*few, Column("missing", ("missing",))]
        return columns
    columns = []
    for name in (n.strip() for n in re.split("[,、]", asked)):
        column = column_named(form, name)
        if column is None:
            names = [*form.fields, *CORE_FIELDS, "next_due", "missing"]
            raise Usage.not_among("columns", name, names)
        columns.append(column)
    return columns


def _listed(line: Line, border: Disclosure, told: Sequence[Column] = ()) -> Listed:
    """A line as it may be shown; `told` are columns that a formula fills."""
    language = current().language
    return Listed(
        border.view(line.record),
        line.due.clock.name if line.due else "",
        line.due.clock.label if line.due else Label("", ""),
        line.due.at if line.due else None,
        line.overdue,
        line.missing,
        {c.name: border.told(line.record, c.formula, language) for c in told if c.formula},
    )


def _print_rows(
    form: Form,
    columns: list[Column],
    lines: list[Line],
    shown: str,
    total: int,
    target: str | None,
    border: Disclosure,
) -> None:
    language, act = current().language, border.act
    headers = [heading(form, column).text(language) for column in columns]
    told = [column for column in columns if column.formula is not None]
    manner = Manner(language, act.zone, act.at, short=shown == "table")
    rows = [row(_listed(line, border, told), columns, manner) for line in lines]
    if shown == "xlsx":
        if target is None:
            raise Usage.of(Want.MISSING, Sentence("xlsx_wants_output"), "output")
        output.deliver(sheets.xlsx(headers, rows), target)
    elif shown == "csv":
        text = sheets.csv(headers, rows)
        output.deliver(
            text if target is None else (text + "\n").encode("utf-8-sig", "replace"), target
        )
    elif not rows:
        output.tell(Sentence("nothing_listed", form=form.title).text(language))
    else:
        whole = frozenset(i for i, c in enumerate(columns) if c.name in ("next_due", "unit"))
        fit = output.width() if target is None else None
        table = output.aligned(headers, rows, fit, whole=whole)
        if target is None:
            for line in table:
                output.out(line)
        else:
            output.deliver("\n".join(table), target)
    if shown == "table" and rows:
        key: Key = "listed_some" if total > len(rows) else "listed_all"
        overdue = sum(line.overdue for line in lines)
        output.tell(Sentence(key, count=len(rows), total=total, overdue=overdue).text(language))
