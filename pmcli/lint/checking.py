"""Runs the rules over a text."""

from __future__ import annotations

from dataclasses import replace

from pmcli.dataclass import dataclass
from pmcli.lint.document import Document, read_document
from pmcli.lint.model import Finding, Settings
from pmcli.lint.rule import Rule
from pmcli.lint.rules import BY_CODE, RULES
from pmcli.messages import Sentence
from pmcli.problems import Fault


@dataclass(frozen=True)
class Report:
    """What came of a text."""

    findings: tuple[Finding, ...]
    suppressed: tuple[Finding, ...]
    """What was found and is ignored."""
    faults: tuple[Fault, ...]
    """What is wrong with the front matter: no finding, but an error of use; no file is named."""


def check(
    text: str,
    *,
    genre: str | None = None,
    settings: Settings = Settings(),  # noqa: B008
    whole: bool = True,
    kind: str | None = None,
    emergency: bool = False,
    valid_until: str = "",
) -> list[Finding]:
    """What to mend in a notice, by line; one finding for each code and line.

    `genre` overrides the one that the text names. With `whole` false the text is a passage (the
    demand of a letter, say): only rules about wording run, none about title or signature. `kind`,
    `emergency` and `valid_until` are what front matter says with `type` and by the same names, for
    a text whose record says it. Codes of `settings.ignore` and of the front matter's `lint: ignore`
    are left out.
    """
    report = inspect(
        text,
        genre=genre,
        settings=settings,
        whole=whole,
        kind=kind,
        emergency=emergency,
        valid_until=valid_until,
    )
    return list(report.findings)


def inspect(
    text: str,
    *,
    genre: str | None = None,
    settings: Settings = Settings(),  # noqa: B008
    whole: bool = True,
    kind: str | None = None,
    emergency: bool = False,
    valid_until: str = "",
) -> Report:
    """Check a text as `check` does, and tell what was left out and what could not be read."""
    document = read_document(text, genre, whole=whole)
    front = document.front
    front = replace(
        front,
        type=kind or front.type,
        emergency=emergency or front.emergency,
        valid_until=valid_until or front.valid_until,
    )
    document = replace(document, front=front)
    found: dict[tuple[int, str], Finding] = {}
    for rule in RULES:
        if (whole or rule.passage) and _is_for(rule, document.genre):
            for finding in _applied(rule, document, settings):
                known = found.get((finding.line, finding.code))
                if known is None or finding.column < known.column:
                    found[finding.line, finding.code] = finding
    ignored = settings.ignore | set(document.front.ignore)
    unknown = [code for code in document.front.ignore if code not in BY_CODE]
    codes = list(BY_CODE)
    faults = [Fault("", 0, Sentence("lint_no_rule", code=code, codes=codes)) for code in unknown]
    ordered = sorted(found.values(), key=lambda f: (f.line, f.code, f.column))
    return Report(
        findings=tuple(finding for finding in ordered if finding.code not in ignored),
        suppressed=tuple(finding for finding in ordered if finding.code in ignored),
        faults=(*document.front.faults, *faults),
    )


def _applied(rule: Rule, document: Document, settings: Settings) -> list[Finding]:
    findings = []
    for hit in rule.check(document, settings):
        line, column = document.position(hit.offset)
        findings.append(Finding(rule.code, rule.severity, line, column, hit.message, rule.source))
    return findings


def _is_for(rule: Rule, genre: str | None) -> bool:
    """Whether a rule is for a genre; what has no genre is treated as any other posted sheet."""
    if rule.genres is None:
        return True
    return (genre or "其他") in rule.genres
