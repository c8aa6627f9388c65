"""Every text template on paper: one A4 sheet, its whole text, embedded type; DOCX says the same."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from conftest import Desk
from notice_samples import CASES, draft
from pdf_reading import fonts_of
from pypdf import PdfReader

from pmcli.documents.prose import prose

A4 = (595, 842)


def squeezed(text: str) -> str:
    return "".join(text.split())


def said_by(record: dict[str, str]) -> list[str]:
    """What the sheet must say, in order."""
    year, month, day = map(int, record["issue_on"].split("-"))
    lines: list[str] = []
    for element in prose(record["body"]).elements:
        if element.kind == "line":
            lines.append(element.text)
        else:
            lines += [*element.headings, *(cell for row in element.rows for cell in row)]
    return [
        record["title"],
        *([record["addressee"]] if record.get("addressee") else []),
        *lines,
        f"联系电话：{record['contact_phone']}",
        record["issuer"],
        f"{year}年{month}月{day}日",
    ]


def in_order(pieces: list[str], text: str) -> None:
    at = 0
    for piece in map(squeezed, pieces):
        found = text.find(piece, at)
        assert found >= 0, (piece, text[at : at + 80])
        at = found + len(piece)


@pytest.mark.parametrize(("key", "options"), CASES)
def test_a_notice_is_one_sheet_with_its_whole_text(desk: Desk, key: str, options: str) -> None:
    _, record = draft(desk, key, options)
    path = desk.root / "张贴件.pdf"
    desk.do(f"notice print {record['id']} -o {path.name}")
    document = PdfReader(path)
    assert len(document.pages) == 1
    assert tuple(round(float(side)) for side in document.pages[0].mediabox[2:]) == A4
    in_order(said_by(record), squeezed(document.pages[0].extract_text()))
    for name, embedded in fonts_of(document):
        assert embedded and name[7] == "+", name
    if shutil.which("pdftotext"):
        done = subprocess.run(
            ["pdftotext", "-raw", path.name, "-"], cwd=desk.root, capture_output=True, check=True
        )
        in_order(said_by(record), squeezed(done.stdout.decode("utf-8")))


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize(
    "cases", [CASES[::12], pytest.param(CASES, marks=pytest.mark.slow)], ids=["some", "every"]
)
def test_a_docx_opens_in_libreoffice_with_the_text_of_the_pdf(
    desk: Desk, tmp_path: Path, cases: list[tuple[str, str]]
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    records = []
    for number, (key, options) in enumerate(cases):
        _, record = draft(desk, key, options)
        key = f"{number}-{key}"
        desk.do(["notice", "print", record["id"], "-o", str(out / f"{key}.docx")])
        desk.do(["notice", "print", record["id"], "-o", str(out / f"{key}.pdf")])
        records.append((key, record))
    subprocess.run(
        ["soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless",
         "--convert-to", "txt:Text (encoded):UTF8", "--outdir", str(out),
         *(str(out / f"{key}.docx") for key, _ in records)],
        check=True, capture_output=True, timeout=300,
    )  # fmt: skip
    for key, record in records:
        text = squeezed((out / f"{key}.txt").read_text("utf-8-sig"))
        in_order(said_by(record), text)
        document = PdfReader(out / f"{key}.pdf")
        in_order(said_by(record), squeezed(document.pages[0].extract_text()))
