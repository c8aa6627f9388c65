"""office.yaml: who the office is, its staff, its figures."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo

from pmcli.form import durations, units
from pmcli.form.days import parse_date
from pmcli.form.library import Library, Source
from pmcli.form.reading import Reader, table_from
from pmcli.form.text_template import SUFFIX
from pmcli.form.theme import Dress, read_dress
from pmcli.form.units import DEFAULT_PATTERN
from pmcli.messages import Sentence
from pmcli.problems import Fault, Unreadable
from pmcli.store.office_shape import OFFICE
from pmcli.store.shelf import FormShelf
from pmcli.workflow.act import Staff
from pmcli.yaml_files.nodes import BadYaml, read_text
from pmcli.yaml_files.shape import faults_of
from pmcli.yaml_files.tree import Tree, read_tree

CONFIG = "office.yaml"


@dataclass(frozen=True)
class LintKeys:
    """The section `lint:`; None where the office leaves a limit as it is."""

    title_max: int | None = None
    exclamations_max: int | None = None
    tip_max: int | None = None
    late_rate_max: float | None = None
    theme: str | None = None
    arrears_posting: bool = False
    ignore: tuple[str, ...] = ()
    leads: Mapping[str, int] = field(default_factory=dict)
    lead_lines: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Office:
    """What office.yaml says. Times of the office are in `zone`."""

    root: Path
    name: str
    community: str = ""
    aliases: tuple[str, ...] = ()
    phone: str = ""
    phones: tuple[str, ...] | None = None
    """All its other numbers; None where the office does not list them."""
    address: str = ""
    zone: tzinfo = field(default_factory=lambda: ZoneInfo("Asia/Shanghai"))
    language: str = "zh"
    service_hours: str = "8:00-20:30"
    staff: Staff = field(default_factory=Staff)
    figures: Mapping[str, str] = field(default_factory=dict)
    lists: Mapping[str, tuple[Mapping[str, str], ...]] = field(default_factory=dict)
    places: Mapping[str, int] = field(default_factory=dict)
    """The lines of figures and lists, by `figures <key>` and `lists <key>`."""
    unit_pattern: str = DEFAULT_PATTERN
    working_days: Mapping[date, bool] = field(default_factory=dict)
    dress: Dress = field(default_factory=Dress)
    arrears_posting: bool = False
    lint: LintKeys = field(default_factory=LintKeys)

    @property
    def names(self) -> dict[str, str]:
        """What formulas and templates may say of the office."""
        held = ("name", "community", "phone", "address", "service_hours")
        return {key: getattr(self, key) for key in held}


def load_office(root: Path) -> Office:
    """Read office.yaml; raises Unreadable with file and line."""
    text = _read(root / CONFIG, CONFIG)
    if isinstance(text, Fault):
        raise Unreadable(text)
    tree, faults = read_tree(text, CONFIG)
    if tree is None:
        raise Unreadable(*faults)
    faults += faults_of(tree, OFFICE)
    office = _office(root, Reader(tree, faults))
    if faults:
        raise Unreadable(*sorted(faults, key=lambda fault: fault.line))
    return office


def _read(path: Path, shown: str) -> str | Fault:
    """The text of a file of the office, or why it cannot be read."""
    try:
        return read_text(path)
    except BadYaml as error:
        return Fault(shown, error.line, error.sentence)
    except OSError as error:
        return Fault(shown, 0, Sentence("unreadable_file", words=error.strerror or str(error)))


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
        dress=read_dress(paper) if paper is not None else Dress(),
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


def built_in_folder(name: str) -> Path:
    """Where the built-in `forms` or `templates` are: in the wheel, else in the source tree."""
    import pmcli

    package = Path(pmcli.__file__).parent
    inside = package / "builtin" / name
    return inside if inside.is_dir() else package.parent / name


def form_files(folder: Path, shown: str) -> tuple[dict[str, Source], dict[str, Fault]]:
    """The form files of a folder: name to (path to show, text); and why some cannot be read."""
    found: dict[str, Source] = {}
    unread: dict[str, Fault] = {}
    try:
        paths = sorted(e.path for e in os.scandir(folder) if e.name.endswith(".yaml"))
    except FileNotFoundError:
        return {}, {}
    for path in map(Path, paths):
        name = f"{shown}/{path.name}"
        text = _read(path, name)
        if isinstance(text, Fault):
            unread[path.stem] = text
        found[path.stem] = (name, "" if isinstance(text, Fault) else text)
    return found, unread


def load_library(root: Path | None, keeps: bool = True) -> Library:
    """The forms of an office, or the built-in ones alone; it `keeps` those it has to read."""
    built_in, _ = form_files(built_in_folder("forms"), "<pmcli>/forms")
    own: dict[str, Source] = {}
    unread: dict[str, Fault] = {}
    if root is not None:
        folder = root / "forms"
        if folder.is_dir() and not _same(folder, built_in_folder("forms")):
            own, unread = form_files(folder, "forms")
    shelf = FormShelf(root, keeps) if root is not None else None
    return Library(built_in, own, unread, lambda folder: template_files(root, folder), shelf)


def template_files(root: Path | None, folder: str) -> dict[str, Source | Fault]:
    """The text templates of a folder below templates/, built-in ones and then the office's own.

    A file that cannot be read has its fault instead.
    """
    found: dict[str, Source | Fault] = {}
    places = [(built_in_folder("templates") / folder, f"<pmcli>/templates/{folder}")]
    if root is not None and not _same(root / "templates" / folder, places[0][0]):
        places.append((root / "templates" / folder, f"templates/{folder}"))
    for place, shown in places:
        for path in sorted(place.glob(f"*{SUFFIX}")):
            key, name = path.name.removesuffix(SUFFIX), f"{shown}/{path.name}"
            text = _read(path, name)
            found[key] = text if isinstance(text, Fault) else (name, text)
    return found


def _same(first: Path, second: Path) -> bool:
    try:
        return first.samefile(second)
    except OSError:
        return False


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
