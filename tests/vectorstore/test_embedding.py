"""The model that ships: unit vectors that mean something and do not depend on their neighbours."""

import subprocess
import sys
import textwrap
from pathlib import Path

import numpy as np
import pytest

from vectorstore import StoreError, embedding
from vectorstore.embedding import DIMENSIONS, MAX_TOKENS, count_tokens, embed

TEXTS = [
    "The mayor opened the new bridge.",
    "A bridge was inaugurated by the head of the city.",
    "Comets are made of ice and dust.",
    "Zwei Sätze. Noch einer.",
    "Засідання відбулося.",
    "?",
    "",
    "a " * 500,
    "The mayor opened the new bridge.",
]


def test_vectors_have_unit_length() -> None:
    vectors = embed(TEXTS)
    assert vectors.shape == (len(TEXTS), DIMENSIONS)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_no_texts_are_no_vectors() -> None:
    assert embed([]).shape == (0, DIMENSIONS)


def test_what_means_the_same_is_nearer_than_what_does_not() -> None:
    bridge, same, comet = embed(TEXTS[:3])
    assert bridge @ same > 0.6 > 0.3 > bridge @ comet


def test_a_vector_is_the_same_alone_and_in_a_batch() -> None:
    alone = np.concatenate([embed([text]) for text in TEXTS])
    assert np.abs(alone - embed(TEXTS)).max() < 1e-5


def test_equal_texts_have_equal_vectors() -> None:
    vectors = embed(TEXTS)
    assert np.array_equal(vectors[0], vectors[-1])


def test_tokens_beyond_the_models_limit_are_not_seen() -> None:
    text = "bridge " * (MAX_TOKENS - 2)
    assert count_tokens([text]) == [MAX_TOKENS - 2]
    seen, more = embed([text, text + "comet " * 50])
    assert np.allclose(seen, more)


def test_the_weights_ship_and_are_small() -> None:
    folder = Path(embedding.__file__).parent / "weights"
    assert sum(path.stat().st_size for path in folder.iterdir()) < 25_000_000
    assert "Apache-2.0" in (folder / "MODEL_CARD.md").read_text()


@pytest.mark.parametrize("content", [None, b"no model"], ids=["missing", "damaged"])
def test_a_model_that_cannot_be_loaded_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes | None
) -> None:
    if content is not None:
        for name in ("model.onnx", "tokenizer.json"):
            (tmp_path / name).write_bytes(content)
    monkeypatch.setattr(embedding, "_WEIGHTS", tmp_path)
    for load in (embedding._session.__wrapped__, embedding._tokenizer.__wrapped__):
        with pytest.raises(StoreError, match="install the package again") as caught:
            load()
        assert "\n" not in str(caught.value)


def run(program: str, *arguments: str) -> str:
    command = [sys.executable, "-c", textwrap.dedent(program), *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def test_importing_the_package_loads_no_heavy_library() -> None:
    heavy = "numpy chromadb onnxruntime tokenizers trafilatura lxml"
    program = "import sys, vectorstore; print(sorted(set(sys.argv[1].split()) & set(sys.modules)))"
    assert run(program, heavy).strip() == "[]"


def test_reading_storing_and_searching_use_no_network(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<html><body><article><p>The mayor opened a bridge.</p></article></body></html>")
    program = """
        import socket, sys

        def refuse(*args, **kwargs):
            raise SystemExit(f"network: {args}")

        socket.socket.connect = socket.socket.connect_ex = socket.getaddrinfo = refuse
        from vectorstore import ingest_files, open_store

        with open_store(sys.argv[1] + "/store") as store:
            ingest_files([sys.argv[1] + "/a.html"], store)
            print(store.search(["bridge"])[0][0].passage.doc_id)
    """
    assert run(program, str(tmp_path)).strip() == "a.html"
