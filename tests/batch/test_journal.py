"""The journal of a run: what is read back is what was written, also after an end was cut off."""

from pathlib import Path

from factcheck.batch.journal import Entry, Journal, RunFacts
from factcheck.types import Failure, Verdict

FACTS = RunFacts(version="1", input="claims.jsonl", settings="s", store="d")


def entry(number: int, *, answered: bool) -> Entry:
    failure = Failure(stage="llm", error="Connection", message="gone" * number) if not answered else None
    words = f"Claim {number}" * 3
    verdict = Verdict(claim_id=f"row-{number}", claim=words, label="REFUTED" if answered else None, error=failure)
    return Entry(digest="d", claim_id=f"row-{number}", key=str(number), verdict=verdict)


def test_what_takes_the_place_of_rows_without_an_answer_is_read_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "out.journal"
    first = [entry(n, answered=True) for n in range(3)]
    with Journal(path, FACTS, resume=False) as journal:
        journal.append(first)
        journal.append([entry(n, answered=n != 4) for n in range(3, 6)])
    second = [entry(n, answered=True) for n in range(3, 6)]
    with Journal(path, FACTS, resume=True) as journal:
        assert list(journal.entries()) == first
        journal.append(second)
        assert list(journal.entries()) == first + second
