"""Asks the questions in ``questions.jsonl`` of a store made of the given documents, no language model, and counts.

An answer is right when it holds every wanted fact (or as many as ``least`` says), in one of its spellings, and a quoted
source holds one of them too; of several answers that it gives apart, the first must be the fact. A question that the
documents do not answer is right when it is declined. Rules are written after the develop part; of the measure part only
numbers are printed.
"""

import argparse
import json
import sys
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from pydantic import Field

from factcheck.build import build_checker
from factcheck.chat import Answer, Conversation
from factcheck.checker import Checker
from factcheck.errors import FactcheckError
from factcheck.measure.rows import Row, read_rows
from factcheck.settings import load_settings
from vectorstore import Document, VectorStoreError, load

QUESTIONS = Path(__file__).parent / "questions.jsonl"
DOCUMENTS = Path(__file__).resolve().parents[3] / "shared" / "data" / "istanbul" / "documents.jsonl"
PARTS = ("develop", "measure")


class QuestionRow(Row):
    """A question and what its answer must hold."""

    id: str
    part: str
    before: tuple[str, ...] = ()
    """Asked before it in the same conversation."""
    question: str = Field(min_length=1)
    as_of: date | None = None
    unanswerable: bool = False
    facts: tuple[tuple[str, ...], ...] = ()
    """Each in all its spellings."""
    least: int | None = None
    """How many of the facts suffice; None: all."""


def main(arguments: Sequence[str]) -> int:
    """Ask and print; returns 2 for files of no use, 3 when asking failed."""
    parser = argparse.ArgumentParser(prog="python -m eval chat", description=__doc__)
    parser.add_argument("--documents", type=Path, default=DOCUMENTS)
    parser.add_argument("--part", choices=PARTS, help="this part alone")
    parser.add_argument("--show", action="store_true", help="print the develop part's wrong answers")
    parser.add_argument("--json", action="store_true", help="print JSON")
    options = parser.parse_args(arguments)
    try:
        rows = [row for row in read_rows(str(QUESTIONS), QuestionRow) if options.part in (None, row.part)]
        answers = ask(rows, options.documents)
    except (FactcheckError, VectorStoreError) as exc:
        print(f"chat: {exc}", file=sys.stderr)
        return exc.exit_code if isinstance(exc, FactcheckError) else 3
    counts: dict[str, list[bool]] = defaultdict(list)
    for row, answer in zip(rows, answers, strict=True):
        right = is_right(row, answer)
        counts[f"{row.part}, {'unanswerable, declined' if row.unanswerable else 'answered right'}"].append(right)
        if options.show and not right and row.part == "develop":
            print(f"{row.id} {row.question}\n    {answer.way}: {answer.text[:300]}")
    if options.json:
        print(json.dumps({name: {"right": sum(found), "of": len(found)} for name, found in sorted(counts.items())}))
    else:
        for name, found in sorted(counts.items()):
            print(f"{name:34} {sum(found):3} of {len(found):3}  {sum(found) / len(found):.3f}")
    return 0


def ask(rows: Sequence[QuestionRow], documents: Path) -> list[Answer]:
    """The answer to each row, each in a conversation of its own."""
    with (
        tempfile.TemporaryDirectory(prefix="factcheck-chat-") as folder,
        build_checker(load_settings(store=folder)) as checker,
    ):
        checker.ingest(item for item in load([str(documents)]) if isinstance(item, Document))
        checker.read_facts()
        return [_answered(row, checker) for row in rows]


def _answered(row: QuestionRow, checker: Checker) -> Answer:
    conversation = Conversation(checker, as_of=row.as_of)
    for question in row.before:
        conversation.ask(question)
    return conversation.ask(row.question)


def is_right(row: QuestionRow, answer: Answer) -> bool:
    """Whether the answer holds what it must, and a source it quotes does."""
    if row.unanswerable:
        return answer.way == "declined"
    if answer.way == "declined":
        return False
    text = answer.values[0] if len(row.facts) == 1 and answer.values and answer.label is None else answer.text
    held = [fact for fact in row.facts if any(form in text for form in fact)]
    if answer.label is not None:
        return len(held) == len(row.facts)  # the quoted words need not hold "yes"
    quotes = " ".join(one.quote for one in answer.citations)
    sourced = any(form in quotes for fact in held for form in fact)
    return len(held) >= (row.least or len(row.facts)) and sourced
