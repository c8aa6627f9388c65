"""demo: a fictional office; the commands of templates/demo.yaml are typed and really run."""

from __future__ import annotations

import os
import shlex
import sys
from contextlib import redirect_stderr
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from typer.core import TyperArgument

from pmcli.cli import output
from pmcli.cli.office import make_office, parse_staff
from pmcli.cli.options import leaf
from pmcli.cli.session import Session, begin, current
from pmcli.form.reading import Reader
from pmcli.form.source import Tree, read_tree
from pmcli.messages import Label, Sentence
from pmcli.problems import Conflict, ExitCode, Fault, Unreadable
from pmcli.store.office import built_in_folder

STORY = "demo.yaml"
SOURCE = "<pmcli>/templates/" + STORY


@dataclass(frozen=True)
class Step:
    """A command of the story: when it is typed (office time), its line and expected exit code."""

    at: str
    run: str
    note: Label | None
    exit: int


@dataclass(frozen=True)
class Story:
    """The office and its day."""

    office: dict[str, str]
    staff: tuple[str, ...]
    steps: tuple[Step, ...]


def command(name: str) -> Any:
    """Build the command."""
    language = current().language
    return leaf(
        name,
        Sentence("help_demo").text(language),
        run,
        [TyperArgument(param_decls=["directory"], type=str, required=False, metavar="[DIR]")],
    )


def load_story() -> Story:
    """Read the story; raises Unreadable with the line of what is wrong."""
    text = (built_in_folder("templates") / STORY).read_text("utf-8")
    tree, faults = read_tree(text, SOURCE)
    if tree is None:
        raise Unreadable(*faults)
    reader = Reader(tree, faults)
    office = reader.mapping("office", lambda _name, t: t.text)
    story = Story(
        office, reader.names("staff"), reader.sequence("steps", lambda t: _step(t, faults))
    )
    reader.finish()
    if faults:
        raise Unreadable(*faults)
    return story


def _step(tree: Tree, faults: list[Fault]) -> Step:
    reader = Reader(tree, faults)
    step = Step(
        at=reader.text("at", required=True) or "",
        run=reader.text("run", required=True) or "",
        note=reader.label("note"),
        exit=reader.number("exit", 0),
    )
    reader.finish()
    return step


def run(directory: str | None) -> int:
    """Make the office and live its day in it; exit 6 when a command does not do as told."""
    from pmcli.cli.main import run as run_line

    language = current().language
    story = load_story()
    root = Path(directory or "pmcli-demo")
    if root.exists() and (not root.is_dir() or any(root.iterdir())):
        raise Conflict(Sentence("demo_exists", path=str(root)))
    output.out(Sentence("demo_title", name=story.office["name"]).text(language))
    kept = {name: os.environ.get(name) for name in ("PMCLI_NOW", "PMCLI_LANG", "PMCLI_OFFICE")}
    here = Path.cwd()
    os.environ["PMCLI_LANG"] = language
    os.environ.pop("PMCLI_OFFICE", None)
    try:
        os.environ["PMCLI_NOW"] = story.steps[0].at
        make_office(root, **story.office, staff=parse_staff(list(story.staff)))
        os.chdir(root)
        for step in story.steps:
            if step.note is not None:
                output.out(f"\n# {step.note.text(language)}")
            output.out(f"$ {step.run}")
            os.environ["PMCLI_NOW"] = step.at
            # What a command tells the clerk belongs to the story, in its place.
            with redirect_stderr(sys.stdout):
                code = run_line(shlex.split(step.run)[1:])
            if code != step.exit:
                output.tell(Sentence("demo_failed", command=step.run).text(language))
                return int(ExitCode.SYSTEM)
        begin(Session())
        output.out("\n# " + Sentence("demo_log").text(language))
        output.out("$ git log --reverse --format='%h %an %s'")
        output.out(current().store.git.out("log", "--reverse", "--format=%h %an %s").rstrip())
    finally:
        os.chdir(here)
        for name, value in kept.items():
            os.environ.pop(name, None)
            if value is not None:
                os.environ[name] = value
        begin(Session())
    for page in sorted(root.glob("*.html")):
        output.out("\n" + Sentence("demo_paper", path=str(page)).text(language))
    output.out(Sentence("demo_end", path=str(root)).text(language))
    return int(ExitCode.DONE)
