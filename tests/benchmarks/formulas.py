"""One small guard over the fresh scope of a record, as ratios measured in one run.

    python tests/benchmarks/formulas.py [TIMES]

Prints, for some formulas of the shipped kind evaluated TIMES (default 2,000) times each over a new
scope of a repair order, the processor time divided by that of running the same compiled formula on
the values it names, held ready in a dict. No absolute claim is made.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

TOP = Path(__file__).parent.parent.parent
sys.path[:0] = [str(TOP), str(TOP / "tests")]

from scoped import AT, Shelf, act  # noqa: E402

from pmcli.form.expressions import compile_formula, evaluate  # noqa: E402
from pmcli.form.formula import Formula  # noqa: E402
from pmcli.form.model import Form  # noqa: E402
from pmcli.store.office import load_library  # noqa: E402
from pmcli.workflow.act import Act  # noqa: E402
from pmcli.workflow.repository import Lookup  # noqa: E402
from pmcli.workflow.scope import Scope  # noqa: E402

FORMULAS = (
    "urgency == 'urgent'",
    "actor != worker",
    "amount <= quoted_amount",
    "has_role(worker, 'repair')",
)
VALUES = {
    "id": "BX-260305-A01", "form": "repair", "state": "dispatched", "created_at": AT,
    "created_by": "张敏", "keeper": "张敏", "area": "public", "place": "大堂", "kind": "leak",
    "reporter": "某人", "request": "灯不亮，请修。", "urgency": "normal", "worker": "李强",
    "amount": 30, "quoted_amount": 35,
}  # fmt: skip


def main() -> None:
    """Measure, print."""
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 2_000
    library = load_library(None)
    form, acting, lookup = library.get("repair"), act(), Shelf(library)
    print(f"best of several times {times}")
    print(f"{'':45} {'/ bare run':>10}")
    for source in FORMULAS:
        formula, compiled = Formula(source), compile_formula(source)
        scope = Scope(form, VALUES, acting, lookup)
        ready = {name: scope[name] for name in compiled.names}
        bare = best(partial(compiled.run, ready), times)
        fresh = best(partial(over_fresh_scope, formula, form, acting, lookup), times)
        print(f"{source:45} {fresh / bare:10.2f}")


def over_fresh_scope(formula: Formula, form: Form, acting: Act, lookup: Lookup) -> Any:
    """What a formula comes to for the record, asked as a step or a list asks it."""
    return evaluate(formula, Scope(form, VALUES, acting, lookup))


def best(call: Callable[[], Any], times: int) -> float:
    """Processor seconds of so many calls, the least of several trials."""
    call()
    trials = []
    for _ in range(7):
        begun = time.process_time()
        for _ in range(times):
            call()
        trials.append(time.process_time() - begun)
    return min(trials)


if __name__ == "__main__":
    main()
