"""Verdicts given before: taken again where no document has come that could change them, and flips are told."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from factcheck.batch.cache import FILE_NAME, VerdictCache, open_cache
from factcheck.batch.job import Job, run
from factcheck.batch.remembered import Flip
from factcheck.batch.watch import judge_again
from factcheck.settings import Settings
from factcheck.types import Label, Verdict
from tests.batch.conftest import CLAIMS, SOURCES
from vectorstore import Document, Store, open_store
from vectorstore.embedding import embed

Write = Callable[..., Path]
Run = Callable[..., Any]
COMET = Document(doc_id="comet", text="A comet was seen over the harbour.", published_at="2024-03-10")
SOUP = Document(doc_id="soup", text="Boil the lentils for twenty minutes, then add salt and a bay leaf.")


@pytest.fixture
def own(tmp_path: Path) -> Settings:
    """A store of this test's own."""
    with open_store(tmp_path / "store") as store:
        store.add(SOURCES)
    return Settings(store=str(tmp_path / "store"))


@pytest.fixture
def stored(own: Settings) -> Iterator[Store]:
    with open_store(own.store) as store:
        yield store


def judged(settings: Settings, claims: Path, **options: Any) -> tuple[list[Verdict], Any, list[Flip]]:
    flips: list[Flip] = []
    out = claims.with_name("v.jsonl")
    tally = run(Job(str(claims), settings, **options), out, on_flip=flips.append)
    return [Verdict.model_validate_json(line) for line in out.read_text().splitlines()], tally, flips


def test_a_second_run_judges_nothing_and_says_the_same(own: Settings, claims_file: Write) -> None:
    first, tally, _ = judged(own, claims_file(CLAIMS))
    assert (tally.judged, tally.taken) == (5, 0)
    again, tally, flips = judged(
        own, claims_file([{"claim": one, "claim_id": f"x{n}"} for n, one in enumerate(CLAIMS)])
    )
    assert (tally.judged, tally.taken, flips) == (0, 5, [])
    assert [one.model_copy(update={"claim_id": ""}) for one in again] == [
        one.model_copy(update={"claim_id": ""}) for one in first
    ]
    assert [one.claim_id for one in again] == ["x0", "x1", "x2", "x3", "x4"]


def test_without_the_cache_everything_is_judged(own: Settings, claims_file: Write) -> None:
    judged(own, claims_file(CLAIMS))
    assert judged(own, claims_file(CLAIMS), cache=False)[1].judged == 5


def test_other_settings_are_other_verdicts(own: Settings, claims_file: Write) -> None:
    judged(own, claims_file(CLAIMS))
    assert judged(own.model_copy(update={"passages_per_claim": 3}), claims_file(CLAIMS))[1].judged == 5


def test_a_document_about_something_else_changes_nothing(own: Settings, claims_file: Write, stored: Store) -> None:
    judged(own, claims_file(CLAIMS))
    stored.add([SOUP])
    assert judged(own, claims_file(CLAIMS))[1].judged == 0


def test_a_document_that_says_it_is_judged_with_and_the_flip_has_both_receipts(
    own: Settings, claims_file: Write, stored: Store
) -> None:
    before, _, _ = judged(own, claims_file(CLAIMS))
    assert before[4].label is Label.NOT_ENOUGH_EVIDENCE
    stored.add([COMET])
    after, tally, (flip,) = judged(own, claims_file(CLAIMS))
    assert after[4].label is Label.SUPPORTED
    assert tally.judged < 5
    assert (flip.before.label, flip.after.label) == (Label.NOT_ENOUGH_EVIDENCE, Label.SUPPORTED)
    assert flip.before.receipt is not None
    assert flip.after.receipt is not None
    assert "comet" in flip.after.receipt.documents
    assert "comet" not in flip.before.receipt.documents
    assert flip.because[0] == "comet"


@pytest.mark.parametrize("change", ["removed", "changed"])
def test_a_verdict_does_not_outlive_the_document_it_rests_on(
    change: str, own: Settings, claims_file: Write, stored: Store
) -> None:
    stored.add([COMET])
    assert judged(own, claims_file(CLAIMS[4:]))[0][0].label is Label.SUPPORTED
    if change == "removed":
        stored.remove(["comet"])
    else:
        stored.add([COMET.model_copy(update={"text": "Clouds hung over the harbour all night."})])
    verdicts, tally, flips = judged(own, claims_file(CLAIMS[4:]))
    assert tally.judged == 1
    assert verdicts[0].label is Label.NOT_ENOUGH_EVIDENCE
    assert [one.because[0] for one in flips] == ["comet"]


def test_watch_judges_what_is_reached_tells_flips_once_and_then_rests(
    own: Settings, claims_file: Write, stored: Store
) -> None:
    judged(own, claims_file(CLAIMS))
    stored.add([COMET, SOUP])
    flips: list[Flip] = []
    done = judge_again(own, on_flip=flips.append)
    assert (done.new, done.gone, done.kept) == (2, 0, 5)
    assert 1 <= done.judged < 5
    assert [one.claim for one in flips] == [CLAIMS[4]]
    assert judge_again(own, on_flip=flips.append).judged == 0
    assert len(flips) == 1


def test_what_a_stopped_watch_has_not_reached_is_judged_the_next_time(
    own: Settings, claims_file: Write, stored: Store
) -> None:
    judged(own, claims_file(CLAIMS))
    stored.add([COMET])

    def stop(flip: Flip) -> None:
        raise KeyboardInterrupt(flip.line)

    with pytest.raises(KeyboardInterrupt):
        judge_again(own, on_flip=stop)
    flips: list[Flip] = []
    done = judge_again(own, on_flip=flips.append)
    assert (done.new, [one.claim for one in flips]) == (0, [CLAIMS[4]])


def test_the_watch_command_prints_flips(run: Run, own: Settings, claims_file: Write, stored: Store) -> None:
    judged(own, claims_file(CLAIMS))
    stored.add([COMET])
    ran = run("watch", "--store", own.store)
    assert ran.code == 0
    assert ran.rows[0]["before"]["label"] == "NOT_ENOUGH_EVIDENCE"
    assert ran.rows[0]["after"]["receipt"]["documents"]["comet"]
    assert "of 5 verdicts judged again, 1 flipped" in ran.err


def test_failed_rows_are_not_kept(own: Settings, claims_file: Write) -> None:
    judged(own, claims_file([{"claim": ""}, *CLAIMS[:1]]))
    cache = open_cache(own)
    assert cache is not None
    assert len(cache) == 1
    cache.close()


def test_a_damaged_file_is_begun_anew(own: Settings, claims_file: Write) -> None:
    (Path(own.store) / FILE_NAME).write_bytes(b"not a database, not a database, not a database" * 100)
    assert judged(own, claims_file(CLAIMS))[1].judged == 5
    assert judged(own, claims_file(CLAIMS))[1].taken == 5


def test_where_no_file_can_be_written_everything_is_judged(own: Settings, claims_file: Write) -> None:
    (Path(own.store) / FILE_NAME).mkdir()
    assert judged(own, claims_file(CLAIMS))[1].judged == 5


def test_the_file_is_made_and_read_without_the_rest(tmp_path: Path, judge) -> None:
    from factcheck.batch.rows import row_of

    claim = row_of(1, "", {"claim": "It rained."}).claim
    assert claim is not None
    cache = VerdictCache(tmp_path / "v", "s")
    cache.put([("k", claim, judge.verdict(claim))], embed([claim.claim]), at=datetime(2025, 7, 1, tzinfo=UTC))
    kept = cache.get("k")
    assert kept is not None
    assert json.loads(kept.verdict.model_dump_json())["claim"] == "It rained."
    assert cache.get("other") is None
    cache.close()


def test_keeping_a_verdict_reads_no_whole_table(tmp_path: Path, judge) -> None:
    """Or each of a hundred thousand costs more than the one before."""
    from factcheck.batch.rows import row_of

    claim = row_of(1, "", {"claim": "It rained."}).claim
    assert claim is not None
    cache = VerdictCache(tmp_path / "v", "s")
    ran: list[str] = []
    cache._file.set_trace_callback(ran.append)
    cache.put([("k", claim, judge.verdict(claim))], embed([claim.claim]), at=datetime(2025, 7, 1, tzinfo=UTC))
    cache.get("k")
    cache._file.set_trace_callback(None)
    plans = [row[-1] for one in ran if one[:6] in {"DELETE", "SELECT"} for row in _plan(cache, one)]
    assert plans
    assert not [plan for plan in plans if plan.startswith("SCAN")]
    cache.close()


def _plan(cache: VerdictCache, statement: str) -> list[tuple[object, ...]]:
    return cache._file.execute(f"EXPLAIN QUERY PLAN {statement}").fetchall()
