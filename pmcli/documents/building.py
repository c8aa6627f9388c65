"""From a form's layout and its records to a Page. Pure: no file, no clock, no terminal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from pmcli.documents.page import Page
from pmcli.documents.parts import blocks_of
from pmcli.documents.period import Period
from pmcli.documents.public_page import public
from pmcli.documents.subject import Setting, Subject
from pmcli.form.expressions import evaluate, render
from pmcli.form.formula import Template
from pmcli.form.layouts import Layout
from pmcli.form.model import Form
from pmcli.form.theme import Dress
from pmcli.messages import Sentence, Speakable
from pmcli.record.model import Record
from pmcli.record.query import Query, days
from pmcli.workflow.scope import Scope

if TYPE_CHECKING:
    from pmcli.messages.keys import Key


def record_page(layout: Layout, record: Record, setting: Setting) -> Page:
    """The page of one record."""
    shown = setting.border.stripped(record) if _hides(layout, setting) else record
    subject = Subject(record.form, layout, setting, _hides(layout, setting), record=shown)
    return _disclosed(_page(subject, Sentence("paper_number", number=record.id)), subject, [record])


def may_be_printed(layout: Layout, record: Record, setting: Setting) -> bool:
    """Whether the layout's condition holds for a record."""
    if layout.where is None:
        return True
    scope = Scope(record.form, record.values, setting.act, setting.lookup)
    return bool(evaluate(layout.where, scope))


def blank_page(form: Form, layout: Layout, setting: Setting) -> Page:
    """The empty paper form of a layout."""
    subject = Subject(form, layout, setting, _hides(layout, setting), blank=True)
    key: Key = "paper_period_blank" if layout.over else "paper_number"
    return _page(subject, Sentence(key, number="_" * 14))


def period_page(form: Form, layout: Layout, period: Period, setting: Setting) -> Page:
    """The page over the form's records whose `dated_by` lies in the period, oldest first.

    Formulas see the selected records as `it` and the period as `begins` and `ends`.
    """
    query = of_period(form, layout, period, setting)
    chosen = setting.lookup.find(query, setting.act)
    hides = _hides(layout, setting)
    shown = [setting.border.stripped(record) for record in chosen] if hides else chosen
    subject = Subject(
        form, layout, setting, hides, chosen=tuple(shown), asked=query, period=period
    )  # fmt: skip
    number = Sentence("paper_period", begins=period.begins, ends=period.ends)
    if period.begins == period.ends:
        number = Sentence("paper_day", day=period.begins)
    return _disclosed(_page(subject, number), subject, chosen)


def of_period(form: Form, layout: Layout, period: Period, setting: Setting) -> Query:
    """The records of a period that meet the layout's condition, by date and number."""
    span = days(period.begins, period.ends, setting.act.zone)
    return Query(
        forms=(form.name,),
        dated=(layout.dated_by, span),
        where=layout.where,
        sort=(layout.dated_by, "id"),
    )


def _hides(layout: Layout, setting: Setting) -> bool:
    return setting.public or layout.posted


def _disclosed(page: Page, subject: Subject, whole: Sequence[Record]) -> Page:
    """The page as its readers may see it; `whole` are its records with what is private.

    A plain page is a text that was checked and approved: on the wall it hangs as it was approved.
    """
    setting = subject.setting
    if not subject.hides or (subject.layout.plain and not setting.public):
        return page
    return public(page, setting.border.about(whole))


def _dated(subject: Subject) -> date | None:
    """The document's own date: what the layout says, else the record's or the period's day."""
    layout, zone = subject.layout, subject.setting.act.zone
    if subject.period is not None:
        return subject.period.ends
    if subject.record is None:
        return None
    day = evaluate(layout.dated, subject.scope) if layout.dated else None
    day = day or subject.record.get("created_at")
    return day.astimezone(zone).date() if isinstance(day, datetime) else day


def _dress(subject: Subject) -> Dress:
    layout, dress = subject.layout, subject.setting.dress or subject.setting.office.dress
    if layout.seal is None or subject.record is None:
        return dress
    return replace(dress, seal=dress.seal or bool(evaluate(layout.seal, subject.scope)))


def _mark(subject: Subject) -> str:
    layout = subject.layout
    if layout.mark is None or subject.record is None:
        return ""
    return str(evaluate(layout.mark, subject.scope) or "")


def _words(words: Template | None, subject: Subject) -> str:
    if words is None or subject.record is None:
        return ""
    return render(words, subject.scope).text(subject.setting.language).strip()


def _several(layout: Layout, setting: Setting) -> str:
    return setting.say("paper_copies", count=len(layout.copies)) if layout.copies else ""


def _page(subject: Subject, number: Speakable) -> Page:
    form, layout, setting = subject.form, subject.layout, subject.setting
    language = setting.language
    document = layout.document or form.document
    key: Key = "paper_control" if document else "paper_control_plain"
    control = Sentence(key, document=document, version=form.version, revision=form.revision)
    phone = setting.office.phone
    return Page(
        title=layout.title.text(language),
        office=setting.office.name,
        phone=Sentence("paper_phone", phone=phone).text(language) if phone else "",
        address=setting.office.address,
        control=control.text(language),
        number=number.text(language),
        sheet=Sentence("paper_sheet", page="{page}", pages="{pages}").text(language),
        paper=layout.paper,
        language=language,
        blocks=blocks_of(subject),
        landscape=layout.landscape,
        copies=tuple(copy.text(language) for copy in layout.copies),
        several=_several(layout, setting),
        blank=subject.blank,
        large=layout.large,
        plain=layout.plain,
        dated=_dated(subject),
        mark=_mark(subject),
        watermark=_words(layout.watermark, subject),
        foot=tuple(filter(None, _words(layout.foot, subject).split("/"))),
        dress=_dress(subject),
    )
