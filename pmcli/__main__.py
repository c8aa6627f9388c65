"""The program's entry point."""

from __future__ import annotations

import sys


def main() -> None:
    """Run pmcli on the command line's arguments and end the process with its exit code."""
    from pmcli.cli.program.app import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
