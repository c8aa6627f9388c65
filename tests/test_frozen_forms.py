"""Forms kept as bytes: what comes back is what was read, and what is strange is read anew."""

from __future__ import annotations

import dataclasses
import os
import pickle
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from conftest import Desk

from pmcli.form import frozen as keeping
from pmcli.form.frozen import frozen, thawed
from pmcli.form.library import Library
from pmcli.form.types import FieldType
from pmcli.store.office import built_in_folder, form_files, load_library

TOP = Path(__file__).parent.parent
SHIPPED = load_library(None)
KEY = b"k" * 32


@pytest.fixture(autouse=True)
def anew() -> Iterator[None]:
    keeping.forget()
    yield
    keeping.forget()


def told(value: Any) -> Any:
    """All that a form holds, to be compared."""
    if isinstance(value, FieldType):
        return value
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        names = [field.name for field in dataclasses.fields(value)]
        return (type(value), *((name, told(getattr(value, name))) for name in names))
    if isinstance(value, Mapping):
        return {key: told(held) for key, held in value.items()}, list(value)
    if isinstance(value, (list, tuple)):
        return type(value), [told(held) for held in value]
    return value


@pytest.mark.parametrize("name", SHIPPED.names)
def test_what_comes_back_is_what_was_read(name: str) -> None:
    form = SHIPPED.get(name)
    back = thawed(KEY, frozen(KEY, form))
    assert back is not None and back is not form and told(back) == told(form)
    assert list(back.transitions) == list(form.transitions)


def test_all_forms_of_the_tests_come_back() -> None:
    own, _ = form_files(TOP / "tests" / "forms", "forms")
    library = Library(form_files(built_in_folder("forms"), "<pmcli>/forms")[0], own)
    forms = library.all()[0]
    assert len(forms) > len(SHIPPED.names)
    for form in forms:
        assert told(thawed(KEY, frozen(KEY, form))) == told(form)


def kept(desk: Desk, name: str = "visit") -> Path:
    return desk.root / ".git/pmcli/forms" / name


def without_reading(desk: Desk, line: str) -> subprocess.CompletedProcess[str]:
    """A command in a process that cannot read a form's file."""
    script = (
        "import sys; from pmcli.form import library; "
        "library._read_form = None; from pmcli.cli.program.app import run; "
        "sys.exit(run(sys.argv[1:]))"
    )
    return subprocess.run(
        [sys.executable, "-c", script, *line.split()], cwd=desk.root, check=False,
        env={**os.environ, "PYTHONPATH": str(TOP)}, capture_output=True, text=True,
        encoding="utf-8",
    )  # fmt: skip


def test_a_form_is_read_once(desk: Desk) -> None:
    desk.do("visit list")
    if os.name == "posix":
        assert kept(desk).stat().st_mode & 0o077 == 0
    assert without_reading(desk, "visit list").returncode == 0
    kept(desk).unlink()
    keeping.forget()
    desk.do("visit list")
    assert kept(desk).exists()
    shutil.rmtree(kept(desk).parent)
    assert without_reading(desk, "visit list").returncode != 0


@pytest.mark.parametrize("damage", ["short", "empty", "flipped", "folder", "other"])
def test_what_is_damaged_is_read_anew(desk: Desk, damage: str) -> None:
    fresh = desk.do("visit list --format json").out
    data = kept(desk).read_bytes()
    desk.do("--help")
    other = kept(desk, "repair").read_bytes()
    kept(desk).unlink()
    if damage == "folder":
        kept(desk).mkdir()
    else:
        flipped = data.replace("来访".encode(), "来放".encode())
        assert flipped != data
        changed = {"short": data[:-9], "empty": b"", "flipped": flipped, "other": other}[damage]
        kept(desk).write_bytes(changed)
    keeping.forget()
    assert desk.do("visit list --format json").out == fresh
    whole = damage != "folder"
    assert (without_reading(desk, "visit list").returncode == 0) is whole


def test_a_form_that_changes_is_read_anew(desk: Desk) -> None:
    (desk.root / "forms").mkdir(exist_ok=True)
    own = desk.root / "forms/visit.yaml"
    own.write_text("form: visit\nextends: visit\ntitle: 登门 | Call\n", "utf-8")
    assert "登门" in desk.do("visit --help").out
    keeping.forget()
    own.write_text("form: visit\nextends: visit\ntitle: 上门 | Call\n", "utf-8")
    assert "上门" in desk.do("visit --help").out
    keeping.forget()
    own.write_text("form: visit\nextends: visit\ntitl: 上门 | Call\n", "utf-8")
    assert desk("visit list").code == 1
    keeping.forget()
    own.unlink()
    assert "上门" not in desk.do("visit --help").out


def test_a_base_that_changes_is_read_anew() -> None:
    class Shelf(dict[str, bytes]):
        read = dict.get
        write = dict.__setitem__

    shelf = Shelf()
    sources = form_files(built_in_folder("forms"), "<pmcli>/forms")[0]
    own = {"call": ("forms/call.yaml", "form: call\nextends: visit\nprefix: CL\n")}
    first = Library(sources, own, shelf=shelf).get("call")
    shown, text = sources["visit"]
    changed = {**sources, "visit": (shown, text.replace("title: ", "title: 新", 1))}
    assert text not in changed["visit"][1]
    second = Library(changed, own, shelf=shelf).get("call")
    assert second.title.zh != first.title.zh
    assert Library(sources, own, shelf=shelf).get("call") is first


def test_code_that_changes_reads_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    before = keeping.key_of("visit", ["a"])
    assert before != keeping.key_of("visit", ["b"]) != keeping.key_of("visitb", [""])
    assert keeping.key_of("v", ["ab", "c"]) != keeping.key_of("v", ["a", "bc"])
    monkeypatch.setattr(keeping, "_code", lambda: "another release")
    assert keeping.key_of("visit", ["a"]) != before


class Runs:
    """What a pickle made by somebody else would do."""

    def __init__(self, call: Any, *given: Any) -> None:
        self._told = call, given

    def __reduce__(self) -> Any:
        return self._told


@pytest.mark.parametrize(
    "held",
    [
        Runs(os.mkdir, "made"), Runs(eval, "open('made', 'w')"), Runs(print, "x"),
        Runs(getattr, KEY, "hex"), {"no": "form"}, ["visit"], ("visit", {}),
    ],
)  # fmt: skip
def test_a_pickle_of_somebody_else_does_nothing(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, held: Any
) -> None:
    monkeypatch.chdir(desk.root)
    data = pickle.dumps(held, 5)
    assert thawed(KEY, keeping._sealed(KEY, data) + data) is None
    assert not Path("made").exists()


@pytest.mark.parametrize(
    ("module", "name"),
    [("os", "system"), ("pmcli.form.model", "cached_property"), ("pmcli.form.model", "dataclass"),
     ("pmcli.form.model", "Form.value_type"), ("pmcli.form.parts", "Label.text"),
     ("pmcli.form.sandbox", "formula"), ("pmcli.store.office", "Office"),
     ("pmcli.messages", "Sentence")],
)  # fmt: skip
def test_only_classes_of_the_form_language_are_found(module: str, name: str) -> None:
    import io

    with pytest.raises(pickle.UnpicklingError):
        keeping._Unpacker(io.BytesIO(), keeping._MODULES).find_class(module, name)


def test_who_only_looks_keeps_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("_PMCLI_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", "pmcli visit ")
    monkeypatch.setenv("COMP_CWORD", "2")
    shutil.rmtree(desk.root / ".git/pmcli", ignore_errors=True)
    desk("")
    assert not (desk.root / ".git/pmcli").exists()
    monkeypatch.delenv("_PMCLI_COMPLETE")
    keeping.forget()
    desk.do("visit --help")
    assert kept(desk).exists()


def test_titles_are_kept_and_follow_the_forms(desk: Desk) -> None:
    shelf = desk.root / ".git/pmcli/forms/titles.of"
    before = desk.do("--help").out
    assert shelf.is_file() and "  visit " in before
    assert desk.do("--help").out == before
    kept = shelf.read_bytes()
    desk.do("forms eject visit")
    form = desk.root / "forms/visit.yaml"
    text = form.read_text("utf-8")
    form.write_text(text.replace("title: ", "title: 新", 1), "utf-8")
    assert "visit" in (renamed := desk.do("--help").out) and renamed != before
    form.write_text(text.replace("states:", "staates:", 1), "utf-8")
    assert not [line for line in desk.do("--help").out.split("\n") if line.startswith("  visit ")]
    form.unlink()
    shelf.write_bytes(kept[:-1])
    assert desk.do("--help").out == before
    shelf.write_bytes(kept)
    assert desk.do("--help").out == before


def test_titles_are_what_help_reads(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    before = desk.do("--help").out
    monkeypatch.setattr(Library, "load", None)
    assert desk.do("--help").out == before


def test_the_office_is_kept_and_follows_its_file(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pmcli.store import office_reading
    from pmcli.store.office import load_office

    desk.do("visit list")
    before = load_office(desk.root)
    config = desk.root / "office.yaml"
    text = config.read_text("utf-8")
    assert before == office_reading.read_office(desk.root, text)
    kept = (desk.root / ".git/pmcli/forms/office.yaml").read_bytes()
    config.write_text(text.replace(before.name, "另一个中心"), "utf-8")
    assert load_office(desk.root).name == "另一个中心"
    config.write_text(text, "utf-8")
    assert load_office(desk.root) == before
    shelf = desk.root / ".git/pmcli/forms/office.yaml"
    assert shelf.read_bytes() == kept
    monkeypatch.setattr(office_reading, "read_office", None)
    assert load_office(desk.root) == before
    assert load_office(desk.root).root == desk.root
    shelf.write_bytes(kept[:-1])
    with pytest.raises(TypeError):
        load_office(desk.root)
