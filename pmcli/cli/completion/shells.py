"""Shell completion: the scripts for bash, zsh, fish and PowerShell, and what they ask of pmcli.

A script calls pmcli with `_PMCLI_COMPLETE=complete_<shell>`, the words of the line in COMP_WORDS,
one a line as they were typed, and the index of the word at the cursor in COMP_CWORD.
"""

from __future__ import annotations

import contextlib
import os
import re
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any

from typer._click.core import Parameter
from typer._click.shell_completion import CompletionItem, _resolve_context, _resolve_incomplete

from pmcli.cli.line import output
from pmcli.messages import Sentence
from pmcli.problems import SystemFailure, Usage, Want

BASH = """\
_pmcli_completion() {
    local kind value
    COMPREPLY=()
    while IFS=, read -r kind value; do
        case $kind in
            plain) COMPREPLY+=("$value") ;;
            file) compopt -o default 2>/dev/null ;;
            dir) compopt -o dirnames 2>/dev/null ;;
        esac
    done < <(IFS=$'\\n'; COMP_WORDS="${COMP_WORDS[*]}" COMP_CWORD=$COMP_CWORD \\
        _PMCLI_COMPLETE=complete_bash "$1" 2>/dev/null)
}
complete -o nosort -F _pmcli_completion pmcli 2>/dev/null || complete -F _pmcli_completion pmcli
"""

ZSH = """\
#compdef pmcli

_pmcli_completion() {
    local -a plain described lines
    local kind value text
    lines=("${(@f)$(COMP_WORDS="${(F)words}" COMP_CWORD=$((CURRENT - 1)) \\
        _PMCLI_COMPLETE=complete_zsh "${(Q)words[1]}" 2>/dev/null)}")
    for kind value text in "${lines[@]}"; do
        case $kind in
            plain)
                if [[ $text == _ ]]; then
                    plain+=("$value")
                else
                    described+=("${value//:/\\\\:}:$text")
                fi ;;
            file) _files ;;
            dir) _files -/ ;;
        esac
    done
    (( $#described )) && _describe -V pmcli described -U
    (( $#plain )) && compadd -U -V pmcli -a plain
    return 0
}

if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
    _pmcli_completion "$@"
else
    compdef _pmcli_completion pmcli
fi
"""

FISH = """\
function __pmcli_complete
    set -l before (commandline -opc)
    set -l COMP_WORDS (string join \\n -- $before (commandline -ct) | string collect)
    set -l answer (env COMP_WORDS="$COMP_WORDS" COMP_CWORD=(count $before) \\
        _PMCLI_COMPLETE=complete_fish $before[1] 2>/dev/null)
    for line in $answer
        set -l part (string split -m 1 , -- $line)
        switch $part[1]
            case plain
                echo -- $part[2]
            case file
                __fish_complete_path (commandline -ct)
            case dir
                __fish_complete_directories (commandline -ct) ''
        end
    end
end
complete -c pmcli -k -f -a '(__pmcli_complete)'
"""

POWERSHELL = """\
Register-ArgumentCompleter -Native -CommandName pmcli -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $words = @($commandAst.CommandElements |
        Where-Object { $_.Extent.StartOffset -lt $cursorPosition } |
        ForEach-Object { $_.Extent.Text })
    $index = if ($wordToComplete) { $words.Count - 1 } else { $words.Count }
    $encoding = [Console]::OutputEncoding
    try {
        [Console]::OutputEncoding = [System.Text.Encoding]::UTF8
        $Env:COMP_WORDS = $words -join "`n"
        $Env:COMP_CWORD = $index
        $Env:_PMCLI_COMPLETE = 'complete_powershell'
        $answer = & $words[0] 2>$null
    } finally {
        [Console]::OutputEncoding = $encoding
        $Env:COMP_WORDS = $Env:COMP_CWORD = $Env:_PMCLI_COMPLETE = $null
    }
    foreach ($line in $answer) {
        $kind, $value, $text = $line -split "`t", 3
        if ($kind -eq 'plain') {
            [System.Management.Automation.CompletionResult]::new(
                $value, $value, 'ParameterValue', $text)
        } else {
            [System.Management.Automation.CompletionCompleters]::CompleteFilename($value)
        }
    }
}
"""


def answer(instruction: str) -> int:
    """Print what may come next at the cursor, or a shell's script; say nothing when in doubt."""
    from pmcli.cli.program.app import root

    action, _, shell = instruction.partition("_")
    with contextlib.suppress(Exception):
        if action == "source":
            output.out(script(shell).rstrip("\n"))
        elif action == "complete" and shell in _ANSWERS:
            for line in _ANSWERS[shell](root(), _typed()):
                output.out(line)
    return 0


def _typed() -> list[str]:
    """The words of the line up to the cursor as they were typed; the last one may be empty."""
    text = os.environ.get("COMP_WORDS", "")
    index = int(os.environ.get("COMP_CWORD", "0"))
    words = text.split("\n")
    if len(words) == 1 and index:
        words = text.split(" ")
    return (words + [""] * index)[: index + 1]


def _plain(word: str) -> str:
    """A word without its quotes and backslashes, also where a quote is not closed yet."""
    for end in ("", '"', "'"):
        with contextlib.suppress(ValueError):
            return "".join(shlex.split(word + end))
    return word


def _items(root: Any, words: list[str], incomplete: str) -> list[CompletionItem]:
    """What may come after some words, in place of an incomplete one."""
    from pmcli.cli.completion.values import value_items

    context = _resolve_context(root, {}, "pmcli", words)
    found, rest = _resolve_incomplete(context, words, incomplete)
    if isinstance(found, Parameter):
        return value_items(context, found, rest)
    return list(found.shell_complete(context, rest))


def _whole(root: Any, before: list[str], last: str) -> list[CompletionItem]:
    """What may stand in place of the last word, for shells to which `--option=value` is one."""
    items = _items(root, before, last)
    option, equals, _ = last.partition("=")
    if equals and option.startswith("-"):
        for item in items:
            item.value = f"{option}={item.value}"
    return items


def _bash(root: Any, words: list[str]) -> list[str]:
    """Lines `kind,value`. Bash breaks words at `=` and `:`; it replaces what follows the last."""
    typed = words[-1]
    joined: list[str] = []
    glue = False
    for word in words[1:]:
        if word and set(word) <= set(":=") and joined:
            if joined[-1].startswith("--") and word == "=":
                joined.append("")
            else:
                joined[-1] += word
            glue = True
        elif glue:
            joined[-1] += word
            glue = False
        else:
            joined.append(word)
    *before, last = map(_plain, joined)
    items = _items(root, before, last)
    cut = 0
    if last.endswith(typed) and ":" in last and ":" not in typed.strip(":"):
        cut = last.rfind(":") + 1
    kept = _told_apart(items, last)
    return [f"{item.type},{_bash_word(str(item.value)[cut:], typed)}" for item in kept]


def _told_apart(items: list[CompletionItem], typed: str) -> list[CompletionItem]:
    """Leave out several answers that do not go on from what was typed: bash would delete it."""
    folded = typed.casefold()
    if len(items) == 1 or all(str(i.value).casefold().startswith(folded) for i in items):
        return items
    return []


def _bash_word(value: str, typed: str) -> str:
    if typed[:1] in ("'", '"'):
        return value
    return re.sub(r"([\s!\"#$&'()*;<>?\[\\\]^`{|}~])", r"\\\1", value)


def _zsh(root: Any, words: list[str]) -> list[str]:
    """Three lines each: kind, value, explanation."""
    *before, last = map(_plain, words[1:])
    items = _whole(root, before, last)
    return [line for i in items for line in (i.type, str(i.value) or "_", i.help or "_")]


def _fish(root: Any, words: list[str]) -> list[str]:
    """Lines `kind,value<tab>explanation`. Fish has taken the quotes off all words but the last."""
    items = _whole(root, words[1:-1], _plain(words[-1]))
    return [f"{i.type},{i.value}" + (f"\t{i.help}" if i.help else "") for i in items]


def _powershell(root: Any, words: list[str]) -> list[str]:
    """Lines `kind<tab>value<tab>explanation`."""
    *before, last = map(_plain, words[1:])
    items = _whole(root, before, last)
    return [f"{i.type}\t{_powershell_word(str(i.value))}\t{i.help or i.value}" for i in items]


def _powershell_word(value: str) -> str:
    if re.fullmatch(r"[\w\-./:=]+", value):
        return value
    return "'" + value.replace("'", "''") + "'"


_ANSWERS: dict[str, Callable[[Any, list[str]], list[str]]] = {
    "bash": _bash,
    "zsh": _zsh,
    "fish": _fish,
    "powershell": _powershell,
    "pwsh": _powershell,
}
_SCRIPTS = {
    "bash": BASH, "zsh": ZSH, "fish": FISH, "powershell": POWERSHELL, "pwsh": POWERSHELL,
}  # fmt: skip
SHELLS = tuple(_SCRIPTS)


def script(shell: str) -> str:
    """The completion script of a shell, of the one pmcli runs in for ""; raises Usage."""
    return _SCRIPTS[_known(shell)]


def _known(shell: str) -> str:
    name = shell or _running()
    if name not in _SCRIPTS:
        raise Usage.of(
            Want.VALUE,
            Sentence("which_shell", value=name or "?", shells=list(SHELLS)),
            "shell",
            near=SHELLS,
        )
    return name


def _running() -> str:
    try:
        import shellingham  # type: ignore[import-untyped,unused-ignore]

        return str(shellingham.detect_shell()[0])
    except (ImportError, RuntimeError, OSError):
        return ""


def install(shell: str) -> tuple[str, Path]:
    """Put the script where the shell finds it; return the shell and the script's path.

    Raises Usage for an unknown shell, SystemFailure where PowerShell does not answer.
    """
    from pmcli.store.files import write_atomically

    name = _known(shell)
    home = Path.home()
    path, start, line = {
        "bash": (home / ".bash_completions" / "pmcli.sh", home / ".bashrc",
                 'source "$HOME/.bash_completions/pmcli.sh"'),
        "zsh": (home / ".zfunc" / "_pmcli", home / ".zshrc",
                "fpath+=~/.zfunc; autoload -Uz compinit; compinit"),
        "fish": (home / ".config" / "fish" / "completions" / "pmcli.fish", None, ""),
    }.get(name) or _profile(name)  # fmt: skip
    for folder in {path.parent, start.parent if start is not None else path.parent}:
        folder.mkdir(parents=True, exist_ok=True)
    write_atomically(path, _SCRIPTS[name].encode("ascii"))
    if start is not None:
        data = start.read_bytes() if start.is_file() else b""
        encoding = "utf-16-le" if data.startswith(b"\xff\xfe") else "ascii"
        if line.encode(encoding) not in data:
            gap = "" if not data or data.endswith("\n".encode(encoding)) else "\n"
            with start.open("ab") as file:
                file.write(f"{gap}{line}\n".encode(encoding))
    return name, path


def _profile(shell: str) -> tuple[Path, Path, str]:
    """Where PowerShell's own profile is, and what it must say."""
    import subprocess

    ask = "[Console]::OutputEncoding = [Text.Encoding]::UTF8; $PROFILE"
    try:
        done = subprocess.run(
            [shell, "-NoProfile", "-Command", ask], capture_output=True, check=True
        )
    except (OSError, subprocess.CalledProcessError) as error:
        raise SystemFailure(Sentence("shell_is_silent", shell=shell, words=str(error))) from None
    start = Path(done.stdout.decode("utf-8", "replace").strip())
    return start.with_name("pmcli-completion.ps1"), start, '. "$PSScriptRoot/pmcli-completion.ps1"'
