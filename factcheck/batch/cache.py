"""Verdicts that were given before, kept beside the store: one SQLite file, derived, renewed, never the only copy.

A verdict belongs to a claim (everything of it but its id) and to the settings, and holds for the documents that the
store had. When these change, ``touched`` says which verdicts they can reach; only those are judged again. The old
verdict stays until then, so that what flipped can be told with both receipts.
"""

import json
import logging
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import partial
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from platformdirs import user_cache_path

from factcheck.batch.seen import Earlier, Known
from factcheck.batch.versions import settings_text
from factcheck.settings import Settings
from factcheck.types import Claim, Verdict
from factcheck.version import __version__
from vectorstore.types import Version

logger = logging.getLogger(__name__)

FILE_NAME = "verdicts.sqlite3"
BUSY_SECONDS = 10.0
PAGE = 500
_SCHEMA = """
CREATE TABLE IF NOT EXISTS verdicts (
    key TEXT NOT NULL, settings TEXT NOT NULL, claim TEXT NOT NULL, verdict TEXT NOT NULL, vector BLOB,
    stale INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (key, settings)
);
CREATE TABLE IF NOT EXISTS rests_on (
    doc_id TEXT NOT NULL, key TEXT NOT NULL, settings TEXT NOT NULL, PRIMARY KEY (doc_id, key, settings)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS rests_on_key ON rests_on (key, settings);
CREATE TABLE IF NOT EXISTS judged (
    key TEXT NOT NULL, settings TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (key, settings)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS documents (doc_id TEXT PRIMARY KEY, digest TEXT NOT NULL);
"""


class Kept(NamedTuple):
    """A verdict that was given before."""

    claim: Claim
    verdict: Verdict
    stale: bool
    """Whether the documents have changed in a way that can reach it."""


class Reachable(NamedTuple):
    """What it takes to say whether a new document reaches a verdict."""

    key: str
    claim: str
    vector: NDArray[np.float32] | None
    """Unit vector of the claim; None when it was not needed before."""
    passages: tuple[str, ...]
    """Ids of the passages it was judged on."""


class Changes(NamedTuple):
    """How the documents of a store differ from those the verdicts were given on."""

    new: tuple[str, ...]
    """Documents that were added, or have another text."""
    gone: tuple[str, ...]
    """Documents that were removed, or have another text."""


class VerdictCache:
    """The file, opened for one setting of the program. A context manager."""

    def __init__(self, path: Path, settings: str) -> None:
        """Open or make the file; one that is damaged is made anew, for it holds nothing that cannot be had again."""
        self._settings = settings
        try:
            self._file = _connect(path)
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError as exc:
            logger.warning("the kept verdicts %s are damaged and begun anew: %s", path, exc)
            path.unlink(missing_ok=True)
            self._file = _connect(path)

    def get(self, key: str) -> Kept | None:
        """The verdict for a key, None when there is none."""
        row = self._file.execute(
            "SELECT claim, verdict, stale FROM verdicts WHERE key = ? AND settings = ?", (key, self._settings)
        ).fetchone()
        if row is None:
            return None
        return Kept(Claim.model_validate_json(row[0]), Verdict.model_validate_json(row[1]), bool(row[2]))

    def put(
        self, rows: Iterable[tuple[str, Claim, Verdict]], vectors: Iterable[NDArray[np.float32]], *, at: datetime
    ) -> None:
        """Keep verdicts given ``at`` a time, in place of older ones with the same key; those that failed are not kept.

        ``vectors`` are those of the claims.
        """
        with self._file as file:
            for (key, claim, verdict), vector in zip(rows, vectors, strict=True):
                if verdict.label is None:
                    continue
                file.execute("DELETE FROM rests_on WHERE key = ? AND settings = ?", (key, self._settings))
                file.execute(
                    "INSERT OR REPLACE INTO verdicts VALUES (?, ?, ?, ?, ?, 0)",
                    (key, self._settings, claim.model_dump_json(), verdict.model_dump_json(), _packed(vector)),
                )
                file.execute("INSERT OR REPLACE INTO judged VALUES (?, ?, ?)", (key, self._settings, at.isoformat()))
                documents = verdict.receipt.documents if verdict.receipt else {}
                file.executemany(
                    "INSERT OR IGNORE INTO rests_on VALUES (?, ?, ?)",
                    [(doc_id, key, self._settings) for doc_id in documents],
                )

    def changes(self, versions: Iterable[Version]) -> Changes:
        """How the documents of the store differ from those noted here."""
        before = dict(self._file.execute("SELECT doc_id, digest FROM documents"))
        new, gone = [], []
        for version in versions:
            digest = before.pop(version.doc_id, None)
            if digest != version.digest:
                new.append(version.doc_id)
                gone += [version.doc_id] if digest is not None else []
        return Changes(tuple(new), (*gone, *before))

    def note(self, versions: Iterable[Version], stale: Iterable[str]) -> None:
        """Note the documents of the store as those that the verdicts are given on, but for those with ``stale`` keys.

        Both at once, so that a stop in between loses no change.
        """
        with self._file as file:
            file.executemany("UPDATE verdicts SET stale = 1 WHERE key = ?", [(key,) for key in stale])
            file.execute("DELETE FROM documents")
            file.executemany("INSERT INTO documents VALUES (?, ?)", ((one.doc_id, one.digest) for one in versions))

    def keep_vectors(self, vectors: Iterable[tuple[str, NDArray[np.float32]]]) -> None:
        """Keep the vectors of claims for the next time."""
        with self._file as file:
            file.executemany(
                "UPDATE verdicts SET vector = ? WHERE key = ?",
                [(_packed(vector), key) for key, vector in vectors],
            )

    def resting_on(self, doc_ids: Sequence[str]) -> set[str]:
        """Keys of the verdicts, under any settings, that were given with one of these documents among the found."""
        keys: set[str] = set()
        for doc_id in doc_ids:
            keys.update(row[0] for row in self._file.execute("SELECT key FROM rests_on WHERE doc_id = ?", (doc_id,)))
        return keys

    def fresh(self) -> Iterator[list[Reachable]]:
        """What is not to be judged again, under any settings, a page at a time."""
        last = ("", "")
        while rows := self._file.execute(
            "SELECT key, settings, vector, verdict FROM verdicts WHERE (key, settings) > (?, ?) AND NOT stale"
            " ORDER BY key, settings LIMIT ?",
            (*last, PAGE),
        ).fetchall():
            yield [_reachable(key, vector, verdict) for key, _, vector, verdict in rows]
            last = rows[-1][:2]

    def stale_count(self) -> int:
        """How many are to be judged again, under the settings of this program."""
        count: int = self._file.execute(
            "SELECT count(*) FROM verdicts WHERE stale AND settings = ?", (self._settings,)
        ).fetchone()[0]
        return count

    def stale(self) -> Iterator[tuple[str, Kept]]:
        """Key and verdict of everything that is to be judged again, under the settings of this program."""
        keys = [
            row[0]
            for row in self._file.execute(
                "SELECT key FROM verdicts WHERE stale AND settings = ? ORDER BY key", (self._settings,)
            )
        ]
        for key in keys:
            kept = self.get(key)
            if kept is not None:
                yield key, kept

    def known(self) -> Iterator[Known]:
        """Every verdict under the settings of this program, for comparing new claims with, a page at a time.

        What is recalled is read when it is asked for: this must still be open then.
        """
        last = ""
        while rows := self._file.execute(
            "SELECT key, json_extract(verdict, '$.claim'), vector FROM verdicts WHERE settings = ? AND key > ?"
            " ORDER BY key LIMIT ?",
            (self._settings, last, PAGE),
        ).fetchall():
            for key, claim, vector in rows:
                yield Known(claim, decided=False, recall=partial(self._earlier, key), vector=_unpacked(vector))
            last = rows[-1][0]

    def _earlier(self, key: str) -> Earlier:
        text, stale, at = self._file.execute(
            "SELECT verdict, stale, at FROM verdicts LEFT JOIN judged USING (key, settings)"
            " WHERE key = ? AND settings = ?",
            (key, self._settings),
        ).fetchone()
        verdict = json.loads(text)
        return Earlier(
            claim=verdict["claim"], as_of=verdict["as_of"], label=verdict["label"], by="factcheck batch",
            decided=False, at=at, documents=(verdict["receipt"] or {}).get("documents", {}), stale=bool(stale),
        )  # fmt: skip

    def __len__(self) -> int:
        """How many verdicts there are under the settings of this program."""
        count: int = self._file.execute(
            "SELECT count(*) FROM verdicts WHERE settings = ?", (self._settings,)
        ).fetchone()[0]
        return count

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()


def open_cache(settings: Settings) -> VerdictCache | None:
    """The verdicts kept beside the store of ``settings``; None where no file can be written."""
    if settings.store.startswith(("http://", "https://")):
        name = blake2b(settings.store.encode(), digest_size=8).hexdigest()
        path = user_cache_path("factcheck") / name / FILE_NAME
    else:
        path = Path(settings.store).expanduser() / FILE_NAME
    try:
        return VerdictCache(path, f"{__version__} {settings_text(settings)}")
    except (OSError, sqlite3.Error) as exc:
        logger.warning("verdicts cannot be kept in %s: %s", path, exc)
        return None


def _reachable(key: str, vector: bytes | None, verdict: str) -> Reachable:
    whole = json.loads(verdict)
    return Reachable(
        key=key,
        claim=whole["claim"],
        vector=_unpacked(vector),
        passages=tuple((whole["receipt"] or {}).get("passages", ())),
    )


def _packed(vector: NDArray[np.float32]) -> bytes:
    return vector.astype(np.float16).tobytes()


def _unpacked(vector: bytes | None) -> NDArray[np.float32] | None:
    return None if vector is None else np.frombuffer(vector, dtype=np.float16).astype(np.float32)


def _connect(path: Path) -> sqlite3.Connection:
    path.parent.mkdir(parents=True, exist_ok=True)
    file = sqlite3.connect(path, timeout=BUSY_SECONDS)
    try:
        file.execute("PRAGMA journal_mode = WAL")
        file.execute("PRAGMA synchronous = NORMAL")
        file.executescript(_SCHEMA)
    except sqlite3.Error:
        file.close()
        raise
    return file
