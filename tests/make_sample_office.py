"""Make the fictional sample office in this repository: `python tests/make_sample_office.py`.

Lives two weeks of an invented office by real commands in a temporary folder, then copies its
office.yaml and records/ here. All names, phones and homes are invented.
"""

from __future__ import annotations

import os
import shlex
import shutil
import sys
import tempfile
from pathlib import Path

TOP = Path(__file__).parent.parent
sys.path.insert(0, str(TOP))

from pmcli.cli.program.app import run  # noqa: E402

STAFF = "张敏:reception 林悦:reception 王芳:supervisor 陈立:manager 李强:repair 吴刚:repair 赵军:security 周洁:finance"
UNITS = [(b, e, r) for b, e in ((1, 1), (3, 2)) for r in (101, 102, 201, 202, 501, 502)]
NAMES = "甘草 白术 苏叶 茯苓 杜仲 当归 川芎 黄芪 半夏 远志 连翘 柴胡".split()
"""The residents carry names of herbs, which nobody does."""

STORY = """
03-02 09:05 visit new --category repair --channel phone --visitor 甘草 --phone 13800000001 --unit 1-1-101 --content 卫生间水管爆裂，水漫到客厅 --by 张敏
03-02 09:06 visit refer JD-260302-A01 --area private --place 卫生间 --kind plumbing --urgency urgent --urgent-class supply_structure --by 张敏
03-02 09:08 repair dispatch BX-260302-A01 --worker 李强 --helpers 吴刚 --by 张敏
03-02 09:20 repair arrive BX-260302-A01 --findings 主管接头断裂，已关总阀 --by 李强
03-02 09:22 repair start BX-260302-A01 --by 李强
03-02 10:40 repair finish BX-260302-A01 --work-done 更换接头，通水试压正常 --amount 0 --by 李强
03-02 10:45 repair sign BX-260302-A01 --signed-by 甘草 --by 李强
03-03 10:00 revisit do HF-260302-A01 --method phone --result satisfied --by 张敏
03-03 10:05 repair close BX-260302-A01 --by 张敏
03-03 10:06 visit reply JD-260302-A01 --reply 接头已更换，次日电话回访无渗漏 --reply-method phone --by 张敏
03-03 10:07 visit close JD-260302-A01 --by 张敏
03-03 14:10 visit new --category repair --channel wechat --visitor 白术 --phone 13800000002 --unit 1-1-102 --content "厨房角阀漏水, 请带新阀上门" --by 林悦
03-03 14:12 visit refer JD-260303-A01 --area private --place 厨房 --kind plumbing --by 林悦
03-03 14:20 repair dispatch BX-260303-A01 --worker 吴刚 --appointment "2026-03-03 16:00" --by 林悦
03-03 16:02 repair arrive BX-260303-A01 --by 吴刚
03-03 16:10 repair quote BX-260303-A01 --quote-items item=换角阀,qty=1,unit_price=35,price_ref=价目表第12条 --quote-items item=生料带,qty=2,unit_price=1.50 --by 吴刚
03-03 16:12 repair agree BX-260303-A01 --agreed-by 白术 --agree-method signature --by 吴刚
03-03 16:13 repair start BX-260303-A01 --by 吴刚
03-03 16:40 repair finish BX-260303-A01 --work-done 更换角阀 --materials item=角阀,qty=1,unit_price=35 --materials item=生料带,qty=2,unit_price=1.50 --amount 38 --by 吴刚
03-03 16:42 repair sign BX-260303-A01 --signed-by 白术 --by 吴刚
03-03 17:00 repair collect BX-260303-A01 --collected-amount 38 --receipt-no SJ0007 --ledger-no 3-07 --by 周洁
03-04 08:40 visit new --category complaint --channel walk-in --visitor 苏叶 --phone 13800000003 --unit 1-1-201 --content 门岗态度生硬，叫了三遍才开门 --by 张敏
03-04 08:45 visit refer JD-260304-A01 --against security --cause attitude --apologised yes --against-staff 赵军 --by 张敏
03-04 08:55 complaint assign TS-260304-A01 --handler 王芳 --by 张敏
03-04 10:30 complaint answer TS-260304-A01 --answer 已向业主说明并再次致歉 --answer-method phone --by 王芳
03-04 16:00 complaint resolve TS-260304-A01 --action 岗位礼仪培训一次 --result 当面道歉，业主接受 --dept-apology-by 王芳 --by 王芳
03-05 09:30 revisit do HF-260304-A01 --method phone --result satisfied --by 林悦
03-05 09:35 complaint judge TS-260304-A01 --valid yes --judge-reason 监控核实属实 --by 王芳
03-05 09:40 complaint close TS-260304-A01 --by 张敏
03-05 09:41 visit reply JD-260304-A01 --reply 已处理并致歉 --reply-method phone --verified confirmed --by 张敏
03-05 09:42 visit close JD-260304-A01 --by 张敏
03-05 11:00 visit new --category repair --channel phone --visitor 茯苓 --phone 13800000004 --unit 1-1-202 --content 主卧天花渗水 --by 张敏
03-05 11:02 visit refer JD-260305-A01 --area private --place 主卧天花 --kind leak --by 张敏
03-05 11:10 repair dispatch BX-260305-A01 --worker 李强 --by 张敏
03-05 14:00 repair arrive BX-260305-A01 --by 李强
03-05 14:30 repair hold BX-260305-A01 --hold-reason parts --resume-on 2026-03-09 --by 李强
03-06 09:00 visit new --category aftersales --channel walk-in --visitor 杜仲 --phone 13800000005 --unit 3-2-101 --content 阳台推拉门变形关不严 --by 林悦
03-06 09:05 visit refer JD-260306-A01 --item door_window --by 林悦
03-06 11:00 rework send FX-260306-A01 --sent-to 孙工 --send-method hand --by 林悦
03-06 15:00 rework accept FX-260306-A01 --due-on 2026-03-20 --contractor 某门窗公司 --by 林悦
03-06 16:20 visit new --category praise --channel letter --visitor 当归 --unit 3-2-102 --content 保洁员拾金不昧，特此感谢 --by 林悦
03-07 09:00 visit reply JD-260306-A02 --reply 已转达并在例会上表扬 --reply-method letter --verified confirmed --by 林悦
03-07 09:01 visit close JD-260306-A02 --by 林悦
03-07 10:10 visit new --category suggestion --channel wechat --visitor 川芎 --unit 3-2-201 --content "建议: 车棚加装充电桩" --by 张敏
03-07 17:00 visit reply JD-260307-A01 --reply 已呈报项目经理，列入下季度计划 --reply-method wechat --passed-to 陈立 --by 张敏
03-08 19:30 repair new --area public --place 3栋2单元大堂 --kind electrical --reporter 赵军 --request 大堂灯不亮，应急灯也不亮 --by 赵军
03-08 19:40 repair dispatch BX-260308-A01 --worker 吴刚 --by 林悦
03-08 20:05 repair arrive BX-260308-A01 --by 吴刚
03-08 20:06 repair start BX-260308-A01 --by 吴刚
03-08 20:30 repair finish BX-260308-A01 --work-done 更换镇流器两只 --amount 0 --by 吴刚
03-08 20:35 repair sign BX-260308-A01 --no-sign-reason 公共区域，由秩序员确认 --by 吴刚
03-09 08:50 repair resume BX-260305-A01 --by 李强
03-09 08:55 repair start BX-260305-A01 --by 李强
03-09 11:30 repair finish BX-260305-A01 --work-done 屋面裂缝注浆，重做防水 --amount 0 --by 李强
03-09 14:00 complaint new --complainant 黄芪 --channel phone --against repair --cause late_repair --request 报修三天没人来 --apologised yes --unit 3-2-202 --phone 13800000008 --grade major --by 林悦
03-09 14:10 complaint assign TS-260309-A01 --handler 王芳 --by 林悦
03-10 09:00 complaint new --complainant 半夏 --channel wechat --against other --cause neighbour --request 楼上深夜拖动家具 --apologised yes --unit 3-2-501 --by 张敏
03-10 15:20 repair new --area private --place 客厅 --kind door_window --reporter 远志 --request 客厅窗把手松脱 --unit 3-2-502 --phone 13800000010 --by 张敏
03-10 15:25 repair dispatch BX-260310-A01 --worker 李强 --by 张敏
03-10 16:00 repair bounce BX-260310-A01 --reason 无此型号把手，需外购 --by 李强
03-11 08:30 repair new --area public --place 地下车库B区 --kind drains --reporter 赵军 --request 排水沟堵塞 --by 赵军
03-11 09:00 repair void BX-260311-A01 --reason 与上月工单重复 --by 王芳
03-11 10:00 roster new --month 2026-04 --by 王芳
03-11 10:10 roster fill PB-260311-A01 --shifts date=2026-04-01~2026-04-15,shift=day,start=8:00,end=20:30,post=desk,staff=张敏 --shifts date=2026-04-16~2026-04-30,shift=day,start=8:00,end=20:30,post=desk,staff=林悦 --shifts date=2026-04-01~2026-04-30,shift=night,start=20:30,end=8:00,post=security,staff=赵军 --on-call post=area_manager,staff=郑经理,phone=13800000021 --on-call post=manager,staff=陈立,phone=13800000022 --on-call post=security_lead,staff=赵军,phone=13800000023 --on-call post=repair_lead,staff=李强,phone=13800000024 --by 王芳
03-11 10:20 roster submit PB-260311-A01 --by 王芳
03-11 11:00 roster publish PB-260311-A01 --by 陈立
03-11 14:00 roster amend PB-260311-A01 --swap-date 2026-04-08 --swap-out 张敏 --swap-in 林悦 --reason 家事 --by 陈立
03-12 08:00 duty new --date 2026-03-12 --shift day --on-duty 张敏 --reason 三月值班表为纸质 --by 张敏
03-12 08:20 duty add ZB-260312-A01 --kind inquiry --content 3-2-201询问装修手续 --unit 3-2-201 --by 张敏
03-12 08:40 renovation new --unit 3-2-201 --applicant 川芎 --applicant-role owner --phone 13800000007 --contractor 某装饰公司 --scope 厨卫翻新，客厅铺砖 --works waterproof --start-on 2026-03-18 --end-on 2026-05-20 --head 何工 --head-phone 13800000031 --by 张敏
03-12 09:00 renovation record-doc ZX-260312-A01 --documents doc=产权或合法证明,received_on=2026-03-12 --documents doc=申请人身份证明,received_on=2026-03-12 --documents doc=装修方案图纸,received_on=2026-03-12 --documents doc=施工单位执照资质,received_on=2026-03-12 --documents doc=施工人员身份及工种证件,received_on=2026-03-12 --documents doc=防水方案与闭水试验,received_on=2026-03-12 --by 张敏
03-12 10:00 renovation approve ZX-260312-A01 --by 王芳
03-12 11:00 renovation permit ZX-260312-A01 --agreement-on 2026-03-12 --told-signed yes --fire-pledge yes --neighbours-told yes --deposit 2000 --company-deposit 1000 --deposit-receipt SJ0101 --fees item=清运费,amount=300,receipt_no=SJ0102 --passes pass_no=001,name=何工,trade=水电,deposit=20 --passes pass_no=002,name=石工,trade=泥瓦,deposit=20 --by 周洁
03-12 14:00 patrol new --date 2026-03-12 --block A区 --route estate --by 赵军
03-12 14:05 patrol check XC-260312-A01 --point ground_green --finding normal --by 赵军
03-12 14:10 patrol check XC-260312-A01 --point facade_signs --finding normal --by 赵军
03-12 14:15 patrol check XC-260312-A01 --point notice_board --finding normal --by 赵军
03-12 14:20 patrol check XC-260312-A01 --point vehicles --finding abnormal --problem violation --kind fire_lane --place 2栋北侧 --detail 面包车停在消防通道 --by 赵军
03-12 14:30 patrol check XC-260312-A01 --point shared_facilities --finding abnormal --problem defect --kind drains --place 3栋前 --detail 雨水沟堵塞 --by 赵军
03-12 14:40 patrol check XC-260312-A01 --point renovation_units --finding normal --unit 3-2-201 --by 赵军
03-12 14:45 patrol check XC-260312-A01 --point other --finding normal --by 赵军
03-12 14:50 patrol close XC-260312-A01 --by 赵军
03-12 15:00 violation advise WZ-260312-A01 --advice 电话联系车主，答应半小时内移车 --response 态度配合 --by 赵军
03-12 15:40 violation fix WZ-260312-A01 --fix-note 车已驶离 --by 赵军
03-12 15:45 violation close WZ-260312-A01 --by 张敏
03-12 16:00 violation new --kind balcony --unit 3-2-102 --place 南阳台 --description 正在安装铝合金窗封闭阳台 --by 张敏
03-12 16:10 violation advise WZ-260312-A02 --advice 上门说明管理规约，请其停工 --by 赵军
03-12 16:40 violation notify WZ-260312-A02 --demand 请停止封闭施工，并于期限前恢复原状 --until 2026-03-19 --served-method signed --served-to 当归 --by 张敏
03-12 17:00 notice new blank --genre 温馨提示 --title 关于文明养犬的温馨提示 --addressee 尊敬的各位业主、住户： --body 近期园区养犬家庭增多，为了老人和孩子的安全，出门遛犬请您牵好绳，并随手清理粪便。感谢您的理解与支持！ --by 张敏
03-12 17:05 notice submit TZ-260312-A02 --by 张敏
03-12 17:30 notice approve TZ-260312-A02 --by 陈立
03-12 17:50 notice post TZ-260312-A02 --places place=3栋大堂,by=赵军 --places place=1栋大堂,by=赵军 --valid-until 2026-04-12 --by 赵军
03-12 20:00 duty add ZB-260312-A01 --kind message --content 请转告王芳：社区明日九点开会 --by 张敏
03-12 20:10 duty add ZB-260312-A01 --kind other --content 已转告王芳 --corrects 2 --by 张敏
03-12 20:15 handover new --outgoing 张敏 --duty ZB-260312-A01 --by 张敏
03-12 20:20 handover offer JJ-260312-A01 --incoming 林悦 --tidy yes --leave-ok-by 陈立 --by 张敏
03-12 20:30 handover accept JJ-260312-A01 --arrived-at 20:25 --log-read yes --area-normal yes --equipment item=对讲机,counted=3,note=一台送修 --equipment item=灭火器,counted=2 --equipment item=水瓶,counted=2 --by 林悦
03-12 20:35 duty close ZB-260312-A01 --by 张敏
"""


def main() -> None:
    """Live the story and copy what it leaves."""
    for name in list(os.environ):
        if name.startswith(("GIT_", "PMCLI_")):
            del os.environ[name]
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "office"
        os.environ |= {
            "PMCLI_NOW": "2026-03-01 08:00",
            "GIT_CONFIG_GLOBAL": os.devnull,
            "HOME": folder,
        }
        staff = [text for member in STAFF.split() for text in ("--staff", member)]
        office = ["--name", "示例花园物业服务中心", "--community", "示例花园（虚构）"]
        type_(["init", str(root), *office, "--phone", "0731-00000000", *staff])
        os.chdir(root)
        for building, entrance, room in UNITS:
            type_(shlex.split(
                f"unit new --number {building}-{entrance}-{room} --building {building} "
                f"--entrance {entrance} --room {room} --use residential --floor-area 89.56 "
                "--completion-date 2021-06-30 --by 张敏"
            ))  # fmt: skip
        for index, ((building, entrance, room), name) in enumerate(zip(UNITS, NAMES, strict=True)):
            type_(shlex.split(
                f"resident new --name {name} --role owner --unit {building}-{entrance}-{room} "
                f"--phone 138{index + 1:08d} --consent-on 2021-09-01 --since 2021-09-01 --by 林悦"
            ))  # fmt: skip
        for line in STORY.strip().splitlines():
            day, clock, rest = line.split(" ", 2)
            os.environ["PMCLI_NOW"] = f"2026-{day} {clock}"
            type_(shlex.split(rest))
        shutil.rmtree(TOP / "records", ignore_errors=True)
        shutil.copytree(root / "records", TOP / "records")
        text = (root / "office.yaml").read_text("utf-8")
        fictional = "# 虚构的示例办公室 / A fictional sample office: nobody in it exists.\n"
        (TOP / "office.yaml").write_text(fictional + text, "utf-8")
        shutil.copy(root / ".gitattributes", TOP / ".gitattributes")
        os.chdir(TOP)


def type_(arguments: list[str]) -> None:
    """Type a command that must succeed."""
    if code := run(arguments):
        sys.exit(f"{code}: pmcli {shlex.join(arguments)}")


if __name__ == "__main__":
    main()
