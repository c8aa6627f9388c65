"""Completion: what may come next, in bash, zsh, fish and PowerShell; nothing is ever written."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import STAFF

from pmcli.cli.completion.scripts import SHELLS

TOP = Path(__file__).parent.parent
REPORT = (
    "repair new --area private --place 厨房 --kind leak --unit 3-2-501 --reporter 刘先生 "
    "--phone 13800000001 --request 漏水"
)


def snapshot(root: Path) -> dict[str, tuple[int, int]]:
    """Every file of an office, `.git` too, with its size and time."""
    return {
        str(path.relative_to(root)): (path.stat().st_size, path.stat().st_mtime_ns)
        for path in root.rglob("*")
        if path.is_file()
    }


class Shell:
    """Asks pmcli, as a process of its own, what may come next in an office."""

    def __init__(self, root: Path, programs: Path) -> None:
        self.root = root
        self.before = snapshot(root)
        self.environment = {k: v for k, v in os.environ.items() if not k.startswith("COMP_")}
        self.environment |= {
            "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": str(TOP),
            "LANG": "C.UTF-8",
            "LC_ALL": "C.UTF-8",
        }

    def run(self, *command: str, **more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command, cwd=self.root, env={**self.environment, **more}, capture_output=True,
            text=True, encoding="utf-8", check=False,
        )  # fmt: skip

    def asks(self, shell: str, *words: str) -> list[str]:
        """The raw lines of an answer; the last word is the incomplete one."""
        done = self.run(
            sys.executable, "-m", "pmcli",
            _PMCLI_COMPLETE=f"complete_{shell}",
            COMP_WORDS="\n".join(("pmcli", *words)),
            COMP_CWORD=str(len(words)),
        )  # fmt: skip
        assert (done.returncode, done.stderr) == (0, "")
        return done.stdout.splitlines()

    def pairs(self, *words: str) -> dict[str, str]:
        """Values and explanations."""
        lines = [line.split("\t") for line in self.asks("powershell", *words)]
        assert all(kind == "plain" for kind, *_ in lines), lines
        return {value: text for _, value, text in lines}

    def offers(self, *words: str) -> list[str]:
        return list(self.pairs(*words))


@pytest.fixture(scope="module")
def programs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with `pmcli` in it, as an installation puts it on the path."""
    folder = tmp_path_factory.mktemp("bin")
    program = folder / "pmcli"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m pmcli "$@"\n', "utf-8")
    program.chmod(0o755)
    return folder


@pytest.fixture
def shell(desk, programs: Path) -> Iterator[Shell]:
    """An office with three repairs: one received, one dispatched, one void."""
    for _ in range(3):
        desk.do(REPORT)
    desk.do("repair dispatch a02 --worker 李强")
    desk.do("repair void a03 --reason 重复 --by 王芳")
    shell = Shell(desk.root, programs)
    yield shell
    assert snapshot(desk.root) == shell.before


def test_forms_and_commands_come_with_titles(shell):
    offered = shell.pairs("")
    assert offered["repair"] == "维修(服务)任务单"
    assert offered["check"].startswith("检查")
    assert list(offered).index("repair") < list(offered).index("check")
    assert shell.offers("rev") == ["revisit"]


def test_titles_are_in_the_offices_language(shell):
    shell.environment["PMCLI_LANG"] = "en"
    assert shell.pairs("repai") == {"repair": "Repair order"}
    assert shell.pairs("repair", "disp") == {"dispatch": "Dispatch"}


def test_a_form_offers_its_steps_in_order(shell):
    offered = shell.pairs("repair", "")
    assert list(offered)[:3] == ["new", "dispatch", "arrive"]
    assert offered["dispatch"] == "派单"
    assert {"list", "show", "print"} <= set(offered)


def test_numbers_are_those_the_step_may_be_taken_on(shell):
    assert shell.offers("repair", "dispatch", "") == ["BX-260305-A01"]
    assert shell.offers("repair", "arrive", "") == ["BX-260305-A02"]
    assert shell.offers("repair", "show", "") == ["BX-260305-A02", "BX-260305-A01"]


def test_where_no_fitting_number_is_meant_others_are_offered(shell):
    assert shell.offers("repair", "dispatch", "BX-260305-A03") == ["BX-260305-A03"]
    assert shell.offers("repair", "show", "a03") == ["BX-260305-A03"]
    assert shell.offers("repair", "show", "a99") == []


def test_history_offers_records_of_every_form(shell):
    offered = shell.offers("history", "")
    assert "BX-260305-A01" in offered


def test_explanations_hold_no_personal_data(shell):
    offered = shell.pairs("repair", "show", "")
    assert offered["BX-260305-A01"] == "已受理 户内 渗漏水 3-2-501"
    everything = str([shell.pairs("history", ""), offered, shell.pairs("repair", "show", "a01")])
    assert "刘" not in everything and "138" not in everything and "漏水，" not in everything


def test_choices_by_key_and_by_label(shell):
    assert shell.pairs("repair", "new", "--area", "") == {"private": "户内", "public": "公共"}
    assert shell.pairs("repair", "new", "--area", "户") == {"户内": "private"}
    assert shell.pairs("repair", "new", "--area=p") == {
        "--area=private": "户内", "--area=public": "公共"
    }  # fmt: skip


def test_staff_those_with_the_wanted_role_first(shell):
    assert shell.offers("repair", "dispatch", "a01", "--worker", "")[:2] == ["李强", "吴刚"]
    assert shell.pairs("repair", "dispatch", "a01", "--worker", "李") == {"李强": "维修"}
    assert shell.offers("repair", "arrive", "a02", "--by", "")[0] == "李强"


WANTED = """\
extends: repair
let:
  fit: has_role( worker , role = "security" )
transitions:
  dispatch:
    guard:
    - if: (not worker or fit) and request != "has_role(worker, 'finance')"
      say: 不行 | no
    - {if: "has_role(keeper, 'manager') or worker", say: 不行 | no}
"""
"""A form that wants a role of the worker by way of a named formula, and speaks of others."""


def test_the_role_is_that_of_the_formula_and_not_of_how_it_is_written(desk, programs):
    (desk.root / "forms").mkdir()
    (desk.root / "forms" / "repair.yaml").write_text(WANTED, "utf-8")
    desk.do(REPORT)
    offered = Shell(desk.root, programs).offers("repair", "dispatch", "a01", "--worker", "")
    assert offered[0] == "赵军"
    assert offered[1:] == [name for name in STAFF if name != "赵军"]


def test_units_links_states_columns_layouts_formats(shell):
    assert shell.offers("repair", "new", "--unit", "3-") == ["3-2-501"]
    assert shell.offers("repair", "new", "--unit", "3栋2单元501") == ["3-2-501"]
    assert shell.offers("visit", "refer", "x", "--link-to", "") == [
        "BX-260305-A02", "BX-260305-A01"
    ]  # fmt: skip
    assert shell.pairs("repair", "list", "--state", "rec") == {"received": "已受理"}
    assert "'id,place'" in shell.offers("repair", "list", "--columns", "id,pl")
    assert shell.offers("repair", "list", "--sort", "-crea") == []
    assert "created_at" in shell.offers("repair", "list", "--sort", "crea")
    assert shell.offers("repair", "list", "--keeper", "李") == ["李强"]
    assert "blank" in shell.offers("repair", "print", "--layout", "")
    assert shell.offers("repair", "list", "--format", "") == ["table", "json", "csv", "xlsx"]
    assert shell.offers("forms", "show", "repa") == ["repair"]


def test_options_required_ones_first_and_each_once(shell):
    offered = shell.pairs("repair", "dispatch", "a01", "")
    assert next(iter(offered)) == "--worker" and offered["--worker"] == "维修人员"
    again = shell.offers("repair", "dispatch", "a01", "--worker", "李强", "--")
    assert "--worker" not in again and "--helpers" in again
    assert "--helpers" in shell.offers("repair", "dispatch", "a", "--helpers", "吴刚", "--h")


def test_an_office_named_on_the_line_is_the_one_that_is_asked(shell, desk, tmp_path):
    shell.root = tmp_path
    typed, rest = shlex.quote(str(desk.root)), ["repair", "dispatch", ""]
    assert shell.offers("--office", typed, *rest) == ["BX-260305-A01"]
    assert shell.asks("bash", "--office", typed, *rest) == ["plain,BX-260305-A01"]
    assert len(shell.asks("fish", "--office", str(desk.root), *rest)) == 1


def test_roles_after_a_colon(shell):
    assert shell.offers("init", "x", "--staff", "张敏:re") == ["张敏:reception", "张敏:repair"]


def test_files_and_folders_are_left_to_the_shell(shell):
    assert shell.asks("bash", "import", "unit", "ros") == ["file,ros"]
    assert shell.asks("bash", "init", "") == ["dir,"]
    assert shell.asks("fish", "repair", "list", "-o", "") == ["file,"]


@pytest.mark.parametrize("name", SHELLS)
def test_every_shell_gets_its_answer(shell, name):
    lines = shell.asks(name, "repair", "new", "--area", "pri")
    wanted = {
        "bash": ["plain,private"],
        "zsh": ["plain", "private", "户内"],
        "fish": ["plain,private\t户内"],
    }
    assert lines == wanted.get(name, ["plain\tprivate\t户内"])


ODD = [
    ["nosuch", ""], ["repair", "nosuch", ""], ["repair", "show", "'"], ["repair", "new", '"'],
    ["repair", "new", "--area", "pri", "--area", "x", "--nosuch", ""], ["--office", "nowhere", ""],
    ["repair", "list", "--columns", ",,"], ["forms", "nosuch", ""], ["repair", "new", "--kind="],
    ["=", "="], [":", ""], ["repair", "show", "a", "b", "c", ""], ["--office", "", "repair", ""],
    ["--version", ""], ["repair", "--help", ""], ["repair", "new", "--place", ""],
]  # fmt: skip


@pytest.mark.parametrize(("index", "words"), list(enumerate(ODD)), ids=str)
def test_odd_lines_are_answered_without_a_word_of_complaint(shell, index, words):
    shell.asks(("bash", "zsh")[index % 2], *words)


@pytest.mark.parametrize("instruction", ["complete_tcsh", "complete", "x", "source_nosuch", "_"])
def test_odd_instructions_are_passed_over(shell, instruction):
    done = shell.run(sys.executable, "-m", "pmcli", _PMCLI_COMPLETE=instruction, COMP_CWORD="x")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_without_an_office_the_built_in_forms_are_offered(tmp_path, programs):
    shell = Shell(tmp_path, programs)
    assert "repair" in shell.offers("")
    assert shell.offers("repair", "dispatch", "") == []
    assert shell.offers("repair", "new", "--area", "") == ["private", "public"]
    assert shell.offers("repair", "new", "--by", "") == []
    assert list(tmp_path.iterdir()) == []


def test_a_broken_record_is_offered_still_and_a_broken_office_knows_no_numbers(shell, desk):
    path = next((desk.root / "records" / "repair").rglob("BX-260305-A01.md"))
    path.write_text("---\nstate: received\n: : :\n", "utf-8")
    shell.before = snapshot(desk.root)
    assert shell.pairs("repair", "dispatch", "") == {"BX-260305-A01": "已受理"}
    (desk.root / "office.yaml").write_text("name: [", "utf-8")
    shell.before = snapshot(desk.root)
    assert shell.offers("repair", "dispatch", "") == []
    assert shell.offers("repair", "d") == ["dispatch"]


def test_the_oldest_of_thousands_is_offered_too(shell, desk):
    """Nothing is left out, however many there are, whether or not a cache is there to look at."""
    folder = desk.root / "records/repair/2026/03"
    text = (folder / "BX-260305-A02.md").read_text("utf-8")
    received = (folder / "BX-260305-A01.md").read_text("utf-8")
    old = desk.root / "records/repair/2025/01"
    old.mkdir(parents=True)
    (old / "BX-250101-A01.md").write_text(received.replace("260305-A01", "250101-A01"), "utf-8")
    for day in range(1, 27):
        for count in range(1, 205):
            number = f"2502{day:02d}-A{count:02d}"
            path = desk.root / f"records/repair/2025/02/BX-{number}.md"
            path.parent.mkdir(exist_ok=True)
            path.write_text(text.replace("260305-A02", number), "utf-8")
    shell.before = snapshot(desk.root)
    offered = ["BX-260305-A01", "BX-250101-A01"]
    assert shell.offers("repair", "dispatch", "") == offered
    assert shell.offers("repair", "dispatch", "BX-25") == ["BX-250101-A01"]
    assert shell.offers("repair", "arrive", "250201-a20") == ["BX-250201-A20"]


def test_names_cannot_smuggle_commands_into_a_line(shell, desk):
    from pmcli.cli.completion.answers import _bash_word, _powershell_word

    assert _bash_word("$(touch x) 张", "") == "\\$\\(touch\\ x\\)\\ 张"
    assert _powershell_word("a'b$(x)") == "'a''b$(x)'"
    assert _powershell_word("张敏") == "张敏"


def test_one_answer_may_replace_what_was_typed_in_bash_but_several_may_not(shell):
    assert shell.asks("bash", "repair", "show", "a03") == ["plain,BX-260305-A03"]
    assert shell.asks("bash", "repair", "show", "260305") == []


def test_scripts_are_shown_by_option_and_by_protocol(shell):
    for name in SHELLS:
        shown = shell.run(sys.executable, "-m", "pmcli", "--show-completion", name)
        sourced = shell.run(sys.executable, "-m", "pmcli", _PMCLI_COMPLETE=f"source_{name}")
        assert shown.returncode == 0 and shown.stdout == sourced.stdout
        assert "_PMCLI_COMPLETE" in shown.stdout and shown.stdout.isascii()


@pytest.mark.parametrize(
    ("name", "start"), [("bash", ".bashrc"), ("zsh", ".zshrc"), ("fish", None)]
)
def test_installing_twice_changes_nothing_more(desk, name, start):
    home = Path(os.environ["HOME"])
    if start is not None:
        (home / start).write_text("export A=1", "utf-8")
    first = desk.do(f"--install-completion {name}")
    assert "新开一个终端" in first.err
    files = {p: p.read_text("utf-8") for p in home.rglob("*") if p.is_file()}
    assert any("_PMCLI_COMPLETE" in text for text in files.values())
    if start is not None:
        assert files[home / start].startswith("export A=1\n")
    desk.do(f"--install-completion={name}")
    assert files == {p: p.read_text("utf-8") for p in home.rglob("*") if p.is_file()}


@pytest.mark.skipif(sys.platform == "win32", reason="a shell script stands in for PowerShell")
def test_installing_for_powershell_adds_a_line_to_its_profile(desk, tmp_path, monkeypatch):
    profile = tmp_path / "用户" / "Documents" / "Microsoft.PowerShell_profile.ps1"
    fake = tmp_path / "bin" / "pwsh"
    fake.parent.mkdir()
    fake.write_text(f'#!/bin/sh\necho "{profile}"\n', "utf-8")
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", f"{fake.parent}{os.pathsep}{os.environ['PATH']}")
    told = desk.do("--install-completion pwsh").err
    assert "Set-ExecutionPolicy" in told
    desk.do("--install-completion pwsh")
    assert profile.read_text("utf-8") == '. "$PSScriptRoot/pmcli-completion.ps1"\n'
    assert "Register-ArgumentCompleter" in (profile.parent / "pmcli-completion.ps1").read_text()


def test_installing_where_there_is_no_powershell(desk, monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    result = desk("--install-completion powershell")
    assert result.code == 6
    assert "powershell 没有回答" in result.err


def in_bash(shell: Shell, *words: str) -> list[str]:
    """COMPREPLY after bash has run the script on words as bash breaks them."""
    script = (
        'eval "$(pmcli --show-completion bash)"; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); '
        '_pmcli_completion pmcli; printf "%s\\n" "${COMPREPLY[@]}"'
    )
    done = shell.run("bash", "--norc", "-c", script, "bash", "pmcli", *words)
    assert done.stderr == ""
    return done.stdout.splitlines()


@pytest.mark.skipif(not shutil.which("bash"), reason="no bash here")
def test_bash_itself(shell):
    assert in_bash(shell, "repair", "arr") == ["arrive"]
    assert in_bash(shell, "repair", "dispatch", "") == ["BX-260305-A01"]
    assert in_bash(shell, "repair", "new", "--area", "=", "p") == ["private", "public"]
    assert in_bash(shell, "repair", "new", "--area", "=") == ["private", "public"]
    assert in_bash(shell, "repair", "new", "--area", "户") == ["户内"]
    assert in_bash(shell, "init", "x", "--staff", "张敏", ":", "re") == ["reception", "repair"]
    assert in_bash(shell, "init", "x", "--staff", "张敏", ":")[0] == "reception"


@pytest.mark.skipif(not shutil.which("fish"), reason="no fish here")
@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("pmcli repair arr", ["arrive\t到场"]),
        ("pmcli repair dispatch ", ["BX-260305-A01\t已受理 户内 渗漏水 3-2-501"]),
        ("pmcli repair new --area=pr", ["--area=private\t户内"]),
        ("pmcli repair new --area 户", ["户内\tprivate"]),
        ("pmcli init x --staff 张敏:rec", ["张敏:reception\t接待"]),
    ],
)
def test_fish_itself(shell, line, wanted):
    script = f"pmcli --show-completion fish | source; complete -C '{line}'"
    assert shell.run("fish", "--no-config", "-c", script).stdout.splitlines() == wanted


@pytest.mark.skipif(not shutil.which("zsh"), reason="no zsh here")
@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("pmcli repair arr", "pmcli repair arrive "),
        ("pmcli repair dispatch ", "pmcli repair dispatch BX-260305-A01 "),
        ("pmcli repair new --area=pr", "pmcli repair new --area=private "),
        ("pmcli repair new --area 户", "pmcli repair new --area 户内 "),
        ("pmcli init x --staff 张敏:rec", "pmcli init x --staff 张敏:reception "),
    ],
)
def test_zsh_itself(shell, line, wanted):
    import pexpect

    child = pexpect.spawn(
        "zsh", ["-f", "-i"], cwd=str(shell.root), env={**shell.environment, "TERM": "dumb"},
        encoding="utf-8", timeout=60, dimensions=(24, 200),
    )  # fmt: skip
    child.sendline("PS1=; unsetopt zle prompt_cr; autoload -Uz compinit; compinit -u -D")
    child.sendline(
        'source <(pmcli --show-completion zsh); setopt zle; show() { print -r "<$BUFFER>" }'
    )
    child.sendline("zle -N show; bindkey '^X' show; print ready''now")
    child.expect("readynow")
    time.sleep(0.5)
    child.send(line + "\t")
    child.send("\x18")
    child.expect_exact(f"<{wanted}>")
    child.close(force=True)


@pytest.mark.skipif(not shutil.which("pwsh"), reason="no PowerShell here")
def test_powershell_itself(shell):
    script = (
        "pmcli --show-completion pwsh | Out-String | Invoke-Expression; "
        "(TabExpansion2 'pmcli repair arr' 16).CompletionMatches.CompletionText"
    )
    done = shell.run("pwsh", "-NoProfile", "-Command", script)
    assert done.stdout.split() == ["arrive"]


def test_text_templates_are_offered_by_key_and_their_variables_as_options(shell):
    assert shell.pairs("notice", "new", "water-t") == {"water-tank-cleaning": "水箱清洗"}
    assert shell.offers("notice", "templates", "fee-o") == ["fee-overdue"]
    assert "--reason" in shell.offers("notice", "new", "water-outage", "--re")
