"""Inputs that grow towards code not reached before: no loader crashes, hangs or takes all memory.

``FUZZ_SECONDS`` says for how long each format is tried.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.vectorstore.made_files import MAKERS
from tests.vectorstore.test_fuzz import FACTS, KINDS

ROOT = Path(__file__).parents[2]
HARNESS = Path(__file__).with_name("fuzz_loader.py")
SECONDS = int(os.environ.get("FUZZ_SECONDS", "10"))
LONGEST_S = 10
MOST_MB = 1024


@pytest.mark.slow
@pytest.mark.parametrize("suffix", KINDS)
def test_no_input_crashes_hangs_or_fills_the_memory(suffix: str, tmp_path: Path) -> None:
    pytest.importorskip("atheris", reason="atheris has no wheel for this Python")
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "real").write_bytes(MAKERS[suffix](FACTS))
    done = subprocess.run(
        [
            # a shell between: what a process held at most is inherited from the one that starts it, here the tests
            "sh",
            "-c",
            '"$@"; exit $?',
            "sh",
            sys.executable,
            str(HARNESS),
            suffix,
            str(corpus),
            f"-max_total_time={SECONDS}",
            f"-timeout={LONGEST_S}",
            f"-rss_limit_mb={MOST_MB}",
            f"-artifact_prefix={tmp_path}/",
            "-print_final_stats=1",
        ],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "ignore"},
        capture_output=True,
        text=True,
        errors="replace",
        timeout=SECONDS + 180,
        check=False,
    )
    kept = [f"{path.name}: {path.read_bytes()[:400]!r}" for path in tmp_path.iterdir() if path.is_file()]
    assert done.returncode == 0, f"{done.stdout[-2000:]}\n{done.stderr[-4000:]}\n{kept}"
    runs = re.search(r"number_of_executed_units:\s*(\d+)", done.stderr)
    assert runs is not None
    assert int(runs[1]) > 1, done.stderr[-2000:]
