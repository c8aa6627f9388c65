"""Each step of each shipped form: options it can be taken with, and what must come before it."""

from __future__ import annotations

from conftest import Desk

from pmcli.form.model import Form
from pmcli.store.office import load_library

SHIPPED = load_library(None)
STEPS: dict[str, dict[str, str]] = {
    "visit": {
        "refer": "--kind plumbing --area private --place 厨房",
        "reply": "--reply 维修已派单 --reply-method phone",
        "redirect": "--category suggestion --reason 只是建议 --by 王芳",
        "close": "",
    },
    "repair": {
        "dispatch": "--worker 李强",
        "arrive": "--by 李强",
        "quote": "--quote-items item=换角阀,qty=1,unit_price=35 --by 李强",
        "agree": "--agreed-by 刘先生 --agree-method phone",
        "start": "--by 李强",
        "finish": "--work-done 更换角阀 --amount 35 --by 李强",
        "sign": "--no-sign-reason 业主不在家",
        "collect": "--collected-amount 35 --receipt-no SJ0012 --by 周洁",
        "close": "",
        "reassign": "--worker 吴刚 --reason 李强请假",
        "bounce": "--reason 非本专业 --by 李强",
        "hold": "--hold-reason parts",
        "resume": "",
        "redo": "--reason 回访仍漏",
        "void": "--reason 重复报修 --by 王芳",
    },
    "complaint": {
        "assign": "--handler 王芳",
        "answer": "--answer 已了解情况 --answer-method phone --by 王芳",
        "resolve": "--action 岗位培训 --result 当面道歉 --dept-apology-by 王芳 --by 王芳",
        "close": "",
        "escalate": "--escalated-to 陈立 --reason 多次投诉",
        "judge": "--valid yes --judge-reason 监控属实 --by 王芳",
        "reopen": "--reason 业主仍不满意",
        "void": "--reason 与另一单重复 --by 陈立",
    },
    "rework": {
        "send": "--sent-to 孙工 --send-method hand",
        "accept": "--due-on 2026-03-20",
        "bounce": "--reason 不属工程遗留",
        "convert": "--kind leak --area private --place 阳台",
        "urge": "--urge-answer 明日上门",
        "finish": "--finding 重做防水层",
        "confirm": "--signed-by 刘先生",
        "redo": "--reason 仍渗 --due-on 2026-03-25",
        "close": "",
        "void": "--reason 填错 --by 王芳",
    },
    "revisit": {
        "do": "--method phone --result satisfied",
        "skip": "--skip-reason declined --reason 业主谢绝 --by 王芳",
    },
    "resident": {
        "amend": "--phone2 13800000009 --reason 业主告知",
        "leave": "--until 2026-03-01",
        "erase": "--erase-basis request --reason 本人要求 --by 陈立",
    },
    "unit": {
        "deliver": "--delivered-on 2024-08-01",
        "occupy": "",
        "let": "--let-told-on 2026-03-01",
        "vacate": "",
        "amend": "--layout 三室两厅 --reason 补录",
        "retire": "--reason 合并 --by 陈立",
    },
    "roster": {
        "fill": "--holiday-hours date=2026-03-08,start=9:00,end=17:00 --by 王芳",
        "submit": "--by 王芳",
        "return": "--reason 漏排夜班 --by 陈立",
        "publish": "--by 陈立",
        "amend": "--swap-date 2026-03-08 --swap-out 张敏 --swap-in 林悦 --reason 病假 --by 陈立",
        "archive": "--by 王芳",
    },
    "duty": {
        "add": "--kind inquiry --content 询问装修时间",
        "close": "--no-successor-reason 夜间无人值班",
    },
    "handover": {
        "offer": "--incoming 林悦 --tidy yes",
        "accept": (
            "--arrived-at 8:55 --log-read yes --area-normal yes "
            "--equipment item=对讲机,counted=4 --equipment item=灭火器,counted=2 "
            "--equipment item=水瓶,counted=2 --by 林悦"
        ),
        "refuse": "--reason 公物未清点 --by 林悦",
    },
    "patrol": {
        "check": "--point vehicles --finding normal",
        "close": "",
        "void": "--reason 没有走完 --by 王芳",
    },
    "renovation": {
        "record-doc": "--documents doc=申请人身份证明,received_on=2026-03-05",
        "supplement": "--supplement-need 图纸",
        "resubmit": "",
        "approve": "--by 王芳",
        "reject": "--reason 拆承重墙 --by 王芳",
        "withdraw": "--reason 改期 --passes pass_no=001,returned_on=2026-03-05",
        "permit": (
            "--agreement-on 2026-03-05 --told-signed yes --fire-pledge yes --neighbours-told yes "
            "--deposit 2000 --deposit-receipt SJ0030 "
            "--fees item=清运费,amount=300,receipt_no=SJ0031 "
            "--passes pass_no=001,name=何工,trade=水电,deposit=20"
        ),
        "start": "--permit-posted yes --extinguishers 2",
        "record": "--waste-hauls told_at=8:50,hauler=清运队",
        "suspend": "--reason 动火未报 --by 王芳",
        "resume": "--by 王芳",
        "extend": "--extended-to 2026-05-31 --reason 材料未到 --by 王芳",
        "request-acceptance": "",
        "accept": "--acceptance item=防水,pass=yes --by 王芳",
        "fail": "--reason 闭水试验渗漏 --by 王芳",
        "recheck": (
            "--recheck-result pass --reason 业主要求提前 "
            "--passes pass_no=001,returned_on=2026-03-05 --by 陈立"
        ),
        "refund": "--refund-receipt TK009 --refund-signed-by 何女士 --by 周洁",
    },
    "violation": {
        "advise": "--advice 当面劝阻",
        "notify": ("--demand 停止封闭并恢复原状 --until 2026-03-12 --served-method witnessed"),
        "report": "--authority urban --reason 拒不整改 --by 王芳",
        "fix": "--fix-note 已恢复 --by 赵军",
        "close": "--authority-result 已责令整改 --by 王芳",
    },
    "notice": {
        "revise": "--title 关于文明遛犬的温馨提示",
        "submit": "",
        "return": "--reason 语气生硬 --by 陈立",
        "approve": "--by 陈立",
        "post": "--places place=3栋大堂,by=张敏 --valid-until 2026-03-31",
        "remove": "--reason 内容已更新",
        "void": "--reason 重复",
    },
}
"""Options with which each step can be taken."""
LEADS_TO = {("visit", "redirect"): "received"}
"""Where a step leads, with the options above, whose next state is a formula of several names."""
BY_HAND = {
    ("repair", "quoted", "start"),
    ("visit", "received", "reply"),
    ("roster", "draft", "submit"),
    ("roster", "published", "archive"),
    ("patrol", "opened", "close"),
    ("violation", "found", "report"),
}
"""Steps that want a record of another kind than the scene's; the tests of paths take them."""


def prepare(desk: Desk, form: str, state: str, command: str, number: str) -> None:
    """Meet the guards of a step: what other records must have come to first."""
    held = desk.show(number)
    match form, command:
        case "visit", "close":
            desk.do(f"repair void {held['children'][0]} --reason 重复 --by 王芳")
        case (("repair" | "rework" | "complaint"), "close"):
            desk.do(f"revisit do {held['revisits'][0]} --method phone --result satisfied")
            if form == "repair" and held.get("amount") != "0.00":
                desk.do(f"repair collect {number} {STEPS['repair']['collect']}")
            if form == "complaint":
                desk.do(f"complaint judge {number} {STEPS['complaint']['judge']}")
        case "complaint", "reopen":
            desk.do(
                f"revisit do {held['revisits'][0]} --method phone --result unsatisfied "
                "--opinion 没有道歉"
            )
        case "renovation", "approve":
            given = " ".join(
                f"--documents doc={row['doc']},received_on=2026-03-05" for row in held["documents"]
            )
            desk.do(f"renovation record-doc {number} {given}")
        case "unit", ("deliver" | "let"):
            role = "owner" if command == "deliver" else "tenant"
            desk.do(
                f"resident new --name 高女士 --role {role} --unit {number} --phone 13800000005 "
                "--since 2026-02-01 --consent-on 2026-02-01"
            )
        case "unit", ("vacate" | "retire"):
            leaving = [*held.get("occupants", ())]
            if command == "retire":
                leaving += held.get("owners", ())
            for resident in leaving:
                desk.do(f"resident leave {resident} --until 2026-03-01")
        case _:
            return
    assert desk.show(number)["state"] == state


def steps_from(form: Form, state: str) -> list[str]:
    """The commands that may be typed in a state, each once."""
    return list(dict.fromkeys(step.command for step in form.legal_from(state)))
