"""demo: a day of a fictional office; the commands of templates/demo.yaml are really run."""

from __future__ import annotations

import io
import os
import re
import shlex
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

from pmcli.cli.commands.init import make_office, parse_staff
from pmcli.cli.line import output
from pmcli.cli.line.options import Argument
from pmcli.cli.line.session import Session, begin, current
from pmcli.cli.line.typed import HELP_NAMES, Leaf, typed_argument
from pmcli.dataclass import dataclass
from pmcli.documents.columns import terminal_columns
from pmcli.form.reading import Reader, label_from
from pmcli.messages import Label, Sentence
from pmcli.problems import Conflict, ExitCode, Unreadable
from pmcli.store.office import built_in_folder
from pmcli.yaml_files.reading import read_tree
from pmcli.yaml_files.shape import Flag, Keys, List, Number, Table, Text, faults_of
from pmcli.yaml_files.tree import Tree

STORY = "demo.yaml"
SOURCE = "<pmcli>/templates/" + STORY
COLUMNS = 80
_TEXT = Text()
_STEP = Keys(
    "step",
    {"at": _TEXT, "run": _TEXT, "note": _TEXT, "exit": Number(), "shown": Flag()},
    ("at", "run"),
)
SHAPE = Keys(
    "story",
    {
        "office": Table(_TEXT),
        "staff": List(_TEXT),
        "folder": _TEXT,
        "try": _TEXT,
        "words": Table(_TEXT),
        "steps": List(_STEP),
    },
    ("folder", "try"),
)
"""What stands in templates/demo.yaml."""
UNSIGNED = {
    "GIT_CONFIG_COUNT": "1",
    "GIT_CONFIG_KEY_0": "commit.gpgsign",
    "GIT_CONFIG_VALUE_0": "false",
}
"""Nobody signs for people who do not exist."""
SURROUNDINGS = ("PMCLI_NOW", "PMCLI_LANG", "PMCLI_OFFICE", "PMCLI_ASK", "COLUMNS", *UNSIGNED)
"""What the story sets in the environment, and puts back."""


@dataclass(frozen=True)
class Step:
    """A command of the story: when it is typed (office time), its line and expected exit code."""

    at: str
    run: str
    note: Label | None
    exit: int
    shown: bool


@dataclass(frozen=True)
class Story:
    """The office, the words that differ by language, the folder for paper, and the day."""

    office: Mapping[str, Label]
    staff: tuple[str, ...]
    folder: Label
    try_: str
    """What to type in the office that is left behind."""
    words: Mapping[str, Label]
    steps: tuple[Step, ...]

    def line(self, step: Step, language: str) -> str:
        """A step's command line in a language."""
        words = {name: word.text(language) for name, word in self.words.items()}
        return step.run.format_map({**words, "folder": self.folder.text(language)})


def command(name: str) -> Any:
    """Build the command."""
    language = current().language
    return Played(
        name=name,
        help=Sentence("help_demo").text(language),
        params=[typed_argument(Argument("directory", "[DIR]", required=False))],
        rich_markup_mode=None,
        context_settings=HELP_NAMES,
    )


class Played(Leaf):
    """A command that runs other command lines of the program it stands in."""

    def invoke(self, ctx: Any) -> int:
        """Live the day."""
        return run(ctx.params["directory"], ctx.obj.run)


def load_story() -> Story:
    """Read the story; raises Unreadable with the line of what is wrong."""
    text = (built_in_folder("templates") / STORY).read_text("utf-8")
    tree, faults = read_tree(text, SOURCE)
    if tree is None:
        raise Unreadable(*faults)
    faults += faults_of(tree, SHAPE)
    reader = Reader(tree, faults)
    story = Story(
        office=reader.mapping("office", _label),
        staff=reader.names("staff"),
        folder=reader.label("folder") or Label("", ""),
        try_=reader.text("try") or "",
        words=reader.mapping("words", _label),
        steps=reader.sequence("steps", _step),
    )
    if faults:
        raise Unreadable(*faults)
    return story


def _label(_name: str, tree: Tree) -> Label:
    return label_from(tree.text or "")


def _step(tree: Tree) -> Step:
    reader = Reader(tree, [])
    return Step(
        at=reader.text("at") or "",
        run=reader.text("run") or "",
        note=reader.label("note"),
        exit=reader.number("exit", 0),
        shown=reader.flag("shown", True),
    )


def run(directory: str | None, typed: Callable[[list[str]], int]) -> int:
    """Make the office and live its day in it, each line run by `typed`.

    Exit 6 when a command does not do as told.

    Raises Conflict where the directory is in use; nothing in it is touched then.
    """
    language = current().language
    story = load_story()
    root = Path(directory or "pmcli-demo")
    if root.exists() and (not root.is_dir() or any(root.iterdir())):
        raise Conflict(Sentence("demo_exists", path=str(root)))
    office = {name: label.text(language) for name, label in story.office.items()}
    staff = parse_staff(list(story.staff))
    _say(Sentence("demo_title", name=office["community"]), language)
    _say(Sentence("demo_prepared"), language)
    with _surroundings(language):
        os.environ["PMCLI_NOW"] = story.steps[0].at
        make_office(root, **office, staff=staff, language=language)
        os.chdir(root)
        store = begin(Session()).store
        store.git.set_config("user.name", next(iter(staff)))
        folder = Path(story.folder.text(language))
        folder.mkdir()
        for step in story.steps:
            if not _live(step, story.line(step, language), language, typed):
                return int(ExitCode.SYSTEM)
        count = int(store.git.out("rev-list", "--count", "HEAD")) - 1
        pages = sorted(page.name for page in folder.iterdir())
    output.out()
    _say(Sentence("demo_paper"), language)
    for page in pages:
        output.out(f"  {root / folder / page}")
    _say(Sentence("demo_end", count=count), language)
    output.out(f"  cd {shlex.quote(str(root))} && {story.try_}")
    return int(ExitCode.DONE)


@contextmanager
def _surroundings(language: str) -> Iterator[None]:
    """The folder and environment of the story; what was there comes back afterwards."""
    kept = {name: os.environ.pop(name, None) for name in SURROUNDINGS}
    here = Path.cwd()
    os.environ |= {"PMCLI_LANG": language, "PMCLI_ASK": "no", "COLUMNS": str(COLUMNS)}
    os.environ |= UNSIGNED
    try:
        yield
    finally:
        os.chdir(here)
        for name, value in kept.items():
            os.environ.pop(name, None)
            if value is not None:
                os.environ[name] = value
        begin(Session())


def _live(step: Step, line: str, language: str, typed: Callable[[list[str]], int]) -> bool:
    """Type a command; show it with all it printed. Whether it ended as the story says."""
    os.environ["PMCLI_NOW"] = step.at
    printed = io.StringIO()
    with redirect_stdout(printed), redirect_stderr(printed):
        code = typed(shlex.split(line)[1:])
    if step.note is not None:
        output.out()
        _show(f"# {step.at[5:]}  {step.note.text(language)}", "  ")
    if step.shown or code != step.exit:
        output.out("\n".join(_typed(f"$ {line}")))
        for text in printed.getvalue().splitlines():
            _show(text, "    ")
    if code != step.exit:
        output.tell(Sentence("demo_failed", command=line).text(language))
    return code == step.exit


def _say(sentence: Sentence, language: str) -> None:
    _show(sentence.text(language), "")


def _show(text: str, indent: str) -> None:
    """Print a line; where it is too long, its further lines stand indented below."""
    fits = terminal_columns(text) <= COLUMNS
    first, *rest = [text] if fits else output.wrap(text, COLUMNS - len(indent))
    output.out(first)
    for line in rest:
        output.out(indent + line)


def _typed(line: str) -> list[str]:
    """A command line as it is typed on several lines: broken before options, with a backslash."""
    lines = [""]
    for part in re.split(r" (?=--?[a-z])", line):
        longer = f"{lines[-1]} {part}".strip() if len(lines) == 1 else f"{lines[-1]} {part}"
        if lines[-1] and terminal_columns(longer) > COLUMNS - 2:
            lines.append(f"    {part}")
        else:
            lines[-1] = longer
    return [*(f"{text} \\" for text in lines[:-1]), lines[-1]]
