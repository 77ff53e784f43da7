"""Shell completion: what a real bash gets from the script that ``--show-completion`` prints."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BASH = shutil.which("bash")
pytestmark = pytest.mark.skipif(BASH is None, reason="there is no bash")


def in_bash(script: str, home: Path) -> str:
    """What a bash prints in which ``factcheck`` is the program of this checkout."""
    (home / "bin").mkdir(exist_ok=True)
    program = home / "bin" / "factcheck"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m factcheck "$@"\n')
    program.chmod(0o755)
    environment = {**os.environ, "HOME": str(home), "PYTHONPATH": str(ROOT)}
    environment["PATH"] = f"{home / 'bin'}{os.pathsep}{environment['PATH']}"
    ran = subprocess.run(
        [str(BASH), "--norc", "-c", script], env=environment, capture_output=True, text=True, check=True, cwd=home
    )
    return ran.stdout


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("factcheck ba", {"batch"}),
        ("factcheck sources re", {"remove", "rebuild"}),
        ("factcheck check --form", {"--format"}),
        ("factcheck nothing-of-the-kind", set()),
    ],
)
def test_a_word_goes_on_as_the_commands_say(words: str, expected: set[str], tmp_path: Path) -> None:
    script = f"""
        source <(factcheck --show-completion)
        COMP_WORDS=({words}); COMP_CWORD=$(( ${{#COMP_WORDS[@]}} - 1 ))
        _factcheck_completion factcheck
        printf '%s\\n' "${{COMPREPLY[@]}}"
    """
    assert set(in_bash(script, tmp_path).split()) == expected


def test_it_can_be_installed_for_good(tmp_path: Path) -> None:
    said = in_bash("factcheck --install-completion; source ~/.bashrc; complete -p factcheck", tmp_path)
    assert "bash completion installed in" in said
    assert "_factcheck_completion factcheck" in said
