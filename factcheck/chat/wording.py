"""An answer that was found, put into sentences by a language model; our own verifier checks each before it is shown.

The model adds words, never facts: what was found stays the answer when its sentences do not hold or do not give it.
"""

import logging
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from pydantic import Field

from factcheck.chat.types import Answer, Citation
from factcheck.checker import Checker
from factcheck.errors import LanguageModelFailed
from factcheck.llm.orders import has_orders
from factcheck.llm.prompting import Prompt, render
from factcheck.names import fold
from factcheck.types import Frozen, Label, Stance

if TYPE_CHECKING:
    from factcheck.llm.provider import Provider

logger = logging.getLogger(__name__)
MOST_PASSAGES = 6


class WordedAnswer(Frozen):
    """What the model says."""

    sentences: tuple[str, ...] = Field(max_length=8)


@dataclass(frozen=True)
class Wording:
    """Whom to ask, and how."""

    provider: "Provider"
    prompt: Prompt

    def worded(self, answer: Answer, checker: Checker, *, as_of: date | None = None) -> Answer:
        """The answer in sentences that the verifier finds supported; as it was where there are none that give it.

        Raises StoreFailed or ModelFailed when the verifier cannot be run.
        """
        if answer.way == "declined":
            return answer
        try:
            said = self.provider.ask(render(self.prompt, _inputs(answer)), WordedAnswer).value.sentences
        except LanguageModelFailed as exc:
            logger.warning("the answer is as it was found: %s", exc)
            return answer
        sentences = [" ".join(one.split()) for one in said if one.strip() and not has_orders(one)]
        verdicts = checker.verify(sentences, as_of=as_of, language=False) if sentences else []
        kept = [(text, v) for text, v in zip(sentences, verdicts, strict=True) if v.label is Label.SUPPORTED]
        text = " ".join(one for one, _ in kept)
        if not kept or (answer.values and fold(answer.values[0]) not in fold(text)) or answer.label is Label.REFUTED:
            return answer.model_copy(update={"left_out": len(said)})
        cards = [Citation.of(card) for _, v in kept for card in v.evidence[:1] if card.stance is Stance.SUPPORTS]
        cited = tuple(dict.fromkeys((*answer.citations, *cards)))
        return answer.model_copy(
            update={"text": text, "citations": cited, "worded": True, "left_out": len(said) - len(kept)}
        )


def _inputs(answer: Answer) -> dict[str, object]:
    return {
        "question": answer.question,
        "found": answer.text,
        "passages": [
            {"id": f"P{n}", "source": one.publisher or one.title or one.doc_id,
             "published": one.published_at or "undated", "text": one.quote}
            for n, one in enumerate(answer.citations[:MOST_PASSAGES], 1)
        ],
    }  # fmt: skip
