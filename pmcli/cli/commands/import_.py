"""import: a roster's rows become records, with a report of what became of every row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pmcli.cli.line import output
from pmcli.cli.line.options import (
    Argument,
    CommandSpec,
    acting_options,
    check_format,
    flag,
    leaf,
    option,
)
from pmcli.cli.line.progress import progress
from pmcli.cli.line.report import said, told
from pmcli.cli.line.session import current
from pmcli.disclosure.as_json import head_json
from pmcli.form.import_plan import ImportPlan
from pmcli.form.model import Form
from pmcli.messages import Label, Sentence, Speakable
from pmcli.problems import ExitCode, Usage, Want
from pmcli.spreadsheets.doubts import settle
from pmcli.spreadsheets.headers import Table, Told, alike, find_table
from pmcli.spreadsheets.importing import Differing, Import, Imported
from pmcli.spreadsheets.reading import Sheet, read_sheets

if TYPE_CHECKING:
    from pmcli.messages.keys import Key

SHOWN = 20
"""So many rows of a kind are named on the terminal; --format json has them all."""

_COUNTED: Mapping[str, Key] = {
    "new": "import_count_new",
    "unchanged": "import_count_unchanged",
    "differing": "import_count_differing",
    "repeated": "import_count_repeated",
    "skipped": "import_count_skipped",
    "refused": "import_count_refused",
    "total": "import_count_total",
    "header": "import_count_header",
    "blank": "import_count_blank",
}
"""What became of rows, to the sentence that says so."""


def command(name: str) -> CommandSpec:
    """Build `pmcli import`."""
    language = current().language

    def help_(key: Key) -> str:
        return Sentence(key).text(language)

    return leaf(
        name,
        help_("help_import"),
        run_import,
        [
            Argument("form", "FORM"),
            Argument("file", "FILE"),
            option("--map", help_("help_import_map"), "HEADER=FIELD", multiple=True),
            option("--set", help_("help_import_set"), "FIELD=TEXT", multiple=True),
            option("--ignore", help_("help_import_ignore"), "HEADER", multiple=True),
            option("--sheet", help_("help_import_sheet"), "NAME"),
            flag("--dry-run", help_("help_dry_run")),
            *acting_options(language),
        ],
    )


def run_import(
    form: str,
    file: str,
    map: Sequence[str] | None,
    set: Sequence[str] | None,
    ignore: Sequence[str] | None,
    sheet: str | None,
    dry_run: bool,
    by: str | None,
    at: str | None,
    format: str | None,
) -> int:
    """Import a roster; exit 1 when rows were refused, though what could be taken is kept."""
    shown = check_format(format, ("table", "json"))
    store = current().store
    of, plan = _plan(form)
    mapped = [_mapping(text) for text in map or ()]
    told = Told(mapped, tuple(ignore or ()), [_given(text) for text in set or ()])
    path = Path(file).expanduser()
    sheets = read_sheets(path)
    table = _table(of, plan, sheets, sheet, told, path.stem)
    act = store.act(by, at)

    command = Import(of, plan, path.name, table, lambda rows: progress(rows, "import_reading"))
    if dry_run:
        result, commit, paths = command.plan(act, store.records), "", {}
    else:
        written = store.apply(command, act, lambda drafts: progress(drafts, "import_writing"))
        result, commit, paths = written.outcome, written.commit, dict(written.paths)
        if commit and not act.staff.named:
            output.tell(Sentence("staff_unnamed").text(current().language))
    if shown == "json":
        output.out_json(_json(result, commit, paths, dry_run, sheets))
    else:
        _print(result, dry_run, sheets)
    return int(ExitCode.FINDINGS if result.refused else ExitCode.DONE)


def _plan(name: str) -> tuple[Form, ImportPlan]:
    library = current().library
    form = library.get(name)
    if form.import_plan is None:
        able = [f.name for f in library.all()[0] if f.import_plan is not None]
        raise Usage.of(Want.UNKNOWN, Sentence("import_no_plan", form=form.title, able=able), "form")
    return form, form.import_plan


def _mapping(text: str) -> tuple[str, str]:
    header, equals, field = text.rpartition("=")
    if not equals or not header.strip() or not field.strip():
        raise Usage.of(Want.VALUE, Sentence("import_map_form", value=text[:60]), "map")
    return header.strip(), field.strip().replace("-", "_")


def _given(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not name.strip():
        raise Usage.of(Want.VALUE, Sentence("import_set_form", value=text[:60]), "set")
    return name.strip().replace("-", "_"), value.strip()


def _table(
    form: Form, plan: ImportPlan, sheets: list[Sheet], sheet: str | None, told: Told, file: str
) -> Table:
    """The sheet to import, with nothing left open about what its homes are called."""
    table = find_table(form, plan, _chosen(sheets, sheet), told)
    others = [each for each in alike(form, plan, sheets, told) if each.sheet is not table.sheet]
    return settle(form, plan, table, others, told, file)


def _chosen(sheets: list[Sheet], name: str | None) -> list[Sheet]:
    if name is None:
        return sheets
    chosen = [sheet for sheet in sheets if sheet.name == name]
    if not chosen:
        names = [sheet.name or Sentence("import_no_sheets") for sheet in sheets]
        raise Usage.of(
            Want.VALUE,
            Sentence("want_one_of", key="--sheet", value=name, allowed=names),
            "sheet",
            near=[name.text("en") if isinstance(name, Sentence) else name for name in names],
        )
    return chosen


def _print(result: Imported, dry_run: bool, sheets: list[Sheet]) -> None:
    language = current().language

    def say(key: Key, **values: object) -> None:
        output.out(told(Sentence(key, **values)))

    key: Key = "import_title_sheet" if result.table.sheet.name else "import_title"
    say(key, form=result.form.title, file=result.file, sheet=result.table.sheet.name,
        row=result.table.header_row)  # fmt: skip
    rows = [[_counted(name, result, language), str(n)] for name, n in _counts(result).items() if n]
    heads = [Sentence(k).text(language) for k in ("import_column_outcome", "import_column_rows")]
    if rows:
        output.out(output.table(heads, rows, output.width()))
    for column in result.table.columns:
        if headers := result.table.sources(column):
            say("import_fed", field=result.form.label_of(column.name), headers=headers)
    for line in result.table.said:
        say("import_said", part=line.part, text=line.text, where=Sentence(line.where))
    if result.table.unused:
        say("import_unused", headers=result.table.unused)
    others = [sheet.name for sheet in sheets if sheet is not result.table.sheet and sheet.rows]
    if others:
        say("import_other_sheets", sheets=others)
    _print_rows("import_refused", [(r.row, r.reason) for r in result.refused], language)
    _print_rows("import_left_out", [(r.row, r.reason) for r in result.left_out], language)
    differing = [(r.row, _differs(result.form, r)) for r in result.differing]
    _print_rows("import_differing", differing, language)
    if result.missing:
        lacks = [
            Sentence("import_short", field=result.form.label_of(name), count=count)
            for name, count in result.missing.items()
        ]
        say("import_missing", form=result.form.name, fields=lacks)
    if dry_run:
        say("import_dry_run", count=len(result.created))
    else:
        say("import_done" if result.created else "import_nothing", count=len(result.created))


def _counts(result: Imported) -> dict[str, int]:
    passed = result.passed
    return {
        "new": len(result.created),
        "unchanged": len(result.unchanged),
        "differing": len(result.differing),
        "repeated": len(result.repeated),
        "skipped": len(result.skipped),
        "refused": len(result.refused),
        "total": passed.total,
        "header": passed.header,
        "blank": passed.blank,
    }


def _counted(name: str, result: Imported, language: str) -> str:
    if name == "skipped" and result.form.import_plan and result.form.import_plan.skip_label:
        return result.form.import_plan.skip_label.text(language)
    return Sentence(_COUNTED[name]).text(language)


def _differs(form: Form, row: Differing) -> Speakable:
    told: dict[Key, Sequence[str]] = {"import_other": row.fields, "import_absent": row.absent}
    parts = [
        Sentence(key, fields=[form.label_of(name) for name in names])
        for key, names in told.items()
        if names
    ]
    zh, en = ("；".join(s.text("zh") for s in parts), "; ".join(s.text("en") for s in parts))
    return Label(f"{row.id}：{zh}", f"{row.id}: {en}")


def _print_rows(key: Key, rows: list[tuple[int, Speakable]], language: str) -> None:
    """Rows of one kind, each with what there is to say of it."""
    if not rows:
        return
    output.out(Sentence(key, count=len(rows)).text(language))
    for row, reason in rows[:SHOWN]:
        output.out(told(Sentence("import_row", row=row, reason=reason)))
    if len(rows) > SHOWN:
        output.out(Sentence("import_more", count=len(rows) - SHOWN).text(language))


def _json(
    result: Imported, commit: str, paths: dict[str, str], dry_run: bool, sheets: list[Sheet]
) -> dict[str, Any]:
    language = current().language
    table = result.table
    return {
        "form": result.form.name,
        "file": said(result.file),
        "sheet": table.sheet.name or None,
        "other_sheets": [s.name for s in sheets if s is not table.sheet and s.rows],
        "header_row": table.header_row,
        "columns": {c.name: headers for c in table.columns if (headers := table.sources(c))},
        "set": dict(table.given),
        "unused": [h if isinstance(h, str) else h.text(language) for h in table.unused],
        "dry_run": dry_run,
        "commit": commit or None,
        "counts": _counts(result),
        "missing": result.missing,
        "records": [
            {"row": row}
            | head_json(
                draft.form.name, draft.id, draft.values["state"], paths.get(draft.id)
            )
            for row, draft in result.created
        ],
        "unchanged": [{"row": row, "id": number} for row, number in result.unchanged],
        "differing": [
            {"row": r.row, "id": r.id, "fields": list(r.fields), "absent": list(r.absent)}
            for r in result.differing
        ],
        "repeated": [{"row": row, "first": first} for row, first in result.repeated],
        "skipped": result.skipped,
        "left_out": [
            {"row": r.row, "field": r.field, "reason": told(r.reason)}
            for r in result.left_out
        ],
        "refused": [
            {"row": r.row, "reason": told(r.reason)} for r in result.refused
        ],
    }  # fmt: skip
