"""Asks the public advisories about every package installed here, with pip-audit: ``python scripts/audit.py``.

Exits 1 when one of them has a known vulnerability. Packages that could not be asked about are said loudly: that is no
clean bill, but no reason to stop either, for a machine may have no way to the advisories.
"""

import json
import subprocess
import sys
from typing import Any

OURS = "factcheck-assistant"


def told(packages: list[dict[str, Any]]) -> tuple[list[str], int]:
    """What to say of the packages of pip-audit's report, and the exit code."""
    asked = [one for one in packages if "skip_reason" not in one]
    skipped = [one["name"] for one in packages if "skip_reason" in one and one["name"] != OURS]
    found = [
        f"{one['name']} {one['version']}: {flaw['id']}, mended in {', '.join(flaw['fix_versions']) or 'no version yet'}"
        for one in asked
        for flaw in one["vulns"]
    ]
    lines = [*found, f"{len(asked)} packages asked about, {len(found)} known vulnerabilities"]
    if skipped or not asked:
        lines.append(f"!!! NOT AUDITED: {len(skipped)} packages, the advisories have no answer from here !!!")
    return lines, int(bool(found))


def main() -> int:
    """Ask, print, and return the exit code."""
    command = [sys.executable, "-m", "pip_audit", "--format", "json", "--progress-spinner", "off"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    try:
        packages = json.loads(done.stdout)["dependencies"]
    except (ValueError, LookupError):
        print(f"!!! NOT AUDITED: {(done.stderr.strip().splitlines() or ['no answer'])[-1][:200]} !!!")
        return 0
    lines, code = told(packages)
    print(*lines, sep="\n")
    return code


if __name__ == "__main__":
    sys.exit(main())
