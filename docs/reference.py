"""A hook of MkDocs: the page of commands is made from the commands themselves."""

import os
import subprocess
import sys
from typing import Any

_PAGE = "commands.md"
_MARK = "<!-- commands -->"
_NESTED = {"sources": ("diff", "edit", "history", "rebuild", "remove", "show"),
           "eval": ("claims", "pairs", "extraction", "retrieval")}  # fmt: skip


def on_page_markdown(markdown: str, *, page: Any, **_: Any) -> str:  # noqa: ANN401 - MkDocs has no types
    """Put the help of every command where the page has the mark."""
    if page.file.src_uri != _PAGE:
        return markdown
    from factcheck.cli.app import COMMANDS

    parts = []
    for name in [command.name for command in COMMANDS]:
        parts.append(f"## factcheck {name}\n\n```text\n{_help(name)}\n```\n")
        parts += [f"### factcheck {name} {one}\n\n```text\n{_help(name, one)}\n```\n" for one in _NESTED.get(name, ())]
    return markdown.replace(_MARK, "\n".join(parts))


def _help(*command: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "factcheck", *command, "--help"],
        capture_output=True, text=True, check=True, env={**os.environ, "COLUMNS": "100", "NO_COLOR": "1"},
    )  # fmt: skip
    return done.stdout.strip()
