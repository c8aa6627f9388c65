"""office.yaml read: what each key gives, or the faults with their lines; and a new one written."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo

from pmcli.form import durations, units
from pmcli.form.days import parse_date
from pmcli.form.reading import Reader, table_from
from pmcli.form.theme import THEMES, Dress
from pmcli.form.units import DEFAULT_PATTERN
from pmcli.messages import Sentence
from pmcli.problems import Fault, Unreadable
from pmcli.store.office_model import CONFIG, LintKeys, Office
from pmcli.store.office_shape import OFFICE
from pmcli.workflow.act import Staff
from pmcli.yaml_files.reading import read_tree
from pmcli.yaml_files.shape import faults_of
from pmcli.yaml_files.tree import Tree


def read_office(root: Path, text: str) -> Office:
    """Read the text of office.yaml; raises Unreadable with file and line."""
    tree, faults = read_tree(text, CONFIG)
    if tree is None:
        raise Unreadable(*faults)
    faults += faults_of(tree, OFFICE)
    office = _office(root, Reader(tree, faults))
    if faults:
        raise Unreadable(*sorted(faults, key=lambda fault: fault.line))
    return office


def _office(root: Path, reader: Reader) -> Office:
    pattern = reader.text("unit_pattern") or DEFAULT_PATTERN
    if not units.is_pattern(pattern):
        reader.fault("unit_pattern", Sentence("bad_pattern", pattern=pattern))
    paper, lint = reader.take("paper"), reader.take("lint")
    return Office(
        root=root,
        name=reader.text("name") or "",
        community=reader.text("community") or "",
        aliases=reader.names("aliases"),
        phone=reader.text("phone") or "",
        phones=reader.names("phones") if reader.has("phones") else None,
        address=reader.text("address") or "",
        zone=_zone(reader),
        language=reader.word("language", ("zh", "en"), "zh"),
        service_hours=reader.text("service_hours") or "8:00-20:30",
        staff=Staff(dict(reader.sequence("staff", lambda tree: _member(tree, reader.faults)))),
        figures=reader.mapping("figures", lambda key, tree: _figure(key, tree, reader.faults)),
        lists=reader.mapping("lists", lambda _key, tree: table_from(tree)),
        places=_places(reader, "figures", "lists"),
        unit_pattern=pattern,
        working_days=_working_days(reader),
        dress=_dress(paper) if paper is not None else Dress(),
        arrears_posting=reader.text("arrears_posting") == "allowed",
        lint=_lint(Reader(lint, reader.faults)) if lint is not None else LintKeys(),
    )


def _places(reader: Reader, *keys: str) -> dict[str, int]:
    """The lines on which the entries of some mappings stand."""
    found: dict[str, int] = {}
    for key in keys:
        tree = reader.take(key)
        if tree is not None and tree.key_lines is not None:
            found |= {f"{key} {name}": line for name, line in tree.key_lines.items()}
    return found


def _zone(reader: Reader) -> tzinfo:
    name = reader.text("time_zone") or "Asia/Shanghai"
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        reader.fault("time_zone", Sentence("no_zone", zone=name))
        return ZoneInfo("Asia/Shanghai")


def _lint(reader: Reader) -> LintKeys:
    leads = reader.take("leads")
    limits = Reader(leads, reader.faults) if leads is not None else None
    return LintKeys(
        title_max=_limit(reader, "title_max"),
        exclamations_max=_limit(reader, "exclamations_max"),
        tip_max=_limit(reader, "tip_max"),
        late_rate_max=reader.fraction("late_rate_max", 0) if reader.has("late_rate_max") else None,
        theme=reader.text("theme"),
        arrears_posting=reader.text("arrears_posting") == "allowed",
        ignore=tuple(code.upper() for code in reader.names("ignore")),
        leads={key: limits.number(key, 0) for key in limits.tree.keys or {}} if limits else {},
        lead_lines=leads.key_lines if leads is not None else {},
    )


def _limit(reader: Reader, key: str) -> int | None:
    return reader.number(key, 0) if reader.has(key) else None


def _working_days(reader: Reader) -> dict[date, bool]:
    """`working_days: {2027-02-07: work, 2027-02-08: rest}`: the office's own calendar."""
    table = reader.take("working_days")
    days: dict[date, bool] = {}
    for text, word in reader.mapping("working_days", lambda _key, tree: tree.text).items():
        try:
            days[parse_date(text)] = word == "work"
        except ValueError:
            line = table.key_lines[text] if table is not None else 0
            said = Sentence("not_a_date", field="working_days", value=text)
            reader.faults.append(Fault(CONFIG, line, said))
    return days


def _member(tree: Tree, faults: list[Fault]) -> tuple[str, tuple[str, ...]]:
    reader = Reader(tree, faults)
    return reader.text("name") or "", reader.names("roles")


def _figure(key: str, tree: Tree, faults: list[Fault]) -> str:
    reader = Reader(tree, faults, short="value")
    value = reader.text("value")
    if value is not None and not durations.is_figure(value):
        reader.fault("value", Sentence("bad_duration", where=key, value=value))
    return value or ""


def _dress(tree: Tree) -> Dress:
    """The `paper:` section of office.yaml: `{theme: gbt9704, letterhead: yes, code: no}`."""
    reader = Reader(tree, [])
    return Dress(
        theme=reader.word("theme", THEMES, THEMES[0]),
        letterhead=reader.flag("letterhead"),
        code=reader.flag("code", True),
        seal=reader.flag("seal"),
    )


def office_yaml(
    name: str,
    *,
    community: str = "",
    phone: str = "",
    address: str = "",
    language: str = "zh",
    staff: Mapping[str, tuple[str, ...]] | None = None,
) -> str:
    """The text of a new office.yaml."""
    from pmcli.record.plain_yaml import entry, flow

    lines = [
        "# 本办公室的资料。改动后请运行 pmcli check。\n",
        "# This office. Run pmcli check after a change.\n",
        entry("name", name),
        entry("community", community or name),
        entry("phone", phone),
        entry("address", address),
        entry("time_zone", "Asia/Shanghai"),
        entry("language", language),
        entry("service_hours", "8:00-20:30"),
    ]
    if staff:
        lines.append("staff:\n")
        lines += [f"- {flow({'name': n, 'roles': list(r)})}\n" for n, r in staff.items()]
    else:
        lines.append("staff: []\n")
    lines += [
        "# 时限与数额可在此改写，例如 / figures override the defaults, for example:\n",
        '# figures: {<form>.<clock>: {value: 20m, source: "服务合同第8条"}}\n',
    ]
    return "".join(lines)
