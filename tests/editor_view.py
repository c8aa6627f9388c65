"""An office's file as an editor sees it: YAML 1.2 with the types of its core schema."""

from __future__ import annotations

import re
from typing import Any

from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

from pmcli.cli.commands.schemas import schema_of

_NUMBER = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_WORDS: dict[str, Any] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}


def editor_view(text: str) -> Any:
    """The file as JSON values."""
    return _value(YAML(typ="base", pure=True).compose(text))


def _value(node: Any) -> Any:
    if node is None:
        return None
    if node.id == "mapping":
        return {str(key.value): _value(child) for key, child in node.value}
    if node.id == "sequence":
        return [_value(child) for child in node.value]
    if node.style:
        return node.value
    if node.value in _WORDS:
        return _WORDS[node.value]
    if re.fullmatch(r"[-+]?[0-9]+", node.value):
        return int(node.value)
    return float(node.value) if _NUMBER.fullmatch(node.value) else node.value


def judge(kind: str, language: str = "zh") -> Draft202012Validator:
    """What an editor holds a file of a kind against; raises for a schema that is none."""
    schema = schema_of(kind, language)
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)
