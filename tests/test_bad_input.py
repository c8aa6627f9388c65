"""What bad input gets: a sentence, the documented exit code, and nothing written."""

from __future__ import annotations

import json
import shlex
import shutil
import signal
import subprocess
import sys
import time
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Desk
from failing import REPAIR, VISIT, WORDS, fails, process, tree

from pmcli.form.normal import unmarked


@pytest.fixture(autouse=True)
def importable(monkeypatch: pytest.MonkeyPatch) -> None:
    """Processes of their own find this pmcli from any directory."""
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[1]))


# Values

MALFORMED = [
    (["--unit", "9-9-999"], "9-9-999"),
    (["--unit", "../../etc/passwd"], "passwd"),
    (["--phone", "138abc"], "--phone 联系电话"),
    (["--phone", "１３８"], "--phone"),
    (["--promised-at", "下周"], "--promised-at"),
    (["--promised-at", "2026-02-30 9:00"], "--promised-at"),
    (["--promised-at", "0001-01-01T00:00:00+14:00"], "--promised-at"),
    (["--relation", "nobody"], "owner"),
    (["--relation", "x" * 300], "--relation"),
    (["--place", "a\0b"], "U+0000"),
    (["--place", "a\x1b[2Jb"], "U+001B"),
    (["--place", "a\x85b"], "U+0085"),
    (["--place", "a\nb"], "--place"),
    (["--place", "\udcff"], "U+DCFF"),
    (["--place", "长" * 501], "500"),
    (["--at", "2026-03-05 09:01"], "将来"),
    (["--at", "3026-03-05"], "--at"),
    (["--at", "yesterday"], "--at"),
    (["--at", ""], "--at"),
    (["--at", "2026-03-05 25:00"], "--at"),
    (["--by", "无名氏"], "张敏"),
    (["--by", ""], "--by"),
    (["--by", " \n"], "--by"),
    (["--note", "a\0b"], "--note"),
    (["--format", "xml"], "--format"),
    (["--nope", "x"], "--nope"),
    (["--visitor", "甲", "--visitor", "乙"], "--visitor"),
    (["extra"], "extra"),
    (["--place"], "--place"),
]


def test_a_malformed_value(desk: Desk) -> None:
    for more, says in MALFORMED:
        fails(desk, [*VISIT, *WORDS, *more], 2, says)


def test_all_that_is_wrong_is_said_at_once(desk: Desk) -> None:
    result = fails(desk, [*VISIT, *WORDS, "--phone", "x", "--unit", "9-9-9", "--relation", "y"], 2)
    assert "--phone" in result.err
    assert "9-9-9" in result.err
    assert "--relation" in result.err


def test_a_megabyte_of_text(desk: Desk) -> None:
    fails(desk, [*VISIT, "--content", "水" * 400_000], 2, "20000")


def test_an_amount_or_a_row_that_is_none(desk: Desk) -> None:
    amounts = ["12.345", "1e3", "1\\,000", "-5", "十元", "NaN", "1_0"]
    rows = ["", "item", "=", "nope=1", "item=a,item", "qty=1", "item=a,qty=x"]
    rows += [f"item=换阀,qty=1,unit_price={amount}" for amount in amounts]
    number = desk.do(REPAIR).id
    desk.do(["repair", "dispatch", number, "--worker", "李强"])
    desk.do(["repair", "arrive", number, "--by", "李强"])
    line = ["repair", "quote", number, "--by", "李强"]
    for row in rows:
        fails(desk, [*line, f"--quote-items={row}"], 2, "--quote-items")
    desk.do([*line, "--quote-items", "item=换阀,qty=2,unit_price=12.30"])
    assert desk.show(number)["quoted_amount"] == "24.60"


def test_a_time_before_the_previous_step(desk: Desk, visit: str) -> None:
    line = ["visit", "reply", visit, "--reply", "好", "--reply-method", "phone"]
    fails(desk, [*line, "--at", "2026-03-05 08:59"], 2, "09:00")


# Steps


def test_a_step_that_is_not_legal_now(desk: Desk, visit: str) -> None:
    fails(desk, ["visit", "close", visit], 4, "已登记 received", "下一步：", "reply 答复")


def test_a_role_that_may_not(desk: Desk, visit: str) -> None:
    line = ["visit", "reply", visit, "--reply", "好", "--reply-method", "phone", "--by", "李强"]
    fails(desk, line, 4, "接待", "reply 答复（接待）")


def test_a_refusal_as_json(desk: Desk, visit: str) -> None:
    error = fails(desk, ["visit", "close", visit, "--format", "json"], 4).json["error"]
    assert error["code"] == 4
    assert error["state"] == "received"
    assert "reply" in [step["command"] for step in error["next"]]


# Numbers

NOBODYS = [
    "zz", "", " ", "../../etc/passwd", "..", ".", "/", "JD-260305-A01/..", "a\nb", "a\0b", "*", "%",
    "?", "JD-999999-A01", "JD-260305-A99", "x" * 5_000, "\udcff",
    "records/visit",
]  # fmt: skip


def test_a_number_that_is_nobodys(desk: Desk, visit: str) -> None:
    for part in NOBODYS:
        for command in ("show", "print", "close"):
            fails(desk, ["visit", command, part], 3)
        fails(desk, ["history", part], 3)


def test_an_ambiguous_number(desk: Desk, visit: str) -> None:
    second = desk.do([*VISIT, *WORDS]).id
    fails(desk, ["visit", "close", "JD-260305"], 3, visit, second)
    fails(desk, ["history", "A0"], 3, visit, second)
    assert desk.do(["visit", "show", "a01", "--format", "json"]).json["id"] == visit


def test_a_number_of_another_form(desk: Desk, visit: str) -> None:
    fails(desk, ["repair", "show", visit], 3)


# Words that look like something else

LOOKALIKES = [
    "-x", "--", "---", "---\nid: x\n---", "-5", "--by 陈立", "- a", "{{ 7*7 }}", "{% for x in y %}",
    "{# a #}", "${HOME}", "$(id)", "`id`", "%s %d", "\\n", "<b>x</b>", "&a *a !t", "null", "~",
    "0301", "9:30", "no", "1e3", "# x", "a: b", "'\"", "|", "🙂𠮷", "王\u202e敏\u200b", "e\u0301",
    "\u3000 x \u3000", "../../x", "[x](y)", "=1+1", "@SUM(1)", "\ufeffx",
]  # fmt: skip


@pytest.mark.parametrize("start", range(0, len(LOOKALIKES), 10))
def test_a_text_is_kept_as_typed_and_never_evaluated(desk: Desk, start: int) -> None:
    for text in LOOKALIKES[start : start + 10]:
        kept_as_typed(desk, text)
    desk.clean()


def kept_as_typed(desk: Desk, text: str) -> None:
    wanted = unmarked(unicodedata.normalize("NFC", text))
    number = desk.do([*VISIT[:-2], f"--visitor={text.splitlines()[0]}", f"--content={text}"]).id
    record = desk.show(number)
    assert record["content"] == wanted
    assert record["visitor"] == wanted.splitlines()[0].strip()
    assert desk(["visit", "print", number]).code == 0
    page = desk.do(["visit", "print", number, "--format", "html"]).out
    assert "<b>x</b>" not in page
    if text == "{{ 7*7 }}":
        assert "49" not in page.replace("1949", "")
    assert desk.do(["visit", "list"]).code == 0


# Lists

HOSTILE = [
    "'a'*10**9", "'a' * 999999999", "9**9**9", "9"*900 + "*" + "9", "().__class__", "{}.items()",
    "state.__class__.__mro__", "'x'|attr('__class__')", "a" * 10_000, "(" * 400 + "1" + ")" * 400,
    "[" * 400 + "]" * 400, "not " * 300 + "1", "-" * 900 + "1", "[x for x in y]",
    "{% for x in range(9) %}{% endfor %}", "range(10**9)", "lipsum(n=9999)", "cycler('a')", "1/0",
    "1 % 0", "'%0999999999d' % 1", "1|round(-999999999)", "1.5|round(999999999, 'ceil')",
    "'a'|center(999999999)", "created_at < today", "state ==", "nope == 1", "1 if", "", " ", "}}",
    "{{ 1 }}", "1 #", "\"", "a\0b", "state.upper()", "find(1, 2)", "record(5)", "self",
    "after(created_at, '9999999y')", "sum_of([{'a': 'x'}], 'a')", "*".join(["1000000000"] * 9),
    "find('visit')|map(attribute='__class__')|first|upper|attr('x')", "x|tojson", "now()", "1;2",
]  # fmt: skip


def test_a_hostile_formula_ends_quickly(desk: Desk, visit: str) -> None:
    for formula in HOSTILE:
        result = fails(desk, ["visit", "list", "--where", formula], 2, "公式")
        assert len(result.err) < 2_000


ASKED_WRONGLY = [
    ["--limit", "0"], ["--limit", "-1"], ["--limit", "ten"], ["--limit", "1.5"], ["--sort", "nope"],
    ["--columns", "nope"], ["--columns", "id,,"], ["--state", "nope"], ["--since", "soon"],
    ["--until", "2026-13-01"], ["--as-of", "x"], ["--format", "yaml"], ["--nope"], ["extra"],
]  # fmt: skip


def test_a_list_asked_for_wrongly(desk: Desk, visit: str) -> None:
    for more in ASKED_WRONGLY:
        fails(desk, ["visit", "list", *more], 2, more[0])
    fails(desk, ["visit", "list", "--format", "xlsx"], 2, "-o")


def test_a_list_before_there_was_anything(desk: Desk) -> None:
    result = desk.do(["visit", "list", "--as-of", "1999-01-01", "--format", "json"])
    assert result.json["records"] == []


def test_a_file_that_cannot_be_written(desk: Desk, visit: str) -> None:
    for target in ("missing/x.txt", "office.yaml/x.txt", "records"):
        not_written(desk, visit, target)


def not_written(desk: Desk, visit: str, target: str) -> None:
    fails(desk, ["visit", "list", "--format", "csv", "-o", target], 6, target.split("/")[0])
    fails(desk, ["visit", "print", visit, "-o", target], 6, target.split("/")[0])


# Commands

NOT_THERE = [
    ("nope", 2, "nope", "repair"),
    ("vist list", 2, "visit", "visit"),
    ("visit nope", 2, "reply", "reply"),
    ("visit new --nope x", 2, "--nope", "--nope"),
    ("visit show", 2, "编号", "ID"),
    ("visit new", 2, "--category 接待类别", "--category Category"),
    ("visit show zz", 3, "list", "list"),
    ("forms show nope", 3, "repair", "repair"),
    ("import nope x.csv", 3, "repair", "repair"),
    ("import unit nope.csv", 2, "nope.csv", "nope.csv"),
    ("--office /nowhere visit list", 3, "/nowhere", "/nowhere"),
    ("desk 1", 2, "A", "A"),
    ("init .", 2, "--name", "--name"),
]


def test_what_there_is_not(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    for line, code, zh, en in NOT_THERE:
        monkeypatch.setenv("PMCLI_LANG", "zh")
        fails(desk, line, code, zh)
        monkeypatch.setenv("PMCLI_LANG", "en")
        result = fails(desk, line, code, en)
        assert not [char for char in result.err if "\u4e00" <= char <= "\u9fff"], result.err


def test_an_office_that_is_there_already(desk: Desk) -> None:
    fails(desk, ["init", ".", "--name", "x"], 5)
    fails(desk, ["init", "office.yaml", "--name", "x"], 5)
    for more in (["--staff", "x"], ["--staff", "x:king"], ["--desk", "11"], ["--name", "a\nb"]):
        fails(desk, ["init", "new", "--name", "x", *more], 2)
    fails(desk, ["init", "office.yaml/x", "--name", "x"], 6)


def test_a_clock_that_is_none(desk: Desk) -> None:
    desk.clock("soon")
    fails(desk, [*VISIT, *WORDS], 2, "PMCLI_NOW")
    fails(desk, ["visit", "list"], 2, "PMCLI_NOW")


def test_nobody_acts(desk: Desk) -> None:
    desk.git("config", "--unset", "user.name")
    desk.git("config", "--unset", "user.email")
    fails(desk, [*VISIT, *WORDS], 2, "--by", "user.name")
    assert desk.do([*VISIT, *WORDS, "--by", "张敏"]).code == 0
    assert desk.do(["visit", "list"]).code == 0
    desk.clean()


def test_git_says_somebody_who_is_not_on_the_list(desk: Desk) -> None:
    desk.git("config", "user.name", "root")
    fails(desk, [*VISIT, *WORDS], 2, "root", "张敏")


# The machine


def test_without_git(desk: Desk, visit: str, tmp_path: Path) -> None:
    (tmp_path / "bin").mkdir()
    before = tree(desk.root)
    for arguments in ([*VISIT, *WORDS], ["visit", "list"], ["init", "x", "--name", "x"]):
        done = process(desk, arguments, env={"PATH": str(tmp_path / "bin")})
        assert done.returncode == 6, done
        assert "git" in done.stderr
        assert "Traceback" not in done.stderr
    assert tree(desk.root) == before
    desk.clean()


def test_a_folder_that_is_no_repository(desk: Desk) -> None:
    shutil.rmtree(desk.root / ".git")
    before = tree(desk.root)
    for arguments in ([*VISIT, *WORDS], ["visit", "list"]):
        result = desk(arguments)
        assert result.code == 6
        assert "git" in result.err
    assert tree(desk.root) == before


def test_a_reader_that_goes_away(desk: Desk) -> None:
    for _ in range(3):
        desk.do([*VISIT, *WORDS])
    for arguments in ("visit list --format json", "visit list", "forms show visit", "--help"):
        program = f"{shlex.quote(sys.executable)} -m pmcli"
        command = f"{program} {arguments} | true; exit ${{PIPESTATUS[0]}}"
        done = subprocess.run(
            ["bash", "-c", command], cwd=desk.root, capture_output=True, text=True, check=False
        )
        assert "Traceback" not in done.stderr
        assert "BrokenPipe" not in done.stderr
        assert done.returncode in (0, 141)
    closed = "exec 1>&-; " + f"{sys.executable} -m pmcli visit list"
    done = subprocess.run(
        ["bash", "-c", closed], cwd=desk.root, capture_output=True, text=True, check=False
    )
    assert "Traceback" not in done.stderr


def test_output_on_a_terminal_of_another_encoding(desk: Desk, visit: str) -> None:
    for encoding in ("ascii", "gbk", "latin-1"):
        done = process(desk, ["visit", "list"], env={"PYTHONIOENCODING": encoding})
        assert done.returncode == 0, done.stderr
        assert visit in done.stdout


def holding(desk: Desk) -> Callable[[], None]:
    """Hold the office's lock from another process; returns what lets go of it."""
    script = (
        "import sys; from pathlib import Path; from pmcli.store.lock import office_lock\n"
        "with office_lock(Path('.git/pmcli')): print('held', flush=True); sys.stdin.read()"
    )
    holder = subprocess.Popen(
        [sys.executable, "-c", script], cwd=desk.root, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )  # fmt: skip
    assert holder.stdout is not None
    assert holder.stdout.readline() == b"held\n"

    def release() -> None:
        holder.communicate()

    return release


def test_the_lock_is_held(desk: Desk, visit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    release = holding(desk)
    try:
        monkeypatch.setenv("PMCLI_LOCK_WAIT", "0")
        fails(desk, [*VISIT, *WORDS], 5)
        assert desk.do(["visit", "list", "--format", "json"]).json["total"] == 1
    finally:
        release()
    monkeypatch.setenv("PMCLI_LOCK_WAIT", "nonsense")
    desk.do([*VISIT, *WORDS])


def test_ctrl_c_while_waiting(desk: Desk, visit: str) -> None:
    before = tree(desk.root)
    release = holding(desk)
    try:
        waiting = subprocess.Popen(
            [sys.executable, "-m", "pmcli", *VISIT, *WORDS],
            cwd=desk.root, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        time.sleep(1.5)
        assert waiting.poll() is None
        waiting.send_signal(signal.SIGINT)
        out, err = waiting.communicate(timeout=20)
    finally:
        release()
    assert waiting.returncode == 130
    assert out == ""
    assert "Traceback" not in err
    assert tree(desk.root) == before
    desk.clean()
    desk.do([*VISIT, *WORDS])


def test_json_even_when_it_fails(desk: Desk, visit: str) -> None:
    for line, code in (
        ("visit show zz --format json", 3),
        ("visit new --format json", 2),
        ("visit close a01 --format json", 4),
        ("visit list --where 1/0 --format json", 2),
        ("visit list --nope --format json", 2),
        ("nope --format json", 2),
    ):
        result = fails(desk, line, code)
        assert json.loads(result.out)["error"]["code"] == code
