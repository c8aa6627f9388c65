"""Start-up of leaf commands and `list`, as ratios measured in one run: no absolute claim is made.

    python tests/benchmarks/startup_and_list.py [RECORDS]

Generates an office with RECORDS (default 10,000) repair orders and prints, for each command, the
best of several runs divided by the bare interpreter's start (`python -I -c pass`) and by
`git status`.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

TOP = Path(__file__).parent.parent.parent
sys.path.insert(0, str(TOP))
ZONE = ZoneInfo("Asia/Shanghai")


def main() -> None:
    """Generate, measure, print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "office"
        environment = {k: v for k, v in os.environ.items() if not k.startswith(("GIT_", "PMCLI_"))}
        environment |= {"PYTHONPATH": str(TOP), "PMCLI_NOW": "2026-11-22 09:00", "COLUMNS": "100"}
        pmcli = [sys.executable, "-m", "pmcli"]
        staff = ["--staff", "张敏:reception", "--staff", "李强:repair"]
        subprocess.run(
            [*pmcli, "init", str(root), "--name", "基准", *staff],
            env=environment, check=True, capture_output=True,
        )  # fmt: skip
        generate(root, count)
        git = ["git", "-c", "user.name=b", "-c", "user.email=b@example.invalid"]
        subprocess.run([*git, "add", "records"], cwd=root, check=True)
        subprocess.run([*git, "commit", "-qm", "generated"], cwd=root, check=True)
        time.sleep(2.5)
        number = "BX-260301-A01"
        cases = {
            "python -I -c pass": [sys.executable, "-I", "-c", "pass"],
            "git status": ["git", "status", "--porcelain"],
            "pmcli --version": [*pmcli, "--version"],
            f"pmcli repair show {number}": [*pmcli, "repair", "show", number],
            "pmcli repair list --limit 20, first": [*pmcli, "repair", "list", "--limit", "20"],
            "pmcli repair list --limit 20": [*pmcli, "repair", "list", "--limit", "20"],
            "pmcli repair list --open --format json": [
                *pmcli, *"repair list --open --format json".split()
            ],
            "pmcli repair list --where": [*pmcli, "repair", "list", "--where", "kind == 'leak'"],
            "pmcli repair new": [*pmcli, *"repair new --area public --place 大堂 --kind other "
                                 "--reporter 某人 --request 灯不亮 --by 张敏".split()],
        }  # fmt: skip
        best = {}
        for name, command in cases.items():
            runs = 1 if name.endswith("first") else 5
            best[name] = min(_seconds(command, root, environment) for _ in range(runs))
        python, status = best["python -I -c pass"], best["git status"]
        print(f"{count} records; best of several runs")
        print(f"{'':45} {'/ python':>9} {'/ git status':>13}")
        for name, seconds in best.items():
            print(f"{name:45} {seconds / python:9.1f} {seconds / status:13.1f}")


def _seconds(command: list[str], root: Path, environment: dict[str, str]) -> float:
    start = time.perf_counter()
    done = subprocess.run(command, cwd=root, env=environment, capture_output=True)
    assert done.returncode == 0, done.stderr.decode()
    return time.perf_counter() - start


def generate(root: Path, count: int) -> None:
    """Write `count` repair orders over the year before, most of them closed."""
    from pmcli.record.event import Event, Kind
    from pmcli.record.writing import new_text
    from pmcli.store.office import load_library
    from pmcli.store.records import record_path

    form = load_library(None).get("repair")
    kinds = list(form.fields["kind"].choices)
    start = datetime(2025, 12, 1, 8, tzinfo=ZONE)
    counters: dict[str, int] = {}
    for index in range(count):
        at = start + timedelta(minutes=index * 350 * 24 * 60 / count)
        day = f"{at:%y%m%d}"
        counters[day] = counters.get(day, 0) + 1
        number = f"BX-{day}-A{counters[day]:02d}"
        state = "closed" if index % 20 else "dispatched"
        values = {
            "id": number, "form": "repair", "state": state, "created_at": at, "created_by": "张敏",
            "keeper": "张敏", "area": "public", "place": f"{index % 8 + 1}栋大堂",
            "kind": kinds[index % len(kinds)], "reporter": "某人", "request": "灯不亮，请修。",
            "urgency": "normal", "charge_type": "free", "worker": "李强", "dispatch_at": at,
            "dispatch_by": "张敏", "reopened_count": 0, "bounced_count": 0,
        }  # fmt: skip
        rows = [
            Event(Kind.STEP, "new", "张敏", at, to_state="received"),
            Event(Kind.STEP, "dispatch", "张敏", at, from_state="received", to_state="dispatched"),
        ]
        if state == "closed":
            closed = Event(
                Kind.STEP, "close", "张敏", at, from_state="dispatched", to_state="closed"
            )
            rows.append(closed)
        path = root / record_path("repair", number, at.date())
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(new_text(form, values, rows), "utf-8")


if __name__ == "__main__":
    main()
