"""No sequence of commands, sensible or not, leaves a record where its form cannot bring it.

Steps, corrections, edits by hand and undoings come as they like. After each, what stands in the
records is what their events come to; what was taken back is as git had it before.
"""

from __future__ import annotations

import random
import subprocess
from collections import Counter
from datetime import datetime, timedelta
from typing import Any

import pytest
from conftest import STAFF, Desk

from pmcli.form.expressions import evaluate
from pmcli.form.field import FieldSpec
from pmcli.form.formula import Formula
from pmcli.form.library import Library
from pmcli.form.model import Form, Transition
from pmcli.record.event import Kind
from pmcli.record.model import Record
from pmcli.record.query import Query
from pmcli.record.replay import replay, standing_events
from pmcli.store.records import TAKEN_BACK
from pmcli.store.unit_of_work import Store
from pmcli.workflow.scope import Scope

EXIT_CODES = {0, 2, 3, 4}
"""What a command may come to while nothing else touches the office."""

TEXTS = [
    "漏水",
    "x",
    "已处理 OK",
    "- a: b",
    "{{ 7*7 }}",
    "no",
    "0301",
    "“好”",
    "长" * 60,
    "𠮷野",
    "a\\,b",
]
LONG_TEXTS = [*TEXTS, "第一行\n第二行", "---\nid: x\n---", "a\n\n# b\n"]
NONSENSE = [
    "",
    "?",
    "9-9-999",
    "12.345",
    "昨天",
    "JD-260305-A99",
    "a\0b",
    "-1",
    "x" * 600,
    "王\u202e",
]


class Clerks:
    """A front desk that types whatever comes to mind, by a seed."""

    def __init__(self, desk: Desk, seed: int) -> None:
        self.desk = desk
        self.chance = random.Random(seed)
        self.now = datetime(2026, 3, 5, 9, 0)
        self.store = Store(desk.root)
        self.library: Library = self.store.library
        self.known: dict[str, str] = {"3-2-501": "unit"}
        self.done = 0
        self.doors: Counter[str] = Counter()
        self.visited: set[tuple[str, str]] = set()

    def odds(self, probability: float) -> bool:
        return self.chance.random() < probability

    def pick(self, items: Any) -> Any:
        return self.chance.choice(list(items))

    # What to type

    def line(self) -> list[str]:
        """A command line: a new record, or a step on one that is there."""
        forms = [self.library.get(name) for name in self.library.names]
        if len(self.known) < 4 or self.odds(0.2):
            form = self.pick(forms)
            return [form.name, "new", *self.inputs(form, form.new), *self.acting(form.new)]
        numbers = sorted(self.known, key=lambda number: self.chance.random())
        if self.odds(0.3):
            other = self.pick([self.edit, self.edit, self.undo, self.save])
            line: list[str] = other(self.record(numbers[0]))
            return line
        record = next((r for n in numbers if (r := self.record(n)).open or self.odds(0.1)), None)
        assert record is not None or numbers
        record = record or self.record(numbers[0])
        form = record.form
        legal = [step for step in form.legal_from(record.state) if step.roles != ("system",)]
        steps = [
            v for variants in form.transitions.values() for v in variants if v.command != "new"
        ]
        step = self.pick(legal) if legal and self.odds(0.85) else self.pick(steps)
        number = record.id if self.odds(0.9) else record.id.rpartition("-")[2]
        return [form.name, step.command, number, *self.inputs(form, step), *self.acting(step)]

    def edit(self, record: Record) -> list[str]:
        """A command line that corrects one or two fields, mostly filled ones."""
        form = record.form
        filled = [s for s in form.fields.values() if record.get(s.name) is not None]
        fields = [s for s in form.fields.values() if not s.auto and s.kept]
        filled = [spec for spec in filled if spec in fields]
        chosen = self.pick(filled if filled and self.odds(0.8) else fields)
        given = [t for s in {chosen.name: chosen, self.pick(fields).name: chosen} for t in
                 self.option(form.fields[s])]  # fmt: skip
        linked = ["--linked"] if self.odds(0.3) else []
        return [form.name, "edit", record.id, *given, *linked, *self.acting(form.new)]

    def undo(self, record: Record) -> list[str]:
        which = [record.id] if self.odds(0.7) else []
        who = record.history[-1].by if self.odds(0.7) else self.pick(STAFF)
        return ["undo", *which, "--reason", self.pick(TEXTS), "--by", who]

    def save(self, record: Record) -> list[str]:
        """Change a plain value of a record's file by hand; and the command line that saves it."""
        path = self.desk.root / record.path
        text = path.read_text("utf-8")
        names = [
            n for n, v in record.values.items() if isinstance(v, str) and f"\n{n}: {v}\n" in text
        ]
        name = self.pick(names or ["id"])
        spec = record.form.fields.get(name)
        new = self.value(spec) if spec else self.pick(["x", "A01"])
        text = text.replace(f"\n{name}: {record.get(name)}\n", f"\n{name}: {new}\n", 1)
        path.write_text(text, "utf-8", newline="\n")
        return ["save", "--reason", self.pick(TEXTS), "--by", self.pick(STAFF)]

    def acting(self, step: Transition) -> list[str]:
        able = [n for n, role in STAFF.items() if role in step.roles or "any" in step.roles]
        given = []
        if self.odds(0.9):
            given += ["--by", self.pick(able if able and self.odds(0.9) else STAFF)]
        if self.odds(0.1):
            moment = self.now - timedelta(minutes=self.chance.randint(-30, 600))
            given += ["--at", f"{moment:%Y-%m-%d %H:%M}"]
        if self.odds(0.6):
            given += ["--reason", self.pick(TEXTS)]
        return given

    def inputs(self, form: Form, step: Transition) -> list[str]:
        needed = {n for need in step.needs for n in (*need.give, *need.any_of, *need.one_of[:1])}
        wanted = [n for n in step.asks if self.odds(0.97)]
        wanted += [n for n in step.may if self.odds(0.75 if n in needed else 0.25)]
        given = [text for name in wanted for text in self.option(form.fields.get(name))]
        for creation in step.creates:
            if creation.same or not self.odds(0.9):
                continue
            for child in map(self.library.get, creation.forms):
                names = [n for n in child.new.asks if n not in creation.values]
                names += [n for n in child.new.may if self.odds(0.3)]
                fields = [child.fields[n] for n in names if n not in form.fields]
                given += [text for spec in fields for text in self.option(spec)]
        return given

    def option(self, spec: FieldSpec | None) -> list[str]:
        if spec is None:
            return []
        times = self.chance.randint(1, 2) if spec.many or spec.type == "rows" else 1
        return [f"{spec.option}={self.value(spec)}" for _ in range(times)]

    def value(self, spec: FieldSpec) -> str:
        if self.odds(0.03):
            return str(self.pick(NONSENSE))
        kind = spec.type
        if kind == "choice":
            return str(self.pick(spec.choices))
        if kind == "rows":
            cells = {
                c.name: self.value(c) for c in spec.columns.values() if c.required or self.odds(0.5)
            }
            return ",".join(f"{name}={text}" for name, text in cells.items())
        if kind in ("unit", "link"):
            forms = ("unit",) if kind == "unit" else spec.to
            numbers = [n for n, form in self.known.items() if form in forms or "any" in forms]
            return str(self.pick(numbers or ["3-2-501"]))
        day = self.now + timedelta(days=self.chance.randint(-3, 9))
        samples: dict[str, Any] = {
            "text": self.pick(
                TEXTS if spec.name != "number" else ["1-1-101", "3栋2单元502室", "5-3"]
            ),
            "longtext": self.pick(LONG_TEXTS),
            "flag": self.pick(["yes", "no", "是"]),
            "integer": self.chance.randint(0, 5),
            "money": f"{self.chance.randint(0, 500)}.{self.chance.randint(0, 99):02}",
            "date": f"{day:%Y-%m-%d}",
            "datetime": f"{day:%Y-%m-%d %H:%M}",
            "duration": self.pick(["30m", "24h", "7d", "5wd"]),
            "phone": self.pick(["13800138000", "0731-88886666"]),
            "person": self.pick(["刘先生", "王女士", "O'Neil", "阿·不都"]),
            "staff": self.pick(STAFF),
            "time": self.pick(["8:00", "20:30", "24:00"]),
            "span": f"{day:%Y-%m-%d}..{day + timedelta(days=2):%Y-%m-%d}",
            "month": self.pick(["2026-03", "2026-04", "2026年5月"]),
            "plate": "湘a·d12345",
            "percent": "９７.５",
        }
        return str(samples[kind])

    # What comes of it

    def record(self, number: str) -> Record:
        self.store.records.forget()
        record = self.store.records.by_id(number)
        assert record is not None, number
        return record

    def work(self, commands: int) -> None:
        """Type some commands, and look at the office after each."""
        for _ in range(commands):
            self.now += timedelta(minutes=self.chance.choice([0, 5, 60, 600, 3000]))
            self.desk.clock(f"{self.now:%Y-%m-%d %H:%M}")
            line = self.line()
            head, commits = self.desk.head, self.desk.commits
            result = self.desk(line)
            if line[0] == "save" and result.code == 1:
                # What was left stays as the hand wrote it.
                assert self.desk.head == head, line
                self.desk.git("checkout", "--", "records")
                continue
            assert result.code in EXIT_CODES, (line, result)
            assert self.desk.git("status", "--porcelain") == "", line
            if result.code:
                assert self.desk.head == head, line
                assert result.err.strip(), line
                assert result.out == "", line
                continue
            if {"save", "edit"} & {*line[:2]} and self.desk.head == head:
                continue
            assert self.desk.commits == commits + 1, line
            self.done += 1
            self.doors[line[0] if line[0] in ("undo", "save") else line[1]] += 1
            self.written(line)

    def written(self, line: list[str]) -> None:
        """The records of the last commit follow from what they were before it."""
        names = self.desk.git("diff-tree", "-r", "-z", "--name-only", "HEAD~1", "HEAD")
        paths = [name for name in names.split("\0") if name]
        assert paths, line
        self.store.records.forget()
        if line[0] == "undo":
            self.taken_back(paths)
        for path in paths:
            if not (self.desk.root / path).exists():
                del self.known[path.rpartition("/")[2].removesuffix(".md")]
                continue
            if path.endswith(TAKEN_BACK):
                continue
            form = self.library.get(path.split("/")[1])
            record = self.store.records.read(path, form.name)
            self.known[record.id] = form.name
            self.visited.add((form.name, record.state))
            walked(record)
            before = subprocess.run(
                ["git", "show", f"HEAD~1:{path}"],
                cwd=self.desk.root,
                capture_output=True,
                check=False,
            )
            if before.returncode:
                assert len([event for event in record.history if event.begins]) == 1, line
                continue
            old = self.store.records.parse(path, before.stdout, form)
            assert record.history[: len(old.history)] == old.history, line
            assert len(record.history) > len(old.history), line
            for name in ("id", "form", "created_at", "created_by", "source"):
                assert old.get(name) in (None, record.get(name)), line
            if form.body_field and not any(
                form.body_field in v.inputs
                for command, variants in form.transitions.items()
                for v in variants
                if command != "new"
            ):
                assert record.body == old.body, line

    def taken_back(self, paths: list[str]) -> None:
        """The records of an undoing are as they were before what it took back."""
        trailers = "--format=%(trailers:key=Undoes,valueonly)"
        undone = self.desk.git("log", "-1", trailers).strip()
        for path in paths:
            if path.endswith(TAKEN_BACK):
                continue
            then = subprocess.run(
                ["git", "show", f"{undone}~1:{path}"],
                cwd=self.desk.root, capture_output=True, check=False,
            )  # fmt: skip
            if not (self.desk.root / path).exists():
                assert then.returncode, path
                continue
            form = self.library.get(path.split("/")[1])
            was = self.store.records.parse(path, then.stdout, form)
            now = self.store.records.read(path, form.name)
            assert dict(now.values) == dict(was.values), path
            assert now.state == was.state, path

    def whole(self) -> None:
        """The office as a whole holds together."""
        self.desk.clean()
        store = Store(self.desk.root)
        records = {record.id: record for record in store.records.find(Query())}
        assert store.records.faults == []
        assert set(records) == set(self.known)
        for record in records.values():
            walked(record)
            assert record.links() <= set(records), record.id
            source = record.get("source")
            # A record that was corrected may name another one than it was made for.
            corrected = any(event.kind is Kind.EDIT for event in record.history)
            if source is not None and not corrected:
                assert record.id in records[source].links(), (record.id, source)
        for name in self.library.names:
            following(self.library.get(name), records, store)
            assert self.desk(f"{name} list --format json").code == 0
            assert self.desk(f"{name} list").code == 0
        for record in self.chance.sample(sorted(records.values(), key=lambda r: r.id), 5):
            for command in (f"{record.form.name} show", f"{record.form.name} print", "history"):
                assert self.desk([*command.split(), record.id]).code == 0
        check = self.desk("check")
        assert check.code == 0, check.out + check.err


def walked(record: Record) -> None:
    """Walk a record's history through its form; it must arrive at the record's state."""
    times = [event.at for event in record.history if event.at is not None]
    assert len(times) == len(record.history), record.id
    standing = standing_events(record.history)
    steps = [event.at for event in standing if event.is_step and event.at is not None]
    assert steps == sorted(steps), record.id
    for place, event in enumerate(record.history):
        # Only a step may be told later than what other records' steps have added meanwhile.
        assert event.is_step or times[place] == max(times[: place + 1]), record.id
    state: str | None = None
    for event in standing:
        if not event.is_step:
            assert event.to_state is None
            continue
        command = event.command
        variants = record.form.transitions[command]
        assert event.from_state == state, record.id
        fitting = [v for v in variants if state in v.from_ or (command == "new" and state is None)]
        assert fitting, (record.id, state, command)
        targets = {state if v.to == "same" else v.to for v in fitting}
        arrived = event.to_state
        assert arrived in targets or any(isinstance(t, Formula) for t in targets), record.id
        state = arrived
        assert state is not None
        if record.form.states[state].final:
            later = standing[standing.index(event) + 1 :]
            assert not any(more.is_step for more in later), record.id
    assert state == record.state, record.id
    replayed = replay(record.history)
    assert replayed.state == record.state
    held = {name: record.get(name) for name in record.form.stamp_names if record.get(name)}
    assert replayed.stamps == held, record.id
    for name, value in replayed.values.items():
        spec = record.form.fields.get(name)
        if spec is None or spec.follows is None:
            assert record.get(name) == value, (record.id, name)


def following(form: Form, records: dict[str, Record], store: Store) -> None:
    """Lists that follow other records name exactly those."""
    for spec in form.fields.values():
        follows = spec.follows
        if follows is None:
            continue
        for record in (r for r in records.values() if r.form.name == form.name):
            wanted = set()
            for other in (r for r in records.values() if r.form.name == follows.form):
                named = other.get(follows.by) or []
                named = named if isinstance(named, list) else [named]
                scope = Scope(other.form, other.values, store.present(), store.records)
                if record.id in named and (follows.when is None or evaluate(follows.when, scope)):
                    wanted.add(other.id)
            assert set(record.get(spec.name) or []) == wanted, (record.id, spec.name)


def a_while(desk: Desk, seed: int, commands: int) -> Clerks:
    clerks = Clerks(desk, seed)
    clerks.work(commands)
    clerks.whole()
    return clerks


@pytest.mark.parametrize("seed", range(3))
def test_any_sequence_of_commands(desk: Desk, seed: int) -> None:
    clerks = a_while(desk, seed, 90)
    assert clerks.done > 10
    assert len(clerks.visited) > 8
    assert {"edit", "undo"} <= {*clerks.doors}, clerks.doors


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(100, 108))
def test_any_long_sequence_of_commands(desk: Desk, seed: int) -> None:
    clerks = a_while(desk, seed, 400)
    assert {"edit", "undo"} <= {*clerks.doors}, clerks.doors
