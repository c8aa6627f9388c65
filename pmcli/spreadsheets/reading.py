"""Spreadsheet files as rows of cells: xlsx, and csv in the encodings that offices use."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from pmcli.dataclass import dataclass
from pmcli.messages import Sentence
from pmcli.problems import Usage, Want
from pmcli.store.files import failed

MAX_BYTES = 50_000_000
MAX_UNPACKED = 400_000_000
MAX_COLUMNS = 200
MAX_ROWS = 200_000
"""So many filled rows are read; blank ones between them are passed over and cost nothing."""

_BLANK: Sequence[Any] = ()
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_WEB_PAGE = (b"<html", b"<!doctype", b"<table", b"<?xml")
_DELIMITERS = ",\t;"


@dataclass(frozen=True)
class Sheet:
    """One sheet of a file; `rows` are as the file has them, the first one is row 1."""

    name: str
    rows: Sequence[Sequence[Any]]
    hidden: bool = False
    """Whether its owner has put it out of sight; it is read only where it is named."""


def in_sight(sheets: Sequence[Sheet]) -> list[Sheet]:
    """The sheets that are not hidden; all where none is left, as where one was named."""
    return [sheet for sheet in sheets if not sheet.hidden] or list(sheets)


def read_sheets(path: Path) -> list[Sheet]:
    """Read a spreadsheet file, its hidden sheets last; a csv is one sheet without a name.

    Raises Usage for what is no spreadsheet or could not be read whole, SystemFailure.
    """
    if not path.is_file():
        raise Usage.of(Want.VALUE, Sentence("import_no_file", path=str(path)), "file")
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise Usage.of(
                Want.VALUE,
                Sentence("import_too_big", file=path.name, limit=MAX_BYTES // 1_000_000),
                "file",
            )
        data = path.read_bytes()
    except OSError as error:
        raise failed(path, error) from None
    if not data.strip():
        raise Usage.of(Want.VALUE, Sentence("import_empty", file=path.name), "file")
    if data.startswith(_OLD_EXCEL):
        raise Usage.of(Want.VALUE, Sentence("import_old_excel", file=path.name), "file")
    if data.startswith(b"PK"):
        sheets = _workbook(path.name, data)
    else:
        sheets = [Sheet("", _csv(path.name, data))]
    if not any(sheet.rows for sheet in sheets):
        raise Usage.of(Want.VALUE, Sentence("import_empty", file=path.name), "file")
    return sheets


def _workbook(file: str, data: bytes) -> list[Sheet]:
    broken = Usage.of(Want.VALUE, Sentence("import_broken", file=file), "file")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(item.file_size for item in archive.infolist()) > MAX_UNPACKED:
                limit = MAX_UNPACKED // 1_000_000
                raise Usage.of(
                    Want.VALUE, Sentence("import_too_big", file=file, limit=limit), "file"
                )
    except (zipfile.BadZipFile, ValueError):
        raise broken from None
    import warnings

    from openpyxl import load_workbook

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
            try:
                sheets = [_sheet(file, sheet) for sheet in book.worksheets]
                return sorted(sheets, key=lambda sheet: sheet.hidden)
            finally:
                book.close()
    except Usage:
        raise
    except Exception:  # noqa: BLE001 - openpyxl raises whatever a damaged file makes it stumble on
        raise broken from None


def _sheet(file: str, sheet: Any) -> Sheet:
    # Programs write how far a sheet reaches, and often wrongly; what lies beyond would be lost.
    sheet.reset_dimensions()
    rows = _rows(file, ([_held(cell) for cell in row] for row in sheet.iter_rows()))
    return Sheet(sheet.title, rows, hidden=sheet.sheet_state != "visible")


def _held(cell: Any) -> Any:
    """A cell's value; one that is seen as 97.5% as that text, for what is kept is 0.975."""
    value = cell.value
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        if "%" not in cell.number_format:
            return value
        return f"{Decimal(str(value)) * 100:.6f}".rstrip("0").rstrip(".") + "%"
    return value


def _rows(file: str, rows: Iterable[Sequence[Any]]) -> list[Sequence[Any]]:
    """The rows up to the last filled one, each up to its last filled cell.

    Raises Usage where there are more filled rows or columns than are read: never a part of them.
    """
    kept: list[Sequence[Any]] = []
    end = filled = 0
    for row in rows:
        width = len(row)
        while width and (row[width - 1] is None or not str(row[width - 1]).strip()):
            width -= 1
        kept.append(row[:width] if width else _BLANK)
        if not width:
            continue
        if width > MAX_COLUMNS:
            raise Usage.of(
                Want.VALUE,
                Sentence("import_too_wide", file=file, row=len(kept), limit=MAX_COLUMNS),
                "file",
            )
        end, filled = len(kept), filled + 1
        if filled > MAX_ROWS:
            raise Usage.of(
                Want.VALUE, Sentence("import_too_many", file=file, limit=MAX_ROWS), "file"
            )
    return kept[:end]


def _csv(file: str, data: bytes) -> list[Sequence[Any]]:
    text = _decoded(file, data)
    delimiter = _delimiter(text)
    csv.field_size_limit(1_000_000)
    # Strict: a quotation mark without its other half would take the rows behind it into its cell.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    begins = [0]
    try:
        return _rows(file, _watched(reader, begins))
    except csv.Error:
        if '"' in text:
            raise Usage.of(
                Want.VALUE, Sentence("import_quotes", file=file, line=begins[0] + 1), "file"
            ) from None
        raise Usage.of(Want.VALUE, Sentence("import_not_spreadsheet", file=file), "file") from None


def _watched(reader: Any, begins: list[int]) -> Iterable[Sequence[Any]]:
    """The reader's rows; `begins[0]` is the number of lines before the one it is at."""
    for row in reader:
        begins[0] = reader.line_num
        yield row


def _decoded(file: str, data: bytes) -> str:
    """Text in UTF-8, GB18030 or, with its mark, UTF-16; raises Usage for anything else."""
    head = data[:200].lstrip(b"\xef\xbb\xbf").lstrip().lower()
    if head.startswith(_WEB_PAGE):
        raise Usage.of(Want.VALUE, Sentence("import_web_page", file=file), "file")
    encodings = ["utf-8-sig", "gb18030"]
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise Usage.of(Want.VALUE, Sentence("import_not_spreadsheet", file=file), "file")


def _delimiter(text: str) -> str:
    """The delimiter that stands most often in the first lines; commas and tabs are usual."""
    head = "\n".join(text.splitlines()[:30])
    return max(_DELIMITERS, key=head.count)
