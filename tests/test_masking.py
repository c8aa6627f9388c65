"""Personal data in free text, however it is written; and what only looks like it."""

from __future__ import annotations

import pytest
from conftest import Desk

from pmcli.record.masking import Secrets, on_file, secrets_of

KNOWN = Secrets(
    names=frozenset({"王秀英", "阿依古丽·买买提", "John Smith"}),
    register=frozenset({"扎西次仁"}),
    numbers=frozenset({"8888001"}),
    words=frozenset({"行动不便"}),
    public=frozenset({"0731-88886666", "张敏"}),
)


@pytest.mark.parametrize(
    "text, shown",
    [
        ("王秀英家漏水", "王**家漏水"),
        ("王 秀　英", "王**"),
        ("王\u200b秀\u202d英", "王**"),
        ("王女士、王阿姨", "王**、王**"),
        ("阿依古丽说", "阿***说"),
        ("阿依古丽·买买提", "阿******"),
        ("JOHN  SMITH", "J********"),
        ("扎西次仁在家", "扎***在家"),
        ("电话13800138000。", "电话138****8000。"),
        ("１３８　００１３ ８０００", "138****8000"),
        ("138\u202d0013\u202c8000", "138****8000"),
        ("138-0013-8000/139.0013.9000", "138****8000/139****9000"),
        ("1 3 8 0 0 1 3 8 0 0 0", "138****8000"),
        ("+86 13800138000", "138****8000"),
        ("008613800138000", "****"),
        ("一三八零零一三八零零零", "138****8000"),
        ("其一13800138000", "其一138****8000"),
        ("①③⑧00138000", "138****8000"),
        ("家（0731）88880001", "家****"),
        ("0731-8888 0001", "****"),
        ("电话：88881234", "电话：****"),
        ("短号8888001", "短号****"),
        ("证430105199001011234", "证****"),
        ("430105 19900101 123X", "****"),
        ("卡号6222021234567890123", "卡号****"),
        ("护照E12345678", "护照****"),
        ("湘A·12345和湘 A12345D", "湘A****和湘 ****"),
        ("已行动 不便", "已****"),
        ("李阿姨来过", "李**来过"),
    ],
)
def test_masked(text: str, shown: str) -> None:
    assert KNOWN.masked(text, strangers=True) == shown


@pytest.mark.parametrize(
    "text",
    [
        "物业0731-88886666，（0731）88886666",
        "张敏接单",
        "13-2-501 13-2-502 3-2-1201",
        "2026-03-05 10:00 至 2026-03-12 18:30",
        "BX-260305-A01 SJ0012 BX-261305-A13",
        "12345、400-820-8820",
        "共 35.00 元，数量 138",
        "王府井，秀英路",
    ],
)
def test_left_as_it_is(text: str) -> None:
    assert KNOWN.masked(text, strangers=True) == text


def test_an_approved_text_keeps_landlines_and_accounts() -> None:
    text = "供水公司电话0731-84560000，户名：某某公司，账号6222021234567890123；王主任13800138000"
    shown = KNOWN.masked(text, strict=False)
    assert "0731-84560000" in shown and "13800138000" not in shown


def test_the_staff_keep_their_names_though_a_resident_has_it_too() -> None:
    both = Secrets(names=frozenset({"张敏", "李强军"}), public=frozenset({"张敏", "李强"}))
    assert both.masked("张敏、李强、李强军") == "张敏、李强、李**"


def test_a_word_is_no_name_unless_its_bearer_is_concerned(desk: Desk) -> None:
    made = [
        desk.do(
            f"resident new --name {name} --role owner --unit 3-2-501 --phone 1380013800{n} "
            "--since 2024-09-01 --consent-on 2024-09-01"
        ).id
        for n, name in enumerate(("高兴", "温馨", "业主"))
    ]
    from pmcli.store.unit_of_work import Store

    records = [record for i in made if (record := Store(desk.root).records.by_id(i)) is not None]
    assert on_file(records).masked("温馨提示：业主您好") == "温馨提示：业主您好"
    assert secrets_of(records).masked("温馨家，业主") == "温*家，业主"


REPAIR = (
    "repair new --area private --unit 3-2-501 --phone 13800138000 --place 厨房 --kind plumbing "
    "--reporter 王秀英 --request '王秀英家漏水，丈夫扎西次仁13900139000，邻居阿依古丽·买买提也漏，"
    "回电0731-88886666'"
)
RESIDENT = (
    "resident new --name {} --role owner --unit {} --phone 13700137000 "
    "--since 2024-09-01 --consent-on 2024-09-01"
)


@pytest.mark.parametrize("shown", ["txt", "html", "wechat"])
def test_a_public_print_knows_who_is_on_file(desk: Desk, shown: str) -> None:
    desk.do(RESIDENT.format("扎西次仁", "3-2-501"))
    desk.do(
        "unit new --number 3-2-601 --building 3 --entrance 2 --room 601 --use residential "
        "--floor-area 89.56 --completion-date 2024-06-30"
    )
    desk.do(RESIDENT.format("阿依古丽·买买提", "3-2-601"))
    number = desk.do(REPAIR).id
    said = desk.do(f"repair print {number} --public --format {shown}").out
    for secret in ("王秀英", "扎西次仁", "阿依古丽", "13900139000", "13800138000"):
        assert secret not in said
    assert "0731-88886666" in said and "厨房" in said and "3-2-501" in said
    whole = desk.do(f"repair print {number} --format txt").out
    assert "王秀英" in whole and "13900139000" in "".join(whole.split())


def test_a_list_masks_what_its_free_text_tells(desk: Desk) -> None:
    desk.do(REPAIR)
    shown = desk.do("repair list --columns request --format csv").out
    assert "王**家漏水" in shown and "139****9000" in shown
    assert "王秀英家漏水" in desk.do("repair list --columns request --format csv --reveal").out


def test_a_private_column_of_rows_is_masked(desk: Desk) -> None:
    number = desk.do("roster new --month 2026-03 --by 王芳").id
    desk.do(
        f"roster fill {number} --by 王芳 --shifts date=2026-03-28,shift=day,start=8:00,end=20:30,"
        "post=desk,staff=张敏 --on-call post=manager,staff=陈立,phone=13912345678"
    )
    (row,) = desk.do("roster list --format json").json["records"][0]["on_call"]
    assert row == {"post": "manager", "staff": "陈立", "phone": "139****5678"}
    revealed = desk.do("roster list --format json --reveal").json["records"][0]
    assert revealed["on_call"][0]["phone"] == "13912345678"


def test_a_commits_subject_tells_no_number(desk: Desk) -> None:
    own = desk.root / "forms"
    own.mkdir(exist_ok=True)
    (own / "violation.yaml").write_text(
        "extends: violation\ntransitions:\n  advise: {headline: advice}\n", "utf-8"
    )
    number = desk.do(
        "violation new --kind balcony --unit 3-2-501 --place 阳台 --party 王秀英 "
        "--description 正在封闭阳台"
    ).id
    desk.do(["violation", "advise", number, "--advice", "劝阻王秀英13800138000"])
    assert desk.git("log", "-1", "--format=%s").strip().endswith("劝阻王**138****8000")
