"""groundedness with the model at ``OPENAI_BASE_URL`` that ``FACTCHECK_LLM`` names: one call a claim."""

import io
import json
import os
import sys
import urllib.request
from pathlib import Path

sys.path.pop(0)  # this file is called like the package

from groundedness import check

_LONGEST_S = 600.0
_open = urllib.request.urlopen
_used = {"tokens_in": 0, "tokens_out": 0}


def _counting(*given: object, **options: object) -> io.BytesIO:
    """Open an address and note the tokens that the model's server counted: the package does not tell them."""
    with _open(*given, **options) as answer:  # type: ignore[call-overload]
        body = answer.read()
    used = json.loads(body).get("usage") or {}
    _used["tokens_in"] += used.get("prompt_tokens", 0)
    _used["tokens_out"] += used.get("completion_tokens", 0)
    return io.BytesIO(body)


def main() -> None:
    """Answer every row; no label where the model gave no answer that can be read."""
    asked, answers = (Path(name) for name in sys.argv[1:3])
    urllib.request.urlopen = _counting
    model = os.environ["FACTCHECK_LLM"].removeprefix("openai:")
    with answers.open("w", encoding="utf-8") as out:
        for line in asked.read_text("utf-8").splitlines():
            row = json.loads(line)
            _used.update(tokens_in=0, tokens_out=0)
            try:
                result = check(row["claim"], row["passages"][:5], model, timeout=_LONGEST_S)
                label = "NOT_ENOUGH_EVIDENCE" if result.unsupported else "SUPPORTED" if result.judged else None
            except OSError as exc:
                print(exc, file=sys.stderr)
                label = None
            out.write(json.dumps({"label": label, **_used}) + "\n")
            out.flush()


main()
