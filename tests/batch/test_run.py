"""The walk: order, repeats, what a journal keeps, and what goes wrong on the way."""

import json
import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from factcheck.batch.engine import Here, judged
from factcheck.batch.journal import Journal, RunFacts, journal_of
from factcheck.batch.output import Rows, write_rows
from factcheck.batch.rows import Row, row_of
from factcheck.batch.run import CHUNK, judge_rows
from factcheck.errors import InputError, ModelFailed, StoreFailed, UsageError
from factcheck.types import Claim, Failure, Verdict


def rows(count: int, *, kinds: int | None = None) -> list[Row]:
    """Rows of which every ``kinds``-th has the same claim; every 50th cannot be read."""
    return [
        row_of(n, f"line {n}", {} if n % 50 == 0 else {"claim": f"Claim {n % (kinds or count + 1)} holds."})
        for n in range(1, count + 1)
    ]


class StopsAfter:
    """A judge that ends the run when it has judged some claims."""

    def __init__(self, judge: object, claims: int) -> None:
        self.judge, self.left = judge, claims

    def __call__(self, claims: Sequence[Claim]) -> list[Verdict]:
        self.left -= len(claims)
        if self.left < 0:
            raise StoreFailed("the store is gone")
        return self.judge(claims)  # type: ignore[operator, no-any-return]


def test_every_row_comes_out_in_order_with_its_own_id(tmp_path: Path, judge, facts: RunFacts) -> None:
    given = rows(300, kinds=40)
    with Journal(tmp_path / "j", facts, resume=False) as journal:
        tally = judge_rows(given, Here(judge), journal)
        out = [row.verdict for row in Rows(journal)]
    assert [(one.claim_id, one.claim) for one in out] == [(row.claim_id, row.text) for row in given]
    assert [one.label is None for one in out] == [row.claim is None for row in given]
    assert len(judge.asked) == len(set(judge.asked)) == tally.judged == 40
    assert (tally.rows, tally.shared, tally.labels["FAILED"]) == (300, 300 - 40 - 6, 6)


def test_claims_with_another_day_or_context_are_judged_apart(tmp_path: Path, judge, facts: RunFacts) -> None:
    fields = [
        {"claim": "It rained."},
        {"claim": "It rained.", "as_of": "2024-01-01"},
        {"claim": "It rained.", "context": "Porto"},
    ]
    given = [row_of(n, "", one) for n, one in enumerate(fields, 1)]
    with Journal(tmp_path / "j", facts, resume=False) as journal:
        assert judge_rows(given, Here(judge), journal).judged == 3


@pytest.mark.parametrize("seed", range(8))
def test_a_run_stopped_anywhere_goes_on_and_ends_the_same(seed: int, tmp_path: Path, judge, facts: RunFacts) -> None:
    given = rows(400, kinds=170)
    with Journal(tmp_path / "whole", facts, resume=False) as journal:
        judge_rows(given, Here(judge), journal)
        write_rows(journal, tmp_path / "whole.jsonl")
    judge.asked.clear()
    chance = random.Random(seed)
    kept = 0
    while kept < 400:
        with Journal(tmp_path / "j", facts, resume=True) as journal:
            try:
                judge_rows(given, Here(StopsAfter(judge, chance.randrange(CHUNK, 120))), journal)
            except StoreFailed:
                assert len(journal) >= kept
            kept = len(journal)
        torn(tmp_path / "j", chance)
    with Journal(tmp_path / "j", facts, resume=True) as journal:
        tally = judge_rows(given, Here(judge), journal)
        assert tally.kept + tally.judged + tally.shared >= 400 - 8
        write_rows(journal, tmp_path / "again.jsonl")
    assert (tmp_path / "again.jsonl").read_bytes() == (tmp_path / "whole.jsonl").read_bytes()


def torn(journal: Path, chance: random.Random) -> None:
    """Add what a kill in the middle of a write leaves: the beginning of a chunk that was never closed."""
    lines = journal.read_bytes().splitlines(keepends=True)
    with journal.open("ab") as file:
        file.write(b"".join(lines[1:4])[: chance.randrange(400)])


def test_what_is_noted_is_never_judged_again(tmp_path: Path, judge, facts: RunFacts) -> None:
    given = rows(300)
    for _ in range(2):
        with Journal(tmp_path / "j", facts, resume=True) as journal:
            judge_rows(given, Here(judge), journal)
    assert len(judge.asked) == len(set(judge.asked))


def test_another_input_is_refused(tmp_path: Path, judge, facts: RunFacts) -> None:
    with Journal(tmp_path / "j", facts, resume=False) as journal:
        judge_rows(rows(100), Here(judge), journal)
    with (
        Journal(tmp_path / "j", facts, resume=True) as journal,
        pytest.raises(InputError, match="row 2 is not the one"),
    ):
        judge_rows([rows(1)[0], row_of(2, "line 2", {"claim": "Another."})], Here(judge), journal)


@pytest.mark.parametrize("field", ["version", "input", "settings", "store"])
def test_another_run_is_refused_and_what_changed_is_named(field: str, tmp_path: Path, facts: RunFacts) -> None:
    Journal(tmp_path / "j", facts, resume=False).close()
    with pytest.raises(UsageError, match=r"changed since .* --restart"):
        Journal(tmp_path / "j", facts.model_copy(update={field: "other"}), resume=True)


def test_an_unfinished_run_is_not_overwritten_unasked(tmp_path: Path, judge, facts: RunFacts) -> None:
    with Journal(tmp_path / "j", facts, resume=False) as journal:
        judge_rows(rows(10), Here(judge), journal)
    with pytest.raises(UsageError, match=r"--resume.*--restart"):
        Journal(tmp_path / "j", facts, resume=False)
    with Journal(tmp_path / "j", facts, resume=False, restart=True) as journal:
        assert len(journal) == 0


def test_two_runs_cannot_share_a_journal(tmp_path: Path, facts: RunFacts) -> None:
    with (
        Journal(tmp_path / "j", facts, resume=True),
        pytest.raises(UsageError, match="another process"),
    ):
        Journal(tmp_path / "j", facts, resume=True)


def test_a_file_that_is_no_journal_is_left_alone(tmp_path: Path, facts: RunFacts) -> None:
    (tmp_path / "j").write_text("my notes\n")
    with pytest.raises(InputError, match="not a journal"):
        Journal(tmp_path / "j", facts, resume=True)
    assert (tmp_path / "j").read_text() == "my notes\n"


def test_a_byte_changed_in_the_middle_costs_the_rows_after_it_and_nothing_else(
    tmp_path: Path, judge, facts: RunFacts
) -> None:
    with Journal(tmp_path / "j", facts, resume=False) as journal:
        judge_rows(rows(4 * CHUNK), Here(judge), journal)
    data = bytearray((tmp_path / "j").read_bytes())
    place = data.index(b"Claim 99 holds")
    data[place : place + 5] = b"XXXXX"
    (tmp_path / "j").write_bytes(data)
    with Journal(tmp_path / "j", facts, resume=True) as journal:
        assert len(journal) == CHUNK


@pytest.mark.parametrize("longer", ["", "d", "a state of the store with a longer name"])
def test_a_run_begun_anew_reads_nothing_of_the_one_before(longer: str, tmp_path: Path, judge, facts: RunFacts) -> None:
    with Journal(tmp_path / "j", facts, resume=False) as journal:
        judge_rows(rows(CHUNK), Here(judge), journal)
    anew = facts.model_copy(update={"store": facts.store + longer})
    with Journal(tmp_path / "j", anew, resume=False, restart=True) as journal:
        judge_rows(list(reversed(rows(CHUNK))), Here(judge), journal)
        assert [row.verdict.claim_id for row in Rows(journal)] == [f"row-{n}" for n in range(CHUNK, 0, -1)]


class Trips:
    """A judge that cannot take one claim."""

    def __init__(self, judge: object, error: Exception) -> None:
        self.judge, self.error = judge, error

    def __call__(self, claims: Sequence[Claim]) -> list[Verdict]:
        if any(claim.claim == "Claim 7 holds." for claim in claims):
            raise self.error
        return self.judge(claims)  # type: ignore[operator, no-any-return]


@pytest.mark.parametrize("error", [RecursionError("too deep"), KeyError("x"), ZeroDivisionError()])
def test_a_claim_that_trips_the_judge_fails_alone(error: Exception, tmp_path: Path, judge, facts: RunFacts) -> None:
    with Journal(tmp_path / "j", facts, resume=False) as journal:
        judge_rows(rows(20), Here(Trips(judge, error)), journal)
        out = [row.verdict for row in Rows(journal)]
    assert [one.claim_id for one in out if one.label is None] == ["row-7"]
    assert out[6].error is not None
    assert out[6].error.error == type(error).__name__


@pytest.mark.parametrize("error", ["ModelFailed", "StoreFailed"])
def test_a_lost_model_or_store_stops_the_run_instead_of_failing_every_row(error: str) -> None:
    claims = [row.claim for row in rows(3) if row.claim]
    failure = Failure(stage="local", error=error, message="gone")
    with pytest.raises((ModelFailed, StoreFailed), match="gone"):
        judged(claims, lambda given: [Verdict.failed(claim, failure) for claim in given])


@contextmanager
def small_disk(size: int) -> Iterator[None]:
    """Let this process write no file longer than ``size`` bytes, only while needed: a test log is a file too."""
    resource = pytest.importorskip("resource")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_full_disk_is_said_and_what_was_noted_stays(tmp_path: Path, judge, facts: RunFacts) -> None:
    with Journal(tmp_path / "j", facts, resume=False) as journal:
        judge_rows(rows(CHUNK), Here(judge), journal)
        size = (tmp_path / "j").stat().st_size
        with small_disk(size + 1000), pytest.raises(StoreFailed, match="make room, then go on with --resume"):
            judge_rows(rows(3 * CHUNK), Here(judge), journal)
    with Journal(tmp_path / "j", facts, resume=True) as journal:
        assert len(journal) == CHUNK


def test_the_journal_of_an_output_stands_beside_it() -> None:
    assert journal_of(Path("a/verdicts.jsonl")) == Path("a/verdicts.jsonl.journal")


def test_the_journal_is_readable_by_people(tmp_path: Path, judge, facts: RunFacts) -> None:
    with Journal(tmp_path / "j", facts, resume=False) as journal:
        judge_rows(rows(3), Here(judge), journal)
    head, *entries, end = map(json.loads, (tmp_path / "j").read_text().splitlines())
    assert head["input"] == "claims.jsonl"
    assert [one["claim_id"] for one in entries] == ["row-1", "row-2", "row-3"]
    assert list(end) == ["end"]
