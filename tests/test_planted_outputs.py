"""Secrets planted in one office, looked for in all that its commands say and leave behind."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Desk, Result
from planted import UNIT
from secrets_drawn import TROVE, bare

from pmcli.cli.completion import answers
from pmcli.disclosure.border import Disclosure
from pmcli.record.masking import Secrets

pytestmark = pytest.mark.usefixtures("settled")

NAME, PHONE, PLATE, IDENTITY = "蒋潋滟", "13800138000", "湘A8C123", "430105199001011234"
LOOSE = "13911112222"
SECRETS = (NAME, PHONE, PLATE, IDENTITY, LOOSE)
TALE = f"蒋 潋滟(138-0013-8000)的车{PLATE}，证{IDENTITY}，另打{LOOSE}"
BROKEN = "records/repair/2026/03/BX-260305-A88.md"
NAMED = [f"records/repair/2026/03/{name}.md" for name in (f"{NAME}{PHONE}", PHONE)]


@pytest.fixture(scope="module")
def office(ready_office: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office with somebody on file of whom every text tells, and files broken and misnamed."""
    root = tmp_path_factory.mktemp("secrets") / "office"
    shutil.copytree(ready_office, root)
    (root / "forms").mkdir(exist_ok=True)
    (root / "forms/trove.yaml").write_text(TROVE, "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        desk = Desk(root, patch)
        desk.do(f"resident new --name {NAME} --role owner --unit {UNIT} --phone {PHONE} "
                "--since 2024-09-01 --consent-on 2024-09-01")  # fmt: skip
        desk.do(["repair", "new", "--area", "public", "--place", TALE, "--kind", "other",
                 "--reporter", "某人", "--request", TALE])  # fmt: skip
        desk.do(["repair", "void", "a01", "--reason", TALE, "--by", "王芳"])
        row = f"item={TALE.replace(',', '，')},who={NAME}"
        desk.do(["trove", "new", "--words", TALE, "--content", TALE, "--remarks", TALE,
                 "--visitor", NAME, "--parts", row])  # fmt: skip
        good = (root / desk.show("BX-260305-A01")["path"]).read_text("utf-8")
        (root / BROKEN).write_text(
            good.replace("state: ", f"appointment: {TALE}\nstate: "), "utf-8"
        )
        for name in NAMED:
            (root / name).write_text(good, "utf-8")
    return root


Say = Callable[[Desk, Path], Result]


def typed(*words: str) -> Say:
    return lambda desk, _: desk(list(words))


def sheet(desk: Desk, folder: Path) -> Result:
    from openpyxl import load_workbook

    done = desk(
        ["trove", "list", "--columns", "content", "--format", "xlsx", "-o", str(folder / "l.xlsx")]
    )
    cells = (c.value for r in load_workbook(folder / "l.xlsx").active.iter_rows() for c in r)
    return Result(done.code, " ".join(map(str, cells)), done.err)


def page(shown: str) -> Say:
    def run(desk: Desk, folder: Path) -> Result:
        target = folder / f"p.{shown if shown != 'wechat' else 'txt'}"
        done = desk(["trove", "print", "qz", "--format", shown, "--public", "-o", str(target)])
        return Result(done.code, said(target), done.err)

    return run


def said(path: Path) -> str:
    """What a file says, whatever its format."""
    if path.suffix == ".pdf":
        from pypdf import PdfReader

        return "".join(one.extract_text() for one in PdfReader(path).pages)
    if path.suffix == ".docx":
        import re
        import zipfile

        with zipfile.ZipFile(path) as parts:
            text = "".join(parts.read(n).decode() for n in parts.namelist() if n.endswith("xml"))
        return re.sub(r"<[^>]*>", "", text)
    return path.read_text("utf-8")


def completed(shell: str) -> Say:
    def run(desk: Desk, _: Path) -> Result:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("_PMCLI_COMPLETE", f"complete_{shell}")
            patch.setenv("COMP_WORDS", "pmcli\nrepair\nshow\n")
            patch.setenv("COMP_CWORD", "3")
            return desk([])

    return run


def refused_edit(desk: Desk, _: Path) -> Result:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EDITOR", f"sed -i 's/^state: .*/state: {NAME}{PHONE}/'")
        return desk(["trove", "edit", "qz", "--file"])


def imported(desk: Desk, folder: Path) -> Result:
    path = folder / f"{NAME}{PHONE}.csv"
    path.write_text(f"姓名,房号,电话,身份\n{NAME},{NAME},{PHONE},{TALE}\n", "utf-8")
    return desk(["import", "resident", str(path), "--dry-run"])


COLUMNS = "content,remarks,words,said,parts"
OUTPUTS: dict[str, Say] = {
    **{f"list {f}": typed("trove", "list", "--columns", COLUMNS, "--format", f)
       for f in ("table", "json", "csv")},
    "list with a broken file": typed("repair", "list", "--columns", "place", "--state", "void"),
    "list with a broken file json": typed("repair", "list", "--format", "json"),
    "list xlsx": sheet,
    "show": typed("repair", "show", "BX-260305-A01"),
    "show json": typed("repair", "show", "BX-260305-A01", "--format", "json"),
    "show a broken one": typed("repair", "show", "BX-260305-A88"),
    "show a broken one json": typed("repair", "show", "BX-260305-A88", "--format", "json"),
    "history": typed("history", "BX-260305-A01"),
    "history json": typed("history", "BX-260305-A01", "--format", "json"),
    "check": typed("check"),
    "check json": typed("check", "--format", "json"),
    "save": typed("save"),
    "save json": typed("save", "--format", "json"),
    **{f"print {shown}": page(shown) for shown in ("txt", "html", "docx", "pdf", "wechat")},
    "no such record": typed("repair", "show", f"{NAME}{PHONE}"),
    "no such value": typed("repair", "new", "--urgency", TALE, "--area", "public"),
    "no such staff": typed("trove", "new", "--worker", NAME),
    "no such choice json": typed("trove", "new", "--sort", TALE, "--format", "json"),
    "a bad formula": typed("trove", "list", "--where", f"content == '{NAME}' +"),
    "a step refused": typed("repair", "dispatch", "BX-260305-A01", "--worker", NAME),
    "an edit refused": refused_edit,
    "an import": imported,
    "lint": typed("lint", "QZ-260305-A01"),
    "completion": completed("bash"),
}  # fmt: skip
SILENT = {"lint", "a step refused"}
"""What quotes no text at all."""


def leaks(done: Result) -> list[str]:
    text = bare(done.out + done.err)
    return [secret for secret in SECRETS if bare(secret) in text]


@pytest.mark.parametrize("name", OUTPUTS)
def test_no_output_tells_what_was_planted(
    office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    done = OUTPUTS[name](Desk(office, monkeypatch), tmp_path)
    assert leaks(done) == []
    assert "Traceback" not in done.err


@pytest.mark.parametrize("name", [name for name in OUTPUTS if name not in SILENT])
def test_every_output_would_tell_it_if_the_border_were_open(
    office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(Disclosure, "whole", True)
    monkeypatch.setattr(Secrets, "masked", lambda self, text, *_, **__: text)
    assert leaks(OUTPUTS[name](Desk(office, monkeypatch), tmp_path))


@pytest.mark.parametrize("shell", sorted(answers._ANSWERS))
def test_no_shell_completes_to_a_secret(
    office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, shell: str
) -> None:
    done = completed(shell)(Desk(office, monkeypatch), tmp_path)
    assert "BX-260305-A01" in done.out and leaks(done) == []


def test_what_is_kept_below_git_tells_nothing_and_drafts_only_their_owner(
    office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(office, monkeypatch)
    for name in OUTPUTS:
        OUTPUTS[name](desk, tmp_path)
    kept = [path for path in (office / ".git/pmcli").rglob("*") if path.is_file()]
    assert "index.sqlite3" in {path.name for path in kept}
    told = [path.name for path in kept if tells(path)]
    assert told == []
    drafts = [path for path in (office / ".git/pmcli-drafts").rglob("*") if path.is_file()]
    assert any(map(tells, drafts)), "no draft was left, so nothing is shown of them"
    if os.name == "posix":
        assert [path for path in [*kept, *drafts] if path.stat().st_mode & 0o077] == []


def tells(path: Path) -> bool:
    data = path.name.encode() + path.read_bytes()
    return any(secret.encode() in data for secret in SECRETS)
