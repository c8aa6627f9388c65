"""Guards, roles, undo, locks, numbers and edits taken away one at a time: something must turn red.

    python -m pytest -m mutants tests/test_mutants.py

Each mutant is made on a copy of the sources and judged by the tests that are named with it. It
takes an hour, and no run of the suite includes it; that each still has its place is always tested.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

TOP = Path(__file__).parents[1]
PARTS = (
    "pmcli", "forms", "templates", "records", "tests", "docs", "office.yaml", "pyproject.toml",
    "README.md",
)  # fmt: skip


PATIENCE = 300
"""Seconds after which a mutant that waits for ever counts as seen."""


class Mutant(NamedTuple):
    """A place in a module, what stands there instead, and the tests that must see it."""

    module: str
    old: str
    new: str
    tests: str


LOCKED = "tests/test_bad_input.py tests/test_crash_safety.py"
CORRECTIONS = "tests/test_corrections.py"
GATE = "tests/test_one_gate.py"
REDIRECT = "tests/test_redirect.py"
TRANSCRIPT = "tests/test_transcripts.py -k 18-corrections.zh"
UNDO = "tests/test_undo.py -k 'not slow and not at_every_point'"
EDITS = "pmcli/workflow/edits.py"
ENGINE = "pmcli/workflow/engine.py"
CONDITIONS = "pmcli/workflow/conditions.py"
DRAFT = "pmcli/workflow/draft.py"
STORE = "pmcli/store/unit_of_work.py"
UNDOING = "pmcli/store/undo.py"
CHECKS = "pmcli/store/checks.py"
CORRECTING = "pmcli/workflow/correcting.py"
FOLLOWS = "pmcli/workflow/consequences.py"
DIALOGUE = "pmcli/cli/guided/correction.py"
SAVE = "pmcli/store/save.py"
BOUNDS = "pmcli/form/bounds.py"
STANDING = "pmcli/workflow/standing.py"
USE = "tests/test_found_by_use.py"
STANDS = "tests/test_what_stands.py"
DOORS = "tests/test_back_doors.py"
EMPTIED = "tests/test_edit.py -k 'must_be_right or must_be_there'"
UNITS = "tests/test_bounds.py"
FOLLOWING = "tests/test_consequences.py"
GUIDED = "tests/test_correcting_guided.py"
SHARES = "pmcli/form/types/shares.py"
PERCENT = "tests/test_type_percent.py"
PLATE = "tests/test_type_plate.py"
STRANGE = "tests/test_save_strange_files.py"
SAVED = "tests/test_save.py -k 'not killed'"
BOMBS = "tests/test_bombs.py"
SCOPE = "pmcli/workflow/scope.py"
SEEN = "tests/test_scope.py"
CALLS = "tests/test_functions.py"
QUERY = "pmcli/record/query.py"
RECORDS = "pmcli/store/records.py"
RUNNING = "pmcli/form/running.py"
EXPRESSIONS = "pmcli/form/expressions.py"
QUICK = "pmcli/cli/line/quick.py"
INDEX = "pmcli/store/index.py"
GLANCE = "pmcli/record/glance.py"
LAZY = "pmcli/record/lazy.py"
FROZEN = "pmcli/form/frozen.py"
JUDGING = "pmcli/workflow/judging.py"
COMPLETION = "pmcli/cli/completion/values.py"
ASKED = "tests/test_query.py"
GLANCES = "tests/test_glances.py"
MONTHS = "tests/test_months.py"
KEPT = "tests/test_frozen_forms.py"
PLACES = "tests/test_query_places.py"
ONE = "tests/test_one_repository.py"
WORDS = "tests/test_list_words.py"
OFFERED = "tests/test_completion.py -k 'broken or oldest'"
SHAPE = "pmcli/yaml_files/shape.py"
NODES = "pmcli/yaml_files/nodes.py"
SCHEMAS = "tests/test_schemas.py"
UNKNOWN = "tests/test_schemas.py -k unknown_key"
YAML = "tests/test_yaml_bombs.py -k 'odd or pasted or longer or welcome'"
READ_BACK = "tests/test_read_back.py"

MUTANTS = [
    # roles and persons
    Mutant(ENGINE, "    if unmet or more:\n", "    if more:\n", "tests/test_examples_repair.py"),
    Mutant(CONDITIONS, "        if act.actor not in named and not in_role:", "        if False:",
           CORRECTIONS),
    Mutant(CONDITIONS, "    for name in names if act.staff.named else ():", "    for name in ():",
           CORRECTIONS),
    Mutant(EDITS, "        if against and all(against):", "        if False:", CORRECTIONS),
    Mutant(EDITS, "    if sealed and not lead:", "    if False:", TRANSCRIPT),
    Mutant(EDITS, "wants_reason and lead and not apart and not reason", "False", TRANSCRIPT),
    Mutant(EDITS, "    if apart:\n        told = apart\n", "", CORRECTIONS),
    Mutant("pmcli/spreadsheets/importing.py", "        if unmet:\n            raise Refused", "        if False:\n            raise Refused",
           "tests/test_import.py -k roles"),
    # guards and needs
    Mutant(ENGINE, "    if more:\n        but =", "    if False:\n        but =",
           "tests/test_examples_repair.py"),
    Mutant(ENGINE, "    refuse_unmet([*unmet, *more], see)", "    refuse_unmet(unmet, see)", GATE),
    Mutant(STANDING, "    for step, before, after in scopes if not unmet else ():", "    for step, before, after in ():", GATE),
    Mutant(STANDING, "in scopes if not unmet else ():", "in scopes:", STANDS),
    Mutant(STANDING, "    unmet = distinct(_emptied(original, values))", "    unmet = []", EMPTIED),
    Mutant(STANDING, "    yield from unmet\n", "    unmet = []\n", DOORS),
    Mutant(STANDING, "    try:\n        return ask(*arguments) is None\n    except FormulaFails:", "    try:\n        return ask(*arguments) is None\n    except ZeroDivisionError:", STANDS),
    Mutant(STANDING, "        except FormulaFails as problem:", "        except ZeroDivisionError as problem:", DOORS),
    Mutant(CONDITIONS, "    if missing:\n        raise Usage(*missing)", "    del missing",
           "tests/test_examples_repair.py"),
    Mutant(CONDITIONS, "if open_to_people and not certainly_refused(step, record, act, lookup):",
           "if open_to_people:", TRANSCRIPT),
    Mutant(ENGINE, "    refuse_unused(form, step, given, created, work)\n", "", DOORS),
    # steps on other records
    Mutant(ENGINE, "    if other.form.name not in update.forms:", "    if False:", REDIRECT),
    Mutant(ENGINE, "        if update.take:\n", "        if False:\n", REDIRECT),
    Mutant(DRAFT, "        if other in {*self._stepping, number}:", "        if False:", REDIRECT),
    Mutant("forms/visit.yaml", "    - when: replaced and made_here\n      none: find", "    - when: none\n      none: find",
           REDIRECT),
    Mutant("forms/visit.yaml", "      if: open_of(before.children) | count < 2", "      if: 1", REDIRECT),
    Mutant("forms/visit.yaml", "      if: wrong in (before.children or []) and record(wrong).open", "      if: 1",
           REDIRECT),
    Mutant("forms/visit.yaml", "      if: record(replaced).form != child", "      if: 1", REDIRECT),
    Mutant("forms/visit.yaml", "    - when: not wrong\n      if: replaced\n", "    - when: not wrong\n      if: 1\n",
           REDIRECT),
    Mutant("forms/visit.yaml", "when: made_here, take: void", "when: replaced, take: void", REDIRECT),
    # edits
    Mutant(EDITS, "    return rule is not None and (", "    return False and (", CORRECTIONS),
    Mutant(EDITS, "    if not original.open:", "    if False:",
           "tests/test_edit.py -k closed_record"),
    Mutant(EDITS, "    if spec.body and not _asking_now(original, name):", "    if False:",
           "tests/test_edit.py -k what_pmcli_writes"),
    Mutant(EDITS, "        step = step or next(", "        step = step or None and next(",
           CORRECTIONS),
    Mutant(STANDING, "            values |= _worked_out(original, steps, values, act, lookup)\n", "", TRANSCRIPT),
    Mutant(EDITS, "    if (maker := _maker(name, original, lookup)) is not None:", "    if (maker := None) is not None:", DOORS),
    Mutant(EDITS, "    step = _set_by(original, name)\n", "    step = None\n", DOORS),
    Mutant(EDITS, "    if spec is None or spec.auto or not spec.kept", "    if spec is None",
           "tests/test_edit.py -k what_pmcli_writes"),
    Mutant(EDITS, "list(original.history) != list(basis.history)", "False",
           "tests/test_edit.py -k what_pmcli_writes"),
    Mutant(CORRECTING, "[correction, *more]", "[correction]", CORRECTIONS),
    Mutant(STORE, "                    raise Conflict(Sentence(\"edit_meanwhile\"", "                    Conflict(Sentence(\"edit_meanwhile\"",
           "tests/test_edit.py -k quicker"),
    Mutant(STORE, "                    raise Conflict(Sentence(\"edited_by_hand\"", "                    Conflict(Sentence(\"edited_by_hand\"",
           "tests/test_transcripts.py -k 15-mending.zh"),
    Mutant(STORE, "        if not keys:\n            return text\n", "        return text\n",
           "tests/test_quotes.py"),
    # what follows from an edit
    Mutant(CORRECTING, "            if failing or not following.fine:", "            if failing:", FOLLOWING),
    Mutant(CORRECTING, "                made[record.id] = replace(before, values=following.values)", "                pass", FOLLOWING),
    Mutant(CORRECTING, "            if not given and not failing:", "            if False:", FOLLOWING),
    Mutant(CORRECTING, "            if failing or not following.fine:", "            if not following.fine:", STANDS),
    Mutant(CORRECTING, "        turned=[each", "        turned=[] and [each", FOLLOWING),
    Mutant(SAVE, "            _leave_with_others(saved, hands, {path for _, path in dirty}, effects)\n", "", FOLLOWING),
    Mutant(CORRECTING, "            following = derive(record, {**_changes(before), **given}", "            following = derive(record, {**given}",
           FOLLOWING),
    Mutant(CORRECTING, "        if name in editable(record)\n", "        if False\n", FOLLOWING),
    Mutant(EDITS, "    if _is_sealed(original, act, lookup):", "    if False:", FOLLOWING),
    Mutant(EDITS, "form.fields[name].body or _stands(name, original):", "form.fields[name].body:", FOLLOWING),
    Mutant(CORRECTING, "cause=correction.follows", "cause=None", FOLLOWING),
    Mutant(FOLLOWS, "for name in creation.same if name in creation.values}", "for name in ()}", FOLLOWING),
    Mutant(FOLLOWS, "held is None or not gave(record.form, name, value, held, step.before)", "held is None", FOLLOWING),
    Mutant(FOLLOWS, "for office in (former, corrected)", "for office in (lookup, corrected)", FOLLOWING),
    Mutant(FOLLOWS, "            if was == now or id(creation) in seen:", "            if was == now:", STANDS),
    Mutant("pmcli/workflow/retaken.py", "event.at or act.at", "act.at", FOLLOWING),
    # edits with a person
    Mutant(DIALOGUE, "        if _old_values(change) != self.shown:", "        if False:", GUIDED),
    Mutant(DIALOGUE, "            if change.alike and not self.alike_settled:", "            if False:", GUIDED),
    Mutant(DIALOGUE, "            self.refuse_if_closed()\n", "", GUIDED),
    Mutant(DIALOGUE, "        if fixed:\n            prompt.tell_wrong(fixed)\n", "        if False:\n            prompt.tell_wrong(fixed)\n", GUIDED),
    Mutant(DIALOGUE, "        if name not in given:\n            return held\n", "        return held\n", GUIDED),
    Mutant("pmcli/cli/guided/prompt.py", "    _select_all(question.application.current_buffer)\n", "", GUIDED),
    # files changed by hand
    Mutant(SAVE, "    if stat.S_ISLNK(mode):", "    if False:", STRANGE),
    Mutant(SAVE, "        return None if \"D\" in status else", "        return None if status else", STRANGE),
    Mutant(SAVE, "    if not stat.S_ISREG(mode):", "    if False:", STRANGE),
    Mutant(SAVE, "    if _NO_NAME.search(path):", "    if False:", STRANGE),
    Mutant(SAVE, "    elif correction.fine:", "    elif True:", SAVED),
    Mutant(SAVE, "        if line:\n            raise BadRecord", "        if False:\n            raise BadRecord", SAVED),
    Mutant(SAVE, "        elif not (faults and path in forms):", "        else:", SAVED),
    Mutant(SAVE, "            if folder.is_dir():", "            if False:", SAVED),
    Mutant(SAVE, "            if self.only is not None and path not in self.only:", "            if False:", SAVED),
    Mutant(SAVE, "        with store.records.lenient():", "        if True:", FOLLOWING),
    # what formulas and templates may do
    Mutant(BOUNDS, "        if self.left < 0:\n            raise TooMuch", "        if False:\n            raise TooMuch", BOMBS),
    Mutant(BOUNDS, "    if left < 0:\n        raise TooMuch", "    if False:\n        raise TooMuch", UNITS),
    Mutant(BOUNDS, "        self.left = outer - (work - self.left) // _INNER if self.depth else WORK", "        self.left = WORK", BOMBS),
    Mutant(BOUNDS, "        if type(value) not in _SMALL:\n            weigh(value)", "        pass", UNITS),
    Mutant(BOUNDS, "    if size * _LETTERS * max(1, sum(map(_letters, given))) > LARGEST * _LETTERS:", "    if False:", UNITS),
    Mutant(BOUNDS, "    if name == \"round\" and", "    if False and", BOMBS),
    Mutant(BOUNDS, "    if total > LARGEST:", "    if False:", UNITS),
    Mutant(BOUNDS, "    if digits == \"*\" or", "    if", UNITS),
    Mutant(BOUNDS, "    elif operator == \"**\" and", "    elif False and", UNITS),
    Mutant(BOUNDS, "    if isinstance(result, int) and abs(result) >= 10**MAX_DIGITS:", "    if False:", BOMBS),
    Mutant(BOUNDS, "            if isinstance(count, int) and size * abs(count) > LARGEST:", "            if False:", UNITS),
    # what formulas see and call
    Mutant(SCOPE, "        if name in _OF_STATE and name in self._of_state():", "        if name in _OF_STATE:", SEEN),
    Mutant(SCOPE, "        if name in IMPLEMENTED:\n", "        if name in IMPLEMENTED and name not in self.held:\n", SEEN),
    Mutant(SCOPE, "        wider._inner = self._inner or self\n", "", SEEN),
    Mutant(SCOPE, "        self._told = more\n", "        self._told = {**dict(values), **more}\n", SEEN),
    Mutant("pmcli/form/expressions.py", "for name in names if name not in known and name in scope}", "for name in scope if name not in known}", SEEN),
    Mutant("pmcli/form/sandbox.py", "    if given is None:\n", "    if False:\n", CALLS),
    Mutant("pmcli/workflow/functions/binding.py", "    if missing:\n", "    if False:\n", CALLS),
    Mutant("pmcli/workflow/functions/records.py", "name: str, /, **wanted", "name: str, **wanted", CALLS),
    Mutant("pmcli/cli/completion/values.py", "        and call.names.get(\"name\") == spec.name\n", "", "tests/test_completion.py -k role"),
    # half-way and wrong persons
    Mutant("forms/revisit.yaml", "      if: actor != record(target).finish_by", "      if: 1", "tests/test_examples_revisit.py"),
    Mutant("forms/patrol.yaml", "    where: state != 'void'\n", "", "tests/test_examples_patrol.py"),
    # events
    Mutant(CONDITIONS, "if event.to_state)", "if event.at)", CORRECTIONS),
    Mutant(DRAFT, "            at = max([at, *(e.at for e in told if e.at is not None)])",
           "            del told", "tests/test_corrections.py tests/test_workflow_properties.py"),
    Mutant(DRAFT, "typed_at=act.typed_at if act.typed_at != at else None", "typed_at=None", CORRECTIONS),
    Mutant("pmcli/record/event.py", "    if is_hidden(form, name):\n        return FieldChange()",
           "    if False:\n        return FieldChange()", CORRECTIONS),
    Mutant(CHECKS, "    _names,\n", "", CORRECTIONS),
    Mutant(CHECKS, "    _replayed,\n", "", CORRECTIONS),
    Mutant("pmcli/cli/commands/history.py", "if event.name not in false else None", "", CORRECTIONS),
    # undo
    Mutant("pmcli/record/replay.py", "            del left[_undone_from(left, event) :]",
           "            pass", UNDO),
    Mutant(UNDOING, "        _put_values(draft, one, one.before)", "        pass", UNDO),
    Mutant(UNDOING, "        draft.gone = True", "        pass", UNDO),
    Mutant(UNDOING, "            raise _refused(sentence)\n        if commit.by",
           "            continue\n        if commit.by", UNDO),
    Mutant(UNDOING, "    yield from _linked(store, written)\n", "", UNDO),
    Mutant(UNDOING, "    if apart:\n", "    if False:\n", DOORS),
    Mutant(UNDOING, "    apart = kept_apart(form.edit.not_by, form, scope, act)", "    apart = []", DOORS),
    Mutant(UNDOING, "event.kind is Kind.EDIT and event.cause is None:", "False:", DOORS),
    Mutant(UNDOING, "    if later:\n        yield from later\n        return\n", "", UNDO),
    Mutant(STORE, "            pack(self.git)\n", "", "tests/test_packing.py"),
    Mutant("pmcli/store/packing.py", "    if limit <= 0 or", "    if", "tests/test_packing.py"),
    Mutant("pmcli/store/packing.py", " or sample * _SAMPLES <= limit:", ":", "tests/test_packing.py"),
    Mutant("pmcli/store/traces.py", "(folder.with_name(DRAFTS), folder / _BEFORE)", "(folder.with_name(DRAFTS),)", "tests/test_privacy.py"),
    Mutant("pmcli/store/traces.py", "(folder.with_name(DRAFTS), folder / _BEFORE)", "(folder / _BEFORE,)", "tests/test_privacy.py"),
    # forms that are kept
    Mutant(FROZEN, "    if data is None or data[:_KEY] != _sealed(key, data[_KEY:]):\n        return None\n", "", KEPT),
    Mutant(FROZEN, "        if module in self._modules and \".\" not in name:", "        if \".\" not in name:", KEPT),
    Mutant(FROZEN, " and \".\" not in name:", ":", KEPT),
    Mutant(FROZEN, "            if isinstance(found, type) and \"__dataclass_fields__\" in vars(found):\n                return found\n", "            return found\n", KEPT),
    Mutant(FROZEN, "digest.update(b\"%d:\" % len(data) + data)", "digest.update(data)", KEPT),
    Mutant(FROZEN, "    digest = sha256(_code().encode())", "    digest = sha256()", KEPT),
    Mutant(FROZEN, "        if not isinstance(form, Form):\n            return None\n", "", KEPT),
    Mutant("pmcli/form/library.py", "        return [*texts, *(base or ())]", "        return texts", KEPT),
    Mutant("pmcli/store/shelf.py", "        if not self._writes:\n            return\n", "", KEPT),
    # where records stand
    Mutant(INDEX, "    return time.time_ns() - max(signature[1:3]) <= FRESH_NS", "    return False", GLANCES),
    Mutant(INDEX, "    return stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino", "    return stat.st_size, stat.st_mtime_ns, 0, stat.st_ino", GLANCES),
    Mutant(INDEX, "    if _checksum(row[:_KEPT]) != row[_KEPT]:\n        return None\n", "", MONTHS),
    Mutant(INDEX, " and row[1] == form:", ":", GLANCES),
    Mutant(GLANCE, "None if hidden else frozenset(names)", "frozenset(names)", GLANCES),
    Mutant(GLANCE, "    except OverflowError:\n        return None\n", "    except ZeroDivisionError:\n        return None\n", GLANCES),
    Mutant(GLANCE, "text >= begins", "text > begins", GLANCES),
    Mutant(GLANCE, "strftime(_TEXT).rjust(_LENGTH, \"0\")", "strftime(_TEXT)", GLANCES),
    Mutant(GLANCE, "if i in naming or self.numbers[i] == query.unit]", "if i in naming]", GLANCES),
    Mutant(GLANCE, "(_ANYBODY,) if glance.names is None else", "() if glance.names is None else", GLANCES),
    Mutant(LAZY, "    return {*record.values} - body == {*tree} - {_HISTORY, *record.extra} - body", "    return True", GLANCES),
    # what is asked
    Mutant(QUERY, "self.ends is None or moment < self.ends", "self.ends is None or moment <= self.ends", ASKED),
    Mutant(QUERY, "spec.kind.found_by and (reveal or not spec.private)", "spec.kind.found_by", ASKED),
    Mutant(QUERY, "        if reveal:\n            return True\n", "        return True\n", ASKED),
    Mutant(QUERY, "            and (name == \"forms\" or asked not in ((), {}))", "            and asked not in ((), {})", ASKED),
    Mutant(QUERY, "    return record.id != number and number in record.links()", "    return number in record.links()", PLACES),
    Mutant(QUERY, "        found += [record for held, record in keyed if held is None]\n", "", PLACES),
    Mutant(QUERY, "        value = value.astimezone(zone).date()\n", "        pass\n", ASKED),
    Mutant(JUDGING, "[: query.limit]", "", ASKED),
    Mutant(JUDGING, "            if where.file:\n                raise\n", "", ASKED),
    Mutant(JUDGING, "        if query.incomplete and not missing_fields(record):\n            return False\n", "", PLACES),
    Mutant(RECORDS, "        if self._strict and faults:", "        if False:", ASKED),
    Mutant(RECORDS, "        states = None if self._strict else states_meant(", "        states = states_meant(", PLACES),
    Mutant(RECORDS, "[f for f in self._faults_of.get(name, ()) if f.file in paths]", "self._faults_of.get(name, [])", PLACES),
    Mutant(GLANCE, "        return sorted([*self.naming.get(number, ()), *self.naming.get(_ANYBODY, ())])", "        return [*self.naming.get(_ANYBODY, ()), *self.naming.get(number, ())]", GLANCES),
    Mutant(RUNNING, "    if isinstance(value, float) and not isfinite(value):", "    if False:", "tests/test_hostile_input.py"),
    Mutant(RUNNING, "        if value is _UNFOUND:\n            return None\n", "", "tests/test_running.py"),
    Mutant(RUNNING, "        weigh(values)\n        return \"\".join(map(str, values))", "        return \"\".join(map(str, values))", "tests/test_running.py"),
    Mutant(RUNNING, "        if numbers_only and not all(", "        if False and not all(", "tests/test_running.py"),
    Mutant(RUNNING, "[] if value is None and of_lists else value", "value", "tests/test_running.py"),
    Mutant(EXPRESSIONS, "        except FAILURES:\n", "        except ZeroDivisionError:\n", "tests/test_running.py"),
    Mutant(EXPRESSIONS, "    known = _kept.get((source, text))", "    known = None", "tests/test_running.py"),
    Mutant(QUICK, "    return None if left else found", "    return found", "tests/test_quick.py"),
    Mutant(QUICK, "        if argument.required and not found[argument.name]:", "        if False:", "tests/test_quick.py"),
    Mutant(QUICK, " or (equals and not name.startswith(\"--\"))", "", "tests/test_quick.py"),
    Mutant(QUICK, "            if param.required and param.name not in given:", "            if False:", "tests/test_quick.py"),
    Mutant(QUICK, "        if isinstance(param, Flag) and not equals:", "        if isinstance(param, Flag):", "tests/test_quick.py"),
    Mutant("pmcli/patterns.py", "        setattr(self, name, found)\n", "", "tests/test_patterns.py"),
    Mutant("pmcli/patterns.py", "    return cast(\"re.Pattern[str]\", _Later(source, flags))", "    return re.compile(source, flags)", "tests/test_patterns.py"),
    Mutant("pmcli/dataclass.py", "    waiting = [name for name in _OF_INSTANCES if name not in vars(cls)]", "    waiting = [*_OF_INSTANCES]", "tests/test_dataclass.py"),
    Mutant("pmcli/documents/columns.py", "len(text) + len(_WIDE.findall(text))", "len(text)", "tests/test_columns.py"),
    Mutant("pmcli/store/office.py", "key_of(CONFIG, [text])", "key_of(CONFIG, [])", KEPT),
    Mutant("pmcli/store/office.py", "    if isinstance(office, Office):\n        return replace(office, root=root)\n", "", KEPT),
    Mutant("pmcli/form/library.py", "    if isinstance(held, dict):\n            return held\n", "    if False:\n            return held\n", KEPT),
    Mutant(GLANCE, ", *self.naming.get(_ANYBODY, ())])", "])", GLANCES),
    Mutant(INDEX, "            if digest is not None and kept == digest:", "            if digest is not None:", MONTHS),
    Mutant(INDEX, "from month where path = ? and form = ?\", folder, form", "from month where path = ? and ? = ?\", folder, form, form", MONTHS),
    Mutant(INDEX, "        if digest is not None and not any(_is_fresh(entry.signature()) for entry in entries):", "        if digest is not None:", MONTHS),
    Mutant(INDEX, " or zlib.crc32(data[4:]) != int.from_bytes(data[:4], \"big\")", "", MONTHS),
    Mutant(INDEX, "                database.executemany(\"delete from month where path = ?\", [*months])\n", "", MONTHS),
    Mutant(INDEX, "                database.executemany(\"delete from month where path = ?\", [*left])\n", "", MONTHS),
    Mutant(RECORDS, "        if len(looked) == len(entries):\n", "        if True:\n", MONTHS),
    Mutant(RECORDS, "        sheet = self._index.sheet(folder, by, entries)", "        sheet = None", MONTHS),
    Mutant(RECORDS, "if month.sheet.plain[place] and entry.stands():", "if month.sheet.plain[place]:", GLANCES),
    Mutant(RECORDS, "if month.sheet.plain[place] and entry.stands():", "if entry.stands():", GLANCES),
    Mutant(RECORDS, "{self.library.fingerprint(name)} {self.zone}", "{self.library.fingerprint(name)}", GLANCES),
    Mutant(RECORDS, "asked = (replace(query, sort=(), limit=None), self._strict)", "asked = (replace(query, sort=(), limit=None), False)", ASKED),
    Mutant(RECORDS, "        self._latest = None\n", "", ASKED),
    Mutant(RECORDS, "        self._seen.clear()\n", "", PLACES),
    Mutant(DRAFT, " if r.id not in self.drafts)", ")", ASKED),
    Mutant(DRAFT, "        stored = (r for r in self._lookup.find(query.by_record)", "        stored = (r for r in self._lookup.find(query)", PLACES),
    Mutant("pmcli/workflow/worklist.py", "    open_work = lookup.find(Query(work=True, open=True))", "    open_work = [r for r in lookup.find(Query(work=True)) if r.open]", ONE),
    Mutant("pmcli/cli/commands/list.py", "        if records.count(Query(forms=(form.name,), keeper=text)):\n            return text\n", "", WORDS),
    Mutant("pmcli/cli/commands/list.py", "whole = limit is None or len(lines) < limit", "whole = True", WORDS),
    Mutant(COMPLETION, "        states |= _unread(records, query)\n", "", OFFERED),
    Mutant(COMPLETION, "reversed(numbers) if number in states", "reversed(numbers[-5000:]) if number in states", OFFERED),
    # numbers and locks
    Mutant(RECORDS, "        used += _taken_back(self.root, form.name, day)\n", "", UNDO),
    Mutant(DRAFT, "            number = after(latest)", "            number = latest",
           "tests/test_import.py tests/test_import_files.py"),
    Mutant(STORE, "                journal.begin(before, after, places=not text)\n", "",
           "tests/test_crash_safety.py"),
    Mutant(STORE, "            with self.records.strict():", "            if True:",
           "tests/test_unreadable.py"),
    Mutant("pmcli/store/lock.py", "        lock.acquire(poll_interval=0.02)\n", "", LOCKED),
    # what use found
    Mutant(ENGINE, "    if step.erases_private:\n        warnings += still_named(record, work)\n", "", USE),
    Mutant(CORRECTING, "if name not in fields or not fields[name].kind.rows}", "}", USE),
    Mutant(JUDGING, "_Masked(said, record)", "said", USE),
    Mutant("pmcli/disclosure/glance.py", "{self._loose(key): self._loose(item)", "{key: self._loose(item)", USE),
    Mutant("pmcli/messages/__init__.py", "    return shown(str(value))\n", "    return str(value)\n", "tests/test_planted_outputs.py"),
    Mutant("pmcli/messages/__init__.py", "        return pattern.format_map({k: _spoken(v, language, shown) for k, v in self.values.items()})", "        return shown(pattern.format_map({k: _spoken(v, language, shown) for k, v in self.values.items()}))", USE),
    Mutant("pmcli/form/types/persons.py", "if dialled else HIDDEN", "if len(text) >= 8 else HIDDEN", USE),
    Mutant("pmcli/yaml_files/regular.py", "        if not stat.S_ISREG(os.fstat(handle).st_mode):", "        if False:", USE),
    Mutant("pmcli/store/office_names.py", "        if known and column not in known:", "        if False:", USE),
    Mutant("pmcli/documents/formats.py", "    if meant in OTHERS:", "    if False:", USE),
    # types and parts
    Mutant(SHARES, "    if number > _MOST:\n        raise", "    if False:\n        raise", PERCENT),
    Mutant(SHARES, "abs(number).quantize(_STEP, ROUND_HALF_UP)", "number", PERCENT),
    Mutant("pmcli/workflow/assigning.py", "        result = _computed(spec, result, form.name)\n", "        pass\n", PERCENT),
    Mutant(QUERY, "    if isinstance(value, (bool, int, Decimal)):\n        return 0, value\n", "", PLACES),
    Mutant("pmcli/spreadsheets/reading.py", 'if "%" not in cell.number_format:', "if True:", PERCENT),
    Mutant("pmcli/lint/plates.py", '_ENERGY = "A-HJK"', '_ENERGY = "DF"', PLATE),
    Mutant("pmcli/lint/plates.py", "(?:[{_ENDINGS}]", "(?:座", PLATE),
    Mutant(CHECKS, "    _unfit,\n", "", PLATE),
    Mutant("pmcli/spreadsheets/rows.py", "private=inner.private or spec.private", "private=inner.private", PLATE),
    Mutant("pmcli/form/part.py", "(kind.kind, *kind.required))", "(kind.kind, *kind.required), open=True)", "tests/test_part_of_ones_own.py"),
    Mutant("pmcli/form/formulas.py", "for item in part.formulas())", "for item in ())", "tests/test_part_of_ones_own.py"),
    # the files that an office writes
    Mutant(SHAPE, "                if not self.open:\n", "                if False:\n", UNKNOWN),
    Mutant(SHAPE, "    if near:\n", "    if False:\n", UNKNOWN),
    Mutant(SHAPE, "if key not in tree.keys or tree.keys[key].is_null:", "if key not in tree.keys:", SCHEMAS),
    Mutant(SHAPE, "            elif not child.is_null:\n", "            else:\n", SCHEMAS),
    Mutant(SHAPE, "        if len(tree.items) < self.least:", "        if False:", SCHEMAS),
    Mutant("pmcli/form/library.py", "        faults += faults_of(tree, FORM, partial=True)\n", "", UNKNOWN),
    Mutant(CHECKS, "faults = [*faults_in(store.office, store.library), *", "faults = [*", UNKNOWN),
    Mutant("pmcli/cli/commands/forms.py", "faults = [*_of_the_office(), *faults]", "faults = [*faults]", UNKNOWN),
    Mutant("pmcli/store/office_reading.py", "    faults += faults_of(tree, OFFICE)\n", "", UNKNOWN),
    Mutant("pmcli/yaml_files/json_schema.py", "\"additionalProperties\": shape.open,", "\"additionalProperties\": True,", SCHEMAS),
    Mutant(NODES, "    if node.tag not in _PLAIN_TAGS:", "    if False:", YAML),
    Mutant(NODES, "        if key.value == \"<<\" and not key.style:", "        if False:", YAML),
    Mutant("pmcli/lint/frontmatter.py", "    faults += faults_of(tree, PASTED)\n", "", "tests/test_lint_notices.py"),
    Mutant(STORE, "                if not reads_alike(text, path):", "                if False:", READ_BACK),
]  # fmt: skip


def test_each_mutant_has_its_place() -> None:
    lost = [m for m in MUTANTS if m.old not in (TOP / m.module).read_text("utf-8")]
    assert not lost


@pytest.mark.mutants
@pytest.mark.parametrize(
    "mutant", MUTANTS, ids=lambda m: f"{Path(m.module).stem}-{m.old.strip()[:40]}"
)
def test_a_mutant_dies(tmp_path: Path, mutant: Mutant) -> None:
    assert len(MUTANTS) >= 40
    for part in PARTS:
        source = TOP / part
        if source.is_dir():
            shutil.copytree(source, tmp_path / part, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, tmp_path / part)
    module = tmp_path / mutant.module
    text = module.read_text("utf-8")
    module.write_text(text.replace(mutant.old, mutant.new, 1), "utf-8")
    words, _, chosen = mutant.tests.partition(" -k ")
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *words.split()]
    command += ["-k", chosen.strip("'")] if chosen else []
    with subprocess.Popen(
        command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        env={**os.environ, "PYTHONPATH": str(tmp_path)}, start_new_session=True,
    ) as tried:  # fmt: skip
        try:
            told, _ = tried.communicate(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            return
        finally:  # a mutant that runs for ever has children that would
            with contextlib.suppress(ProcessLookupError):
                os.killpg(tried.pid, signal.SIGKILL)
    assert tried.returncode == 1, (mutant, tried.returncode, told[-2000:])
