"""What commands cost in offices of different sizes, beside their floors, as ratios of CPU time.

    python tests/benchmarks/office_at_size.py [RECORDS …]

Makes an office of each size (default 1000 and 10000) out of records that the commands themselves
have made: visits, repairs with their revisits, complaints; some in a hundred open. Prints the
median of the paired ratios of one run. Floors: the bare interpreter (`python -I -c pass`), reading
every record file, `git status`, `git add` and `git commit` of one file, ripgrep over the record
files. What is not installed is left out and named.
"""

from __future__ import annotations

import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pmcli.record.event import Event

TOP = Path(__file__).parent.parent.parent
sys.path[:0] = [str(TOP), str(TOP / "tests")]
RUNS = 5
OPEN_EVERY = 60
"""One batch in so many is left open."""
DONE = (("visit", "closed"), ("visit", "closed"), ("repair", "closed"), ("complaint", "closed"))
BEGUN = (("visit", "received"), ("repair", "dispatched"), ("complaint", "received"))
READ = "import pathlib; [p.read_bytes() for p in pathlib.Path('records').rglob('*.md')]"
CASES = (
    "--version", "--help", "repair --help", "repair list", "repair list --open",
    "repair list --limit 20",
    "repair show {number}", "repair list --where kind=='plumbing' --limit 20",
    "visit list --text 每日八点 --limit 20", "check",
)  # fmt: skip
TAB = "a Tab after `pmcli rep`"
ASKING = {
    "_PMCLI_COMPLETE": "complete_bash", "COMP_WORDS": "pmcli\nrep", "COMP_CWORD": "1",
}  # fmt: skip
NEW = "visit new --category other --channel phone --visitor 刘先生 --content 打听营业时间"


def main() -> None:
    """Generate and measure each size."""
    for size in [int(word) for word in sys.argv[1:]] or [1000, 10_000]:
        with tempfile.TemporaryDirectory() as folder:
            root, number, made = office(Path(folder), size)
            measure(root, number, made)


def office(folder: Path, size: int) -> tuple[Path, str, int]:
    """An office of about so many records, committed; a repair's number and how many there are."""
    import pytest
    from conftest import Desk, open_office
    from scenes import bring

    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith(("GIT_", "PMCLI_"))]:
            patch.delenv(name)
        desk = Desk(folder, patch)
        desk.clock("2026-03-05 09:00")
        open_office(desk, "基准物业服务中心")
        root = desk.root
        groups = []
        for scenes in (DONE, BEGUN):
            before = set(records(root))
            for form, state in scenes:
                bring(desk, form, state)
            groups.append(sorted(set(records(root)) - before))
        number, made = copies(root, size, *groups)
        desk.git("add", "records")
        desk.git("commit", "-qm", "generated")
        shutil.rmtree(root / ".git/pmcli", ignore_errors=True)
    time.sleep(2.5)
    return root, number, made


def records(root: Path) -> Iterator[Path]:
    """All record files, homes left out."""
    return (path for path in (root / "records").rglob("*.md") if path.parts[-4] != "unit")


def copies(root: Path, size: int, done: list[Path], begun: list[Path]) -> tuple[str, int]:
    """Copy the records of a group over the days before; each copy names its own copies."""
    from pmcli.record.writing import new_text
    from pmcli.store.office import load_office
    from pmcli.store.records import record_path
    from pmcli.store.unit_of_work import Store

    store = Store(root)
    zone = load_office(root).zone
    read = {
        path: store.records.read(str(path.relative_to(root)), path.parts[-4])
        for path in [*done, *begun]
    }
    left = [read[path].id for path in done if not read[path].form.states[read[path].state].final]
    assert not left, f"left open: {left}"
    given: Counter[str] = Counter()
    count, number, batch = 0, "", 0
    while count < size:
        batch += 1
        group = begun if batch % OPEN_EVERY == 0 else done
        shift = timedelta(days=1 + batch * 300 * len(done) // size, minutes=batch % 400)
        names: dict[str, str] = {}
        for path in group:
            record = read[path]
            day = record.values["created_at"].astimezone(zone) - shift
            head = f"{record.form.prefix}-{day:%y%m%d}"
            given[head] += 1
            names[record.id] = f"{head}-A{given[head]:02d}"
        for path in group:
            record = read[path]
            values = {key: moved(value, shift, names) for key, value in record.values.items()}
            events = [earlier(event, shift, names) for event in record.history]
            made = [replace(event, name="").named(values["id"]) for event in events]
            target = root / record_path(record.form.name, values["id"], values["created_at"].date())
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(new_text(record.form, values, made), "utf-8")
            number = values["id"] if record.form.name == "repair" else number
            count += 1
    return number, count


def earlier(event: Event, shift: timedelta, names: Mapping[str, str]) -> Event:
    """An event some time earlier, of the copies."""
    changes = {
        name: replace(one, old=moved(one.old, shift, names), new=moved(one.new, shift, names))
        for name, one in event.changes.items()
    }
    at, cause = moved(event.at, shift, names), names.get(event.cause or "")
    return replace(event, at=at, typed_at=None, cause=cause, changes=changes)


def moved(value: Any, shift: timedelta, names: Mapping[str, str]) -> Any:
    """A value some time earlier, with the numbers of copies in place of those of their patterns."""
    if isinstance(value, datetime):
        return value - shift
    if isinstance(value, date):
        return value - timedelta(days=shift.days)
    if isinstance(value, list):
        return [moved(item, shift, names) for item in value]
    if isinstance(value, dict):
        return {key: moved(held, shift, names) for key, held in value.items()}
    return names.get(value, value) if isinstance(value, str) else value


def measure(root: Path, number: str, made: int) -> None:
    """Print a table of one office."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("GIT_", "PMCLI_"))}
    environment = {**kept, "PYTHONPATH": str(TOP), "PMCLI_NOW": "2026-03-06 09:00", "COLUMNS": "80"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    pmcli = [sys.executable, "-m", "pmcli"]
    bare = [sys.executable, "-I", "-c", "pass"]
    floors = {
        "read every file": [sys.executable, "-I", "-c", READ],
        "git status": ["git", "status", "--porcelain"],
        "rg -l '^state: dispatched' records": ["rg", "-l", "^state: dispatched", "records"],
    }
    missing = [name for name, line in floors.items() if shutil.which(line[0]) is None]
    rows = {name: line for name, line in floors.items() if name not in missing}
    cold = cpu([*pmcli, *"repair list --open".split()], root, environment)
    rows |= {f"pmcli {case}": [*pmcli, *case.format(number=number).split()] for case in CASES}
    rows[TAB] = pmcli
    times: dict[str, list[float]] = {name: [] for name in ("bare", "commit", "new", *rows)}
    for turn in range(RUNS):
        times["bare"].append(cpu(bare, root, environment))
        for name, line in rows.items():
            more = ASKING if name == TAB else {}
            times[name].append(cpu(line, root, {**environment, **more}))
        times["new"].append(cpu([*pmcli, *NEW.split(), "--by", "张敏"], root, environment))
        (root / f"plain-{turn}.txt").write_text("x" * 900, "utf-8")
        add = cpu(["git", "add", f"plain-{turn}.txt"], root, environment)
        times["commit"].append(add + cpu(["git", "commit", "-qm", "plain"], root, environment))
    print(f"\n{made} records; medians of {RUNS} paired runs, CPU time")
    print(f"{'':45} {'/ python':>9} {'/ reading':>10}")
    reading = times["read every file"]
    for name in ("commit", "new", *rows):
        said = {"commit": "git add, git commit of one file", "new": "pmcli visit new"}.get(
            name, name
        )
        print(f"{said[:45]:45} {ratio(times[name], times['bare']):9.1f} "
              f"{ratio(times[name], reading):10.2f}")  # fmt: skip
    print(f"{'first list after a clone':45} {cold / statistics.median(times['bare']):9.1f} "
          f"{cold / statistics.median(reading):10.2f}")  # fmt: skip
    new, commit = times["new"], times["commit"]
    print(f"pmcli visit new / git add, git commit: {ratio(new, commit):.2f}")
    peak = peak_memory([*pmcli, *"repair list --open".split()], root, environment)
    print(f"repair list --open: {peak:.0f} MiB at most")
    if missing:
        print(f"not installed, left out: {', '.join(missing)}")


def ratio(times: list[float], floor: list[float]) -> float:
    """The median of paired ratios."""
    return statistics.median(one / other for one, other in zip(times, floor, strict=True))


def cpu(command: list[str], root: Path, environment: Mapping[str, str]) -> float:
    """CPU seconds of one process and its children."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        command, cwd=root, env=dict(environment), capture_output=True, check=False
    )
    assert done.returncode == 0, (command, done.stderr.decode())
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def peak_memory(command: list[str], root: Path, environment: Mapping[str, str]) -> float:
    """The most memory that a process has held, in MiB."""
    script = (
        "import resource, subprocess, sys; subprocess.run(sys.argv[1:], capture_output=True); "
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *command], cwd=root, env=dict(environment),
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return float(done.stdout)


if __name__ == "__main__":
    main()
