"""What the package brings along is listed, and what is known to be vulnerable stops continuous integration."""

import json
import runpy
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
FLAW = {"id": "PYSEC-1", "fix_versions": ["2"]}


def told(packages: list[dict[str, Any]]) -> tuple[list[str], int]:
    return runpy.run_path(str(ROOT / "scripts" / "audit.py"))["told"](packages)  # type: ignore[no-any-return]


def test_the_bill_of_materials_lists_what_runs_and_nothing_else(tmp_path: Path) -> None:
    command = [sys.executable, ROOT / "scripts" / "sbom.py", tmp_path / "sbom.json"]
    subprocess.run(command, check=True)
    bill = json.loads((tmp_path / "sbom.json").read_text("utf-8"))
    names = {one["name"].lower() for one in bill["components"]}
    assert (bill["bomFormat"], bill["metadata"]["component"]["name"]) == ("CycloneDX", "factcheck-assistant")
    assert {"spacy", "chromadb", "openvino", "numpy"} <= names
    assert not names & {"pytest", "mypy", "ruff", "mkdocs"}
    assert all(one["purl"].startswith("pkg:pypi/") for one in bill["components"])
    assert len(bill["dependencies"]) == len(bill["components"]) + 1


def test_a_known_vulnerability_fails_and_packages_not_asked_about_are_said() -> None:
    good, bad = {"name": "a", "version": "1", "vulns": []}, {"name": "b", "version": "1", "vulns": [FLAW]}
    unknown = {"name": "c", "skip_reason": "not found"}
    assert told([good]) == (["1 packages asked about, 0 known vulnerabilities"], 0)
    lines, code = told([good, bad])
    assert (lines[0], code) == ("b 1: PYSEC-1, mended in 2", 1)
    assert "NOT AUDITED: 1" in told([good, unknown])[0][-1]
    assert "NOT AUDITED" in told([])[0][-1]
