"""`pmcli <form> list`: which records, in which columns, in which format."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from typer.core import TyperCommand

from pmcli.cli.line import output
from pmcli.cli.line.options import check_format, flag, format_option, leaf, option, output_option
from pmcli.cli.line.session import current
from pmcli.form.days import parse_date
from pmcli.form.expressions import evaluate, spoken
from pmcli.form.layouts import Column
from pmcli.form.model import CORE_FIELDS, Form
from pmcli.form.values import BadValue, display
from pmcli.messages import Sentence, listed
from pmcli.problems import Problem, Usage, Want
from pmcli.query import Line, column_named, condition, heading, lines_of, order, states_called
from pmcli.record.masking import listed_value, listed_values, secrets_of
from pmcli.record.model import Record
from pmcli.record.query import Query, Span, days
from pmcli.workflow.act import Act, Lookup
from pmcli.workflow.inputs import surroundings
from pmcli.workflow.scope import Scope

LIST_FORMATS = ("table", "json", "csv", "xlsx")
TABLE_LIMIT = 200


def list_command(form: Form, language: str) -> TyperCommand:
    """`pmcli <form> list`."""

    def help_(key: str) -> str:
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
    from pmcli.cli.line.report import findings_code

    shown = check_format(given["format"], LIST_FORMATS)
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
    found = records.find(query, act)
    whole = limit is None or len(found) < limit
    total = len(found) if whole else records.count(query, act=act).total()
    lines = lines_of(found, act, records)
    if shown == "json":
        told = [_json(line, given["reveal"]) for line in lines]
        faults = [fault.text(session.language) for fault in records.faults]
        data = {"form": form.name, "total": total, "records": told, "errors": faults}
        output.deliver(output.json_text(data), given["output"])
    else:
        _print_rows(form, columns, lines, given, act, shown, total, records)
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
    name = text
    try:
        return act.staff.check(name)
    except BadValue as bad:
        if records.count(Query(forms=(form.name,), keeper=name)):
            return name
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


def _json(line: Line, reveal: bool) -> dict[str, Any]:
    record = line.record
    values = record.values if reveal else listed_values(record)
    extra: dict[str, Any] = {"overdue": line.overdue, "incomplete": list(line.missing)}
    if line.due is not None:
        extra |= {"next_due": line.due.at, "clock": line.due.clock.name}
    return {**values, **extra, "path": record.path}


def _print_rows(
    form: Form,
    columns: list[Column],
    lines: list[Line],
    given: dict[str, Any],
    act: Act,
    shown: str,
    total: int,
    lookup: Any,
) -> None:
    session = current()
    language = session.language
    headers = [heading(form, column).text(language) for column in columns]
    rows = [
        [_cell(line, column, act, lookup, given["reveal"], language, shown) for column in columns]
        for line in lines
    ]
    target = given["output"]
    if shown == "xlsx":
        if target is None:
            raise Usage.of(Want.MISSING, Sentence("xlsx_wants_output"), "output")
        output.deliver(_xlsx(headers, rows), target)
    elif shown == "csv":
        text = _csv(headers, rows)
        output.deliver(
            text if target is None else (text + "\n").encode("utf-8-sig", "replace"), target
        )
    elif not rows:
        output.tell(Sentence("nothing_listed", form=form.title).text(language))
    else:
        whole = frozenset(i for i, c in enumerate(columns) if c.name in ("next_due", "unit"))
        fit = output.width() if target is None else None
        output.deliver(output.table(headers, rows, fit, whole=whole), target)
    if shown == "table" and rows:
        key = "listed_some" if total > len(rows) else "listed_all"
        overdue = sum(line.overdue for line in lines)
        output.tell(Sentence(key, count=len(rows), total=total, overdue=overdue).text(language))


def _cell(
    line: Line, column: Column, act: Act, lookup: Any, reveal: bool, language: str, shown: str
) -> str:
    record, form = line.record, line.record.form
    if column.formula is not None:
        scope = Scope(form, record.values, act, lookup, _reveal=reveal)
        text = spoken(evaluate(column.formula, scope), language)
        return text if reveal else secrets_of(_near(record, lookup)).masked(text)
    for name in column.fields:
        if name == "missing":
            return listed([form.label_of(n) for n in line.missing], language)
        if name == "overdue":
            return display(line.overdue, None, language)
        if name == "next_due":
            return _due_text(line, act, language)
        value = record.get(name)
        if value is None:
            continue
        if name == "state":
            return record.state_label.text(language)
        spec = form.fields.get(name)
        if not reveal:
            value = listed_value(record, name, value)
        if shown == "table" and isinstance(value, datetime):
            return _short(value, act)
        return display(value, spec, language)
    return ""


def _near(record: Record, lookup: Any) -> list[Record]:
    """A record and those that it names, of which a formula may speak."""
    near = [record]
    for number in sorted(record.links()):
        with contextlib.suppress(Problem):
            near += filter(None, [lookup.by_id(number)])
    return near


def _short(moment: datetime, act: Act) -> str:
    """A time as short as it can be: 09:30 today, 11-21 this year, else the whole date."""
    local = moment.astimezone(act.zone)
    if local.date() == act.today:
        return f"{local:%H:%M}"
    return f"{local:%m-%d}" if local.year == act.today.year else f"{local:%Y-%m-%d}"


def _due_text(line: Line, act: Act, language: str) -> str:
    if line.due is None:
        return ""
    mark = Sentence("overdue_mark").text(language) if line.overdue else ""
    return f"{mark}{_short(line.due.at, act)} {line.due.clock.label.text(language)}"


def _csv(headers: list[str], rows: list[list[str]]) -> str:
    import csv
    import io

    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerows([headers, *rows])
    return buffer.getvalue().removesuffix("\n")


def _xlsx(headers: list[str], rows: list[list[str]]) -> bytes:
    import io

    from openpyxl import Workbook
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for y, row in enumerate([headers, *rows], start=1):
        for x, text in enumerate(row, start=1):
            cell = sheet.cell(row=y, column=x)
            cell.value = ILLEGAL_CHARACTERS_RE.sub("", text)
            cell.data_type = "s"
    sheet.freeze_panes = "A2"
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()
