"""A small store's vectors are compared one by one: exact, and the same whatever else is asked for."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from tests.vectorstore.keepers import IN_MEMORY
from vectorstore import Document, open_store
from vectorstore.embedding import DIMENSIONS, embed
from vectorstore.stores import Entry
from vectorstore.stores.whole import Whole
from vectorstore.types import Filters

COUNT = 300
DAY = date(2025, 7, 1)


@pytest.fixture(scope="module")
def vectors() -> np.ndarray:
    made = np.random.default_rng(3).normal(size=(COUNT, DIMENSIONS)).astype(np.float32)
    return made / np.linalg.norm(made, axis=1, keepdims=True)


@pytest.fixture(scope="module")
def whole(vectors: np.ndarray) -> Whole:
    days = [None if n % 10 == 0 else DAY.toordinal() + n % 30 for n in range(COUNT)]
    entries = [Entry(passage=n + 1, doc_id=str(n), day=days[n], publisher=f"p{n % 3}") for n in range(COUNT)]
    backwards = list(reversed(range(COUNT)))
    return Whole([entries[n] for n in backwards], vectors[backwards])


def test_the_nearest_are_exact_and_do_not_depend_on_what_else_is_asked(whole: Whole, vectors: np.ndarray) -> None:
    together = whole.nearest(vectors[:50], limit=20)
    for row in range(50):
        assert whole.nearest(vectors[row : row + 1], limit=20) == [together[row]]
        exact = np.argsort(-(vectors.astype(np.float64) @ vectors[row].astype(np.float64)), kind="stable")[:20]
        assert [near.passage - 1 for near in together[row]] == exact.tolist()
    assert together[0][0].score == pytest.approx(1.0, abs=1e-5)


@pytest.mark.parametrize(
    ("filters", "passes"),
    [
        (Filters(publishers=("P1",)), lambda n: n % 3 == 1),
        (Filters(published_from=date(2025, 7, 11), include_undated=False), lambda n: n % 10 and n % 30 >= 10),
        (Filters(published_to=date(2025, 7, 5)), lambda n: n % 10 == 0 or n % 30 <= 4),
    ],
)
def test_filters_leave_what_passes(whole: Whole, vectors: np.ndarray, filters: Filters, passes: object) -> None:
    (found,) = whole.nearest(vectors[:1], limit=COUNT, filters=filters)
    assert {near.passage - 1 for near in found} == {n for n in range(COUNT) if passes(n)}  # type: ignore[operator]


def test_no_vectors_give_nothing(vectors: np.ndarray) -> None:
    assert Whole([], np.zeros((0, DIMENSIONS), dtype=np.float32)).nearest(vectors[:2], limit=5) == [[], []]


def test_what_is_written_after_a_search_is_found(tmp_path: Path) -> None:
    with open_store(tmp_path / "store") as store:
        store.add([Document(doc_id="a", text="The bridge reopened in March.")])
        assert {hit.passage.doc_id for hit in store.search(["bridge"])[0]} == {"a"}
        store.add([Document(doc_id="b", text="The bridge closed in May.")])
        assert {hit.passage.doc_id for hit in store.search(["bridge"])[0]} == {"a", "b"}
        store.remove(["a"])
        assert {hit.passage.doc_id for hit in store.search(["bridge"], by="vectors")[0]} == {"b"}


@pytest.mark.parametrize("by", ["vectors", "words", "both"])
def test_a_large_store_is_asked_otherwise_and_answers_the_same(
    by: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = [
        Document(
            doc_id=f"d{n}", publisher=f"P{n % 3}", published_at=f"2025-07-{1 + n % 28:02}",
            text=f"The bridge over the river number {n} reopened after repairs that cost {n} million.",
        )
        for n in range(40)
    ]  # fmt: skip
    some = Filters(published_from=date(2025, 7, 10), publishers=("P1", "P2"))
    asked = ["Which bridge cost 17 million?", "river number 23 reopened"]
    with open_store(tmp_path / "store") as store:
        store.add(made)

    def found() -> list[list[tuple[str, float]]]:
        with open_store(tmp_path / "store", create=False) as store:
            return [
                [(hit.passage.doc_id, round(hit.score, 4)) for hit in hits]
                for filters in (None, some)
                for hits in store.search(asked, k=5, filters=filters, by=by)  # type: ignore[arg-type]
            ]

    small = found()
    monkeypatch.setattr("vectorstore.stores.chroma.MOST", -1)
    monkeypatch.setattr("vectorstore.lexical._ALL_RANKED", -1)
    assert found() == small
    assert all(rows for rows in small)


def test_vectors_of_passages_are_those_of_their_texts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_store(tmp_path / "store") as store:
        store.add([Document(doc_id="a#b", text="The bridge reopened in March."), Document(doc_id="c", text="Soup.")])
        names = [passage.passage_id for doc_id in ("a#b", "c") for passage in store.passages(doc_id)]
    expected = embed(["The bridge reopened in March.", "Soup."])
    for most in (5000, -1):
        monkeypatch.setattr("vectorstore.stores.chroma.MOST", most)
        with open_store(tmp_path / "store", create=False) as store:
            found = store.vectors([*names, "gone#0-4"])
        assert list(found) == names
        assert np.allclose(np.stack(list(found.values())), expected, atol=1e-6)


def test_a_keeper_that_gives_no_vectors_out_has_them_computed(tmp_path: Path) -> None:
    with open_store(tmp_path / "store", vectors=IN_MEMORY) as store:
        store.add([Document(doc_id="a", text="The bridge reopened in March.")])
        (passage,) = store.passages("a")
        found = store.vectors([passage.passage_id])
    assert np.allclose(found[passage.passage_id], embed([passage.text])[0], atol=1e-6)
