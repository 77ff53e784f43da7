"""Reading an embedded Chroma by its core, without its Python package.

Importing that package costs a fresh process more than the search itself: it loads what servers, tracing and other
makers' embedding functions need. The core alone opens a folder in a few hundredths of a second. What it offers is
not promised to stay, so whatever is unexpected here means: no reader, and the package is used.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from vectorstore.embedding import Vectors

_FILE = "chroma.sqlite3"
_WHERE = ("default_tenant", "default_database")
_GRAPHS_IN_MEMORY = 16
"""How many graphs the core may keep; a store has one."""


class Reader:
    """A collection that can be asked, with the names that Chroma's own ``Collection`` has for it."""

    def __init__(self, core: Any, collection: Any) -> None:  # noqa: ANN401 - the core is untyped
        self.metadata: dict[str, Any] | None = collection.metadata
        self._core = core
        self._id = str(collection.id)

    def count(self) -> int:
        """How many vectors there are."""
        count: int = self._core.count(self._id, *_WHERE)
        return count

    def get(
        self, *, include: Sequence[str], limit: int | None = None, ids: Sequence[str] | None = None
    ) -> dict[str, Any]:
        """Rows as they are kept, those of ``ids``, ``limit`` of them or all: ``ids``, and what is included."""
        found = self._core.get(
            self._id, None if ids is None else list(ids), None, limit, 0, None, list(include), *_WHERE
        )
        return {"ids": found.ids, "embeddings": found.embeddings, "metadatas": found.metadatas}

    def query(
        self,
        *,
        query_embeddings: Vectors | Sequence[Sequence[float]],
        n_results: int,
        include: Sequence[str],
        where: dict[str, Any] | None = None,
    ) -> dict[str, Any]:
        """For each row of vectors the nearest: ``ids`` and cosine ``distances``."""
        rows = [[float(value) for value in row] for row in query_embeddings]
        asked = json.dumps(where) if where else None
        found = self._core.query(self._id, None, rows, n_results, asked, None, list(include), *_WHERE)
        return {"ids": found.ids, "distances": found.distances}

    def close(self) -> None:
        """Let go of files; the core closes them when nobody holds it."""
        self._core = None


def open_reader(folder: Path, collection: str) -> Reader | None:
    """The collection in a folder that Chroma has written; None when the core cannot give it, for any reason."""
    if not (folder / _FILE).is_file():
        return None  # the core would make one
    try:
        import chromadb_rust_bindings as chroma

        database = chroma.SqliteDBConfig(
            hash_type=chroma.MigrationHash.MD5,
            migration_mode=chroma.MigrationMode.Validate,  # only a writer changes how it is kept
            url=str(folder / _FILE),
        )
        core = chroma.Bindings(
            allow_reset=False,
            sqlite_db_config=database,
            persist_path=str(folder),
            hnsw_cache_size=_GRAPHS_IN_MEMORY,
        )
        reader = Reader(core, core.get_collection(collection, *_WHERE))
        reader.get(include=["embeddings"], limit=1)
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException:  # noqa: BLE001 - its PanicException is no Exception; the package will say what is wrong
        return None
    return reader
