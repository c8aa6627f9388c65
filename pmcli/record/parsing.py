"""Record files read two ways to the same values: fast (libyaml) and careful (ruamel.yaml).

Both read every scalar as text; the form gives the types. So room 0301 stays 0301 and `no` stays
`no`, whatever a YAML version makes of them.
"""

from __future__ import annotations

import re
from datetime import tzinfo
from typing import Any

from pmcli.form.model import Form
from pmcli.messages import Sentence
from pmcli.patterns import regex
from pmcli.problems import Fault
from pmcli.record.event import Event, event_from
from pmcli.record.model import Record
from pmcli.record.scanning import scan
from pmcli.record.typing import rows_of, typed_value
from pmcli.yaml_files import fences

_UNSEEN = regex("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]|\r(?!\n)")
_ODD = regex(
    r"\t|\\[uU]"
    r"|(?:^|[\s\[{,:])(?:[&*!?%@`:#](?!\s)|[|>](?![-+]?\r?\n))"
    r"|(?:^|[\s\[{,])[:?](?:\s|\Z)|^\.\.\.|^---|<<|^ +$|[:?][\[\]{},]",
    re.MULTILINE,
)
"""Where readers may disagree: tabs, escapes, empty keys, tags, anchors, odd blocks."""
_PLAIN_TAGS = frozenset(f"tag:yaml.org,2002:{kind}" for kind in ("str", "seq", "map"))
MAX_DEPTH = 6
_MANY_OPENERS = 400


FILE_KEYS = {"content": "content_", "handler": "handler_", "self": "self_"}
"""Fields whose key in the file has a `_` behind it: python-frontmatter's `load` takes the bare
names as its own arguments and fails.
"""
_FIELD_NAMES = {key: name for name, key in FILE_KEYS.items()}


class BadRecord(Exception):
    """A record file that cannot be read; `fault` says where and why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault = fault


def decode(data: bytes, path: str) -> str:
    """Decode a record file; raises BadRecord with the line of the first byte that is not UTF-8."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise BadRecord(Fault(path, line, Sentence("not_utf8"))) from None
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise BadRecord(Fault(path, line, Sentence("nul_in_file")))
    return text


def split(text: str, path: str = "") -> fences.Parts:
    """Take a record file apart, losing no byte; raises BadRecord."""
    try:
        return fences.split(text)
    except fences.NoFence as missing:
        raise BadRecord(Fault(path, missing.line, Sentence(missing.key))) from None


def fast_tree(front: str, path: str = "") -> dict[str, Any]:
    """Read front matter with libyaml; scalars stay text. Raises BadRecord.

    What pmcli has written is scanned without a parser. Where the text holds something that YAML
    readers are known to disagree on, the careful reader is asked as well, so that both give the
    same answer.
    """
    scanned = scan(front)
    return scanned if scanned is not None else parsed_tree(front, path)


def parsed_tree(front: str, path: str = "") -> dict[str, Any]:
    """Read by libyaml what could not be scanned; raises BadRecord."""
    _refuse_outright(front, path)
    tree = _libyaml_tree(front, path)
    if _ODD.search(front) and tree != _ruamel_tree(front, path):
        raise BadRecord(Fault(path, 2, Sentence("yaml_two_ways")))
    return tree


def careful_tree(front: str, path: str = "") -> dict[str, Any]:
    """Read front matter with ruamel.yaml; scalars stay text. Raises BadRecord."""
    _refuse_outright(front, path)
    tree = _ruamel_tree(front, path)
    if _ODD.search(front) and tree != _libyaml_tree(front, path):
        raise BadRecord(Fault(path, 2, Sentence("yaml_two_ways")))
    return tree


def _refuse_outright(front: str, path: str) -> None:
    """Refuse what one YAML version takes for a line break, and nesting that exhausts the stack."""
    found = _UNSEEN.search(front)
    if found is not None:
        line = front.count("\n", 0, found.start()) + 2
        code = f"U+{ord(found[0]):04X}"
        raise BadRecord(Fault(path, line, Sentence("unseen_character", code=code)))
    if front.count("[") + front.count("{") + front.count("- ") + front.count("? ") > _MANY_OPENERS:
        _refuse_depth(front, path)


def _refuse_depth(front: str, path: str) -> None:
    """Refuse deep nesting event by event: libyaml's composer would end the process."""
    import yaml

    depth = 0
    try:
        for event in yaml.parse(front, Loader=_fast_loader()):
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
                if depth > MAX_DEPTH + 1:
                    line = event.start_mark.line + 2 if event.start_mark else 2
                    raise BadRecord(Fault(path, line, Sentence("yaml_alias")))
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
    except yaml.YAMLError as error:
        raise _broken(error, path) from None


def _fast_loader() -> Any:
    import yaml

    return getattr(yaml, "CBaseLoader", yaml.BaseLoader)


def _libyaml_tree(front: str, path: str) -> dict[str, Any]:
    return top_level(fast_node(front, path), path)


def fast_node(front: str, path: str = "") -> Any:
    """Compose front matter with libyaml: nodes that know their style; raises BadRecord."""
    import yaml

    loader = None
    try:
        loader = _fast_loader()(front)
        return loader.get_single_node()
    except yaml.YAMLError as error:
        raise _broken(error, path) from None
    finally:
        if loader is not None:
            loader.dispose()


def _ruamel_tree(front: str, path: str) -> dict[str, Any]:
    return top_level(careful_node(front, path), path)


def careful_node(front: str, path: str = "") -> Any:
    """Compose front matter with ruamel.yaml: nodes that know their lines and columns."""
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    try:
        return YAML(typ="base", pure=True).compose(front)
    except RecursionError:
        raise BadRecord(Fault(path, 2, Sentence("yaml_alias"))) from None
    except (YAMLError, ValueError, IndexError) as error:
        raise _broken(error, path) from None


def _broken(error: Exception, path: str) -> BadRecord:
    mark = getattr(error, "problem_mark", None)
    line = mark.line + 2 if mark is not None else 1
    reason = getattr(error, "problem", None) or str(error).split("\n")[0]
    return BadRecord(Fault(path, line, Sentence("yaml_broken", reason=reason)))


def top_level(node: Any, path: str) -> dict[str, Any]:
    """Turn a composed node of either library into text scalars, lists and dicts."""
    if node is None:
        return {}
    if node.id != "mapping":
        raise BadRecord(Fault(path, 2, Sentence("front_matter_not_mapping")))
    value: dict[str, Any] = plain_tree(node, path)
    return value


def plain_tree(node: Any, path: str) -> Any:
    """Turn one composed node into text, a list or a dict; raises BadRecord."""
    return _plain(node, path, set(), 0)


def _plain(node: Any, path: str, seen: set[int], depth: int) -> Any:
    import yaml

    line = node.start_mark.line + 2
    tagged = isinstance(node, yaml.Node) and node.tag not in _PLAIN_TAGS
    if tagged or getattr(node, "anchor", None):
        raise BadRecord(Fault(path, line, Sentence("yaml_alias")))
    if node.id == "scalar":
        if not node.style and node.value in ("~", "null", "Null", "NULL"):
            return ""
        return str(node.value)
    if id(node) in seen or depth > MAX_DEPTH:
        raise BadRecord(Fault(path, line, Sentence("yaml_alias")))
    seen.add(id(node))
    if node.id == "sequence":
        return [_plain(child, path, seen, depth + 1) for child in node.value]
    result: dict[str, Any] = {}
    for key, child in node.value:
        if key.id != "scalar":
            raise BadRecord(
                Fault(path, key.start_mark.line + 2, Sentence("front_matter_not_mapping"))
            )
        if key.value == "<<" and not key.style:
            raise BadRecord(Fault(path, key.start_mark.line + 2, Sentence("yaml_alias")))
        if key.value in result:
            raise BadRecord(
                Fault(path, key.start_mark.line + 2, Sentence("duplicate_key", key=key.value))
            )
        result[str(key.value)] = _plain(child, path, seen, depth + 1)
    return result


def parse(text: str, form: Form, zone: tzinfo, path: str = "") -> Record:
    """Read a record of a known form on the fast path; raises BadRecord."""
    _, front, _, body = split(text, path)
    return typed(fast_tree(front, path), body, form, zone, path, text)


def typed(
    tree: dict[str, Any], body: str, form: Form, zone: tzinfo, path: str = "", text: str = ""
) -> Record:
    """Give text scalars the types of the form; raises BadRecord naming the key's line."""
    values: dict[str, Any] = {}
    extra: dict[str, Any] = {}
    history: tuple[Event, ...] = ()
    for key, raw in tree.items():
        name = field_name(key)
        try:
            if key == "history":
                history = tuple(event_from(row, form, zone) for row in rows_of(raw))
            elif key not in FILE_KEYS and form.value_type(name) is not None:
                value = typed_value(form, name, raw, zone)
                if value is not None:
                    values[name] = value
            else:
                extra[key] = raw
        except (ValueError, TypeError):
            shown = raw if isinstance(raw, str) else ""
            sentence = Sentence("bad_value_in_file", key=key, value=shown[:60])
            raise BadRecord(Fault(path, line_of(text, key), sentence)) from None
    for key in ("id", "state"):
        if key not in values:
            raise BadRecord(Fault(path, 1, Sentence("core_key_missing", key=key)))
    if values["state"] not in form.states:
        sentence = Sentence("state_unknown", state=values["state"], form=form.name)
        raise BadRecord(Fault(path, line_of(text, "state"), sentence))
    if form.body_field is not None and body.strip():
        values[form.body_field] = body_text(body)
    return Record(form, values, history, body, extra, path, text)


def field_name(key: str) -> str:
    """The field behind a key of the file."""
    return _FIELD_NAMES.get(key, key)


def body_text(body: str) -> str:
    """The longtext value that stands as a file's body."""
    return body.replace("\r\n", "\n").removesuffix("\n")


def line_of(text: str, key: str) -> int:
    """The line, from 1, of a top-level key in a record file; 1 when it is not found."""
    match = re.search(rf"^[\"']?{re.escape(key)}[\"']?\s*:", text, re.MULTILINE)
    return text.count("\n", 0, match.start()) + 1 if match else 1
