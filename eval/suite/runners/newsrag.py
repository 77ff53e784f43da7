"""newsrag: what its assistant takes as support for a claim, at its default threshold."""

import json
import re
import sys
from pathlib import Path

sys.path.pop(0)  # this file is called like the package

from newsrag.assist import _support_detail

_THRESHOLD = 0.4
"""The default of ``newsrag.assist``."""


def main() -> None:
    """Answer every row."""
    asked, answers = (Path(name) for name in sys.argv[1:3])
    with answers.open("w", encoding="utf-8") as out:
        for line in asked.read_text("utf-8").splitlines():
            row = json.loads(line)
            sentences = [
                (sentence, f"E{number}", 0)
                for number, passage in enumerate(row["passages"], 1)
                for sentence in re.split(r"(?<=[.!?])\s+", passage)
                if sentence.strip()
            ]
            supported = bool(sentences) and _support_detail(row["claim"], sentences, _THRESHOLD)[0]
            out.write(json.dumps({"label": "SUPPORTED" if supported else "NOT_ENOUGH_EVIDENCE"}) + "\n")


main()
