"""groundedness with the model at ``OPENAI_BASE_URL`` that ``FACTCHECK_LLM`` names: one call a claim."""

import json
import os
import sys
from pathlib import Path

sys.path.pop(0)  # this file is called like the package

from groundedness import check

_LONGEST_S = 600.0


def main() -> None:
    """Answer every row; no label where the model gave no answer that can be read."""
    asked, answers = (Path(name) for name in sys.argv[1:3])
    with answers.open("w", encoding="utf-8") as out:
        for line in asked.read_text("utf-8").splitlines():
            row = json.loads(line)
            try:
                result = check(row["claim"], row["passages"][:5], os.environ["FACTCHECK_LLM"], timeout=_LONGEST_S)
                label = "NOT_ENOUGH_EVIDENCE" if result.unsupported else "SUPPORTED" if result.judged else None
            except OSError as exc:
                print(exc, file=sys.stderr)
                label = None
            out.write(json.dumps({"label": label}) + "\n")
            out.flush()


main()
