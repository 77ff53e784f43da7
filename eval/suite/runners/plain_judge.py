"""A language model asked in one line, as a desk would try it first: no examples, no checking of what it says."""

import json
import os
import sys
from pathlib import Path

from openai import OpenAI

_PROMPT = (
    "Here are passages from sources:\n\n{passages}\n\nHere is a claim: {claim}\n\nDo the passages support the claim, "
    "refute it, contradict each other on it, or not say enough? Answer with one word: SUPPORTED, REFUTED, CONFLICTING "
    "or NOT_ENOUGH_EVIDENCE."
)
_LABELS = ("SUPPORTED", "REFUTED", "CONFLICTING", "NOT_ENOUGH_EVIDENCE")


def main() -> None:
    """Answer every row; no label where the model named none."""
    asked, answers = (Path(name) for name in sys.argv[1:3])
    client = OpenAI(timeout=600)
    with answers.open("w", encoding="utf-8") as out:
        for line in asked.read_text("utf-8").splitlines():
            row = json.loads(line)
            said, tokens_in, tokens_out = _ask(client, row)
            found = [label for label in _LABELS if label in said]
            label = found[0] if len(found) == 1 else None
            out.write(json.dumps({"label": label, "tokens_in": tokens_in, "tokens_out": tokens_out}) + "\n")
            out.flush()


def _ask(client: OpenAI, row: dict[str, object]) -> tuple[str, int, int]:
    """What the model said, and the tokens that its server counted in and out."""
    passages = row["passages"]
    assert isinstance(passages, list)
    text = _PROMPT.format(passages="\n\n".join(passages[:5]), claim=row["claim"])
    answer = client.chat.completions.create(
        model=os.environ["FACTCHECK_LLM"].removeprefix("openai:"),
        messages=[{"role": "user", "content": text}],
        max_tokens=12,
        temperature=0,
    )
    used = answer.usage
    return (
        answer.choices[0].message.content or "",
        used.prompt_tokens if used else 0,
        used.completion_tokens if used else 0,
    )


main()
