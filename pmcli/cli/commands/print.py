"""`pmcli <form> print`: which layout, over what, to where."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pmcli.cli.line import output
from pmcli.cli.line.options import (
    Argument,
    CommandSpec,
    Flag,
    Option,
    check_format,
    flag,
    format_option,
    leaf,
    option,
    output_option,
)
from pmcli.cli.line.records import find
from pmcli.cli.line.report import findings_code, tell_all
from pmcli.cli.line.session import current
from pmcli.dataclass import dataclass
from pmcli.documents import building, period
from pmcli.documents.formats import BINARY, FORMATS, ending
from pmcli.documents.page import Page
from pmcli.documents.rendering import rendered
from pmcli.documents.subject import Setting
from pmcli.form.days import parse_date
from pmcli.form.layouts import Layout
from pmcli.form.model import Form
from pmcli.form.theme import THEMES
from pmcli.messages import Sentence
from pmcli.problems import Unmet, Usage, Want
from pmcli.store.office import built_in_folder
from pmcli.workflow.conditions import refuse

if TYPE_CHECKING:
    from pmcli.messages.keys import Key

BLANK = "blank"
"""The layout that is the empty form of the first one that is ruled."""


def print_command(form: Form, language: str) -> CommandSpec:
    """`pmcli <form> print ID…`."""

    def run(
        id: Sequence[str] | None,
        layout: str | None,
        format: str | None,
        month: str | None,
        date: str | None,
        output: str | None,
        public: bool,
        batch: str | None = None,
        **dress: Any,
    ) -> int:
        numbers = tuple(id or ())
        if batch is not None:
            if numbers:
                raise Usage.of(Want.ONLY_ONE, Sentence("batch_or_number"), "batch", "id")
            numbers = _of_batch(form, batch)
        wanted = Wanted(numbers, layout, month, date, public, Wish(**dress))
        return print_pages(form, wanted, format, output)

    def help_(key: Key) -> str:
        return Sentence(key).text(language)

    layouts = "|".join([*form.layouts, BLANK])
    plain = any(layout.plain for layout in form.layouts.values())
    batched = form.templates is not None and form.templates.batch
    return leaf(
        "print",
        help_("help_print"),
        run,
        [
            Argument("id", "[ID]...", required=False, many=True),
            option("--layout", help_("help_layout"), layouts, "choice"),
            format_option(language, FORMATS),
            option("--month", help_("help_month"), "YYYY-MM", "month"),
            option("--date", help_("help_date"), "DATE", "date"),
            flag("--public", help_("help_public")),
            *(_dress_options(language) if plain else ()),
            *([option("--batch", help_("help_batch"), "FILE")] if batched else ()),
            output_option(language),
        ],
    )


def _of_batch(form: Form, name: str) -> tuple[str, ...]:
    """The records of a batch that stand open, by number."""
    from pmcli.workflow.batch import of_batch

    numbers = tuple(
        record.id for record in of_batch(form, name, current().store.records) if record.open
    )
    if not numbers:
        raise Usage.of(
            Want.UNKNOWN, Sentence("batch_none", name=name, step=Sentence("help_print")), "batch"
        )
    return numbers


def _dress_options(language: str) -> list[Option | Flag]:
    def help_(key: Key) -> str:
        return Sentence(key).text(language)

    return [
        option("--theme", help_("help_theme"), "|".join(THEMES), "choice"),
        flag("--letterhead", help_("help_letterhead")),
    ]


@dataclass(frozen=True)
class Wish:
    """How this one print is to be set, where it is not as the office does."""

    theme: str | None = None
    letterhead: bool = False


@dataclass(frozen=True)
class Wanted:
    """What is to be printed: `month` and `date` stand in place of numbers."""

    numbers: tuple[str, ...]
    layout: str | None
    month: str | None
    date: str | None
    public: bool
    wish: Wish


def print_pages(form: Form, wanted: Wanted, shown: str | None, target: str | None) -> int:
    """Print pages in a format of FORMATS to the file `target` or to stdout.

    Without a format the target's ending says which; a PDF or DOCX without a target goes to a file
    of the record's name where stdout is a terminal. Returns the exit code: 1 when files that may
    belong on a page cannot be read. Raises Usage for a layout that is not there and for a missing
    or needless number, month or date; NotFound; Refused when a record is not yet where the layout's
    condition wants it.
    """
    shown = check_format(shown or ending(target, FORMATS[0]), FORMATS)
    # What goes into a chat group is public, whatever it is a copy of.
    pages = _pages(form, replace(wanted, public=wanted.public or shown == "wechat"))
    own = current().store.root / "templates"
    printed = rendered(pages, shown, own if own.is_dir() else None, built_in_folder("templates"))
    tell_all(printed.warnings)
    if shown in BINARY and target is None and sys.stdout.isatty():
        target = f"{_file_name(form, wanted)}.{shown}"
    data = printed.data
    output.deliver(data.removesuffix("\n") if isinstance(data, str) else data, target)
    return findings_code(list(current().store.records.faults))


def _file_name(form: Form, wanted: Wanted) -> str:
    parts = [find(form, wanted.numbers[0]).id] if wanted.numbers else [form.name]
    return "-".join([*parts, *filter(None, (wanted.layout, wanted.month, wanted.date))])


def _pages(form: Form, wanted: Wanted) -> list[Page]:
    layout = _layout(form, wanted.layout)
    setting = _setting(wanted)
    if wanted.layout == BLANK:
        return [building.blank_page(form, layout, setting)]
    if layout.over is not None:
        days = _period(layout, wanted)
        return [building.period_page(form, layout, days, setting)]
    return _of_records(form, layout, wanted, setting)


def _setting(wanted: Wanted) -> Setting:
    session = current()
    store, wish = session.store, wanted.wish
    dress = store.office.dress
    if wish.theme is not None:
        if wish.theme not in THEMES:
            allowed = list(THEMES)
            raise Usage.not_among("theme", wish.theme, allowed)
        dress = replace(dress, theme=wish.theme)
    dress = replace(dress, letterhead=dress.letterhead or wish.letterhead)
    act = store.present()
    return Setting(store.office, act, store.records, session.language, wanted.public, dress)


def _layout(form: Form, name: str | None) -> Layout:
    layouts = form.layouts
    if not layouts:
        raise Usage.of(Want.UNKNOWN, Sentence("no_layouts", form=form.title), "layout")
    if name is None:
        return next(iter(layouts.values()))
    if name == BLANK:
        return next(
            (one for one in layouts.values() if not one.plain), next(iter(layouts.values()))
        )
    if name not in layouts:
        allowed = [*layouts, BLANK]
        raise Usage.not_among("layout", name, allowed)
    return layouts[name]


def _of_records(form: Form, layout: Layout, wanted: Wanted, setting: Setting) -> list[Page]:
    if wanted.month is not None or wanted.date is not None:
        raise Usage.of(
            Want.VALUE, Sentence("layout_takes_no_period", layout=layout.name), "month", "date"
        )
    if not wanted.numbers:
        raise Usage.of(
            Want.MISSING, Sentence("layout_wants_number", layout=layout.name, form=form.name), "id"
        )
    pages = []
    for number in wanted.numbers:
        record = find(form, number)
        if not building.may_be_printed(layout, record, setting):
            unmet = [Unmet(Want.STATE, Sentence("layout_not_yet", title=layout.title), form.name)]
            raise refuse(record, setting.act, setting.lookup, unmet, "")
        pages.append(building.record_page(layout, record, setting))
    return pages


def _period(layout: Layout, wanted: Wanted) -> period.Period:
    """The days that `--month` or `--date` mean; a page over months takes a day's whole month."""
    month, day = wanted.month, wanted.date
    if wanted.numbers:
        raise Usage.of(Want.VALUE, Sentence("layout_takes_no_number", layout=layout.name), "id")
    if (month is None) == (day is None):
        raise Usage.of(Want.MISSING, Sentence("layout_wants_period", layout=layout.name), "month")
    if month is not None:
        try:
            return period.of_month(*period.parse_month(month), layout.month_begins)
        except ValueError:
            raise Usage.of(Want.VALUE, Sentence("not_a_month", value=month), "month") from None
    try:
        parsed = parse_date(day or "")
    except ValueError:
        raise Usage.of(
            Want.VALUE, Sentence("not_a_date", field="--date", value=day), "date"
        ) from None
    if layout.over == "month":
        return period.containing(parsed, layout.month_begins)
    return period.Period(parsed, parsed)
