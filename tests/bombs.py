"""Jinja made to do too much, and a process that sets one bomb off after another.

    python tests/bombs.py OFFICE GROUP     # a line of JSON for each command

Each command runs in this process, whose memory is limited: a bomb that goes off kills or hangs it,
and its name is the last one begun.
"""

from __future__ import annotations

import json
import os
import resource
import sys
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path

MEMORY = 3_000_000_000
"""Bytes of addresses; a bomb wants more than any machine has."""
NEW = "visit new --channel phone --visitor 李某 --category other --content 水"


def _nested(tag: str, end: str, depth: int) -> str:
    return tag * depth + "x" + end * depth


DOUBLING = "{% set v0 = 'xxxxxxxxxx' %}" + "".join(
    f"{{% set v{i} = v{i - 1} ~ v{i - 1} %}}" for i in range(1, 45)
)
BLOCKS = "{% set v0 %}xxxxxxxxxx{% endset %}" + "".join(
    f"{{% set v{i} %}}{{{{ v{i - 1} }}}}{{{{ v{i - 1} }}}}{{% endset %}}" for i in range(1, 45)
)
LISTS = "{% set v0 = ['x'] %}{% set w0 = ['x'] %}" + "".join(
    f"{{% set v{i} = [v{i - 1}, v{i - 1}] %}}{{% set w{i} = [w{i - 1}, w{i - 1}] %}}"
    for i in range(1, 45)
)
MACROS = "{% macro m0() %}x{% endmacro %}" + "".join(
    f"{{% macro m{i}() %}}{{{{ m{i - 1}() }}}}{{{{ m{i - 1}() }}}}{{% endmacro %}}"
    for i in range(1, 45)
)
TEXT = "{% set t = 'x' * 900000 %}"
LOOPS = "".join(f"{{% for {n} in ('x' * 10000)|list %}}" for n in "abc") + "{% endfor %}" * 3
BODIES = {
    "loops": LOOPS,
    "loops over text": LOOPS.replace("|list", ""),
    "loops with a test": "{% for a in 'x' * 9999 if ('x' * 99999)|list|length > 1 %}{% endfor %}",
    "recursive loop": "{% set l = ['x', 'x'] %}{% for i in l recursive %}{{ loop(l) }}{% endfor %}",
    "comparing in a loop": TEXT + "{% set l = t|list %}{% for i in 'x' * 99999 %}"
    "{{ 'y' if l == t|list }}{% endfor %}",
    "looking in a loop": TEXT
    + "{% set l = t|list %}{% for i in 'x' * 99999 %}{% if 'y' in l %}{% endif %}{% endfor %}",
    "testing in a loop": TEXT
    + "{% set l = t|list %}{% for i in 'x' * 99999 %}{% if 'y' is in(l) %}{% endif %}{% endfor %}",
    "slicing in a loop": TEXT + "{% set l = t|list %}{% for i in 'x' * 99999 %}"
    "{% set k = l[1:] %}{% endfor %}",
    "long words in a loop": "{% for i in 'x' * 999999 %}" + "很长的话" * 2000 + "{% endfor %}",
    "percent": "{{ '%1000000000d' % 5 }}",
    "percent places": "{{ '%.1000000000f' % 5 }}",
    "percent star": "{{ '%*d' % (1000000000, 5) }}",
    "percent named": "{{ '%(a(b)c)1000000000d' % {'a(b)c': 5} }}",
    "percent again": "{{ ('%900d' * 100000) % 5 }}",
    "format filter": "{{ '%1000000000d'|format(5) }}",
    "format method": "{{ '{:1000000000}'.format(5) }}",
    "format width by value": "{{ '{:{w}}'.format(5, w='1000000000') }}",
    "format map": "{{ '{a:>1000000000}'.format_map({'a': 5}) }}",
    "format again": "{{ ('{0}' * 10000).format('x' * 100000) }}",
    "repetition": "{{ 'x' * 100000000000 }}",
    "repetition of lists": "{{ ['x'] * 100000000000 }}",
    "repetition turned": "{{ 1000000000 * ('x', 'y') }}",
    "doubling": DOUBLING + "{{ v44 }}",
    "doubling by plus": DOUBLING.replace("~", "+") + "{{ v44 }}",
    "doubling by blocks": BLOCKS + "{{ v44 }}",
    "doubling lists": LISTS + "{{ v44 }}",
    "doubling lists compared": LISTS + "{{ 'x' if v44 == w44 }}",
    "doubling macros": MACROS + "{{ m44() }}",
    "doubling dicts": LISTS.replace("[v", "{'a': v").replace("v0, ", "") + "{{ v44|length }}",
    "slice": "{{ [1]|slice(100000000)|list|length }}",
    "batch": "{{ [1]|batch(1000000000, 'x')|list|length }}",
    "center": "{{ 'x'|center(1000000000) }}",
    "indent": "{{ 'x\\ny'|indent(1000000000) }}",
    "indent by a text": "{{ ('x\\n' * 100000)|indent('y' * 100000) }}",
    "replace": "{{ ('x' * 100000)|replace('x', 'y' * 100000) }}",
    "replace nothing": "{{ ('x' * 100000)|replace('', 'y' * 100000) }}",
    "replace method": "{{ ('x' * 100000).replace('x', 'y' * 100000) }}",
    "join": "{{ ('x' * 100000)|list|join('y' * 100000) }}",
    "join method": "{{ ('y' * 100000).join(('x' * 100000)|list) }}",
    "ljust": "{{ 'x'.ljust(1000000000) }}",
    "zfill": "{{ 'x'.zfill(1000000000) }}",
    "expandtabs": "{{ ('\\t' * 1000).expandtabs(10000000) }}",
    "encode": "{{ ('中' * 900000).encode('punycode')|length }}",
    "bytes": "{{ (5).to_bytes(10000000000, 'big') }}",
    "wordwrap": "{{ ('x' * 900000)|wordwrap(1) }}",
    "striptags": "{{ ('<!-- -->' * 900000)|striptags }}",
    "urlize": "{{ ('www.a.cn ' * 90000)|urlize(target='x' * 90000) }}",
    "tojson": "{{ [1, 2]|tojson(indent=1000000000) }}",
    "powers": "{{ 9 ** 9 ** 9 }}",
    "power of a power": "{{ ((9 ** 200) ** 200) ** 200 }}",
    "large numbers": "{{ ('f' * 9000000)|int(base=16) }}",
    "round": "{{ 1.5|round(1000000000) }}",
    "sum of lists": "{{ ('x' * 900000)|batch(1)|list|sum(start=[])|length }}",
    "mapped": TEXT + "{{ t|map('default', t|list)|list|length }}",
    "deep": "{{ " + "(" * 3000 + "1" + ")" * 3000 + " }}",
    "deep lists": "{{ " + "[" * 3000 + "1" + "]" * 3000 + " }}",
    "deep attributes": "{{ a" + ".b" * 5000 + " }}",
    "deep not": "{{ " + "not " * 5000 + "a }}",
    "deep if": _nested("{% if a %}", "{% endif %}", 120),
    "deep for": _nested("{% for i in [1] %}", "{% endfor %}", 25),
    "deep macros": _nested("{% macro f() %}", "{% endmacro %}", 300),
    "keyword twice": "{{ 'x'|indent(width=1, width=2) }}",
    "macro of itself": "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}",
    "macro of itself twice": "{% macro f(n) %}{% if n %}{{ f(n - 1) }}{{ f(n - 1) }}{% endif %}"
    "{% endmacro %}{{ f(60) }}",
    "block of itself": "{% block a %}{{ self.a() }}{% endblock %}",
    "call of itself": "{% macro f() %}{% call f() %}{% endcall %}{% endmacro %}{{ f() }}",
    "include": "{% include 'odd' %}",
    "extends": "{% extends 'odd' %}",
    "import": "{% import 'odd' as o %}",
    "wrong thing": "{{ a|clock }}",
    "no filter": "{{ a|nosuch }}",
    "infinity": "{{ 1e999|int }}",
    "patterns": "{{ ('：' * 100000 ~ 'x')|pair|first }}{{ no }}",
    "long": "x" * 300_000,
    "text": "{{ '长' * 150000 }}",
}


PAGES = {
    name: BODIES[name]
    for name in (
        "loops", "percent", "repetition", "doubling", "doubling by blocks", "doubling lists",
        "doubling macros", "slice", "center", "deep", "deep for", "keyword twice", "powers",
        "macro of itself", "macro of itself twice", "block of itself", "join", "format method",
    )
} | {
    "extends itself": '{% extends "print.html.j2" %}',
    "includes itself": '{% include "print.html.j2" %}',
    "includes itself twice": '{% include "print.html.j2" %}{% include "print.html.j2" %}',
    "imports itself": '{% import "print.html.j2" as p %}',
    "range": "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
    "namespace": "{% set n = namespace(t='xxxxxxxx') %}"
    "{% for a in range(99) %}{% set n.t = n.t ~ n.t %}{% endfor %}{{ n.t }}",
    "namespace lists": "{% set n = namespace(t=['x']) %}"
    "{% for a in range(99) %}{% set n.t = [n.t, n.t] %}{% endfor %}{{ n.t }}",
    "lipsum": "{{ lipsum(100000000) }}",
    "wrong thing": '{{ "a"|code }}',
    "out of the folder": '{% include "x" %}',
    "no text": "{{ page.title.nosuch.more }}",
    "escapes": "{{ '&' * 900000 }}" * 300,
}  # fmt: skip


FORMULAS = {
    "keyword twice": "id|first(d=1,d=2)",
    "function keyword twice": "date_words(day=today,day=today)",
    "test keyword twice": "id is eq(b=1,b=2)",
    "deep": "(" * 300 + "id" + ")" * 300,
    "deep parts": "not " * 199 + "id",
    "deep lists": "[" * 190 + "id" + "]" * 190,
    "repetition": "id * 1000000000",
    "percent": "'%1000000000d' % 5",
    "powers": "9 ** 9 ** 9",
    "round": "1.5|round(1000000000) > id",
    "large": "9999999999999999999999999999999999 * 9999999999999999999999999999999999 > 1",
    "sum of texts": "[id]|sum(start='x')",
    "join": "[id, id]|join(id ~ 5) * 99999999999",
    "methods": "id.ljust(1000000000)",
    "loops": "{% for a in id %}{% endfor %}",
}


def put(path: Path, text: str) -> None:
    """Write a file of the office."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def text_template(body: str) -> str:
    """A template of a notice with a variable `a`; its text begins in line 8."""
    return (
        "---\nlabel: 试 | x\ntitle: 关于测试的通知\npresets: {genre: 通知}\n"
        f"variables:\n  a: {{label: 甲 | a, type: text}}\n---\n{body}\n"
    )


def visit_form(text: str) -> str:
    """A form of the office's own that adds something to the visit."""
    return f"form: visit\nextends: visit\n{text}"


def warning(formula: str) -> str:
    """A visit whose registration looks at a formula, in line 6."""
    return visit_form(f"transitions:\n  new:\n    warn:\n    - {{if: {formula!r}, say: 一 | x}}\n")


def commands(root: Path, group: str) -> Iterator[tuple[str, list[str]]]:
    """What to type, with the name of the bomb that is laid."""
    notice, page = root / "templates/notices/odd.md.j2", root / "templates/print.html.j2"
    form = root / "forms/visit.yaml"
    if group == "texts":
        for count, (name, body) in enumerate(BODIES.items()):
            put(notice, text_template(body))
            for line in ("forms check", "notice new odd --a 1"):
                yield name, line.split()
            # These do not run the text; some bombs could only stop them when it is read.
            for line in ("notice templates", "visit list") if count % 8 == 0 else ():
                yield name, line.split()
    elif group == "pages":
        number = next((root / "records/visit").rglob("*.md")).stem
        for name, body in PAGES.items():
            put(page, f"\n{body}")
            yield name, ["visit", "print", number, "--format", "html"]
            yield name, ["visit", "print", number, "--format", "txt"]
    else:
        for name, body in FORMULAS.items():
            form.unlink(missing_ok=True)
            yield name, ["visit", "list", "--where", body]
            put(form, warning(body))
            yield name, ["forms", "check"]
            yield name, NEW.split()
            yield name, ["repair", "list"]


def main(root: Path, group: str) -> None:
    """Set the bombs of a group off, one after another, and tell what became of each."""
    from pmcli.cli.program.app import run

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    os.chdir(root)
    for name, line in commands(root, group):
        sys.stdout.write(json.dumps({"name": name, "line": line}) + "\n")
        sys.stdout.flush()
        out, err = StringIO(), StringIO()
        with redirect_stdout(out), redirect_stderr(err):
            code = run(line)
        told = {"code": code, "out": out.getvalue()[-3000:], "err": err.getvalue()[-3000:]}
        sys.stdout.write(json.dumps(told) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
