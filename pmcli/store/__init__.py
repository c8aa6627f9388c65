"""The office directory: files, git and lock as one unit of work."""
