"""The fact index: kept across processes, renewed with the text, and never needed for an answer."""

import os
from dataclasses import asdict
from pathlib import Path

import pytest

from factcheck.facts import FactIndex
from factcheck.facts.index import FILE_NAME, state_of
from factcheck.kinds.clause import frame_key
from factcheck.kinds.frame import read_frame
from vectorstore.types import Document, Passage

TEXT = (
    "Harbour board meets\n\nAnna Lind, director of the Harbour Board, heads the Danish delegation. "
    "Eleven ships arrived in Aarhus on 4 May 2024."
)


def document(text: str = TEXT, day: str = "2024-05-05", **fields: str) -> Document:
    return Document(doc_id="a", text=text, published_at=day, **fields)


def told(index: FactIndex, source: Document) -> list[str]:
    return [fact.claim.claim for fact in index.read(source)]


def test_what_was_read_is_there_for_the_next_process(tmp_path: Path) -> None:
    first = FactIndex(tmp_path / FILE_NAME)
    read = first.read(document())
    first.close()
    second = FactIndex(tmp_path / FILE_NAME)
    assert second.fill([document()]) == 0
    again = second.read(document())
    second.close()
    assert again == read
    assert {fact.claim.type for fact in read} >= {"title_role", "membership", "quantity"}


def test_clauses_come_back_as_they_were_taken_apart(tmp_path: Path) -> None:
    first = FactIndex(tmp_path / FILE_NAME)
    keys = [frame_key(f.claim) for f in first.read(document()) if f.claim.type == "quantity"]
    frames = [asdict(read_frame(*key)) for key in keys]
    first.close()
    second = FactIndex(tmp_path / FILE_NAME)
    second.read(document())
    second.close()
    assert frames
    assert [asdict(read_frame(*key)) for key in keys] == frames


@pytest.mark.parametrize(
    "changed",
    [document(TEXT.replace("Eleven", "Twelve")), document(day="2024-05-06"), document(title="Another title")],
)
def test_another_text_day_or_title_is_read_anew(tmp_path: Path, changed: Document) -> None:
    index = FactIndex(tmp_path / FILE_NAME)
    index.read(document())
    assert state_of(changed) != state_of(document())
    assert index.fill([changed]) == 1
    index.close()


def test_a_fact_points_to_the_words_that_say_it() -> None:
    for fact in FactIndex().read(document()):
        assert fact.claim.span.of(TEXT) == fact.claim.quote
        assert fact.sentence.start <= fact.claim.span.start
        assert fact.claim.span.end <= fact.sentence.end


def test_documents_can_be_looked_up_by_what_they_say_of_whom(tmp_path: Path) -> None:
    index = FactIndex(tmp_path / FILE_NAME)
    index.read(document())
    assert [(row.doc_id, row.value) for row in index.values("membership", "person")] == [("a", "Anna Lind")]
    assert index.values("membership", "speaker") == []
    index.forget(["a"])
    assert index.values("membership", "person") == []
    assert index.fill([document()]) == 1
    index.close()


def test_a_damaged_file_is_made_anew(tmp_path: Path) -> None:
    path = tmp_path / FILE_NAME
    path.write_bytes(b"no database at all" * 100)
    index = FactIndex(path)
    expected = told(FactIndex(), document())
    assert told(index, document()) == expected
    index.close()
    again = FactIndex(path)
    assert again.fill([document()]) == 0
    again.close()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_costs_only_time(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    assert told(FactIndex(tmp_path / FILE_NAME), document()) == told(FactIndex(), document())


def test_a_path_that_cannot_hold_a_file_costs_only_time(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert told(FactIndex(tmp_path / "file" / FILE_NAME), document()) == told(FactIndex(), document())


def test_of_a_long_document_only_the_found_passages_are_read(tmp_path: Path) -> None:
    long = document(TEXT + "\n\n" + "The weather stayed fine along the coast. " * 600)
    index = FactIndex(tmp_path / FILE_NAME)
    found = index.read(long, [Passage.cut(long, 0, len(TEXT))])
    assert found
    assert all(fact.claim.span.end <= len(TEXT) for fact in found)
    assert index.fill([long]) == 0
    index.close()


def test_other_languages_are_not_read() -> None:
    assert FactIndex().read(document(language="uk")) == ()
