"""What documents were before: rows that are added when a document is replaced or removed, and never changed.

Works on the connection of ``documents``, inside its transactions. Knows nothing of passages.
"""

import hashlib
import json
import sqlite3
from collections.abc import Sequence

from vectorstore.types import Document, Revision, Source

_KEEP = """
INSERT INTO history (doc_id, version, stored_at, ended_at, ended_by, reason, text_sha256, source, text)
SELECT doc_id, version, stored_at, ?, ?, ?, text_sha256, source, text FROM documents
WHERE doc_id IN (SELECT value FROM json_each(?))
"""
_VERSIONS = """
SELECT doc_id, version, stored_at, ended_at, ended_by, reason, text_sha256, source, length(text)
FROM history WHERE doc_id = :doc_id
UNION ALL
SELECT doc_id, version, stored_at, NULL, NULL, NULL, text_sha256, source, length(text)
FROM documents WHERE doc_id = :doc_id
ORDER BY version
"""
_OLD_TEXT = "SELECT source, text FROM history WHERE doc_id = ? AND version = ?"


def text_digest(text: str) -> str:
    """SHA-256 of a text in UTF-8, as receipts name it."""
    return hashlib.sha256(text.encode()).hexdigest()


def keep_removed(connection: sqlite3.Connection, doc_ids: Sequence[str], *, now: str, reason: str | None) -> None:
    """Keep what is about to be removed, with the reason given."""
    connection.execute(_KEEP, [now, "removed", reason, json.dumps(list(doc_ids))])


def next_version(connection: sqlite3.Connection, document: Document, *, now: str) -> tuple[int, str]:
    """Number and time of the version that ``document`` makes; what it replaces is kept, if it differs.

    Storing what is stored already, to cut its passages anew, makes no version.
    """
    row = connection.execute(
        "SELECT version, stored_at, text_sha256, source FROM documents WHERE doc_id = ?", [document.doc_id]
    ).fetchone()
    if row is not None:
        version: int = row[0]
        if row[2] == text_digest(document.text) and Source.model_validate_json(row[3]) == document.source:
            return version, str(row[1])
        connection.execute(_KEEP, [now, "changed", None, json.dumps([document.doc_id])])
        return version + 1, now
    last = connection.execute("SELECT max(version) FROM history WHERE doc_id = ?", [document.doc_id]).fetchone()[0]
    return (last or 0) + 1, now


def revisions(connection: sqlite3.Connection, doc_id: str) -> tuple[Revision, ...]:
    """Every version of a document, oldest first, the present one last; empty when it was never stored."""
    return tuple(
        Revision(
            doc_id=row[0], number=row[1], stored_at=row[2] or None, ended_at=row[3], ended_by=row[4], reason=row[5],
            text_sha256=row[6], source=Source.model_validate_json(row[7]), characters=row[8],
        )
        for row in connection.execute(_VERSIONS, {"doc_id": doc_id})
    )  # fmt: skip


def old_version(connection: sqlite3.Connection, doc_id: str, number: int) -> Document | None:
    """Read a version that has ended; None when there is none of that number."""
    row = connection.execute(_OLD_TEXT, [doc_id, number]).fetchone()
    if row is None:
        return None
    return Document.model_construct(**dict(Source.model_validate_json(row[0])), text=row[1])
