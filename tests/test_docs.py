"""The documentation: it builds without a warning, and every command and code block in it runs."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGES = sorted(path.name for path in (ROOT / "docs").glob("*.md"))
_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SHOWN = {"text", "console", "nginx"}
"""Blocks that are output, settings of other programs, or need what people have decided in the review tool."""


def blocks(page: str) -> list[tuple[str, str]]:
    return [(language, body) for language, body in _BLOCK.findall((ROOT / "docs" / page).read_text("utf-8"))]


def test_every_block_says_what_it_is() -> None:
    for page in PAGES:
        assert {language for language, _ in blocks(page)} <= {"bash", "python", *SHOWN}, page
        assert (ROOT / "docs" / page).read_text("utf-8").count("```") == 2 * len(blocks(page)), page


@pytest.mark.slow
@pytest.mark.parametrize("page", [page for page in PAGES if any(one not in SHOWN for one, _ in blocks(page))])
def test_the_blocks_of_a_page_run_in_order(page: str, tmp_path: Path) -> None:
    for name in ("draft.md", "sources.jsonl"):
        shutil.copy(ROOT / "examples" / "istanbul" / name, tmp_path)
    programs = tmp_path / "bin"
    programs.mkdir()
    (programs / "factcheck").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m factcheck "$@"\n')
    (programs / "factcheck").chmod(0o755)
    paths = {"PATH": f"{programs}:{os.environ['PATH']}", "PYTHONPATH": str(ROOT), "HOME": str(tmp_path)}
    for language, body in blocks(page):
        if language in SHOWN:
            continue
        command = ["bash", "-euo", "pipefail", "-c", body] if language == "bash" else [sys.executable, "-c", body]
        done = subprocess.run(
            command, cwd=tmp_path, env={**os.environ, **paths}, capture_output=True, text=True, timeout=300, check=False
        )
        assert done.returncode == 0, f"{page}:\n{body}\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}"


@pytest.mark.slow
def test_the_site_builds_without_a_warning(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "factcheck triage" in (tmp_path / "commands" / "index.html").read_text("utf-8")
    assert "read_facts" in (tmp_path / "python" / "index.html").read_text("utf-8")
