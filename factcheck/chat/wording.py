"""An answer that was found, put into sentences by a language model; our own verifier checks each before it is shown.

The model adds words, never facts: what was found stays the answer when its sentences do not hold or do not give it.
"""

import logging
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date

from pydantic import Field, ValidationError
from pydantic_core import from_json

from factcheck.build import own_prompts
from factcheck.chat.types import Answer, Citation
from factcheck.checker import Checker
from factcheck.errors import LanguageModelFailed
from factcheck.llm.orders import has_orders
from factcheck.llm.prompting import Prompt, Rendered, load_prompt, render
from factcheck.llm.provider import Provider, read_reply
from factcheck.names import fold
from factcheck.settings import Settings
from factcheck.types import Frozen, Label, Stance

logger = logging.getLogger(__name__)
MOST_PASSAGES = 6
Said = Generator[str, None, None]
"""Sentences of a model, as they come."""


class WordedAnswer(Frozen):
    """What the model says."""

    sentences: tuple[str, ...] = Field(max_length=8)


@dataclass(frozen=True)
class Wording:
    """Whom to ask, and how."""

    provider: Provider
    prompt: Prompt

    def worded(self, answer: Answer, checker: Checker, *, as_of: date | None = None) -> Answer:
        """The answer in sentences that the verifier finds supported; as it was where there are none that give it.

        Raises StoreFailed or ModelFailed when the verifier cannot be run.
        """
        *_, made = self._checked(answer, self._asked, checker, as_of)
        return made if isinstance(made, Answer) else answer

    def stream(self, answer: Answer, checker: Checker, *, as_of: date | None = None) -> Iterator[str | Answer]:
        """Like ``worded``, sentence by sentence while the model writes, and the answer at the end.

        A sentence comes when it is supported and it, or one before it, gives the answer: none is ever taken back. A
        model that breaks off is not asked again; what it had said until then is the answer, or what was found.
        """
        yield from self._checked(answer, self._streamed, checker, as_of)

    def _asked(self, question: Rendered) -> Said:
        yield from self.provider.ask(question, WordedAnswer).value.sentences

    def _streamed(self, question: Rendered) -> Said:
        """The model's sentences, each when it is whole; raises LanguageModelFailed like ``ask``, after those."""
        text, told = "", 0
        for piece in self.provider.stream(question):
            text += piece
            for sentence in _whole_sentences(text)[told:] if question.canary not in text else ():
                told += 1
                yield sentence
        yield from read_reply(text, question, WordedAnswer).sentences[told:]

    def _checked(
        self, answer: Answer, said: Callable[[Rendered], Said], checker: Checker, as_of: date | None
    ) -> Iterator[str | Answer]:
        if answer.way == "declined" or answer.label is Label.REFUTED:
            yield answer  # "No" cannot be left to sentences that are each supported
            return
        kept: list[str] = []
        cards: list[Citation] = []
        shown = count = 0
        try:
            with closing(said(render(self.prompt, _inputs(answer)))) as sentences:
                for one in sentences:
                    count += 1
                    sentence = " ".join(one.split())
                    found = _support(sentence, checker, as_of)
                    if found is None:
                        continue
                    kept.append(sentence)
                    cards += found
                    if not answer.values or fold(answer.values[0]) in fold(" ".join(kept)):
                        yield from kept[shown:]
                        shown = len(kept)
        except LanguageModelFailed as exc:
            logger.warning("the answer is %s: %s", "not finished" if shown else "as it was found", exc)
        if not shown:
            yield answer.model_copy(update={"left_out": count})
            return
        cited = tuple(dict.fromkeys((*answer.citations, *cards)))
        made = {"text": " ".join(kept), "citations": cited, "worded": True, "left_out": count - len(kept)}
        yield answer.model_copy(update=made)


def _support(sentence: str, checker: Checker, as_of: date | None) -> list[Citation] | None:
    """What bears a sentence of the model; None when nothing does."""
    if not sentence or has_orders(sentence):
        return None
    (verdict,) = checker.verify([sentence], as_of=as_of, language=False)
    if verdict.label is not Label.SUPPORTED:
        return None
    return [Citation.of(card) for card in verdict.evidence[:1] if card.stance is Stance.SUPPORTS]


def _whole_sentences(text: str) -> tuple[str, ...]:
    """The sentences that are whole in the beginning of a reply; none while it cannot be read as one."""
    try:
        return WordedAnswer.model_validate(from_json(text, allow_partial=True)).sentences
    except (ValueError, ValidationError):
        return ()


def wording_of(settings: Settings, checker: Checker) -> Wording | None:
    """What puts answers into sentences with the language model of ``checker``; None where it has none."""
    if checker.language is None:
        return None
    return Wording(checker.language.provider, load_prompt("answer_question", own_prompts(settings)))


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
