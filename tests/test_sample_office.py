"""The sample office: every reader gets the same values, and pmcli finds nothing wrong with it."""

from __future__ import annotations

import shutil
import subprocess
from datetime import date, datetime
from pathlib import Path

import frontmatter
import pytest
import yaml
from ruamel.yaml import YAML

from pmcli.form.values import jsonable
from pmcli.record.careful import careful_read
from pmcli.record.parsing import fast_tree, split

TOP = Path(__file__).parent.parent
FILES = sorted((TOP / "records").rglob("*.md"))


def test_there_are_at_least_forty_records_of_every_shipped_form():
    assert len(FILES) >= 40
    assert {path.parts[-4] for path in FILES} == {
        path.stem for path in (TOP / "forms").glob("*.yaml")
    }


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_plain_readers_agree_with_each_other_and_with_us(path):
    text = path.read_text("utf-8")
    _, front, _, body = split(text)
    by_frontmatter = frontmatter.loads(text).metadata
    by_pyyaml = yaml.safe_load(front)
    by_ruamel = YAML(typ="safe", pure=True).load(front)
    by_round_trip = YAML().load(front)
    assert by_frontmatter == by_pyyaml == by_ruamel == by_round_trip
    ours = fast_tree(front)
    assert careful_read(text) == (ours, body.strip())
    assert _as_text(by_pyyaml) == ours


def _as_text(value):
    """A plain reader's value as the text we read: only flags and counts are not text to it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return {key: _as_text(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_as_text(item) for item in value]
    assert not isinstance(value, (date, datetime, float)), (
        "must be quoted to read the same everywhere"
    )
    return str(jsonable(value))


def test_the_sample_office_has_no_problems(tmp_path, desk):
    root = tmp_path / "sample"
    root.mkdir()
    shutil.copytree(TOP / "records", root / "records")
    for name in ("office.yaml", ".gitattributes"):
        shutil.copy(TOP / name, root / name)
    who = ["-c", "user.name=a", "-c", "user.email=a@example.invalid"]
    for command in (["init", "-q"], ["add", "."], [*who, "commit", "-qm", "sample"]):
        subprocess.run(["git", *command], cwd=root, check=True)
    desk.root = root
    assert desk.do("check --format json").json == {
        "schema": 1, "records": len(FILES), "findings": []
    }  # fmt: skip
    desk.clock("2026-03-11 10:00")
    for form in (path.stem for path in (TOP / "forms").glob("*.yaml")):
        assert desk.do(f"{form} list").out
