"""`pmcli <form> print`: which layout, over what, to where."""

from __future__ import annotations

from typer.core import TyperArgument, TyperCommand

from pmcli.cli import output
from pmcli.cli.main import findings_code
from pmcli.cli.options import check_format, flag, format_option, leaf, option, output_option
from pmcli.cli.records import find
from pmcli.cli.session import current
from pmcli.documents import building, period
from pmcli.documents.html import html_page
from pmcli.documents.page import Page
from pmcli.documents.subject import Setting
from pmcli.documents.text import text_page
from pmcli.form.model import Form, Layout
from pmcli.form.values import parse_date
from pmcli.messages import Sentence
from pmcli.problems import Usage
from pmcli.store.office import built_in_folder
from pmcli.workflow.conditions import refuse

BLANK = "blank"
"""The layout that is the empty form of the first one."""


def print_command(form: Form, language: str) -> TyperCommand:
    """`pmcli <form> print ID`."""

    def run(
        id: str | None,
        layout: str | None,
        format: str | None,
        month: str | None,
        date: str | None,
        output: str | None,
        public: bool,
    ) -> int:
        shown = check_format(format, ("txt", "html"))
        return print_page(form, id, layout, shown, month, date, output, public)

    def help_(key: str) -> str:
        return Sentence(key).text(language)

    layouts = "|".join([*form.layouts, "blank"])
    return leaf(
        "print",
        help_("help_print"),
        run,
        [
            TyperArgument(param_decls=["id"], type=str, required=False, metavar="[ID]"),
            option("--layout", help_("help_layout"), layouts),
            format_option(language, ("txt", "html")),
            option("--month", help_("help_month"), "YYYY-MM"),
            option("--date", help_("help_date"), "DATE"),
            flag("--public", help_("help_public")),
            output_option(language),
        ],
    )


def print_page(
    form: Form,
    id: str | None,
    layout: str | None,
    shown: str,
    month: str | None,
    date: str | None,
    target: str | None,
    public: bool,
) -> int:
    """Print one page as `shown` (txt or html) to the file `target` or to stdout.

    `month` and `date` are for layouts over a period and stand in place of `id`. Returns the exit
    code: 1 when files that may belong on the page cannot be read. Raises Usage for a layout that is
    not there and for a missing or needless number, month or date; NotFound; Refused when the
    record is not yet where the layout's condition wants it.
    """
    chosen = _layout(form, layout)
    if layout == BLANK:
        page = building.blank_page(form, chosen, _setting(public))
    elif chosen.over is not None:
        days = _period(chosen, id, month, date)
        every = current().store.records.of_form(form.name)
        page = building.period_page(form, chosen, days, every, _setting(public))
    else:
        page = _of_record(form, chosen, id, month, date, public)
    output.deliver(_rendered(page, shown).removesuffix("\n"), target)
    return findings_code(list(current().store.records.faults))


def _setting(public: bool) -> Setting:
    session = current()
    store = session.store
    return Setting(store.office, store.present(), store.records, session.language, public)


def _layout(form: Form, name: str | None) -> Layout:
    layouts = form.layouts
    if not layouts:
        raise Usage(Sentence("no_layouts", form=form.title))
    if name is None or name == BLANK:
        return next(iter(layouts.values()))
    if name not in layouts:
        allowed = [*layouts, BLANK]
        raise Usage(Sentence("want_one_of", key="--layout", value=name, allowed=allowed))
    return layouts[name]


def _of_record(
    form: Form, layout: Layout, id: str | None, month: str | None, date: str | None, public: bool
) -> Page:
    if month is not None or date is not None:
        raise Usage(Sentence("layout_takes_no_period", layout=layout.name))
    if id is None:
        raise Usage(Sentence("layout_wants_number", layout=layout.name, form=form.name))
    record, setting = find(form, id), _setting(public)
    if not building.may_be_printed(layout, record, setting):
        unmet = [Sentence("layout_not_yet", title=layout.title)]
        raise refuse(record, setting.act, setting.lookup, unmet, "")
    return building.record_page(layout, record, setting)


def _period(layout: Layout, id: str | None, month: str | None, day: str | None) -> period.Period:
    """The days that `--month` or `--date` mean; a page over months takes a day's whole month."""
    if id is not None:
        raise Usage(Sentence("layout_takes_no_number", layout=layout.name))
    if (month is None) == (day is None):
        raise Usage(Sentence("layout_wants_period", layout=layout.name))
    if month is not None:
        try:
            return period.of_month(*period.parse_month(month), layout.month_begins)
        except ValueError:
            raise Usage(Sentence("not_a_month", value=month)) from None
    try:
        parsed = parse_date(day or "")
    except ValueError:
        raise Usage(Sentence("not_a_date", field="--date", value=day)) from None
    if layout.over == "month":
        return period.containing(parsed, layout.month_begins)
    return period.Period(parsed, parsed)


def _rendered(page: Page, shown: str) -> str:
    if shown == "txt":
        return text_page(page)
    own = current().store.root / "templates"
    return html_page(page, own if own.is_dir() else None, built_in_folder("templates"))
