"""Records brought into a situation by the commands a clerk would type, and refusals read back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from conftest import Desk

from pmcli.problems import Want

PATHS: dict[str, dict[str, list[str]]] = {
    "visit": {
        "received": [
            "visit new --category repair --channel phone --visitor 刘先生 --phone 13800000001 "
            "--unit 3-2-501 --content 厨房水管漏水"
        ],
        "referred": ["=received", "visit refer {id} --kind plumbing --area private --place 厨房"],
        "answered": ["=referred", "visit reply {id} --reply 维修已派单 --reply-method phone"],
        "closed": [
            "visit new --category other --channel phone --visitor 刘先生 --content 打听营业时间",
            "visit reply {id} --reply 每日八点开门 --reply-method phone",
            "visit close {id}",
        ],
    },
    "repair": {
        "received": [
            "repair new --area private --unit 3-2-501 --phone 13800000001 --place 厨房 "
            "--kind plumbing --reporter 刘先生 --request 角阀漏水"
        ],
        "dispatched": ["=received", "repair dispatch {id} --worker 李强"],
        "arrived": ["=dispatched", "repair arrive {id} --by 李强"],
        "quoted": [
            "=arrived",
            "repair quote {id} --quote-items item=换角阀,qty=1,unit_price=35 --by 李强",
        ],
        "agreed": [
            "=quoted",
            "repair agree {id} --agreed-by 刘先生 --agree-method signature --by 李强",
        ],
        "working": ["=agreed", "repair start {id} --by 李强"],
        "held": ["=working", "repair hold {id} --hold-reason parts --by 李强"],
        "finished": ["=working", "repair finish {id} --work-done 更换角阀 --amount 35 --by 李强"],
        "signed": ["=finished", "repair sign {id} --signed-by 刘先生 --by 李强"],
        "closed": [
            "=signed",
            "repair collect {id} --collected-amount 35 --receipt-no SJ0012",
            "revisit do {revisits} --method phone --result satisfied",
            "repair close {id}",
        ],
        "void": ["=received", "repair void {id} --reason 重复报修 --by 王芳"],
    },
    "complaint": {
        "received": [
            "complaint new --complainant 王女士 --channel phone --unit 3-2-501 --against security "
            "--cause attitude --request 门岗态度生硬 --apologised yes --against-staff 赵军"
        ],
        "assigned": ["=received", "complaint assign {id} --handler 王芳"],
        "answered": [
            "=assigned",
            "complaint answer {id} --answer 已了解情况 --answer-method phone --by 王芳",
        ],
        "resolved": [
            "=answered",
            "complaint resolve {id} --action 岗位培训 --result 当面道歉 "
            "--dept-apology-by 王芳 --by 王芳",
        ],
        "closed": [
            "=resolved",
            "revisit do {revisits} --method phone --result satisfied",
            "complaint judge {id} --valid yes --judge-reason 监控属实 --by 王芳",
            "complaint close {id}",
        ],
        "void": ["=received", "complaint void {id} --reason 与另一单重复 --by 陈立"],
    },
    "rework": {
        "drafted": [
            "rework new --unit 3-2-501 --phone 13800000001 --item waterproof --reporter 刘先生 "
            "--request 卫生间外墙渗水"
        ],
        "sent": ["=drafted", "rework send {id} --sent-to 孙工 --send-method hand"],
        "returned": ["=sent", "rework bounce {id} --reason 不属工程遗留"],
        "accepted": ["=sent", "rework accept {id} --due-on 2026-03-20"],
        "finished": ["=accepted", "rework finish {id} --finding 重做防水层"],
        "confirmed": ["=finished", "rework confirm {id} --signed-by 刘先生"],
        "closed": [
            "=confirmed",
            "revisit do {revisits} --method phone --result satisfied",
            "rework close {id}",
        ],
        "converted": ["=returned", "rework convert {id} --kind leak --area private --place 阳台"],
        "void": ["=drafted", "rework void {id} --reason 填错 --by 王芳"],
    },
    "revisit": {
        "planned": [
            "repair new --area public --place 大堂 --kind electrical --reporter 保安 "
            "--request 灯不亮",
            "revisit new --target {id} --round first --due-at 2026-03-12",
        ],
        "done": ["=planned", "revisit do {id} --method phone --result satisfied"],
        "skipped": [
            "=planned",
            "revisit skip {id} --skip-reason declined --reason 业主谢绝 --by 王芳",
        ],
    },
    "resident": {
        "active": [
            "resident new --name 刘先生 --role owner --unit 3-2-501 --phone 13800000001 "
            "--since 2024-08-01 --consent-on 2024-08-01"
        ],
        "left": ["=active", "resident leave {id} --until 2026-03-01"],
        "erased": [
            "=left",
            "resident erase {id} --erase-basis request --reason 本人要求 --by 陈立",
        ],
    },
    "unit": {
        "registered": [
            "unit new --number 3-2-502 --building 3 --entrance 2 --room 502 --use residential "
            "--floor-area 89.56 --completion-date 2024-06-30"
        ],
        "delivered": [
            "=registered",
            "resident new --name 何女士 --role owner --unit 3-2-502 --phone 13800000003 "
            "--since 2024-08-01 --consent-on 2024-08-01",
            "unit deliver 3-2-502 --delivered-on 2024-08-01",
        ],
        "occupied": ["=delivered", "unit occupy 3-2-502"],
        "let": [
            "=delivered",
            "resident new --name 丁先生 --role tenant --unit 3-2-502 --phone 13800000004 "
            "--since 2026-02-01 --consent-on 2026-02-01",
            "unit let 3-2-502 --let-told-on 2026-02-01",
        ],
        "vacant": ["=occupied", "unit vacate 3-2-502"],
        "retired": ["=registered", "unit retire 3-2-502 --reason 合并 --by 陈立"],
    },
    "roster": {
        "draft": ["roster new --month 2026-03 --by 王芳"],
        "submitted": [
            "=draft",
            "roster fill {id} --by 王芳 --shifts date=2026-03-01~2026-03-31,shift=day,start=8:00,"
            "end=20:30,post=desk,staff=张敏 --on-call post=area_manager,staff=郑经理,"
            "phone=13800000011 --on-call post=manager,staff=陈立,phone=13800000012 "
            "--on-call post=security_lead,staff=赵军,phone=13800000013 "
            "--on-call post=repair_lead,staff=李强,phone=13800000014",
            "roster submit {id} --by 王芳",
        ],
        "published": ["=submitted", "roster publish {id} --by 陈立"],
        "archived": [
            "roster new --month 2026-02 --by 王芳",
            "roster fill {id} --by 王芳 --shifts date=2026-02-01~2026-02-28,shift=day,start=8:00,"
            "end=20:30,post=desk,staff=张敏 --on-call post=area_manager,staff=郑经理,"
            "phone=13800000011 --on-call post=manager,staff=陈立,phone=13800000012 "
            "--on-call post=security_lead,staff=赵军,phone=13800000013 "
            "--on-call post=repair_lead,staff=李强,phone=13800000014",
            "roster submit {id} --by 王芳",
            "roster publish {id} --by 陈立",
            "roster archive {id} --by 王芳",
        ],
    },
    "duty": {
        "opened": ["duty new --date 2026-03-05 --shift day --on-duty 张敏 --reason 尚无值班表"],
        "closed": ["=opened", "duty close {id} --no-successor-reason 夜间无人值班"],
    },
    "handover": {
        "drafted": [
            "duty new --date 2026-03-05 --shift day --on-duty 张敏 --reason 尚无值班表",
            "handover new --outgoing 张敏 --duty {id}",
        ],
        "offered": ["=drafted", "handover offer {id} --incoming 林悦 --tidy yes"],
        "accepted": [
            "=offered",
            "handover accept {id} --arrived-at 8:55 --log-read yes --area-normal yes "
            "--equipment item=对讲机,counted=4 --equipment item=灭火器,counted=2 "
            "--equipment item=水瓶,counted=2 --by 林悦",
        ],
    },
    "patrol": {
        "opened": ["patrol new --date 2026-03-05 --block A区 --route estate"],
        "closed": [
            "=opened",
            *(
                f"patrol check {{id}} --point {point} --finding normal"
                for point in (
                    "ground_green",
                    "facade_signs",
                    "notice_board",
                    "vehicles",
                    "shared_facilities",
                    "renovation_units",
                    "other",
                )
            ),
            "patrol close {id}",
        ],
        "void": ["=opened", "patrol void {id} --reason 没有走完 --by 王芳"],
    },
    "renovation": {
        "applied": [
            "renovation new --unit 3-2-501 --applicant 何女士 --applicant-role owner "
            "--phone 13800000003 --contractor 某装饰公司 --scope 厨卫翻新 --works none "
            "--start-on 2026-03-05 --end-on 2026-05-15"
        ],
        "incomplete": ["=applied", "renovation supplement {id} --supplement-need 图纸"],
        "approved": [
            "=applied",
            "renovation record-doc {id} --documents doc=产权或合法证明,received_on=2026-03-05 "
            "--documents doc=申请人身份证明,received_on=2026-03-05 "
            "--documents doc=装修方案图纸,received_on=2026-03-05 "
            "--documents doc=施工单位执照资质,received_on=2026-03-05 "
            "--documents doc=施工人员身份及工种证件,received_on=2026-03-05",
            "renovation approve {id} --by 王芳",
        ],
        "permitted": [
            "=approved",
            "renovation permit {id} --agreement-on 2026-03-05 --told-signed yes --fire-pledge yes "
            "--neighbours-told yes --deposit 2000 --deposit-receipt SJ0030 "
            "--fees item=清运费,amount=300,receipt_no=SJ0031 "
            "--passes pass_no=001,name=何工,trade=水电,deposit=20",
        ],
        "working": ["=permitted", "renovation start {id} --permit-posted yes --extinguishers 2"],
        "suspended": ["=working", "renovation suspend {id} --reason 动火未报 --by 王芳"],
        "accepting": ["=working", "renovation request-acceptance {id}"],
        "accepted": [
            "=accepting",
            "renovation accept {id} --acceptance item=防水,pass=yes --by 王芳",
        ],
        "refundable": [
            "=accepted",
            "renovation recheck {id} --recheck-result pass --reason 业主要求提前 "
            "--passes pass_no=001,returned_on=2026-03-05 --by 陈立",
        ],
        "closed": [
            "=refundable",
            "renovation refund {id} --refund-receipt TK009 --refund-signed-by 何女士 --by 周洁",
        ],
        "rejected": ["=applied", "renovation reject {id} --reason 拆承重墙 --by 王芳"],
        "withdrawn": ["=applied", "renovation withdraw {id} --reason 改期"],
    },
    "violation": {
        "found": [
            "violation new --kind balcony --unit 3-2-501 --place 阳台 --description 正在封闭阳台"
        ],
        "advised": ["=found", "violation advise {id} --advice 当面劝阻"],
        "notified": [
            "=advised",
            "violation notify {id} --demand 停止封闭并恢复原状 --until 2026-03-12 "
            "--served-method signed --served-to 何女士",
        ],
        "reported": [
            "=notified",
            "violation report {id} --authority urban --reason 拒不整改 --by 王芳",
        ],
        "fixed": ["=notified", "violation fix {id} --fix-note 已恢复 --by 赵军"],
        "closed": ["=fixed", "violation close {id}"],
    },
    "notice": {
        "draft": [
            "notice new --template blank --genre 温馨提示 --title 关于文明养犬的温馨提示 "
            "--addressee 尊敬的业主： --issue-on 2026-03-05 "
            "--body 近期园区养犬住户增多，出门遛犬请您牵好绳。感谢您的配合！"
        ],
        "submitted": ["=draft", "notice submit {id}"],
        "approved": ["=submitted", "notice approve {id} --by 陈立"],
        "posted": [
            "=approved",
            "notice post {id} --places place=3栋大堂,by=张敏 --valid-until 2026-03-31",
        ],
        "removed": ["=posted", "notice remove {id} --reason 内容已更新"],
        "void": ["=draft", "notice void {id} --reason 重复"],
    },
}
"""How a record of each form gets into each of its states; `=state` goes on from that state."""


def bring(desk: Desk, form: str, state: str) -> str:
    """Make a record, take it to a state and return its number."""
    number = ""
    for line in lines_to(form, state):
        made = desk.do(fill(desk, line, number)).id
        number = (
            made
            if line.split()[1] == "new" and line.split()[0] in (form, "repair", "duty")
            else number
        )
    assert desk.show(number)["state"] == state
    return number


def lines_to(form: str, state: str) -> list[str]:
    """The commands that take a record to a state, its number written {id}."""
    lines: list[str] = []
    for line in PATHS[form][state]:
        lines += lines_to(form, line[1:]) if line.startswith("=") else [line]
    return lines


def fill(desk: Desk, line: str, number: str) -> str:
    """A command line with {id} and {field} replaced by what the record has (a list's first)."""
    if "{" not in line:
        return line
    found = re.search(r"\{(?!id\})(\w+)\}", line)
    values: dict[str, Any] = {"id": number}
    if found:
        held = desk.show(number)[found[1]]
        values[found[1]] = held[0] if isinstance(held, list) else held
    return line.format(**values)


def new_unit(desk: Desk, number: str = "5-1-302") -> str:
    """File one more flat."""
    building, entrance, room = number.split("-")
    desk.do(
        f"unit new --number {number} --building {building} --entrance {entrance} --room {room} "
        "--use residential --floor-area 89.56 --completion-date 2020-06-30"
    )
    return number


@contextmanager
def one_commit(desk: Desk) -> Iterator[None]:
    """What is typed inside makes one commit and leaves nothing uncommitted."""
    before = desk.commits
    yield
    assert desk.commits == before + 1
    desk.clean()


@dataclass(frozen=True)
class Refusal:
    """A refusal as a clerk reads it (`text`) and as a script reads it (the rest)."""

    text: str
    messages: list[str]
    state: str | None
    next: list[str]
    roles: dict[str, list[str]]
    see: list[str]

    def says(self, *parts: str) -> bool:
        """Whether every part stands in one of the sentences."""
        return all(any(part in message for message in self.messages) for part in parts)


_GUARD = re.compile(r"[a-z_]+\.[a-z][a-z-]*\.[1-9]\d*")
_ABOUT = {"missing", "one_of", "only_one", "wrong", "value", "unknown"}
"""Kinds of conditions that concern an input and name it, or what there is instead."""


def tells_what_is_unmet(error: dict[str, Any]) -> None:
    """A refusal, as a script reads it, says of each condition its kind and what it concerns."""
    assert error["unmet"], error
    for one in error["unmet"]:
        assert one["kind"] in {*Want}, one
        assert one["message"] in error["messages"], error
        assert (one["kind"] == "guard") == bool(one["guard"] and _GUARD.fullmatch(one["guard"])), (
            one
        )
        if one["kind"] in _ABOUT:
            assert one["fields"] or one["alternatives"], one
        for name in (*one["fields"], *one["alternatives"]):
            assert isinstance(name, str) and not name.startswith("-"), one


_STEP = re.compile(r"(?:：|、)([a-z][a-z-]*) ")


def refuse(desk: Desk, line: str, code: int = 4) -> Refusal:
    """Type a command that must be refused; what people and scripts are told must agree."""
    typed = desk.refused(line, code)
    assert typed.out == ""
    error = desk.refused(f"{line} --format json", code).json["error"]
    assert error["code"] == code
    if code in (2, 4):
        tells_what_is_unmet(error)
    for message in error["messages"]:
        assert message in typed.err
    steps = [step["command"] for step in error.get("next", [])]
    told = next((x for x in typed.err.splitlines() if x.startswith("下一步：")), "")
    assert _STEP.findall(told) == steps
    see = error.get("see", [])
    assert [x for x in typed.err.splitlines() if x.startswith("另见：")] == [
        f"另见：pmcli {command}" for command in see
    ]
    if error.get("record"):
        assert typed.err.startswith(f"{error['record']} 现为 ")
        assert f" {error['state']}，不能办理：" in typed.err.splitlines()[0]
    return Refusal(
        typed.err,
        error["messages"],
        error.get("state"),
        steps,
        {step["command"]: step["roles"] for step in error.get("next", [])},
        see,
    )


def states(desk: Desk, number: str) -> list[str]:
    """The states a record went through."""
    return [row["to"] for row in desk.show(number)["history"] if row.get("to")]


def file_of(desk: Desk, number: str) -> Path:
    """The file of a record."""
    return desk.root / str(desk.show(number)["path"])


def change(path: Path, old: str, new: str) -> bytes:
    """Change a file by hand, where something stands first; returns what it holds then."""
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8", newline="\n")
    return path.read_bytes()
