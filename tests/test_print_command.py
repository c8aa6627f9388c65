"""`print` as a command: formats, files, themes, several numbers, what cannot be printed."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import Desk
from crashes import UNHARMED, die_at, driver, environment
from docx import Document
from pypdf import PdfReader
from scenes import bring

from pmcli.documents import pdf as pdf_module
from pmcli.documents.fonts import CHAINS, Faces, faces


def test_a_files_ending_says_the_format(desk: Desk) -> None:
    number = bring(desk, "notice", "approved")
    for name in ("a.pdf", "a.docx", "a.html", "a.htm", "a.txt"):
        desk.do(f"notice print {number} -o {name}")
    assert (desk.root / "a.pdf").read_bytes().startswith(b"%PDF-")
    assert Document(str(desk.root / "a.docx")).paragraphs
    assert (desk.root / "a.html").read_text("utf-8").startswith("<!DOCTYPE html>")
    assert (desk.root / "a.htm").read_text("utf-8").startswith("<!DOCTYPE html>")
    assert number in (desk.root / "a.txt").read_text("utf-8")
    desk.do(f"notice print {number} --format pdf -o a.txt")
    assert (desk.root / "a.txt").read_bytes().startswith(b"%PDF-")


def test_a_pdf_goes_to_a_pipe_as_it_is(desk: Desk) -> None:
    number = bring(desk, "notice", "approved")
    done = subprocess.run(
        [sys.executable, "-m", "pmcli", "notice", "print", number, "--format", "pdf"],
        cwd=desk.root, env=environment(), capture_output=True, check=True,
    )  # fmt: skip
    assert len(PdfReader(io.BytesIO(done.stdout)).pages) == 1


@pytest.mark.parametrize("shown", ["pdf", "docx", "html", "txt", "wechat"])
def test_several_records_make_one_document(desk: Desk, shown: str) -> None:
    numbers = [bring(desk, "visit", "received") for _ in range(2)]
    name = f"a.{shown}"
    desk.do(f"visit print {' '.join(numbers)} --format {shown} -o {name}")
    if shown == "pdf":
        said = "".join(page.extract_text() for page in PdfReader(desk.root / name).pages)
    elif shown == "docx":
        document = Document(str(desk.root / name))
        assert len(document.sections) == 2
        said = document.element.xml
    else:
        said = (desk.root / name).read_text("utf-8")
    assert [number in said for number in numbers] == [True, True]


def test_the_office_says_how_its_notices_are_set(desk: Desk) -> None:
    number = bring(desk, "notice", "approved")

    def page() -> str:
        desk.do(f"notice print {number} -o a.pdf")
        return "".join(PdfReader(desk.root / "a.pdf").pages[0].extract_text().split())

    assert "—1—" not in page()
    path = desk.root / "office.yaml"
    kept = path.read_text("utf-8")
    path.write_text(kept + "paper: {theme: gbt9704, letterhead: yes, code: no}\n", "utf-8")
    said = page()
    assert "—1—" in said and said.startswith("翠湖花园物业服务中心")
    path.write_text(kept + "paper: {theme: fancy}\n", "utf-8")
    err = desk.refused(f"notice print {number} -o a.pdf", 1).err
    assert "office.yaml" in err and "house" in err


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ("--theme fancy -o a.pdf", 2),
        ("--format odt", 2),
        ("-o nowhere/a.pdf", 6),
        ("--format pdf -o .", 6),
        ("--layout nothing -o a.pdf", 2),
        ("--month 2026-03 -o a.pdf", 2),
    ],
)
def test_what_cannot_be_printed(desk: Desk, more: str, code: int) -> None:
    number = bring(desk, "notice", "approved")
    assert desk.refused(f"notice print {number} {more}", code).err.strip()
    assert not (desk.root / "a.pdf").exists()


def test_a_machine_without_chinese_type(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    number = bring(desk, "notice", "approved")
    none = Faces({}, faces().fonts, tuple(CHAINS))
    monkeypatch.setattr(pdf_module, "faces", lambda: none)
    refused = desk.refused(f"notice print {number} -o a.pdf", 6)
    assert "pylopdf-fonts-zh-cn" in refused.err
    assert not (desk.root / "a.pdf").exists()


def test_a_typesetter_that_fails_is_one_sentence(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = bring(desk, "notice", "approved")
    (tmp_path / "main.typ").write_text("#panic()", "utf-8")
    monkeypatch.setattr(pdf_module, "_SOURCES", tmp_path)
    refused = desk.refused(f"notice print {number} -o a.pdf", 6)
    assert "--format html" in refused.err
    assert not (desk.root / "a.pdf").exists()


def test_a_face_that_is_missing_is_named(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    number = bring(desk, "notice", "approved")
    held = faces()
    monkeypatch.setattr(
        pdf_module, "faces", lambda: Faces(held.held, held.fonts, ("kai", "fangsong"))
    )
    assert "仿宋" in desk.do(f"notice print {number} -o a.pdf").err


def test_a_rare_character_of_a_name_is_told(desk: Desk) -> None:
    number = desk.do(
        ["visit", "new", "--category", "other", "--channel", "phone", "--visitor", "王\U00031350",
         "--content", "打听营业时间"]
    ).id  # fmt: skip
    done = desk.do(f"visit print {number} -o a.pdf")
    assert "U+31350" in done.err and (desk.root / "a.pdf").exists()


def test_a_print_that_dies_leaves_the_old_file_or_the_new_one(desk: Desk, tmp_path: Path) -> None:
    number = bring(desk, "notice", "approved")
    target = desk.root / "a.pdf"
    path, seen = driver(tmp_path), set()
    for count in range(1, 60, 2):
        target.write_bytes(b"old")
        died = die_at(
            desk,
            path,
            count,
            ("before", "after")[count // 2 % 2],
            f"notice print {number} -o a.pdf",
        )
        data = target.read_bytes()
        seen.add(data == b"old")
        assert data == b"old" or len(PdfReader(io.BytesIO(data)).pages) == 1
        if died.code == UNHARMED:
            break
    assert seen == {True, False}
