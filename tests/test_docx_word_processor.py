"""Pages as DOCX in a word processor: it reads what the page says."""

from __future__ import annotations

import shlex
import shutil
import subprocess
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import Desk
from docx_reading import body_of, squeezed
from layout_scenes import LIBRARY
from notice_samples import SAMPLES
from sample_pages import HOSTILE, filled, notice, ruled, setting_of
from scenes import bring

from pmcli.documents.building import blank_page
from pmcli.documents.docx import docx
from pmcli.documents.page import Page, Paragraph
from pmcli.documents.pdf import pdf
from pmcli.form.theme import THEMES, Dress
from pmcli.store.unit_of_work import Store


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> str:
    found = shutil.which("soffice") or shutil.which("libreoffice")
    if found is None:
        pytest.skip("LibreOffice is not installed")
    return found


def converted(office: str, folder: Path, shown: str, ending: str) -> dict[str, str]:
    """All DOCX files of a folder in another format, by LibreOffice."""
    profile = (folder / "profile").as_uri()
    files = sorted(map(str, folder.glob("*.docx")))
    subprocess.run(
        [office, f"-env:UserInstallation={profile}", "--headless", "--convert-to", shown,
         "--outdir", str(folder), *files],
        check=True, capture_output=True, timeout=240,
    )  # fmt: skip
    made = {}
    for file in map(Path, files):
        there = file.with_suffix(f".{ending}")
        made[file.stem] = text_of(there) if ending == "pdf" else there.read_text("utf-8-sig")
    return made


def text_of(file: Path) -> str:
    done = subprocess.run(["pdftotext", str(file), "-"], check=True, capture_output=True)
    return done.stdout.decode("utf-8")


def typeset(page: Page, file: Path) -> Path:
    """The page as the PDF that goes to the printer."""
    data = pdf([page]).data
    assert isinstance(data, bytes)
    file.write_bytes(data)
    return file


def representative(desk: Desk) -> dict[str, Page]:
    """A page of each kind, with records that a desk has written."""
    store = Store(desk.root)
    pages = {}
    for form, name in (("repair", "order"), ("roster", "grid"), ("renovation", "permit")):
        layout = LIBRARY.get(form).layouts[name]
        pages[f"{form}-blank"] = blank_page(LIBRARY.get(form), layout, setting_of(store, "zh"))
    scenes = (
        ("repair", "order", "closed"), ("handover", "record", "accepted"),
        ("roster", "grid", "published"), ("renovation", "permit", "permitted"),
        ("rework", "slip", "accepted"), ("complaint", "monthly", "closed"),
    )  # fmt: skip
    for form, name, state in scenes:
        pages[form] = filled(desk, form, name, bring(desk, form, state))
    for key in ("water-outage", "common-income"):
        sample = SAMPLES[key]
        line = shlex.split(f"notice new --template {key} {sample.needs} {sample.may}")
        page = filled(desk, "notice", "wall", desk.do(line).id)
        for theme in THEMES:
            dressed = Dress(theme=theme, letterhead=True, seal=theme == "gbt9704")
            pages[f"{key}-{theme}"] = replace(page, dress=dressed)
    pages["hostile"] = ruled(*(Paragraph(text) for text in HOSTILE if "x" * 99 not in text))
    for theme in THEMES:
        pages[f"notice-{theme}"] = notice(theme=theme)
    return pages


def test_a_word_processor_reads_what_the_page_says(office: str, desk: Desk, tmp_path: Path) -> None:
    pages = representative(desk)
    folder = tmp_path / "docx"
    folder.mkdir()
    for name, page in pages.items():
        data = docx([page]).data
        assert isinstance(data, bytes)
        (folder / f"{name}.docx").write_bytes(data)
    whole = docx(list(pages.values())).data
    assert isinstance(whole, bytes)
    (folder / "all.docx").write_bytes(whole)
    read = converted(office, folder, "txt:Text (encoded):UTF8", "txt")
    for name, page in pages.items():
        assert squeezed(read[name]) == body_of(page), name
    assert squeezed(read["all"]) == "".join(body_of(page) for page in pages.values())
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed")
    printed = converted(office, folder, "pdf", "pdf")
    for name, page in pages.items():
        sheets = printed[name].rstrip("\f").split("\f")
        lost = Counter(body_of(page)) - Counter(squeezed(printed[name]))
        assert name == "hostile" or not lost, (name, lost)
        assert len(sheets) == {"rework": 2, "repair-blank": 2}.get(name, len(sheets))
        if not page.plain:
            each = len(sheets) // max(len(page.copies), 1)
            assert f"第1页共{each}页" in squeezed(sheets[0]), name
        elif name.startswith("notice"):
            by_typst = text_of(typeset(page, folder / f"{name}-typst.pdf"))
            said, other = squeezed(printed[name]).replace("_", ""), squeezed(by_typst)
            assert Counter(said) == Counter(other), name
            assert body_of(page) in said and body_of(page) in other
