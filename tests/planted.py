"""Records with a secret in every place that a form calls private, made from the form alone."""

from __future__ import annotations

import itertools
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from pmcli.form.field import FieldSpec
from pmcli.form.library import Library
from pmcli.form.model import Form
from pmcli.record.event import Event, Kind
from pmcli.record.writing import new_text
from pmcli.store.records import record_path

AT = datetime(2026, 3, 5, 8, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
UNIT = "3-2-501"
STRANGER = ("13911112222", "430105199001011234", "湘A8C123")
"""Numbers in free text that stand on no file."""


@dataclass
class Planted:
    """A record in one state, and what must not be read of it."""

    form: Form
    id: str
    state: str
    secrets: list[str] = field(default_factory=list)
    """What stands in private fields, and what is said of it in free text."""


class Planter:
    """Gives every private value a secret of its own, and tells them all in every free text."""

    def __init__(self) -> None:
        self._count = itertools.count(1)

    def record(self, form: Form, state: str) -> tuple[Planted, dict[str, Any], list[Event]]:
        """A record of a form: values and history."""
        number = next(self._count)
        id_ = f"{form.prefix}-260305-A{number:02d}" if form.prefix else f"9-1-{number + 100}"
        planted = Planted(form, id_, state)
        specs = [s for s in form.fields.values() if not (s.type == "link" or s.name == "id")]
        private = [s for s in specs if s.private or s.type == "rows"]
        values: dict[str, Any] = {
            "id": id_, "form": form.name, "state": state, "created_at": AT,
            "created_by": "张敏", "keeper": "张敏",
        }  # fmt: skip
        for spec in private:
            values[spec.name] = self._value(spec, planted, "")
        told = "，".join(["经反映", *planted.secrets, *STRANGER])
        for spec in specs:
            if spec not in private:
                # What pmcli itself fills in (a fingerprint, a number) is nobody's words.
                words = "pmcli" if spec.auto else told
                if form.templates is not None and spec.name == form.templates.by:
                    words = form.templates.free
                values[spec.name] = self._value(spec, planted, words)
            elif spec.type == "rows" and not spec.private:
                values[spec.name] = [
                    {
                        name: told if spec.columns[name].type in ("text", "longtext")
                        and not spec.columns[name].private else cell
                        for name, cell in row.items()
                    }
                    for row in values[spec.name]
                ]  # fmt: skip
        if form.number_field:
            values[form.number_field] = id_
        rows = [Event(Kind.STEP, "new", "张敏", AT, to_state=state, note=told, reason=told)]
        return planted, {n: v for n, v in values.items() if v is not None}, rows

    def _value(self, spec: FieldSpec, planted: Planted, told: str) -> Any:
        if spec.type == "rows":
            inner = {
                c.name: self._single(c, planted, "见前", spec.private or c.private)
                for c in spec.columns.values()
                if c.type != "link"
            }
            return [{n: v for n, v in inner.items() if v is not None}]
        value = self._single(spec, planted, told, spec.private)
        return [value] if spec.many and value is not None else value

    def _single(self, spec: FieldSpec, planted: Planted, told: str, private: bool) -> Any:
        number = next(self._count)
        if spec.choices:
            return next(iter(spec.choices))
        match spec.type:
            case "person" if private:
                return self._secret(planted, "蒋" + chr(0x5100 + number) + chr(0x5800 + number))
            case "phone" if private:
                return self._secret(planted, f"139{20000000 + number * 7919:08d}")
            case "text" | "longtext" if private:
                return self._secret(planted, f"密语{chr(0x6100 + number)}{number:04d}甲")
            case "person":
                return "公示人"
            case "phone":
                return "0731-88886666"
            case "text" | "longtext":
                return told
            case "staff":
                return "张敏"
            case "unit":
                return UNIT
            case "flag":
                return True
            case "integer":
                return 1
            case "money":
                return Decimal("1.00")
            case "date":
                return date(2026, 3, 5)
            case "datetime":
                return AT
            case "time":
                return "09:00"
            case "month":
                return "2026-03"
            case "duration":
                return "7d"
            case _:
                return None

    @staticmethod
    def _secret(planted: Planted, text: str) -> str:
        planted.secrets.append(text)
        return text


def plant(root: Path, library: Library) -> Iterator[Planted]:
    """Write a record of every form in every state into an office, and commit them."""
    planter = Planter()
    for name in library.names:
        form = library.get(name)
        for state in form.states:
            planted, values, rows = planter.record(form, state)
            path = root / record_path(name, planted.id, AT.date())
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(new_text(form, values, rows), "utf-8", newline="\n")
            yield planted
    for command in (["add", "-A"], ["commit", "-qm", "records"]):
        subprocess.run(["git", *command], cwd=root, check=True, capture_output=True)
