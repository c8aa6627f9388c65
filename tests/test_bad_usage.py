"""A command line typed wrongly is answered in the office's language, with nothing written."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import Desk
from mistyped import refuse, repair
from scenes import bring

VALUES: list[tuple[str, str, str]] = [
    ("unit", "../../etc/passwd", "不在房产档案中"),
    ("phone", "A" * 100_000, "…"),
    ("place", "a\0b", "U+0000"),
    ("place", "\x1b[31m", "U+001B"),
    ("place", "\udcff", "U+DCFF"),
    ("place", "厨\n房", "只能有一行"),
    ("request", "\r\n \u2028", "缺少 --request"),
    ("kind", "plumbling", "可选：plumbing 给排水"),
    ("at", "0001-01-01T00:00:00+08:00", "应为时间"),
    ("at", "2026-03-05T08:00:00Z", "16:00 在将来"),
    ("by", "{{ 7*7 }}", "“{{ 7*7 }}”不在人员名单上"),
    ("format", "xml", "可用：table、json"),
]


@pytest.mark.parametrize(("field", "text", "says"), VALUES)
def test_a_value_that_its_type_does_not_take(desk: Desk, field: str, text: str, says: str) -> None:
    refuse(desk, repair(**{field: text}), 2, says)


ROWS: list[tuple[str, str]] = [
    ("item=换管", "缺少 qty= 数量、unit_price="),
    ("colour=红", "可用的列：item"),
    ("item=换管,qty=x,unit_price=1", "--quote-items qty= 数量 应为整数"),
    ("item=换管,qty=1,unit_price=1.234", "--quote-items unit_price="),
    ("item=换管,item=换阀,qty=1,unit_price=1", "item= 只能写一次"),
    ("item=换管，件数=1，价=3", "缺少 qty="),
    ("A" * 100_000, "…"),
]


@pytest.mark.parametrize(("row", "says"), ROWS)
def test_a_row_says_which_column_is_wrong(desk: Desk, row: str, says: str) -> None:
    number = bring(desk, "repair", "arrived")
    refuse(desk, ["repair", "quote", number, "--quote-items", row, "--by", "李强"], 2, says)


LISTS: list[tuple[str, int, str]] = [
    ("--limit x", 2, "大于 0 的整数；收到“x”"),
    ("--limit 3 --limit 4", 2, "--limit 只能给一次"),
    ("--columns ,", 2, "可用：area"),
    ("--open=3", 2, "--open 后面不带内容"),
    ("--since", 2, "--since 后面须有内容"),
    ("-o missing/x.csv --format csv", 6, "没有目录 missing"),
    ("-o / --format csv", 6, "是目录"),
    ("-o . --format json", 6, "是目录"),
    ("-o ''", 2, "不能作文件名"),
]


@pytest.mark.parametrize(("options", "code", "says"), LISTS)
def test_a_list_asked_for_wrongly(desk: Desk, options: str, code: int, says: str) -> None:
    bring(desk, "repair", "received")
    refuse(desk, f"repair list {options}", code, says)


def test_print_to_where_nothing_can_be_written(desk: Desk) -> None:
    number = bring(desk, "repair", "received")
    for target, code in (("missing/x.txt", 6), ("/", 6), ("records", 6), ("/proc/x", 6), ("''", 2)):
        refuse(desk, f"repair print {number} -o {target}", code)
    refuse(desk, ["repair", "print", number, "-o", "a\0b"], 2)


def test_output_goes_to_the_file_in_every_format(desk: Desk, tmp_path: Path) -> None:
    number = bring(desk, "repair", "received")
    for shown in ("table", "json", "csv"):
        target = tmp_path / f"list.{shown}"
        assert desk.do(f"repair list --format {shown} -o {target}").out == ""
        text = target.read_text("utf-8-sig")
        assert number in text and text.endswith("\n") and not text.endswith("\n\n")


USAGE: list[tuple[str, str, str]] = [
    ("repari list", "没有命令或表单“repari”", "There is no command or form “repari”"),
    ("repair nwe", "没有步骤“nwe”", "has no step “nwe”"),
    ("repair new --nope", "没有选项 --nope", "There is no option --nope"),
    ("--nope", "没有选项 --nope", "There is no option --nope"),
    ("repair show", "请给出 编号", "Give ID"),
    ("init there", "请给出 --name", "Give --name"),
    ("repair show a b", "多出了：b", "one too many: b"),
    ("forms nope", "可用：list、show", "list, show"),
    ("repair dispatch a01", "缺少 --worker", "missing: --worker"),
    ("repair dispatch a01 --worker", "--worker 后面须有内容", "--worker wants a value"),
    ("repair dispatch a01 --worker 李强 --worker 吴刚", "--worker 只能给一次", "only once"),
    ("repair dispatch a01 --worker 李强 --by 张敏 --by 王芳", "--by 只能给一次", "only once"),
    ("repair dispatch a01 --worker 李强 --at 9:00 --at 8:00", "--at 只能给一次", "only once"),
    ("repair list --format json --format csv", "--format 只能给一次", "only once"),
    ("desk 1", "台号应为", "A desk is one letter"),
    ("import unit .", "没有文件", "There is no file"),
    ("import repair x.csv", "不能导入", "cannot be imported"),
    ("repair print --layout nope", "可用：order", "order"),
]


@pytest.mark.parametrize(("line", "zh", "en"), USAGE)
def test_usage(desk: Desk, monkeypatch: pytest.MonkeyPatch, line: str, zh: str, en: str) -> None:
    bring(desk, "repair", "received")
    refuse(desk, line, 2, zh)
    monkeypatch.setenv("PMCLI_LANG", "en")
    refuse(desk, line, 2, en)


def test_a_text_file_named_as_a_spreadsheet(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "roster.xlsx").write_text("房号,业主\n3-2-501,刘先生\n", "utf-8")
    refuse(desk, f"import unit {tmp_path / 'roster.xlsx'}", 2, "找不到表头")
