"""Keepers of vectors to test with, all real: a Chroma server, Qdrant on disk and LangChain's store in memory."""

import atexit
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from langchain_core.embeddings import Embeddings
from langchain_core.vectorstores import InMemoryVectorStore, VectorStore

from vectorstore.embedding import DIMENSIONS
from vectorstore.stores import VectorIndex, open_index

if TYPE_CHECKING:
    from qdrant_client import QdrantClient

BACKENDS: dict[str, dict[str, Any]] = {}
"""What ``in_memory`` keeps, by collection name: it outlives a closed store, as on a server."""
IN_MEMORY = "langchain:tests.vectorstore.keepers:in_memory"
ON_DISK = "langchain:tests.vectorstore.keepers:on_disk"
_WAIT_SECONDS = 60.0


def in_memory(embeddings: Embeddings, name: str) -> VectorStore:
    """A LangChain store as a desk would write it."""
    backend = InMemoryVectorStore(embeddings)
    backend.store = BACKENDS.setdefault(name, {})
    return backend


@lru_cache(maxsize=1)
def qdrant() -> "QdrantClient":
    """Qdrant in a folder of its own; one for all, as its folder has one owner at a time."""
    from qdrant_client import QdrantClient

    folder = tempfile.TemporaryDirectory(prefix="qdrant-")
    atexit.register(folder.cleanup)
    client = QdrantClient(path=folder.name)
    atexit.register(client.close)
    return client


def on_disk(embeddings: Embeddings, name: str) -> VectorStore:
    """A collection in Qdrant, made if it is not there."""
    from langchain_qdrant import QdrantVectorStore
    from qdrant_client.models import Distance, VectorParams

    if not qdrant().collection_exists(name):
        qdrant().create_collection(name, vectors_config=VectorParams(size=DIMENSIONS, distance=Distance.COSINE))
    return QdrantVectorStore(qdrant(), name, embedding=embeddings)


def vectors_of(backend: str, folder: Path) -> VectorIndex:
    """The vectors of the store in a folder, past the store."""
    with closing(sqlite3.connect(folder / "documents.sqlite3")) as connection:
        (identity,) = connection.execute("SELECT value FROM about WHERE name = 'identity'").fetchone()
    return open_index(backend, folder, identity=identity)


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


@contextmanager
def running_server(data: Path, port: int) -> Iterator[str]:
    """Run ``chroma run`` on loopback until the end."""
    command = [
        Path(sys.executable).with_name("chroma"),
        "run",
        "--path",
        data,
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
    ]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + _WAIT_SECONDS
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                if process.poll() is not None or time.monotonic() > deadline:
                    raise
                time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(20)
