"""The program's entry point."""

from __future__ import annotations

import os
import sys

from pmcli import COMPLETING, VERSION


def main() -> None:
    """Run pmcli on the command line's arguments and end the process with its exit code.

    The version is told before anything else is loaded.
    """
    if sys.argv[1:] == ["--version"] and COMPLETING not in os.environ and sys.stdout:
        try:
            print(VERSION, flush=True)
        except OSError:
            pass
        else:
            return
    from pmcli.cli.program.app import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
