"""The scripts by which bash, zsh, fish and PowerShell complete pmcli's commands.

A script calls pmcli with `_PMCLI_COMPLETE=complete_<shell>`, the words of the line in COMP_WORDS,
one a line as they were typed, and the index of the word at the cursor in COMP_CWORD.
"""

from __future__ import annotations

from pathlib import Path

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
