"""A changed document keeps its history, a removed one too, and nothing is noted that did not happen."""

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256
from pathlib import Path

import pytest

from vectorstore import Document, Store, open_store
from vectorstore.schema import _STEPS, APPLICATION_ID, _run_script

FIRST = Document(doc_id="a", title="Strike", text="Eleven workers were hurt.", published_at="2024-05-01")
SECOND = FIRST.model_copy(update={"text": "Nine workers were hurt.", "title": "Strike (corrected)"})


@pytest.fixture
def timed(folder: Path) -> Iterator[Store]:
    """A store whose clock stands at 1 May 2024, 12:00 in Istanbul, and goes an hour with every look."""
    hours = iter(range(100))
    start = datetime(2024, 5, 1, 12, tzinfo=timezone(timedelta(hours=3)))
    with open_store(folder, clock=lambda: start + timedelta(hours=next(hours))) as store:
        yield store


def test_a_document_that_never_changed_has_one_version(timed: Store) -> None:
    timed.add([FIRST])
    timed.add([FIRST])
    (only,) = timed.history("a")
    assert (only.number, only.stored_at, only.ended_at, only.ended_by) == (1, "2024-05-01T09:00:00+00:00", None, None)
    assert only.text_sha256 == sha256(FIRST.text.encode()).hexdigest()
    assert only.source == FIRST.source
    assert timed.history("b") == ()


def test_a_change_ends_one_version_and_begins_another(timed: Store) -> None:
    timed.add([FIRST])
    timed.add([SECOND])
    old, new = timed.history("a")
    assert (old.number, old.ended_at, old.ended_by) == (1, "2024-05-01T10:00:00+00:00", "changed")
    assert (new.number, new.stored_at, new.ended_at) == (2, "2024-05-01T10:00:00+00:00", None)
    assert [timed.get("a", version=number) for number in (1, 2, 3)] == [FIRST, SECOND, None]
    assert timed.get("a") == SECOND
    assert timed.version_numbers(["a", "b"]) == {"a": 2}


def test_only_the_present_version_is_found(timed: Store) -> None:
    timed.add([FIRST])
    timed.add([SECOND])
    assert [hit.passage.text for hit in timed.search(["eleven workers"])[0]] == [SECOND.text]


def test_changed_metadata_alone_is_a_version(timed: Store) -> None:
    timed.add([FIRST])
    timed.add([FIRST.model_copy(update={"published_at": "2024-05-02"})])
    assert [one.source.published_at for one in timed.history("a")] == ["2024-05-01", "2024-05-02"]
    assert len({one.text_sha256 for one in timed.history("a")}) == 1


def test_a_removal_is_recorded_with_its_reason_and_what_was_removed(timed: Store) -> None:
    timed.add([FIRST])
    assert timed.remove(["a", "b"], reason="withdrawn by the publisher") == 1
    (gone,) = timed.history("a")
    assert (gone.ended_by, gone.reason) == ("removed", "withdrawn by the publisher")
    assert timed.get("a") is None
    assert timed.get("a", version=1) == FIRST
    assert timed.version_numbers(["a"]) == {}
    assert timed.history("b") == ()


def test_a_document_that_comes_back_goes_on_counting(timed: Store) -> None:
    timed.add([FIRST])
    timed.remove(["a"])
    timed.add([FIRST])
    assert [(one.number, one.ended_by) for one in timed.history("a")] == [(1, "removed"), (2, None)]


def test_cutting_passages_anew_makes_no_version(timed: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    timed.add([FIRST])
    monkeypatch.setattr("vectorstore.indexing.INDEX_VERSION", 99)
    assert timed.add([FIRST]).replaced == 1
    assert len(timed.history("a")) == 1


def test_a_store_of_the_first_format_is_brought_up_to_date(folder: Path) -> None:
    folder.mkdir()
    connection = sqlite3.connect(folder / "documents.sqlite3", isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    _run_script(connection, _STEPS[1])
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute("PRAGMA user_version = 1")
    connection.execute(
        "INSERT INTO documents (doc_id, text_sha256, digest, title, publisher, source, text)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        ["a", sha256(FIRST.text.encode()).hexdigest(), "x", "Strike", "", FIRST.source.model_dump_json(), FIRST.text],
    )
    connection.execute("INSERT INTO passages VALUES (1, 1, 0, ?, ?)", [len(FIRST.text), FIRST.text])
    connection.execute("INSERT INTO words (rowid, title, text) SELECT id, title, text FROM passage_words")
    connection.close()
    with open_store(folder, create=False) as store:
        assert store.search(["workers"])[0][0].passage.text == FIRST.text
        assert [(one.number, one.stored_at) for one in store.history("a")] == [(1, None)]
        store.add([SECOND])
        assert len(store.history("a")) == 2
        assert datetime.now(UTC).isoformat()[:10] == (store.history("a")[1].stored_at or "")[:10]
