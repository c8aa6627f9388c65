"""Sentences: the demonstration."""

from __future__ import annotations

SENTENCES: dict[str, tuple[str, str]] = {
    "demo_title": (
        "演示：{name}的一天。每条命令都真的在执行。",
        "One day at {name}. Each command is really run.",
    ),
    "demo_prepared": (
        "房产、业主、值班表和一份装修申请已经备好；少数几步只执行，不显示。",
        "Homes, owners and the roster are there; a few steps are run unseen.",
    ),
    "demo_paper": (
        "打印好的纸张：",
        "The printed pages:",
    ),
    "demo_end": (
        "演示结束：{count} 步，每步一次提交，全部留痕。进去试试：",
        "That was all: {count} steps, a commit each. Try it:",
    ),
    "demo_exists": (
        "{path} 已存在，里面有内容，没有改动它。请给出另一个目录：pmcli demo 目录",
        "{path} exists and is in use; it was left alone. Name another directory: pmcli demo DIR",
    ),
    "demo_failed": (
        "演示中的命令未按预期进行：{command}",
        "A command of the demonstration did not go as it should: {command}",
    ),
}
