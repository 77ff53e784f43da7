"""onus without a language model: numbers and dates only; a claim without any is not judged."""

import json
import sys
import tempfile
from pathlib import Path

sys.path.pop(0)  # this file is called like the package

from onus import engine, evidence
from onus.settings import Settings


def main() -> None:
    """Answer every row."""
    asked, answers = (Path(name) for name in sys.argv[1:3])
    with answers.open("w", encoding="utf-8") as out, tempfile.TemporaryDirectory() as folder:
        draft = Path(folder) / "draft.md"
        for line in asked.read_text("utf-8").splitlines():
            row = json.loads(line)
            draft.write_text(row["claim"] + "\n", "utf-8")
            result = engine.check(draft, evidence.load(texts=row["passages"]), Settings(llm=False))
            statuses = {claim.status for claim in result.claims}
            supported = bool(statuses) and statuses <= {"supported", "derived"}
            out.write(json.dumps({"label": "SUPPORTED" if supported else "NOT_ENOUGH_EVIDENCE"}) + "\n")


main()
