"""docs/commands.md is what the program is now."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from pmcli.store.office import load_library

TOP = Path(__file__).parent.parent
PAGE = TOP / "docs" / "commands.md"
REGENERATE = "python -m pmcli.cli.manual docs/commands.md"


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The page as the program writes it, from a folder that is no office."""
    folder = tmp_path_factory.mktemp("manual")
    subprocess.run(
        [sys.executable, "-m", "pmcli.cli.manual", "commands.md"],
        cwd=folder, check=True, env={**_environment(), "PYTHONPATH": str(TOP)},
    )  # fmt: skip
    return (folder / "commands.md").read_text("utf-8")


def _environment() -> dict[str, str]:
    import os

    return {k: v for k, v in os.environ.items() if not k.startswith("PMCLI_")}


def test_the_page_is_up_to_date(written):
    assert PAGE.read_text("utf-8") == written, f"docs/commands.md is stale; run: {REGENERATE}"


def test_the_page_has_every_step_of_every_form(written):
    library = load_library(None)
    for name in library.names:
        form = library.get(name)
        for command, variants in form.transitions.items():
            if variants[0].roles != ("system",):
                assert f"\n### {name} {command} " in written
            for option in (form.fields[n].option for n in variants[0].asks if n in form.fields):
                assert f"`{option}`" in written


def test_links_in_the_page_lead_somewhere(written):
    headings = re.findall(r"^#+ (.*)$", written, re.MULTILINE)
    anchors = {re.sub(r"[^\w\- ]", "", h.lower()).replace(" ", "-") for h in headings}
    anchors |= set(re.findall(r'<a id="([^"]+)">', written))
    assert set(re.findall(r"\]\(#([^)]+)\)", written)) - anchors == set()
