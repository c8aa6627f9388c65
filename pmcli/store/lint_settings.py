"""What office.yaml tells lint: the office's names and numbers, its limits."""

from __future__ import annotations

from pathlib import Path

from pmcli.form.dress import THEMES
from pmcli.form.source import Tree, read_tree
from pmcli.lint import Settings
from pmcli.lint.rules import BY_CODE
from pmcli.messages import Sentence
from pmcli.problems import Fault, Unreadable
from pmcli.store.office import CONFIG

_LIMITS = {"title_max": int, "exclamations_max": int, "tip_max": int, "late_rate_max": float}


def office_settings(folder: Path, given: Path | None = None) -> Settings:
    """The settings of the nearest office.yaml at or above a folder, or of the office `given`.

    Reads `name`, `community`, `aliases`, `phone`, `phones`, `arrears_posting`, `lint` and, for the
    theme, `paper`; other keys are not looked at. Raises Unreadable with file and line for a value
    that is none.
    """
    path = given / CONFIG if given else _nearest(folder)
    if path is None or not path.is_file():
        return Settings()
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Unreadable(Fault(str(path), 1, Sentence("not_utf8"))) from None
    tree, faults = read_tree(text, CONFIG)
    if tree is None or tree.keys is None or faults:
        raise Unreadable(*(faults or [Fault(CONFIG, 1, Sentence("lint_front_matter", line=1))]))
    return _settings(tree.keys)


def _nearest(folder: Path) -> Path | None:
    for place in (folder, *folder.parents):
        if (place / CONFIG).is_file():
            return place / CONFIG
    return None


def _settings(keys: dict[str, Tree]) -> Settings:
    lint = keys["lint"].keys or {} if "lint" in keys else {}
    names = [*_texts(keys, "name"), *_texts(keys, "aliases")]
    phones = [*_texts(keys, "phone"), *_texts(keys, "phones")]
    posting = [*_texts(keys, "arrears_posting"), *_texts(lint, "arrears_posting")]
    limits: dict[str, int | float] = {
        key: _number(lint[key], key, kind) for key, kind in _LIMITS.items() if key in lint
    }
    paper = keys["paper"].keys or {} if "paper" in keys else {}
    holder = lint if "theme" in lint else paper
    theme = next(iter(_texts(holder, "theme")), THEMES[0])
    if theme not in THEMES:
        raise _wrong(holder["theme"], "theme", theme, list(THEMES))
    ignored = [code.upper() for code in _texts(lint, "ignore")]
    for code in ignored:
        if code not in BY_CODE:
            raise _wrong(lint["ignore"], "ignore", code, list(BY_CODE))
    days = lint["leads"].keys or {} if "leads" in lint else {}
    return Settings(
        title_max=int(limits.get("title_max", Settings.title_max)),
        exclamations_max=int(limits.get("exclamations_max", Settings.exclamations_max)),
        tip_max=int(limits.get("tip_max", Settings.tip_max)),
        late_rate_max=float(limits.get("late_rate_max", Settings.late_rate_max)),
        theme=theme,
        names=tuple(names),
        phones=tuple(phones),
        phones_complete="phones" in keys,
        arrears_posting="allowed" in posting,
        leads={key: int(_number(tree, key, int)) for key, tree in days.items()},
        ignore=frozenset(ignored),
    )


def _texts(keys: dict[str, Tree], key: str) -> list[str]:
    """The text or the list of texts of a key, empty without it."""
    tree = keys.get(key)
    if tree is None:
        return []
    if tree.items is not None:
        return [item.text for item in tree.items if item.text]
    return [tree.text] if tree.text else []


def _number(tree: Tree, key: str, kind: type[int] | type[float]) -> int | float:
    try:
        return kind(tree.text or "")
    except ValueError:
        raise Unreadable(
            Fault(tree.file, tree.line, Sentence("lint_no_number", key=key, value=tree.text or ""))
        ) from None


def _wrong(tree: Tree, key: str, value: str, allowed: list[str]) -> Unreadable:
    sentence = Sentence("want_one_of", key=key, value=value, allowed=allowed)
    return Unreadable(Fault(tree.file, tree.line, sentence))
