"""The command line, in rooms: docs/architecture.md says which line belongs where."""
