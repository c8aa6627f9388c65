"""Words that the program keeps for its commands, so that no form and no step is called by them."""

from __future__ import annotations

RESERVED_COMMANDS = frozenset("list show print edit templates verify import update undo".split())
TOP_COMMANDS = frozenset(
    "init demo due search history undo lint import export report check audit save sync desk backup "
    "forms merge-driver help".split()
)
