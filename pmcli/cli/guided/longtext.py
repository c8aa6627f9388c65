"""A long text written in the person's own editor, or line by line where there is none."""

from __future__ import annotations

import os
import shlex
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from pmcli.cli.guided import prompt
from pmcli.messages import Label, Sentence

_REMARK = "#"


def editor() -> list[str]:
    """The command of $VISUAL or $EDITOR; empty when neither is set."""
    for name in ("VISUAL", "EDITOR"):
        words = os.environ.get(name, "").strip()
        if words:
            try:
                return shlex.split(words, posix=os.name == "posix")
            except ValueError:
                return [words]
    return []


def write(label: str, help_: Label | None, language: str, present: str = "") -> str:
    """Have a long text written, from `present` on, and leave it standing; empty for nothing."""
    command = editor()
    text = _in_editor(command, label, help_, language, present) if command else None
    if text is None:
        return _line_by_line(label)
    if text:
        prompt.tell_answer(label, text)
    return text


def _in_editor(
    command: list[str], label: str, help_: Label | None, language: str, present: str
) -> str | None:
    """What was left in the editor without its remarks; None when it could not be started."""
    remarks = [Sentence("ask_editor_remark", field=label).text(language)]
    if help_ is not None:
        remarks.append(help_.text(language))
    with TemporaryDirectory(prefix="pmcli-", ignore_cleanup_errors=True) as folder:
        path = Path(folder) / "text.md"
        path.write_text(
            f"{present}\n" + "".join(f"{_REMARK} {line}\n" for line in remarks), "utf-8"
        )
        try:
            done = subprocess.run([*command, str(path)], check=False)
        except OSError as error:
            words = error.strerror or str(error)
            prompt.tell_wrong([Sentence("ask_editor_missing", command=command[0], words=words)])
            return None
        if done.returncode:
            prompt.tell_wrong([Sentence("ask_editor_failed", command=command[0])])
            return ""
        written = path.read_text("utf-8-sig", errors="replace") if path.is_file() else ""
    lines = [line for line in written.splitlines() if not line.startswith(_REMARK)]
    return "\n".join(lines).strip()


def _line_by_line(label: str) -> str:
    prompt.tell(Sentence("ask_lines"))
    lines: list[str] = []
    while line := prompt.ask(label):
        prompt.tell_answer("" if lines else label, line)
        lines.append(line)
    return "\n".join(lines).strip()
