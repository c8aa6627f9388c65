"""init: a new office."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from pmcli.cli.line import output
from pmcli.cli.line.options import Argument, Option, leaf, option
from pmcli.cli.line.session import Session, begin, current
from pmcli.messages import Sentence
from pmcli.problems import Usage, Want
from pmcli.record.numbers import DESKS
from pmcli.trade import ROLES

if TYPE_CHECKING:
    from pmcli.messages.keys import Key


def command(name: str) -> Any:
    """Build the command."""
    language = current().language

    def text(decl: str, key: Key, metavar: str = "TEXT", **more: Any) -> Option:
        return option(decl, Sentence(key).text(language), metavar, **more)

    params: list[Option | Argument] = [
        Argument("directory", "DIR"),
        text("--name", "help_init_name", "NAME", required=True),
        text("--community", "help_init_community"),
        text("--phone", "help_init_phone", "PHONE"),
        text("--address", "help_init_address"),
        text("--desk", "help_init_desk", "LETTER", kind="choice"),
        text("--staff", "help_init_staff", "NAME:ROLE", kind="staff", multiple=True),
        text("--language", "help_init_language", "zh|en", kind="choice"),
    ]
    return leaf(name, Sentence("help_init").text(language), run_init, params)


def run_init(directory: str, name: str, staff: tuple[str, ...], **given: str | None) -> int:
    """Make an office and say where it is."""
    members = parse_staff(list(staff or ()))
    if not directory.strip() or not directory.isprintable():
        raise Usage.of(Want.VALUE, Sentence("bad_file_name", path=directory), "directory")
    said = {key: value for key, value in given.items() if value is not None}
    desk = make_office(Path(directory), name, staff=members, **said)
    sentence = Sentence("init_done", name=name, path=directory, desk=desk)
    output.tell(sentence.text(current().language))
    if members:
        actor = current().store.git.config("user.name")
        output.tell(Sentence("init_actor", name=actor).text(current().language))
    return 0


def parse_staff(texts: list[str]) -> dict[str, tuple[str, ...]]:
    """Read `张敏:reception,finance`; roles may be named in Chinese. Raises Usage."""
    named = {label.zh: role for role, label in ROLES.items()}
    staff: dict[str, tuple[str, ...]] = {}
    for text in texts:
        name, colon, roles = text.replace("：", ":").replace("，", ",").partition(":")
        listed = [named.get(r.strip(), r.strip()) for r in roles.split(",") if r.strip()]
        if not colon or not name.strip() or not listed or not name.isprintable():
            raise Usage.of(Want.VALUE, Sentence("init_staff_form", value=text), "staff")
        for role in listed:
            if role not in ROLES:
                raise Usage.of(
                    Want.UNKNOWN,
                    Sentence("unknown_role", role=role, roles=list(ROLES)),
                    "staff",
                    near=ROLES,
                )
        staff[name.strip()] = tuple(dict.fromkeys((*staff.get(name.strip(), ()), *listed)))
    return staff


def check_desk(letter: str) -> str:
    """Return a desk letter in upper case; raises Usage."""
    if letter.upper() not in DESKS or len(letter) != 1:
        raise Usage.of(Want.VALUE, Sentence("bad_desk", value=letter), "desk")
    return letter.upper()


def make_office(
    directory: Path,
    name: str,
    *,
    community: str = "",
    phone: str = "",
    address: str = "",
    desk: str = "A",
    staff: dict[str, tuple[str, ...]] | None = None,
    language: str = "zh",
) -> str:
    """Make the folder, its git repository and the first commit; return the desk letter.

    What a killed `init` of the same office left is finished or made anew. Raises Usage for bad
    input and Conflict for a folder in use; then nothing is left behind.
    """
    from pmcli.store.checks import ATTRIBUTES, ATTRIBUTES_LINE
    from pmcli.store.founding import found
    from pmcli.store.office_reading import office_yaml

    letter = check_desk(desk)
    for key, value in (("--name", name), ("--community", community), ("--phone", phone),
                       ("--address", address)):  # fmt: skip
        if not value.isprintable() or len(value) > 200 or (key == "--name" and not value.strip()):
            raise Usage.of(
                Want.VALUE, Sentence("init_text", key=key, value=value[:40]), key.lstrip("-")
            )
    if language not in ("zh", "en"):
        raise Usage.not_among("language", language, ["zh", "en"])
    files = {
        "office.yaml": office_yaml(
            name, community=community, phone=phone, address=address, language=language, staff=staff
        ).encode("utf-8"),
        ATTRIBUTES: f"{ATTRIBUTES_LINE}\n".encode(),
    }
    root = directory.absolute()
    found(root, files, letter, name, list(staff or ()))
    begin(Session(str(root)))
    return letter
