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
from pmcli.form.dress import Dress, read_dress
from pmcli.form.library import Library, Source
from pmcli.form.model import ROLES
from pmcli.form.reading import Reader, read_table
from pmcli.form.source import Tree, read_tree
from pmcli.form.templates import SUFFIX
from pmcli.form.units import DEFAULT_PATTERN
from pmcli.messages import Sentence
from pmcli.problems import Fault, Unreadable
from pmcli.workflow.act import Staff

CONFIG = "office.yaml"


@dataclass(frozen=True)
class Office:
    """What office.yaml says. Times of the office are in `zone`."""

    root: Path
    name: str
    community: str = ""
    phone: str = ""
    address: str = ""
    zone: tzinfo = field(default_factory=lambda: ZoneInfo("Asia/Shanghai"))
    language: str = "zh"
    service_hours: str = "8:00-20:30"
    staff: Staff = field(default_factory=Staff)
    figures: Mapping[str, str] = field(default_factory=dict)
    lists: Mapping[str, tuple[Mapping[str, str], ...]] = field(default_factory=dict)
    unit_pattern: str = DEFAULT_PATTERN
    working_days: Mapping[date, bool] = field(default_factory=dict)
    dress: Dress = field(default_factory=Dress)

    @property
    def names(self) -> dict[str, str]:
        """What formulas and templates may say of the office."""
        held = ("name", "community", "phone", "address", "service_hours")
        return {key: getattr(self, key) for key in held}


def load_office(root: Path) -> Office:
    """Read office.yaml; raises Unreadable with file and line."""
    path = root / CONFIG
    data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Unreadable(Fault(CONFIG, line, Sentence("not_utf8"))) from None
    tree, faults = read_tree(text, CONFIG)
    if tree is None or faults:
        raise Unreadable(*faults)
    office = _office(root, tree, faults)
    if faults:
        raise Unreadable(*faults)
    return office


def _office(root: Path, tree: Tree, faults: list[Fault]) -> Office:
    reader = Reader(tree, faults)
    zone_name = reader.text("time_zone") or "Asia/Shanghai"
    zone: tzinfo = ZoneInfo("Asia/Shanghai")
    try:
        zone = ZoneInfo(zone_name)
    except (KeyError, ValueError, OSError):
        reader.fault("time_zone", Sentence("no_zone", zone=zone_name))
    pattern = reader.text("unit_pattern") or DEFAULT_PATTERN
    if not units.is_pattern(pattern):
        reader.fault("unit_pattern", Sentence("bad_pattern", pattern=pattern))
    office = Office(
        root=root,
        name=reader.text("name", required=True) or "",
        community=reader.text("community") or "",
        phone=reader.text("phone") or "",
        address=reader.text("address") or "",
        zone=zone,
        language=reader.one_of("language", ("zh", "en"), "zh"),
        service_hours=reader.text("service_hours") or "8:00-20:30",
        staff=Staff(dict(reader.sequence("staff", lambda t: _member(t, faults)))),
        figures=reader.mapping("figures", lambda key, t: _figure(key, t, faults)),
        lists=reader.mapping("lists", lambda key, t: read_table(key, t, faults)),
        unit_pattern=pattern,
        working_days=_working_days(reader),
        dress=_dress(reader, faults),
    )
    for key in LINT_KEYS:
        reader.take(key)
    reader.finish()
    return office


LINT_KEYS = ("aliases", "phones", "jurisdiction", "arrears_posting", "lint")
"""Keys that pmcli.store.lint_settings reads where a text is checked."""


def _dress(reader: Reader, faults: list[Fault]) -> Dress:
    tree = reader.take("paper")
    return read_dress(tree, faults) if tree is not None else Dress()


def _working_days(reader: Reader) -> dict[date, bool]:
    """`working_days: {2027-02-07: work, 2027-02-08: rest}`: the office's own calendar."""
    table: dict[date, bool] = {}
    for text, word in reader.mapping("working_days", lambda _key, tree: tree.text).items():
        day = _day(text, reader)
        if word not in ("work", "rest"):
            allowed = ["work", "rest"]
            reader.fault(
                "working_days", Sentence("want_one_of", key=text, value=word, allowed=allowed)
            )
        elif day is not None:
            table[day] = word == "work"
    return table


def _day(text: str, reader: Reader) -> date | None:
    try:
        return parse_date(text)
    except ValueError:
        reader.fault("working_days", Sentence("not_a_date", field="working_days", value=text))
        return None


def _member(tree: Tree, faults: list[Fault]) -> tuple[str, tuple[str, ...]]:
    reader = Reader(tree, faults)
    name, roles = reader.text("name", required=True) or "", reader.names("roles")
    for role in roles:
        if role not in ROLES:
            reader.fault("roles", Sentence("unknown_role", role=role, roles=list(ROLES)))
    reader.finish()
    return name, roles


def _figure(key: str, tree: Tree, faults: list[Fault]) -> str:
    reader = Reader(tree, faults, short="value")
    value = reader.text("value", required=True) or ""
    reader.take("source")
    if not durations.is_figure(value):
        reader.fault("value", Sentence("bad_duration", where=key, value=value))
    reader.finish()
    return value


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
        name, text, raw = f"{shown}/{path.name}", "", b""
        try:
            raw = path.read_bytes()
            text = raw.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = raw.count(b"\n", 0, error.start) + 1
            unread[path.stem] = Fault(name, line, Sentence("not_utf8"))
        except OSError as error:
            words = error.strerror or str(error)
            unread[path.stem] = Fault(name, 0, Sentence("unreadable_file", words=words))
        found[path.stem] = (name, text)
    return found, unread


def load_library(root: Path | None) -> Library:
    """The forms of an office, or the built-in ones alone."""
    built_in, _ = form_files(built_in_folder("forms"), "<pmcli>/forms")
    own: dict[str, Source] = {}
    unread: dict[str, Fault] = {}
    if root is not None:
        folder = root / "forms"
        if folder.is_dir() and not _same(folder, built_in_folder("forms")):
            own, unread = form_files(folder, "forms")
    return Library(built_in, own, unread, lambda folder: template_files(root, folder))


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
            try:
                found[key] = (name, path.read_text("utf-8-sig", errors="replace"))
            except OSError as error:
                words = error.strerror or str(error)
                found[key] = Fault(name, 0, Sentence("unreadable_file", words=words))
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
