"""Where a title that is longer than its line is broken (GB/T 9704-2012, 7.3.1).

Lines of a title are whole in sense and stand symmetrically, as a trapezium or a diamond, never as a
block. A machine knows little of sense: it keeps the words that titles of notices are made of, and
what belongs together by its letters.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, pairwise
from math import comb

from pmcli.documents.columns import columns_of, words, wrap
from pmcli.patterns import regex

_SHAPES: dict[int, tuple[tuple[int, ...], ...]] = {
    2: ((-3, 3), (3, -3)),
    3: ((-4, 8, -4), (-6, 0, 6), (6, 0, -6)),
    4: ((-6, 6, 6, -6), (-9, -3, 3, 9), (9, 3, -3, -9)),
}
"""By how many columns the lines of a well-shaped title differ from their mean."""
ROOM = {"house": 42, "gbt9704": 40}
"""How many columns (a Chinese character takes two) of 22 point type a theme's line takes."""
_MOST_WAYS = 10_000
"""More ways to break a title than these are not tried out."""
_ENDS_WELL = ("的", "、", "，", "》", "）", "”", "：")
_BEGINS_WELL = ("关于", "和", "与", "及", "并", "暨", "《", "（", "“")
_ENDS_BADLY = ("关于", "关", "和", "与", "及", "并", "暨", "对", "在", "于", "为", "被", "将")
_BEGINS_BADLY = ("的", "于", "了", "地", "得", "知", "告", "示", "事", "函")
_WORDS = regex(
    "|".join(
        sorted(
            """
            关于 通知 通告 公示 启事 温馨提示 公告 催告函 提醒函 业主 住户 用户 车主 商户 居民
            小区 花园 社区 物业 服务 中心 客服 管理 停水 停电 停气 停梯 供水 供电 供暖 供热 用水
            用电 电梯 客梯 水箱 水池 水泵 阀门 管道 管线 线路 设备 设施 消防 通道 楼道 楼梯 车库
            地下 地面 车位 车辆 停车 停放 充电 电动车 电动 自行车 外墙 屋面 绿化 喷药 消杀 灭鼠
            垃圾 分类 清洗 清扫 消毒 检修 检验 检测 检查 维修 维护 养护 保养 更换 改造 施工 装修
            安装 调试 试压 暂停 停止 恢复 运行 使用 开放 关闭 临时 期间 紧急 抢修 计划 安排 调整
            变更 取消 延期 举办 举行 开展 活动 邀请 参加 演练 培训 会议 调查 问卷 满意度 结果 收支
            收益 公共 共用 共有 物品 招领 寻物 招租 出租 办理 门禁 入住 手续 交房 收房 缴纳 费用
            服务费 收费 标准 台风 暴雨 高温 寒潮 防范 安全 防火 高空 抛物 文明 养犬 宠物 节日 春节
            国庆 中秋 元旦 假期 值班 时间 地点 有关 事项 情况 说明 工作 集中 夏季 冬季 春季 秋季
            生活 取水 封闭 占用 清理 整治 规范 秩序 一期 二期 三期
            """.split(),
            key=len,
            reverse=True,
        )
    )
)
"""Words of notices' titles, longest first."""
_TORN, _ROW = 60, 50
"""What a word that is torn costs, and a line more."""


def title_lines(title: str, theme: str) -> tuple[str, ...]:
    """Return a title's lines as a theme (pmcli/form/theme.py) sets them.

    Line ends of its own stay; a word that no line holds is torn.
    """
    lines: list[str] = []
    for line in title.split("\n"):
        lines += _broken(line.strip(), ROOM[theme])
    return tuple(lines)


def _broken(line: str, most: int) -> Sequence[str]:
    width = columns_of(line)
    if width <= most:
        return [line]
    pieces = words(line)
    count = -(-width // most)
    found = [
        (cost + _ROW * (rows - count), lines)
        for rows in (count, count + 1)
        for cost, lines in _best(pieces, rows, most)
    ]
    return min(found)[1] if found else wrap(line, most)


def _best(pieces: Sequence[str], rows: int, most: int) -> list[tuple[float, list[str]]]:
    """The best way to set pieces in so many rows, with its cost; none where there is no way."""
    if rows not in _SHAPES or comb(len(pieces) - 1, rows - 1) > _MOST_WAYS:
        return []
    best: tuple[float, list[str]] | None = None
    torn = _inside_words(pieces)
    for breaks in combinations(range(1, len(pieces)), rows - 1):
        edges = (0, *breaks, len(pieces))
        lines = ["".join(pieces[a:b]).strip() for a, b in pairwise(edges)]
        lengths = [columns_of(line) for line in lines]
        if max(lengths) > most or not min(lengths):
            continue
        cost = (
            _shape(lengths)
            + _TORN * len(torn & set(breaks))
            + sum(_sense(a, b) for a, b in pairwise(lines))
        )
        if best is None or cost < best[0]:
            best = cost, lines
    return [best] if best else []


def _inside_words(pieces: Sequence[str]) -> set[int]:
    """The breaks, by the piece behind them, that would tear a known word."""
    title, starts = "".join(pieces), [0]
    for piece in pieces:
        starts.append(starts[-1] + len(piece))
    inside = {
        at for found in _WORDS.finditer(title) for at in range(found.start() + 1, found.end())
    }
    return {number for number, at in enumerate(starts) if at in inside}


def _shape(lengths: Sequence[int]) -> float:
    """How far lines are from the nearest shape that is well-formed."""
    mean = sum(lengths) / len(lengths)
    return min(
        sum((length - mean - off) ** 2 for length, off in zip(lengths, shape, strict=True))
        for shape in _SHAPES[len(lengths)]
    )


def _sense(above: str, below: str) -> float:
    """What breaking a title between two lines costs its reader."""
    cost = 0.0
    if above.endswith(_ENDS_BADLY):
        cost += 60
    if below.startswith(_BEGINS_BADLY):
        cost += 60
    if above.endswith(_ENDS_WELL):
        cost -= 20
    if below.startswith(_BEGINS_WELL):
        cost -= 20
    return cost
