"""Formulas and sentence templates: Jinja expressions in a sandbox of our own (pmcli.form.sandbox).

What Jinja has read once runs without it (pmcli.form.running), in this process or, kept with its
form, in later ones; Jinja itself runs what has no such tree, and whatever fails.

A formula may name fields, call the documented functions and use the documented filters and tests.
There are no loops, no attribute calls, no string repetition and no powers, a formula's length and
node count are bounded, and what it does is measured (pmcli.form.bounds).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from functools import lru_cache
from typing import Any

from pmcli.form.bounds import FAILURES, measured_run, metered
from pmcli.form.formula import Formula, Template
from pmcli.form.language import LETS, Call, Compiled, ExpressionError, Kept
from pmcli.form.running import Run, runner
from pmcli.messages import LANGUAGES, Label, Sentence
from pmcli.problems import Fault, FormulaFails, Unreadable


@lru_cache(maxsize=4096)
def compile_formula(source: str) -> Compiled:
    """Compile one expression; raises ExpressionError with the reason."""
    return _compile(source, text=False)


@lru_cache(maxsize=4096)
def compile_template(source: str) -> Compiled:
    """Compile one sentence with `{{ }}` gaps; raises ExpressionError with the reason."""
    return _compile(source, text=True)


_kept: dict[tuple[str, bool], Kept] = {}
"""What is known of formulas and templates, by what they say and whether they are texts."""


def keep(known: Mapping[tuple[str, bool], Kept]) -> None:
    """Let formulas be what Jinja has made of them before."""
    _kept.update(known)


def kept(form: Any) -> dict[tuple[str, bool], Kept]:
    """What to keep of all the formulas and sentences in a form."""
    found: dict[tuple[str, bool], Kept] = {}
    for source, text in _sources(form):
        compiled = compile_template(source) if text else compile_formula(source)
        found[source, text] = Kept(compiled.names, compiled.calls, compiled.tree)
    return found


def _sources(held: Any) -> Iterator[tuple[str, bool]]:
    """The formulas (False) and the sentences with gaps (True) that stand in a value."""
    waiting = [held]
    while waiting:
        one = waiting.pop()
        if isinstance(one, Formula):
            yield one.source, False
        elif isinstance(one, Template):
            texts = (one.label.text(language) for language in LANGUAGES)
            yield from ((text, True) for text in texts if "{" in text)
        elif is_dataclass(one):
            waiting += [getattr(one, field.name) for field in fields(one)]
        elif isinstance(one, Mapping):
            waiting += one.values()
        elif isinstance(one, (list, tuple, frozenset)):
            waiting += one


def _compile(source: str, text: bool) -> Compiled:
    known = _kept.get((source, text))
    if known is None:
        found = _by_jinja(source, text)
        known, careful = Kept(found.names, found.calls, found.tree), found.run
    else:
        careful = _later(source, text)
    run = careful if known.tree is None else _quick(known.tree, careful)
    return Compiled(known.names, known.calls, run, known.tree)


@lru_cache(maxsize=4096)
def _by_jinja(source: str, text: bool) -> Compiled:
    from pmcli.form import sandbox

    return sandbox.template(source) if text else sandbox.formula(source)


def _later(source: str, text: bool) -> Callable[[Mapping[str, Any]], Any]:
    return lambda scope: _by_jinja(source, text).run(scope)


def _quick(
    tree: tuple[Any, ...], careful: Callable[[Mapping[str, Any]], Any]
) -> Callable[[Mapping[str, Any]], Any]:
    """What runs a tree, and asks Jinja where that comes to nothing."""
    made: list[Run] = []

    def run(scope: Mapping[str, Any]) -> Any:
        try:
            if not made:
                made.append(runner(tree))
            return measured_run(made[0], scope)
        except FAILURES:
            return careful(scope)

    return run


def evaluate(formula: Formula, scope: Mapping[str, Any]) -> Any:
    """Return the value of a formula over `scope`; raises Unreadable naming the form's line.

    Only the names that the formula uses are asked for.
    """
    try:
        compiled = compile_formula(formula.source)
        return compiled.run(_fetched(compiled, scope))
    except ExpressionError as error:
        raise _faulty(formula, error.reason) from None


def _fetched(compiled: Compiled, scope: Mapping[str, Any]) -> dict[str, Any]:
    """What the names of a formula come to; named formulas that it uses are worked out, each once.

    A name that the scope has not is left out.
    """
    lets: Mapping[str, Formula] = scope.get(LETS) or {}
    wanted = compiled.names & lets.keys()
    known = _worked_out(wanted, lets, scope) if wanted else {}
    return _asked(compiled.names, scope, known)


def _worked_out(
    wanted: Iterable[str], lets: Mapping[str, Formula], scope: Mapping[str, Any]
) -> dict[str, Any]:
    known: dict[str, Any] = {}
    with metered():
        for name in _in_order(wanted, lets):
            try:
                compiled = compile_formula(lets[name].source)
                known[name] = compiled.run(_asked(compiled.names, scope, known))
            except ExpressionError as error:
                raise _faulty(lets[name], error.reason) from None
    return known


def _asked(
    names: Iterable[str], scope: Mapping[str, Any], known: Mapping[str, Any]
) -> dict[str, Any]:
    found = {name: known[name] for name in names if name in known}
    return found | {name: scope[name] for name in names if name not in known and name in scope}


def _in_order(wanted: Iterable[str], lets: Mapping[str, Formula]) -> list[str]:
    """The named formulas that some come to use, and they, each after those that it uses."""
    done: dict[str, None] = {}
    begun: set[str] = set()
    waiting = [(name, False) for name in wanted]
    while waiting:
        name, complete = waiting.pop()
        if complete:
            done[name] = None
        elif name not in begun:
            begun.add(name)
            waiting.append((name, True))
            used = _names(lets[name].source) & lets.keys()
            waiting += [(other, False) for other in used]
    return list(done)


def names_in(source: str, lets: Mapping[str, Formula]) -> frozenset[str]:
    """The names that a formula uses, by way of named formulas too; none where it is none."""
    names = _names(source)
    return names.union(*(_names(lets[n].source) for n in _in_order(names & lets.keys(), lets)))


def calls_in(source: str, lets: Mapping[str, Formula]) -> list[Call]:
    """The calls of a formula and of the named formulas that it uses; none where it is none."""
    used = _in_order(_names(source) & lets.keys(), lets)
    compiled = (_compiled(text) for text in (source, *(lets[name].source for name in used)))
    return [call for one in compiled if one is not None for call in one.calls]


def _names(source: str) -> frozenset[str]:
    compiled = _compiled(source)
    return compiled.names if compiled is not None else frozenset()


def _compiled(source: str) -> Compiled | None:
    try:
        return compile_formula(source)
    except ExpressionError:
        return None


def render(template: Template, scope: Mapping[str, Any]) -> Label:
    """Return a sentence with its gaps filled, in both languages."""
    texts = []
    for language in ("zh", "en"):
        source = template.label.text(language)
        if "{" not in source:
            texts.append(source)
            continue
        try:
            compiled = compile_template(source)
            names = {**_fetched(compiled, scope), "_language": language}
            texts.append(str(compiled.run(names)))
        except ExpressionError as error:
            raise _faulty(template, error.reason) from None
    return Label(*texts)


def _faulty(where: Formula | Template, reason: str | Sentence) -> Unreadable:
    sentence = Sentence("formula_fails", source=_source(where), reason=reason)
    return FormulaFails(Fault(where.file or "--where", where.line, sentence))


def _source(where: Formula | Template) -> str:
    return where.source if isinstance(where, Formula) else where.label.en
