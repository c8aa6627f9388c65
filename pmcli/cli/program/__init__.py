"""The program: its commands found by name, run, and ended with an exit code."""
