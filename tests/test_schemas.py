"""The schemas for editors and the loaders judge alike, for they come of one declaration."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import Desk
from declared import mappings
from editor_view import editor_view, judge
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from pmcli.cli.commands.schemas import SHAPES, schema_of
from pmcli.form import reading
from pmcli.form.library import Library
from pmcli.form.loading import load_form
from pmcli.form.templates import read_template
from pmcli.messages import CATALOGUE
from pmcli.store.office import built_in_folder, load_office
from pmcli.yaml_files.fences import split
from pmcli.yaml_files.reading import read_tree
from pmcli.yaml_files.shape import Keys, faults_of
from pmcli.yaml_files.tree import Tree

TESTS = Path(__file__).parent
FORMS = [*sorted(built_in_folder("forms").glob("*.yaml")), *sorted(TESTS.glob("forms/*.yaml"))]
TEMPLATES = sorted(built_in_folder("templates").glob("*/*.md.j2"))
OFFICE = """\
name: 柳荫里物业服务中心
community: 柳荫里
aliases: [柳荫里物业, 柳荫里]
phone: 0451-82000099
phones: ["13900000012"]
address: 柳荫路1号
time_zone: Asia/Shanghai
language: zh
service_hours: 8:00-20:30
staff:
- {name: 张敏, roles: [reception, finance]}
- {name: 王芳, roles: supervisor}
figures:
  visit.answer: 20m
  repair.dispatch: {value: 30m, source: 服务合同第8条}
lists:
  handover.equipment: [{item: 对讲机, expected: "6"}]
unit_pattern: "[0-9]+-[0-9]+"
working_days: {2027-02-07: work, 2027-02-08: rest}
paper: {theme: gbt9704, letterhead: yes, code: No, seal: true}
arrears_posting: allowed
lint:
  title_max: 20
  exclamations_max: 2
  tip_max: 250
  late_rate_max: 0.0005
  theme: house
  arrears_posting: allowed
  ignore: [n203, N401]
  leads: {water-outage: 2}
"""
"""Every key there is."""
CHANGE = """\
form: visit
extends: visit
title: 来访登记 | Visits
fields: {channel: {choices: {letter: 来信 | letter}}, visitor: {help: ~}}
transitions: {new: {warn: [{if: "visitor != 'x'", say: 不 | no}]}}
clocks: ~
"""


def front_of(path: Path) -> str:
    return split(path.read_text("utf-8")).front


SAMPLES = [
    *(("form", path.stem, path.read_text("utf-8")) for path in FORMS),
    *(("template", path.name, front_of(path)) for path in TEMPLATES),
    ("office", "every key", OFFICE),
    ("office", "sample", (TESTS.parent / "office.yaml").read_text("utf-8")),
    ("form", "change", CHANGE),
]


@pytest.mark.parametrize(("kind", "name", "text"), SAMPLES, ids=[s[1] for s in SAMPLES])
def test_what_is_shipped_fits_its_schema(kind: str, name: str, text: str) -> None:
    errors = [error.message for error in judge(kind).iter_errors(editor_view(text))]
    assert errors == []


@pytest.mark.parametrize("kind", SHAPES)
def test_the_command_prints_the_schema_that_an_editor_reads(desk: Desk, kind: str) -> None:
    printed = json.loads(desk.do(f"forms schema {kind}").out)
    Draft202012Validator.check_schema(printed)
    assert printed["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert printed == schema_of(kind, "zh") != schema_of(kind, "en")
    assert desk.refused("forms schema yaml", 2).err.count("template")


def test_a_new_office_fits_the_schema(desk: Desk) -> None:
    text = (desk.root / "office.yaml").read_text("utf-8")
    assert not list(judge("office").iter_errors(editor_view(text)))


def test_every_key_is_explained_and_nothing_else_is() -> None:
    wanted = {(shape.name, key) for shape in mappings() for key in shape.keys}
    own = {f"schema_key_{name}_{key}" for name, key in wanted} & set(CATALOGUE)
    shared = {f"schema_key_{key}" for name, key in wanted if f"schema_key_{name}_{key}" not in own}
    assert shared - set(CATALOGUE) == set()
    said = {key for key in CATALOGUE if key.startswith("schema_key_")}
    assert said - own - shared == set()


def test_definitions_have_names_of_their_own() -> None:
    names = [shape.name for shape in mappings()]
    assert sorted(names) == sorted(set(names))


def test_every_key_that_may_stand_there_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A key that a shape lets stand and no loader takes would be a promise that nobody keeps."""
    shape_at: dict[int, str] = {}
    trees: list[Tree] = []
    """Kept, so that no other object takes their place."""
    taken: set[tuple[str, str]] = set()
    check, take = Keys.check, reading.Reader.take

    def noting(self: Keys, tree: Tree, place: Any, found: Any) -> None:
        shape_at[id(tree)] = self.name
        trees.append(tree)
        check(self, tree, place, found)

    def taking(self: reading.Reader, key: str) -> Tree | None:
        taken.add((shape_at.get(id(self.tree), ""), key))
        return take(self, key)

    monkeypatch.setattr(Keys, "check", noting)
    monkeypatch.setattr(reading.Reader, "take", taking)
    for path in FORMS:
        tree, _ = read_tree(path.read_text("utf-8"), path.name)
        assert tree is not None
        load_form(path.stem, tree, True)
    for path in TEMPLATES:
        read_template(path.stem, (path.name, path.read_text("utf-8")))
    (tmp_path / "office.yaml").write_text(OFFICE, "utf-8")
    load_office(tmp_path)
    wanted = {(shape.name, key) for shape in mappings() for key in shape.keys}
    assert wanted - taken - UNASKED == set()


UNASKED = {
    ("form", "extends"),  # pmcli/form/library.py lays the file over another before it is read
    ("figure", "source"),  # for whoever reads office.yaml; of a form it is read
}


# Mutations

SCALARS = ["x", "17", "yes", "''", "2026-03-05", "9:30", "0301"]
NODES = ["[]", "{}", "[x]", "{x: y}", "[[x]]", "[{x: y}]", "~"]


def put(tree: Any, path: tuple[Any, ...], value: Any) -> None:
    for step in path[:-1]:
        tree = tree[step]
    tree[path[-1]] = value


def paths(value: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The places of all values in a value of JSON."""
    if at:
        yield at
    pairs = value.items() if isinstance(value, dict) else ()
    for key, child in [*pairs, *(enumerate(value) if isinstance(value, list) else ())]:
        yield from paths(child, (*at, key))


def at(value: Any, path: tuple[Any, ...]) -> Any:
    for step in path:
        value = value[step]
    return value


def plain(text: str) -> Any:
    """A file as texts, lists and mappings."""
    tree, faults = read_tree(text, "x")
    assert tree is not None and not faults
    return _plain(tree)


def _plain(tree: Tree) -> Any:
    if tree.keys is not None:
        return {key: _plain(child) for key, child in tree.keys.items()}
    return [_plain(item) for item in tree.items] if tree.items is not None else tree.text


def mutated(text: str, draw: random.Random) -> str:
    """A file with one thing changed somewhere, as YAML in flow style."""
    value = plain(text)
    path = draw.choice([*paths(value)])
    holder, key, child = at(value, path[:-1]), path[-1], at(value, path)
    match draw.choice(["unknown", "misspelt", "kind", "kind", "gone", "twice"]):
        case "unknown" if isinstance(child, dict):
            child["unheard_of"] = "x"
        case "misspelt" if isinstance(holder, dict):
            holder[key[:-1] + draw.choice("abcxyz_") + key[-1]] = holder.pop(key)
        case "gone":
            del holder[key]
        case "twice" if isinstance(child, list):
            put(value, path, [*child, *child])
        case _:
            put(value, path, Verbatim(draw.choice(SCALARS + NODES)))
    return flow(value)


class Verbatim(str):
    """YAML as it is typed."""


def flow(value: Any) -> str:
    if isinstance(value, Verbatim):
        return str(value)
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(k)}: {flow(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(flow, value)) + "]"
    return "~" if value is None else json.dumps(value, ensure_ascii=False)


JUDGES = {kind: judge(kind) for kind in SHAPES}


def refused_by_shape(kind: str, text: str) -> bool:
    tree, faults = read_tree(text, "x")
    assert tree is not None and not faults, text
    partial = kind == "form" and tree.keys is not None and "extends" in tree.keys
    return bool(faults_of(tree, SHAPES[kind], partial))


@settings(max_examples=600, deadline=None)
@given(st.sampled_from(SAMPLES), st.integers(0, 10**9))
def test_a_change_is_refused_by_both_or_by_neither(sample: tuple[str, str, str], seed: int) -> None:
    kind, _name, text = sample
    changed = mutated(text, random.Random(seed))
    by_editor = bool(list(JUDGES[kind].iter_errors(editor_view(changed))))
    assert by_editor == refused_by_shape(kind, changed), changed


def test_changes_are_refused_often_enough_to_mean_something() -> None:
    draw = random.Random(1)
    texts = [(kind, mutated(text, draw)) for kind, _, text in SAMPLES for _ in range(5)]
    refused = sum(refused_by_shape(kind, text) for kind, text in texts)
    assert len(texts) / 5 < refused < len(texts)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from([s for s in SAMPLES if s[0] == "form"]), st.integers(0, 10**9))
def test_what_the_shape_refuses_the_office_does_not_load(
    sample: tuple[str, str, str], seed: int
) -> None:
    _kind, name, text = sample
    changed = mutated(text, random.Random(seed))
    stem = plain(text)["form"]
    visit = built_in_folder("forms") / "visit.yaml"
    base = {"visit": ("<pmcli>/forms/visit.yaml", visit.read_text("utf-8"))}
    library = Library(base, {stem: (f"forms/{name}.yaml", changed)})
    form, faults = library.load(stem)
    if refused_by_shape("form", changed):
        assert form is None and faults
        assert all(fault.line >= 1 and fault.file for fault in faults)


# Near misses

NEAR = [  # (file, what is written at its end, what is said)
    ("office.yaml", "lint: {titel_max: 30}", "不认识的键 titel_max，是否指 title_max？"),
    ("office.yaml", "paper: {lettrehead: yes}", "不认识的键 lettrehead，是否指 letterhead？"),
    ("office.yaml", "figure: {visit.answer: 20m}", "不认识的键 figure，是否指 figures？"),
    ("office.yaml", "figures: {a.b: {value: 20m, sorce: x}}", "不认识的键 sorce，是否指 source？"),
    ("office.yaml", "jurisdiction: 湖南", "不认识的键 jurisdiction"),
    ("office.yaml", "lint: {leads: {water-outrage: 3}}", "leads 没有“water-outrage”"),
    ("office.yaml", "lint: {ignore: [N999]}", "ignore 没有“N999”"),
    ("forms/visit.yaml", "lable: x", "不认识的键 lable"),
    ("forms/visit.yaml", "fields: {visitor: {lable: ~}}", "不认识的键 lable，是否指 label？"),
    ("forms/visit.yaml", "transitions: {new: {warn: [{iff: x, say: y}]}}", "不认识的键 iff"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "line", "says"), NEAR, ids=[case[1] for case in NEAR])
def test_an_unknown_key_is_told_by_check_with_what_was_meant(
    desk: Desk, file: str, line: str, says: str
) -> None:
    path = desk.root / file
    path.parent.mkdir(exist_ok=True)
    before = path.read_text("utf-8") if path.exists() else "form: visit\nextends: visit\n"
    path.write_text(f"{before}{line}\n", "utf-8")
    place = f"{file}:{before.count(chr(10)) + 1}: "
    for command in ("check", "forms check", *([] if "leads" in line else ["visit list"])):
        told = desk(command)
        assert told.code == 1, (command, told)
        assert re.search(re.escape(place) + ".*" + re.escape(says), told.out + told.err), told
