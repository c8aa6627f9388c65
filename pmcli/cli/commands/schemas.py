"""forms schema: what may stand in an office's files, as a JSON Schema for its editor."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING

from pmcli.cli.line import output
from pmcli.cli.line.session import current
from pmcli.form.shapes import FORM, TEMPLATE
from pmcli.messages import Sentence, known
from pmcli.problems import ExitCode, Usage, Want
from pmcli.store.office_shape import OFFICE
from pmcli.yaml_files.json_schema import Schema, json_schema

if TYPE_CHECKING:
    from pmcli.messages.keys import Key

SHAPES = {"office": OFFICE, "form": FORM, "template": TEMPLATE}
"""The files that an office writes, by the word for their kind."""
_TITLES: Mapping[str, Key] = {
    "office": "schema_office",
    "form": "schema_form",
    "template": "schema_template",
}


def schema_of(kind: str, language: str) -> Schema:
    """The schema of a kind of file, its keys explained in a language."""

    def explained(mapping: str, key: str) -> str:
        said = known("schema_key_", f"{mapping}_{key}") or known("schema_key_", key)
        return Sentence(said).text(language) if said is not None else key

    return json_schema(SHAPES[kind], Sentence(_TITLES[kind]).text(language), explained)


def run(kind: str) -> int:
    """Print a schema; raises Usage for a kind of file that there is not."""
    if kind not in SHAPES:
        allowed = list(SHAPES)
        said = Sentence("want_one_of", key="pmcli forms schema", value=kind[:60], allowed=allowed)
        raise Usage.of(Want.VALUE, said, "kind", near=allowed)
    schema = schema_of(kind, current().language)
    output.out(json.dumps(schema, ensure_ascii=False, indent=2))
    return int(ExitCode.DONE)
