"""Every fault of a form file is told with its file and line, and the other forms go on working."""
# ruff: noqa: E501  (a case stands on one line)

from __future__ import annotations

import pytest
from conftest import Desk
from scenes import bring

from pmcli.form.library import Library
from pmcli.store.office import load_library

KITE = """\
form: kite
title: 风筝单 | Kite
prefix: FZ
fields:
  colour: {label: 颜色 | Colour, type: text}
  size:
    label: 大小 | Size
    type: choice
    choices: {big: 大 | big, small: 小 | small}
  notes: {label: 说明 | Notes, type: longtext, body: true}
  total: {label: 合计 | Total, type: money, auto: true}
  reels:
    label: 线轴 | Reels
    type: rows
    key: name
    columns: {name: {label: 名称 | Name, type: text}}
states:
  up: 已起飞 | up
  torn: 破损 | torn
  down: {label: 已落地 | down, final: true}
transitions:
  new:
    label: 放飞 | Fly
    to: up
    role: any
    asks: [colour]
    may: [size, notes]
    needs:
    - when: size == 'big'
      give: [notes]
  tear:
    label: 撕破 | Tear
    from: up
    to: torn
    headline: size
    by: [created_by]
    append: {reels: {name: =actor}}
  land:
    label: 收线 | Land
    from: [up, torn]
    to: down
    set: {total: =none}
    guard:
    - when: size
      if: colour
      say: "{{ colour }} 不对 | {{ colour }} is wrong"
    create:
    - form: kite
      keep: reels
      values: {colour: =colour}
    update:
    - {in: source, set: {colour: =colour}}
clocks:
  land:
    label: 收线 | land
    from: created_at
    until: land
    within: 1d
    paused_in: torn
    overdue_first: land
figures:
  wind: {value: 3d, source: 气象台}
list: [id, colour, state, next_due]
prints:
  slip:
    title: 风筝单 | Kite
    parts:
    - fields: [colour, size]
    - text: notes
    - paragraph: 起飞 {{ day(created_at) }} | Flown {{ day(created_at) }}
"""


def faults_of(text: str) -> list[tuple[int, str]]:
    """Lines and sentences of the faults in a form file; all of them name the file."""
    library = Library({}, {"kite": ("forms/kite.yaml", text)})
    _, faults = library.all()
    assert all(fault.file == "forms/kite.yaml" for fault in faults)
    assert all(fault.sentence.text("en") for fault in faults)
    return [(fault.line, fault.sentence.text("zh")) for fault in faults]


def test_the_kite_itself_is_fine() -> None:
    assert faults_of(KITE) == []


CASES = [
    # (what stands in the file, what is written instead, the line the fault is at, what it says)
    ("unknown key", "prefix: FZ", "prefix: FZ\ncolor: red", "color: red", "不认识的键 color"),
    ("unknown field key", "type: text}\n  size", "type: text, width: 3}\n  size", "width", "不认识的键 width"),
    ("unknown step key", "    from: up", "    frm: up\n    from: up", "frm:", "不认识的键 frm"),
    ("unknown guard key", "    - when: size\n", "    - whenever: size\n", "whenever", "不认识的键 whenever"),
    ("unknown clock key", "paused_in: torn", "pauses_in: torn", "pauses_in", "不认识的键 pauses_in"),
    ("unknown layout key", "    parts:", "    part: {}\n    parts:", "part: {}", "不认识的键 part"),
    ("no title", "title: 风筝单 | Kite\nprefix", "prefix", "form: kite", "缺少 title"),
    ("no label", "colour: {label: 颜色 | Colour, type", "colour: {type", "colour: {type", "缺少 label"),
    ("name differs", "form: kite", "form: boat", "form: boat", "与文件名 kite.yaml 不一致"),
    ("bad prefix", "prefix: FZ", "prefix: fz1", "prefix: fz1", "应为两三个大写字母"),
    ("neither prefix nor number", "prefix: FZ\n", "", "form: kite", "只能一个"),
    ("both prefix and number", "prefix: FZ", "prefix: FZ\nnumber: colour", "form: kite", "只能一个"),
    ("number of no field", "prefix: FZ", "number: code", "number: code", "没有字段 code"),
    ("bad field name", "  colour: {", "  Colour: {label: x, type: text}\n  colour: {", "Colour: {label: x", "小写英文字母"),
    ("reserved field name", "  colour: {", "  state: {label: x, type: text}\n  colour: {", "state: {label: x", "已由 pmcli 使用"),
    ("field named as a stamp", "  colour: {", "  land_at: {label: x, type: text}\n  colour: {", "land_at: {", "已由 pmcli 使用"),
    ("unknown type", "type: money", "type: cash", "type: cash", "没有“cash”"),
    ("choice without choices", "type: money", "type: choice", "type: choice, auto", "choices 与类型 choice 不相配"),
    ("choices without choice", "type: choice", "type: text", "    type: text", "choices 与类型 text 不相配"),
    ("link without target", "type: money", "type: link", "type: link", "to 与类型 link 不相配"),
    ("rows without columns", "type: money", "type: rows", "type: rows, auto", "columns 与类型 rows 不相配"),
    ("link to no form", "type: money", "type: link, to: [sky]", "to: [sky]", "指向不存在的表单 sky"),
    ("default that is no choice", "    type: choice", "    type: choice\n    default: huge", "default: huge", "没有“huge”这一项"),
    ("key that is no column", "key: name", "key: item", "key: item", "没有字段 item"),
    ("two bodies", "type: text}\n  size", "type: longtext, body: true}\n  size", "notes:", "只能有一个正文字段"),
    ("body of one line", "longtext, body", "text, body", "text, body", "应为 longtext"),
    ("flag that is none", "auto: true", "auto: maybe", "auto: maybe", "应为 true 或 false"),
    ("follows what is not there", "type: money", "type: link+, to: [kite], follows: {form: sky, by: source}", "follows", "指向不存在的表单 sky"),
    ("follows by nothing", "type: money", "type: link+, to: [kite], follows: {form: kite, by: parent}", "follows", "kite 没有字段 parent"),
    ("unreachable state", "  torn: 破损 | torn", "  torn: 破损 | torn\n  lost: {label: 丢失 | lost, final: true}", "lost: {", "没有步骤能到达状态 lost"),
    ("dead end", "from: [up, torn]", "from: [up]", "torn: 破损", "状态 torn 不是终态"),
    ("transition to nowhere", "to: torn", "to: moon", "to: moon", "tear：没有状态 moon"),
    ("transition from nowhere", "from: [up, torn]", "from: [up, torn, moon]", "torn, moon", "land：没有状态 moon"),
    ("out of a final state", "from: [up, torn]", "from: [up, torn, down]", "torn, down", "终态 down 不能再有步骤"),
    ("new to nowhere", "    to: up", "    to: same", "to: same", "new 的 to 应为一个状态"),
    ("new from somewhere", "    to: up", "    to: up\n    from: torn", "from: torn", "new 没有 from"),
    ("step without from", "    from: up\n", "", "  label: 撕破", "缺少 from"),
    ("two rows from one state", "    from: up\n    to: torn", "    from: [up, up]\n    to: torn", "", ""),
    ("reserved command", "  tear:", "  list:", "label: 撕破", "不能是 list、show、print"),
    ("bad command", "  tear:", "  Tear_off:", "label: 撕破", "只用小写字母"),
    ("unknown role", "    role: any", "    role: pilot", "role: pilot", "没有岗位“pilot”"),
    ("unknown person", "by: [created_by]", "by: [pilot]", "by: [pilot]", "tear：没有字段 pilot"),
    ("unknown input", "asks: [colour]", "asks: [color]", "asks: [color]", "new：没有字段 color"),
    ("unknown optional input", "may: [size, notes]", "may: [size, note, remark]", "remark", "new：没有字段 remark"),
    ("input that pmcli writes", "may: [size, notes]", "may: [size, notes, total]", "notes, total", "字段 total 由 pmcli 填写"),
    ("all_but of no field", "may: [size, notes]", "may: {all_but: [wings]}", "wings", "没有字段 wings"),
    ("need of no field", "give: [notes]", "give: [weight]", "weight", "new：没有字段 weight"),
    ("need of nothing", "      give: [notes]\n", "", "when: size ==", "须有 give、any_of、one_of 之一"),
    ("guard of nothing", "      if: colour\n", "", "    - when: size", "须有 if 或 none 之一"),
    ("guard that says nothing", '      say: "{{ colour }} 不对 | {{ colour }} is wrong"\n', "", "    - when: size", "缺少 say"),
    ("set of no field", "set: {total", "set: {sum", "sum: =none", "land：没有字段 sum"),
    ("append to no column", "{reels: {name", "{reels: {metre", "metre", "没有字段 metre"),
    ("append to no field", "append: {reels:", "append: {rolls:", "rolls", "没有字段 rolls"),
    ("headline of no field", "headline: size", "headline: width", "headline: width", "没有字段 width"),
    ("keeps in no field", "keep: reels", "keep: kites", "keep: kites", "没有字段 kites"),
    ("creates what is not there", "    - form: kite", "    - form: sky", "form: sky", "要生成不存在的表单 sky"),
    ("gives a child what it has not", "values: {colour:", "values: {color:", "color: =colour", "kite 没有字段 color"),
    ("creates by formula of no forms", "    - form: kite", "    - form: =colour", "form: =colour", "缺少 forms"),
    ("updates through no field", "{in: source", "{in: parent", "in: parent", "没有字段 parent"),
    ("bad formula", "      if: colour", "      if: colour ==", "if: colour ==", "公式“colour ==”有误"),
    ("formula that is a statement", "      if: colour", "      if: colour | upper()()", "upper()()", "有误"),
    ("unknown name in a formula", "      if: colour", "      if: color", "if: color", "公式里没有 color 这个名称"),
    ("unknown name in a sentence", "{{ colour }} 不对", "{{ color }} 不对", "{{ color }}", "公式里没有 color 这个名称"),
    ("unknown function", "{{ day(created_at) }} |", "{{ moon(created_at) }} |", "moon(", "只能调用"),
    ("unknown filter", "      if: colour", "      if: colour | xmlattr", "xmlattr", "没有过滤器 xmlattr"),
    ("loop in a sentence", "say: \"{{ colour }} 不对", "say: \"{% for x in colour %}{{ x }}{% endfor %} 不对", "{% for", "有误"),
    ("clock without end", "    until: land\n", "", "label: 收线 | land", "缺少 until"),
    ("clock without figure", "    within: 1d\n", "", "label: 收线 | land", "时限须有 within 或 at"),
    ("clock from nothing", "from: created_at", "from: flown_at", "from: flown_at", "没有字段 flown_at"),
    ("clock until nothing", "until: land", "until: crash", "until: crash", "没有字段 crash"),
    ("clock at nothing", "within: 1d", "at: supper", "at: supper", "没有字段 supper"),
    ("clock of no length", "within: 1d", "within: soon", "within: soon", "“soon”不是时长"),
    ("clock paused nowhere", "paused_in: torn", "paused_in: stuck", "paused_in: stuck", "没有状态 stuck"),
    ("clock proposing nothing", "overdue_first: land", "overdue_first: dive", "overdue_first: dive", "没有步骤 dive"),
    ("figure that is none", "value: 3d", "value: strong", "value: strong", "“strong”不是时长"),
    ("list of no field", "list: [id, colour", "list: [id, color", "list: [id, color", "list：没有字段 color"),
    ("page of no field", "- fields: [colour, size]", "- fields: [color, size]", "[color, size]", "slip：没有字段 color"),
    ("page of nothing", "    - text: notes", "    - picture: kite.png", "picture", "须有以下之一"),
    ("text in place of a mapping", "clocks:\n", "clocks: 三天\nclox:\n", "clocks: 三天", "clocks 之下应为 键: 值"),
    ("list in place of a text", "title: 风筝单 | Kite\nprefix", "title: [风筝单]\nprefix", "title: [", "title 应为文字"),
    ("duplicate key", "prefix: FZ", "prefix: FZ\nprefix: FY", "prefix: FY", "键 prefix 出现两次"),
    ("duplicate field", "  notes: {", "  colour: {label: 色 | C, type: text}\n  notes: {", "label: 色", "键 colour 出现两次"),
    ("broken YAML", "prefix: FZ", "prefix: [FZ", "", "YAML 有误"),
    ("tab", "  colour: {", "\tcolour: {", "\tcolour", "YAML 有误"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "mark", "says"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_fault(old: str, new: str, mark: str, says: str) -> None:
    assert KITE.count(old) >= 1, "the case no longer fits the form"
    text = KITE.replace(old, new, 1)
    found = faults_of(text)
    if not says:
        return
    told = [(line, sentence) for line, sentence in found if says in sentence]
    assert told, found
    assert all(line > 0 for line, _ in found), found
    if mark:
        lines = [n for n, line in enumerate(text.splitlines(), start=1) if mark in line]
        assert told[0][0] in lines, (told, lines)


def test_all_faults_are_told_at_once() -> None:
    text = KITE.replace("type: money", "type: cash").replace("role: any", "role: pilot")
    assert len(faults_of(text + "colour: red\n")) == 3


def test_two_rows_of_a_command_from_one_state() -> None:
    text = KITE.replace(
        "  tear:\n    label: 撕破 | Tear\n    from: up\n    to: torn\n",
        "  tear:\n  - {label: 撕破 | Tear, from: up, to: torn}\n"
        "  - {label: 撕开 | Rip, from: up, to: down}\n  mend:\n    label: 补 | Mend\n"
        "    from: torn\n    to: up\n",
    )
    ((line, sentence),) = faults_of(text)
    assert "撕开" in text.splitlines()[line - 1]
    assert "up 有两条走法" in sentence


def test_an_empty_file() -> None:
    for text in ("", "# 还没写\n"):
        assert [sentence for _, sentence in faults_of(text)] == ["文件是空的"]
    assert faults_of("- 一\n- 二\n")


def test_a_file_that_contains_itself() -> None:
    assert faults_of("form: kite\nfields: &f {colour: *f}\n")[0][1].startswith("YAML 有误")


def test_a_prefix_used_twice_is_told_at_the_office_form() -> None:
    library = Library(
        {"repair": ("<pmcli>/forms/repair.yaml", "form: repair\n" + KITE.partition("\n")[2])},
        {"kite": ("forms/kite.yaml", KITE)},
    )
    _, faults = library.all()
    told = [f for f in faults if "编号前缀 FZ 已被 repair 使用" in f.sentence.text("zh")]
    assert [(f.file, f.line) for f in told] == [("forms/kite.yaml", 3)]


def test_a_form_named_as_a_command() -> None:
    text = KITE.replace("form: kite\ntitle", "form: search\ntitle").replace(
        "- form: kite", "- form: search"
    )
    _, faults = Library({}, {"search": ("forms/search.yaml", text)}).all()
    assert [(f.line, f.sentence.text("zh")) for f in faults] == [(1, "表单名 search 与命令同名")]


def test_the_shipped_forms_have_no_faults() -> None:
    forms, faults = load_library(None).all()
    assert faults == []
    assert len(forms) >= 7


def put(desk: Desk, text: str | bytes, name: str = "kite") -> None:
    """Put a form file into the office."""
    folder = desk.root / "forms"
    folder.mkdir(exist_ok=True)
    raw = text.encode("utf-8") if isinstance(text, str) else text
    (folder / f"{name}.yaml").write_bytes(raw)


def test_a_faulty_form_is_told_where_it_is_used_and_others_work(desk: Desk) -> None:
    put(desk, KITE.replace("to: torn", "to: moon"))
    place = "forms/kite.yaml:34: tear：没有状态 moon"
    told = desk("forms check")
    assert told.code == 1
    assert place in told.err
    found = desk("forms check --format json").json["findings"]
    assert {"file": "forms/kite.yaml", "line": 34, "message": "tear：没有状态 moon"} in found
    for line in ("kite list", "kite new --colour 红", "kite --help", "forms show kite"):
        refused = desk(line)
        assert refused.code == 1, line
        assert place in refused.err, line
    number = bring(desk, "repair", "signed")
    assert desk.do("repair list --format json").json["total"] == 1
    assert number in desk.do("repair list").out
    assert desk("forms check repair").code == 0
    # a faulty form does not hide the good ones
    assert "repair" in desk("forms").out


def test_a_form_that_is_not_utf8(desk: Desk) -> None:
    put(desk, KITE.encode("gbk"))
    told = desk("forms check")
    assert told.code == 1
    assert "forms/kite.yaml:2: 不是 UTF-8 编码" in told.err
    bring(desk, "repair", "received")


def test_a_form_with_a_byte_order_mark_and_windows_lines(desk: Desk) -> None:
    put(desk, b"\xef\xbb\xbf" + KITE.replace("\n", "\r\n").encode("utf-8"))
    desk.do("forms check")
    assert desk.do("kite new --colour 红").id == "FZ-260305-A01"


def test_a_folder_in_the_place_of_a_form(desk: Desk) -> None:
    (desk.root / "forms" / "kite.yaml").mkdir(parents=True)
    told = desk("forms check")
    assert told.code == 1
    assert "forms/kite.yaml: 无法读取" in told.err
    bring(desk, "repair", "received")


def test_a_formula_that_fails_on_the_data_names_its_line(desk: Desk) -> None:
    text = KITE.replace("      if: colour\n", "      if: colour + 1\n")
    line = text[: text.index("colour + 1")].count("\n") + 1
    put(desk, text)
    desk.do("forms check kite")
    number = desk.do("kite new --colour 红 --size 大 --notes 大风筝").id
    refused = desk.refused(f"kite land {number}", 1)
    assert f"forms/kite.yaml:{line}: 公式“colour + 1”有误" in refused.err
