"""One notice as PDF, a batch of letters, lint of many notices: ratios measured in one run.

    python tests/benchmarks/paper_and_lint.py [LETTERS] [NOTICES]

Prints, for a notice printed cold, for LETTERS (default 500) letters drafted and set from one table,
and for NOTICES (default 1,000) texts checked by `pmcli lint`, the time divided by the bare
interpreter's start (`python -I -c pass`), and which share the interpreter's start, the imports, the
typesetter and pmcli's own work have in it. No absolute claim is made.
"""

from __future__ import annotations

import csv
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

TOP = Path(__file__).parent.parent.parent
PMCLI = [sys.executable, "-m", "pmcli"]
NEW = "notice new water-outage --by 张敏 --reason 更换阀门 --scope 3号楼 --advice 请储水".split()
TIMED = """
import atexit, sys, time
import typst
spent = 0.0
def timed(call):
    def run(*given, **named):
        global spent
        begun = time.perf_counter()
        try:
            return call(*given, **named)
        finally:
            spent += time.perf_counter() - begun
    return run
make = typst.Compiler
class Timed:
    def __init__(self, **named):
        self.compile = timed(make(**named).compile)
typst.Compiler, typst.Fonts = Timed, timed(typst.Fonts)
atexit.register(lambda: print(f"typst {spent}", file=sys.stderr))
from pmcli.cli.program.app import run
sys.exit(run(sys.argv[1:]))
"""
"""Runs a command and says at its end how long the typesetter took, fonts included."""
IMPORTS = {
    "print": "import pmcli.cli.commands.print, pmcli.documents.pdf, pmcli.documents.prose, "
    "typst, segno, markdown_it, pmcli.store.unit_of_work, jinja2.sandbox",
    "batch": "import pmcli.cli.commands.batch, pmcli.documents.pdf, pmcli.documents.prose, "
    "typst, segno, markdown_it, pmcli.store.unit_of_work, jinja2.sandbox, pmcli.lint",
    "lint": "import pmcli.cli.commands.lint, pmcli.store.lint_settings",
}


def main() -> None:
    """Generate, measure, print."""
    letters = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    notices = int(sys.argv[2]) if len(sys.argv) > 2 else 1000
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "office"
        environment = {k: v for k, v in os.environ.items() if not k.startswith(("GIT_", "PMCLI_"))}
        environment |= {"PYTHONPATH": str(TOP), "PMCLI_NOW": "2026-03-05 09:00"}

        def run(command: Sequence[str], codes: tuple[int, ...] = (0,)) -> tuple[float, float]:
            """Seconds of a whole command, and of the typesetter within it."""
            begun = time.perf_counter()
            done = subprocess.run(command, cwd=root, env=environment, capture_output=True)
            spent = time.perf_counter() - begun
            err = done.stderr.decode()
            assert done.returncode in codes, err
            said = [line.split()[1] for line in err.splitlines() if line.startswith("typst ")]
            return spent, float(said[0]) if said else 0.0

        staff = ["--staff", "张敏:reception", "--staff", "陈立:manager"]
        root.mkdir()
        run(
            [
                *PMCLI,
                "init",
                ".",
                "--name",
                "翠湖花园物业服务中心",
                "--phone",
                "0731-88886666",
                *staff,
            ]
        )
        run([*PMCLI, *NEW, "--start", "2026-03-07 09:00", "--end", "2026-03-07 17:00"])
        texts = write_texts(root / "texts", notices)
        write_table(root / "letters.csv", letters)
        timed = [sys.executable, "-c", TIMED]
        python = min(run([sys.executable, "-I", "-c", "pass"])[0] for _ in range(5))
        imports = {
            name: min(run([sys.executable, "-c", text])[0] for _ in range(5)) - python
            for name, text in IMPORTS.items()
        }
        best = min(run([*timed, *"notice print a01 -o one.pdf".split()]) for _ in range(5))
        report("a notice as PDF, cold", best, python, imports["print"])
        batch = "notice new fee-overdue --for-each letters.csv --by 张敏"
        report(f"{letters} letters drafted and set", run([*timed, *batch.split()]), python,
               imports["batch"])  # fmt: skip
        report(f"{letters} letters set again", run([*timed, *batch.split()]), python,
               imports["batch"])  # fmt: skip
        spent = min(run([*PMCLI, "lint", *texts], (0, 1)) for _ in range(2))
        report(f"lint of {notices} notices", spent, python, imports["lint"])


def report(name: str, spent: tuple[float, float], python: float, imports: float) -> None:
    """Print one line: times the interpreter's start, and the shares in percent."""
    whole, typst = spent
    own = max(whole - python - imports - typst, 0)
    shares = [100 * part / whole for part in (python, imports, typst, own)]
    print(
        f"{name:32} {whole / python:8.1f} x python   start {shares[0]:4.1f} %  "
        f"imports {shares[1]:4.1f} %  typst {shares[2]:4.1f} %  pmcli {shares[3]:4.1f} %"
    )


def write_table(path: Path, count: int) -> None:
    """A table of so many letters about fees."""
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["room", "period", "amount", "basis", "ways"])
        for i in range(count):
            room = f"{i // 100 + 1}-{i // 25 % 4 + 1}-{i % 25 + 1:02d}01"
            basis = "89.56平方米×2.20元/月×6个月"
            rows.writerow([room, "2025年7月至12月", f"{1000 + i}.50", basis, "前台刷卡"])


def write_texts(folder: Path, count: int) -> list[str]:
    """So many notices: those of the tests, over and over."""
    folder.mkdir()
    source = TOP / "tests" / "lint_notices"
    held = [
        entry.partition("\n")[2]
        for path in sorted(source.glob("*.txt"))
        for entry in ("\n" + path.read_text("utf-8")).split("\n=== ")
        if entry.strip()
    ]
    names = []
    for i in range(count):
        path = folder / f"{i:04d}.md"
        path.write_text(held[i % len(held)], "utf-8")
        names.append(str(path))
    return names


if __name__ == "__main__":
    main()
