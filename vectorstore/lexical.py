"""Search by words: BM25 over the passages, in the SQLite file of the store.

Knows nothing of vectors. Words are compared by their stem and without accents (FTS5, porter over unicode61).
"""

import json
import re
import sqlite3
from collections.abc import Sequence

from vectorstore.abbreviations import words
from vectorstore.types import Filters

TITLE_WEIGHT = 1.0
"""What a word in the title counts against one in the passage."""

_MOST_WORDS = 96
"""Different words of a query that are looked up; FTS5 allows 256 terms, and a query is a sentence or two."""

_BEST = """
SELECT rowid FROM words WHERE words MATCH :words ORDER BY bm25(words, :title_weight, 1.0), rowid LIMIT :limit
"""
_BEST_FILTERED = """
SELECT words.rowid FROM words WHERE words MATCH :words AND words.rowid IN (
    SELECT passages.id FROM passages JOIN documents ON documents.id = passages.document WHERE
        (:publishers IS NULL OR publisher IN (SELECT value FROM json_each(:publishers)))
        AND CASE
            WHEN :first IS NULL AND :last IS NULL THEN 1
            WHEN day IS NULL THEN :undated
            ELSE day >= coalesce(:first, day) AND day <= coalesce(:last, day)
        END
) ORDER BY bm25(words, :title_weight, 1.0), words.rowid LIMIT :limit
"""

_WORD = re.compile(r"\w+")
_STOP_WORDS = words("""
    a an and are as at be been but by can did do does for from had has have he her his i if in into is it its
    not of on or our s she so such t than that the their them then there these they this those to was we were
    what when where which who whom whose why will with would you your
""")
"""Words of a query that are left out unless it has no others: they are in every passage and cost time."""


def match_expression(query: str) -> str | None:
    """Write ``query`` as an FTS5 expression that any of its words satisfies; None when it has no words."""
    words = list(dict.fromkeys(word.casefold() for word in _WORD.findall(query)))
    words = [word for word in words if word not in _STOP_WORDS] or words
    return " OR ".join(f'"{word}"' for word in words[:_MOST_WORDS]) or None


def nearest_words(
    connection: sqlite3.Connection, query: str, *, limit: int, filters: Filters | None = None
) -> list[int]:
    """Ids of the passages that fit the words of ``query`` best, best first."""
    expression = match_expression(query)
    if expression is None:
        return []
    values = {"words": expression, "title_weight": TITLE_WEIGHT, "limit": limit}
    if filters is None:
        return [row[0] for row in connection.execute(_BEST, values)]
    return [row[0] for row in connection.execute(_BEST_FILTERED, {**values, **_filter_values(filters)})]


def _filter_values(filters: Filters) -> dict[str, int | str | None]:
    first, last = filters.published_from, filters.published_to
    publishers = [publisher.casefold() for publisher in filters.publishers]
    return {
        "first": None if first is None else first.toordinal(),
        "last": None if last is None else last.toordinal(),
        "undated": filters.include_undated,
        "publishers": json.dumps(publishers) if publishers else None,
    }


def index_words(connection: sqlite3.Connection, first: int, last: int) -> None:
    """Take the passages with these ids, which are in the tables already, into the word index."""
    connection.execute(
        "INSERT INTO words (rowid, title, text) SELECT id, title, text FROM passage_words WHERE id BETWEEN ? AND ?",
        (first, last),
    )


def forget_words(connection: sqlite3.Connection, passage_ids: Sequence[int]) -> None:
    """Take passages out of the word index; call it before their rows go, FTS5 needs their words."""
    connection.executemany(
        "INSERT INTO words (words, rowid, title, text)"
        " SELECT 'delete', id, title, text FROM passage_words WHERE id = ?",
        [(passage_id,) for passage_id in passage_ids],
    )
