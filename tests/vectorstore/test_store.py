"""What every store does, on every keeper of vectors."""

import random
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.vectorstore.keepers import BACKENDS, IN_MEMORY, ON_DISK, vectors_of
from vectorstore import Document, Filters, Store, open_store
from vectorstore.stores import Entry

Look = Callable[[str], Any]
"""The ``look`` fixture: a word to what is kept where."""


def ids(store: Store, query: str, **options: object) -> list[str]:
    return [hit.passage.doc_id for hit in store.search([query], **options)[0]]  # type: ignore[arg-type]


@pytest.fixture(params=["chroma", "langchain", "qdrant", pytest.param("server", marks=pytest.mark.slow)])
def backend(request: pytest.FixtureRequest) -> Iterator[str]:
    """Each keeper of vectors: Chroma in the folder, a Chroma server, two LangChain stores."""
    if request.param == "server":
        yield request.getfixturevalue("chroma_server")
    elif request.param == "langchain":
        yield IN_MEMORY
        BACKENDS.clear()
    elif request.param == "qdrant":
        yield ON_DISK
    else:
        yield request.param


def test_a_new_store_is_empty_and_answers_nothing(folder: Path, backend: str) -> None:
    with open_store(folder, vectors=backend) as store:
        assert store.count() == 0
        assert list(store.sources()) == []
        assert store.get("bridge") is None
        assert store.passages("bridge") == ()
        assert store.search(["bridge", "comet"]) == [[], []]


def test_documents_come_back_as_they_went_in(store: Store, documents: tuple[Document, ...]) -> None:
    assert [store.get(one.doc_id) for one in documents] == list(documents)
    assert [one.doc_id for one in store.sources()] == sorted(one.doc_id for one in documents)
    assert {type(one).__name__ for one in store.sources()} == {"Source"}


def test_adding_says_what_was_done(folder: Path, backend: str, documents: tuple[Document, ...]) -> None:
    with open_store(folder, vectors=backend) as store:
        first = store.add(documents)
        assert (first.added, first.replaced, first.unchanged, first.passages) == (4, 0, 0, 4)
        changed = documents[0].model_copy(update={"text": "The bridge is closed again."})
        second = store.add([*documents[1:], changed])
        assert (second.added, second.replaced, second.unchanged, second.passages) == (0, 1, 3, 1)


def test_adding_again_changes_nothing_on_disk(store: Store, look: Look, documents: tuple[Document, ...]) -> None:
    before = look("bridge")
    assert store.add(documents).unchanged == 4
    assert look("bridge") == before


def test_a_changed_document_replaces_its_old_version_everywhere(
    store: Store, look: Look, documents: tuple[Document, ...]
) -> None:
    old = look("bridge")
    store.add([documents[0].model_copy(update={"title": "New road", "text": "The mayor opened a new road."})])
    new = look("bridge")
    assert new.words == set()
    assert new.vectors == new.passage_ids
    assert len(new.vectors) == len(old.vectors)
    assert new.vectors != old.vectors
    assert ids(store, "a road for the mayor", k=1) == ["bridge"]
    assert all("Tejo" not in hit.passage.text for hit in store.search(["Tejo bridge"])[0])


def test_changed_metadata_alone_replaces_too(store: Store, documents: tuple[Document, ...]) -> None:
    assert store.add([documents[2].model_copy(update={"published_at": "2024-07-01"})]).replaced == 1
    assert "comet" in ids(store, "comet", filters=Filters(published_from=date(2024, 7, 1), include_undated=False))


def test_removing_leaves_no_trace_anywhere(store: Store, look: Look) -> None:
    assert store.remove(["bridge", "nobody"]) == 1
    left = look("bridge")
    assert "bridge" not in left.documents
    assert left.words == set()
    assert left.vectors == left.passage_ids
    assert left.passages == 3
    assert "bridge" not in ids(store, "the new bridge")
    assert store.remove(["bridge"]) == 0


def test_a_store_is_the_same_after_it_was_closed(
    store: Store, folder: Path, backend: str, documents: tuple[Document, ...]
) -> None:
    asked = ["who opened the bridge", "strike of dockers"]
    before = store.search(asked)
    store.close()
    with open_store(folder, create=False, vectors=backend) as again:
        assert again.search(asked) == before
        assert again.get("bridge") == documents[0]


def test_the_same_doc_id_twice_in_one_run_leaves_the_later_text(folder: Path, backend: str) -> None:
    first, second = (Document(doc_id="a", text=text) for text in ("The first text.", "The second text."))
    with open_store(folder, vectors=backend) as store:
        result = store.add([first, second])
        assert (result.added, result.replaced) == (1, 1)
        assert store.get("a") == second
        assert store.search(["text"])[0][0].passage.text == "The second text."


@pytest.mark.parametrize(
    ("query", "best"),
    [
        ("Who opened the bridge?", "bridge"),
        ("workers of the port refuse to work", "harbour"),
        ("a celestial body with a tail", "comet"),
        ("cafe", "café"),
        ("dawn", "comet"),
    ],
    ids=["words", "meaning", "meaning alone", "no accents", "one word"],
)
def test_the_best_passage_comes_first(store: Store, query: str, best: str) -> None:
    hits = store.search([query], k=3)[0]
    assert hits[0].passage.doc_id == hits[0].source.doc_id == best
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_a_hit_quotes_its_document_exactly(store: Store) -> None:
    for hit in store.search(["mayor", "union", "comet"])[0]:
        document = store.get(hit.passage.doc_id)
        assert document is not None
        assert document.text[hit.passage.start : hit.passage.end] == hit.passage.text
        assert hit.source == document.source
        assert hit.passage in store.passages(hit.passage.doc_id)


def test_a_query_is_answered_the_same_alone_and_among_others(store: Store) -> None:
    asked = ["the bridge", "", "?!", "harbour strike " * 300, "comet", "half \ud800 a character"]
    together = store.search(asked, k=2)
    assert [store.search([query], k=2)[0] for query in asked] == together
    assert together[1] == together[2] == []
    assert all(len(hits) == 2 for hits in (together[0], together[3], together[4]))
    assert store.search([]) == []


def test_asking_for_no_passage_is_an_error(store: Store) -> None:
    with pytest.raises(ValueError, match="at least 1"):
        store.search(["bridge"], k=0)


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(), {"bridge", "harbour", "comet", "café"}),
        (Filters(published_from=date(2024, 5, 14)), {"bridge", "harbour", "comet"}),
        (Filters(published_from=date(2024, 5, 15), include_undated=False), {"harbour"}),
        (Filters(published_to=date(2024, 5, 14), include_undated=False), {"bridge", "café"}),
        (Filters(published_from=date(2024, 1, 1), published_to=date(2024, 5, 31)), {"bridge", "comet"}),
        (Filters(include_undated=False), {"bridge", "harbour", "comet", "café"}),
        (Filters(publishers=("the herald", "JOURNAL")), {"bridge", "café"}),
        (Filters(publishers=("The Herald",), published_from=date(2025, 1, 1)), set()),
        (Filters(published_from=date(2030, 1, 1), include_undated=False), set()),
    ],
)
def test_filters_let_through_what_they_say(store: Store, filters: Filters, expected: set[str]) -> None:
    # every document has a word of the query, and every vector is near enough to be listed
    assert set(ids(store, "bridge harbour comet café", filters=filters)) == expected


def test_languages_and_tags_filter_both_ways_of_search(store: Store, documents: tuple[Document, ...]) -> None:
    tagged = documents[0].model_copy(update={"tags": ("roads", "money")})
    store.add([tagged])
    for by in ("both", "vectors", "words"):
        assert ids(store, "bridge café", filters=Filters(languages=("fr",)), by=by) == ["café"]
        assert ids(store, "bridge café", filters=Filters(tags=("money", "none")), by=by) == ["bridge"]
        assert ids(store, "bridge café", filters=Filters(tags=("money",), languages=("fr",)), by=by) == []
        assert ids(store, "bridge", filters=Filters(tags=("roads",), publishers=("post",)), by=by) == []


def test_many_documents_go_in_in_batches(folder: Path, backend: str) -> None:
    words = ["river", "stone", "cloud", "paper", "glass", "iron", "salt", "wool"]
    chance = random.Random(7)
    texts = [" ".join(chance.choices(words, k=6)).capitalize() + f" number {row}." for row in range(150)]
    with open_store(folder, vectors=backend) as store:
        result = store.add(Document(doc_id=f"d{row:03}", text=text) for row, text in enumerate(texts))
        assert (result.added, store.count()) == (150, 150)
        assert len(list(store.sources())) == 150
        assert [hits[0].passage.text for hits in store.search(texts[::30], k=1)] == texts[::30]


def test_a_document_of_clutter_alone_is_stored_and_said_to_be_unsearchable(folder: Path, backend: str) -> None:
    with open_store(folder, vectors=backend) as store:
        result = store.add([Document(doc_id="a", text="05:15 PM • 20072 views")])
        assert (result.added, result.passages) == (1, 0)
        assert [(problem.source, problem.kept) for problem in result.problems] == [("a", True)]
        assert store.get("a") is not None


def test_a_document_of_five_characters_is_stored_and_found(folder: Path, backend: str) -> None:
    with open_store(folder, vectors=backend) as store:
        store.add([Document(doc_id="a", text="Hello")])
        assert ids(store, "hello") == ["a"]


def test_lost_vectors_are_made_again(store: Store, folder: Path, backend: str, look: Look) -> None:
    store.close()
    index = vectors_of(backend, folder)
    index.drop(sorted(index.passages())[:2])
    index.close()
    with open_store(folder, vectors=backend) as again:
        assert ids(again, "Who opened the bridge?", k=1) == ["bridge"]
    traces = look("bridge")
    assert traces.vectors == traces.passage_ids


def test_vectors_that_no_document_has_are_never_answered_and_swept_out(
    store: Store, folder: Path, backend: str, look: Look
) -> None:
    from vectorstore.embedding import embed

    store.close()
    index = vectors_of(backend, folder)
    index.put([Entry(passage=999, doc_id="ghost", day=None, publisher="")], embed(["The mayor of the moon."]))
    index.close()
    with open_store(folder, vectors=backend) as again:
        assert "ghost" not in ids(again, "The mayor of the moon.")
    assert 999 not in look("bridge").vectors


def test_text_that_looks_like_a_query_language_is_only_text(store: Store) -> None:
    for query in ('" OR 1=1 --', "title:bridge NEAR(x)", "bridge*", "-bridge AND NOT", "{bridge}", "text MATCH 'x'"):
        assert isinstance(store.search([query])[0], list)
    hostile = '"); DROP TABLE documents; --'
    store.add([Document(doc_id=hostile, text="A text with a hostile name.", publisher=hostile)])
    assert ids(store, "hostile", k=1, filters=Filters(publishers=(hostile,))) == [hostile]
    assert store.remove([hostile]) == 1
    assert store.count() == 4


def test_versions_name_every_document_and_differ_when_anything_of_it_did(folder: Path) -> None:
    with open_store(folder) as store:
        store.add([Document(doc_id="b", text="One thing."), Document(doc_id="a", text="Another.", title="T")])
        before = {one.doc_id: one.digest for one in store.versions()}
        store.add([Document(doc_id="a", text="Another.", title="U")])
        after = {one.doc_id: one.digest for one in store.versions()}
    assert list(before) == ["a", "b"]
    assert after["b"] == before["b"]
    assert after["a"] != before["a"]
