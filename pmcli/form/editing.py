"""The section `edit:` of a form, read from its file."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from pmcli.form.edit_rules import EditRules, FieldRule
from pmcli.form.field import FieldSpec
from pmcli.form.model import State
from pmcli.form.reading import Reader
from pmcli.messages import Sentence
from pmcli.problems import Fault
from pmcli.trade import CORRECTS, ROLES
from pmcli.yaml_files.tree import Tree


def read_rules(
    tree: Tree | None,
    fields: Mapping[str, FieldSpec],
    states: Mapping[str, State],
    faults: list[Fault],
) -> EditRules:
    """Read `edit:`; faults name unknown roles, fields and states."""
    if tree is None:
        return EditRules()
    reader = Reader(tree, faults)
    rules = EditRules(
        sealed=reader.formula("sealed"),
        roles=reader.names("role") or (CORRECTS,),
        not_by=reader.names("not_by"),
        fields=reader.mapping("fields", lambda _name, inner: _rule(inner, states, faults)),
    )
    _known("not_by", rules.not_by, {*fields, *ROLES}, reader)
    _known("fields", rules.fields, fields.keys(), reader)
    return rules


def _known(key: str, names: Collection[str], known: Collection[str], reader: Reader) -> None:
    for name in names:
        if name.partition(".")[0] not in known:
            reader.fault(key, Sentence("unknown_field", where=f"edit.{key}", name=name))


def _rule(tree: Tree, states: Mapping[str, State], faults: list[Fault]) -> FieldRule:
    reader = Reader(tree, faults)
    rule = FieldRule(reader.names("until"), reader.template("say"))
    for name in rule.until:
        if name not in states:
            allowed = list(states)
            reader.fault("until", Sentence("want_one_of", key="until", value=name, allowed=allowed))
    return rule
