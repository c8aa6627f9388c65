"""The forms of one office: built-in files, the office's own in their place, or laid over them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from pmcli.command_names import TOP_COMMANDS
from pmcli.form.formula import Formula
from pmcli.form.frozen import (
    NoShelf,
    Shelf,
    frozen,
    key_of,
    known,
    packed,
    remember,
    thawed,
    unpacked,
)
from pmcli.form.model import INPUT_NOTES, Form, Transition
from pmcli.messages import Label, Sentence
from pmcli.patterns import regex
from pmcli.problems import Fault, NotFound, Usage, Want, faults_problem

if TYPE_CHECKING:
    from pmcli.form.text_template import TextTemplate
    from pmcli.yaml_files.tree import Tree

_PREFIX_LINE = regex(r"""^prefix:\s*["']?([A-Z]{2,3})["']?\s*(?:#.*)?$""", re.MULTILINE)

_EXTENDS = regex(r"""^["']?extends["']?\s*:\s*["']?([\w-]+)""", re.MULTILINE)

T = TypeVar("T")
Source = tuple[str, str]
"""A form file: the name to show for it and its text."""

Path = tuple[str | int, ...]
"""Where in a form file: keys, indexes of items, items' texts."""

_TITLES = "titles.of"
"""What titles are kept by, which is no name of a form."""
_LABELS = frozenset({"pmcli.messages"})


class Library:
    """Loads forms when they are asked for; `built_in` and `own` map a form's name to its file.

    `unread` has the faults of the files in `own` whose text could not be read. A form that is
    found without fault is kept on the `shelf`, and judged anew only when its text changes.
    """

    def __init__(
        self,
        built_in: Mapping[str, Source],
        own: Mapping[str, Source],
        unread: Mapping[str, Fault] | None = None,
        templates: Callable[[str], Mapping[str, Source | Fault]] | None = None,
        shelf: Shelf | None = None,
    ) -> None:
        self._built_in = built_in
        self._own = own
        self._unread = unread or {}
        self._loaded: dict[str, tuple[Form | None, list[Fault]]] = {}
        self._templates = templates
        self._shelf = shelf or NoShelf()
        self._drafted: dict[tuple[str, str], Form] = {}
        self._read_templates: dict[tuple[str, str], TextTemplate] = {}

    @property
    def names(self) -> list[str]:
        """Names of all forms, built-in ones first."""
        return [*self._built_in, *(n for n in self._own if n not in self._built_in)]

    def __contains__(self, name: object) -> bool:
        return name in self._built_in or name in self._own

    @cached_property
    def prefixes(self) -> dict[str, str]:
        """Number prefix to form name, read without loading the forms."""
        found: dict[str, str] = {}
        for name in self.names:
            own = self._own.get(name)
            sources = [own, self._built_in.get(name)] if own else [self._built_in[name]]
            for source in sources:
                match = _PREFIX_LINE.search(source[1]) if source else None
                if match:
                    found.setdefault(match[1], name)
                    break
        return found

    @cached_property
    def unnumbered(self) -> list[str]:
        """Names of the forms whose records carry a number of their own, as units do."""
        return [name for name in self.names if name not in self.prefixes.values()]

    def is_own(self, name: str) -> bool:
        """Whether the office has a file of its own for this form."""
        return name in self._own

    def fingerprint(self, name: str) -> str:
        """The form's name with a checksum of all that it is made from: it changes with the form."""
        return f"{name} {key_of(name, self._texts(name)).hex()}"

    def get(self, name: str) -> Form:
        """Return a form; raises NotFound, or Unreadable with the faults of its file."""
        if name not in self:
            raise NotFound(Sentence("no_form", name=name, names=self.names))
        form, faults = self.load(name)
        if form is None:
            raise faults_problem(faults)
        return form

    def template_sources(self, form: Form) -> Mapping[str, Source | Fault]:
        """The files of a form's text templates by key; the office's own go before built-in ones."""
        if form.templates is None or self._templates is None:
            return {}
        return self._templates(form.templates.folder)

    def template(self, form: Form, key: str) -> TextTemplate:
        """A text template; raises Usage where there is none, Unreadable with its faults."""
        from pmcli.form.templates import read_template

        if (form.name, key) in self._read_templates:
            return self._read_templates[form.name, key]
        sources = self.template_sources(form)
        if key not in sources:
            free = [form.templates.free] if form.templates and form.templates.free else []
            raise Usage.of(
                Want.UNKNOWN,
                Sentence("no_template", key=key[:60], keys=[*free, *sorted(sources)]),
                "template",
                near=[*free, *sorted(sources)],
            )
        source = sources[key]
        if isinstance(source, Fault):
            raise faults_problem([source])
        template, faults = read_template(key, source, self.load(form.name)[0])
        if template is None:
            raise faults_problem(faults)
        self._read_templates[form.name, key] = template
        return template

    def all_templates(self, form: Form) -> tuple[list[TextTemplate], list[Fault]]:
        """Every text template of a form that can be read, by key, and the faults of the others."""
        from pmcli.form.templates import read_template

        found: list[TextTemplate] = []
        faults: list[Fault] = []
        plain = self.load(form.name)[0]
        for key, source in sorted(self.template_sources(form).items()):
            if isinstance(source, Fault):
                faults.append(source)
                continue
            template, wrong = read_template(key, source, plain)
            faults += wrong
            if template is not None:
                found.append(template)
        return found, faults

    def drafted(self, form: Form, key: str | None) -> Form:
        """The form with the inputs of the text template that `key` names; itself without one."""
        if form.templates is None or not key or key == form.templates.free:
            return form
        if (form.name, key) not in self._drafted:
            from pmcli.form.templates import specialised

            self._drafted[form.name, key] = specialised(form, self.template(form, key))
        return self._drafted[form.name, key]

    def load(self, name: str) -> tuple[Form | None, list[Fault]]:
        """Return a form, or None with the faults of its file."""
        if name not in self._loaded:
            self._loaded[name] = self._load(name)
        return self._loaded[name]

    @cached_property
    def titles(self) -> Mapping[str, Label]:
        """The forms that have no faults, by name, with their titles; kept as forms are."""
        key = key_of(_TITLES, map(self.fingerprint, self.names))
        held = unpacked(key, self._shelf.read(_TITLES), _LABELS)
        if isinstance(held, dict):
            return held
        forms = [(name, self.load(name)[0]) for name in self.names]
        found = {name: form.title for name, form in forms if form is not None}
        self._shelf.write(_TITLES, packed(key, found))
        return found

    def _load(self, name: str) -> tuple[Form | None, list[Fault]]:
        if name in self._unread:
            return None, [self._unread[name]]
        key = key_of(name, self._texts(name))
        form = known(key) or thawed(key, self._shelf.read(name))
        if form is not None:
            remember(key, form)
            return form, []
        form, faults = self._made(name)
        if form is not None:
            remember(key, form)
            self._shelf.write(name, frozen(key, form))
        return form, faults

    def _texts(self, name: str) -> list[str]:
        """All that a form is made from; those of a built-in and an office's own file differ."""
        sources = (self._built_in.get(name), self._own.get(name))
        texts = [part for source in sources for part in (source or ("", ""))]
        extended = _EXTENDS.search(texts[-1])
        base = self._built_in.get(extended[1]) if extended is not None else None
        return [*texts, *(base or ())]

    def _made(self, name: str) -> tuple[Form | None, list[Fault]]:
        own = self._own.get(name)
        if own is None or "extends" not in own[1]:
            return _read_form(name, own or self._built_in[name], own is None)
        tree, faults = self._tree(name)
        if tree is None or faults:
            return None, faults
        from pmcli.form.loading import load_form

        return load_form(name, tree, built_in=name not in self._own)

    def _tree(self, name: str) -> tuple[Tree | None, list[Fault]]:
        if name in self._unread:
            return None, [self._unread[name]]
        if name not in self._own:
            return self._read(self._built_in[name])
        tree, faults = self._read(self._own[name])
        if tree is None or tree.keys is None or "extends" not in tree.keys:
            return tree, faults
        base_name = tree.keys["extends"].text or ""
        if base_name not in self._built_in:
            line = tree.key_lines["extends"]
            sentence = Sentence("extends_unknown", name=base_name, names=list(self._built_in))
            return None, [*faults, Fault(tree.file, line, sentence)]
        base, base_faults = self._read(self._built_in[base_name])
        if base is None:
            return None, [*faults, *base_faults]
        from pmcli.form.shapes import FORM
        from pmcli.yaml_files.shape import faults_of
        from pmcli.yaml_files.tree import overlay

        faults += faults_of(tree, FORM, partial=True)
        return overlay(base, tree), [*faults, *base_faults]

    @staticmethod
    def _read(source: Source) -> tuple[Tree | None, list[Fault]]:
        from pmcli.yaml_files.reading import read_tree

        shown, text = source
        return read_tree(text, shown)

    def all(self) -> tuple[list[Form], list[Fault]]:
        """Load every form; also finds what only shows between forms (names, prefixes, links)."""
        forms: list[Form] = []
        faults: list[Fault] = []
        for name in self.names:
            form, own_faults = self.load(name)
            faults += own_faults
            if form is not None:
                forms.append(form)
        for name, path, sentence in between(forms, set(self.names)):
            tree = self._tree(name)[0]
            assert tree is not None
            faults.append(Fault(*tree.place(*path), sentence))
        return forms, faults

    def archives(self) -> list[Form]:
        """The forms that keep what the office has on file of its people and homes."""
        found = []
        for name in self.names:
            text = (self._own.get(name) or self._built_in[name])[1]
            if "archive" in text or (name in self._own and "extends:" in text):
                form = self.load(name)[0]
                if form is not None and form.archive:
                    found.append(form)
        return found

    def referring(self, name: str) -> list[Form]:
        """The forms that follow records of `name` (their `follows` fields must be kept)."""
        found = []
        for other in self.names:
            text = (self._own.get(other) or self._built_in[other])[1]
            extended = other in self._own and "extends:" in text
            if f"form: {name}" in text or extended:
                form = self.load(other)[0]
                if form is not None and any(
                    f.follows is not None and f.follows.form == name for f in form.fields.values()
                ):
                    found.append(form)
        return found


def _read_form(name: str, source: Source, built_in: bool) -> tuple[Form | None, list[Fault]]:
    """A form that stands in one file."""
    from pmcli.form.loading import load_form
    from pmcli.yaml_files.reading import read_tree

    shown, text = source
    tree, faults = read_tree(text, shown)
    if tree is None or faults:
        return None, faults
    return load_form(name, tree, built_in)


def between(forms: Sequence[Form], names: set[str]) -> Iterator[tuple[str, Path, Sentence]]:
    """What is wrong only when all forms are seen together: the form, where in it, and what."""
    loaded = {form.name: form for form in forms}
    prefixes: dict[str, Form] = {}
    for form in forms:
        if form.name in TOP_COMMANDS:
            yield form.name, ("form",), Sentence("form_name_taken", name=form.name)
        if form.prefix is not None:
            other = prefixes.setdefault(form.prefix, form)
            if other is not form:
                sentence = Sentence("prefix_twice", prefix=form.prefix, other=other.name)
                yield form.name, ("prefix",), sentence
        for path, sentence in (
            *_pointing(form, loaded, names),
            *_creating(form, loaded, names),
            *_taking(form, loaded, names),
        ):
            yield form.name, path, sentence


def _pointing(
    form: Form, loaded: Mapping[str, Form], names: set[str]
) -> Iterator[tuple[Path, Sentence]]:
    for field in form.fields.values():
        path = ("fields", field.name)
        for target in field.to:
            if target not in names:
                sentence = Sentence("link_to_unknown", field=field.name, form=target)
                yield (*path, "to", target), sentence
        follows = field.follows
        if follows is None:
            continue
        if follows.form not in names:
            sentence = Sentence("link_to_unknown", field=field.name, form=follows.form)
            yield (*path, "follows", "form"), sentence
        elif follows.form in loaded and loaded[follows.form].value_type(follows.by) is None:
            sentence = Sentence(
                "gives_unknown", where=field.name, forms=[follows.form], name=follows.by
            )
            yield (*path, "follows", "by"), sentence


def _entries(
    form: Form, key: str, entries: Callable[[Transition], Sequence[T]]
) -> Iterator[tuple[str, Path, T]]:
    """What the steps of a form hold below a key: the step, the place in the file, the entry."""
    for command, variants in form.transitions.items():
        for index, step in enumerate(variants):
            for which, entry in enumerate(entries(step)):
                yield command, ("transitions", command, index, key, which), entry


def _creating(
    form: Form, loaded: Mapping[str, Form], names: set[str]
) -> Iterator[tuple[Path, Sentence]]:
    for command, path, creation in _entries(form, "create", lambda step: step.creates):
        for target in creation.forms:
            if target not in names:
                sentence = Sentence("creates_unknown", command=command, form=target)
                key = "forms" if isinstance(creation.form, Formula) else "form"
                yield (*path, key, target), sentence
        if any(name not in loaded for name in creation.forms):
            continue
        children = [loaded[name] for name in creation.forms]
        drafts = any(child.templates is not None for child in children)
        for name in creation.values:
            if not drafts and not any(name in child.fields for child in children):
                titles = [child.name for child in children]
                sentence = Sentence("gives_unknown", where=command, forms=titles, name=name)
                yield (*path, "values", name), sentence


def _taking(
    form: Form, loaded: Mapping[str, Form], names: set[str]
) -> Iterator[tuple[Path, Sentence]]:
    for command, path, update in _entries(form, "update", lambda step: step.updates):
        for target in update.forms if update.take else ():
            if target not in names:
                yield path, Sentence("takes_unknown", command=command, form=target)
            if target not in loaded:
                continue
            taken = loaded[target].transitions.get(update.take, ())
            if not taken or update.take == "new":
                where = f"{command} {target}"
                yield (*path, "take"), Sentence("unknown_command", where=where, name=update.take)
                continue
            known = {*INPUT_NOTES, *(name for one in taken for name in one.inputs)}
            where = f"{target} {update.take}"
            for name in update.give:
                if name not in known:
                    yield (*path, "give", name), Sentence("unknown_field", where=where, name=name)
