"""Search by words: BM25 over the passages, in the SQLite file of the store.

Knows nothing of vectors. Words are compared by their stem and without accents (FTS5, porter over unicode61).
"""

import json
import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from vectorstore.abbreviations import words
from vectorstore.errors import WordsDamaged
from vectorstore.ranking import Near
from vectorstore.schema import WORDS
from vectorstore.types import Filters

TITLE_WEIGHT = 1.0
"""What a word in the title counts against one in the passage."""

_MOST_WORDS = 96
"""Different words of a query that are looked up; FTS5 allows 256 terms, and a query is a sentence or two."""

MOST_ROWS = 20_000
"""Passages that a query ranks, at most, as soon as there are more: words found in the fewest passages go first.

The time of a query grows with the passages that have any of its words. Those words that are left out are in so many
passages that they tell little apart.
"""
_MEMORY_STALE = 0.1
"""How often words occur is counted again when the store has grown or shrunk by this share."""
_SAMPLE = 8
"""Passages that are looked up when the index is checked."""
_MOST_REMEMBERED = 50_000
"""Words whose frequency is remembered."""
_ALL_RANKED = 1000
"""Passages of a store in which all are ranked before they are filtered: quicker than asking for those that pass."""
_MOST_ALLOWED = 20_000
"""Documents that pass a filter are listed before the search when so many or fewer; else what is found is filtered."""

_BEST = """
SELECT rowid, -bm25(words, :title_weight, 1.0) AS score FROM words WHERE words MATCH :words
ORDER BY score DESC, rowid LIMIT :limit
"""
_BEST_LISTED = """
SELECT rowid, -bm25(words, :title_weight, 1.0) AS score FROM words WHERE words MATCH :words AND rowid IN (
    SELECT id FROM passages WHERE document IN (SELECT id FROM documents WHERE {passes})
) ORDER BY score DESC, rowid LIMIT :limit
"""
_ALLOWED = "SELECT count(*) FROM (SELECT id FROM documents WHERE {passes} LIMIT :most)"
_PASSING = """
SELECT passages.id FROM passages JOIN documents ON documents.id = document
WHERE passages.id IN (SELECT value FROM json_each(:found)) AND ({passes})
"""
_FREQUENCY = "SELECT count(*) FROM (SELECT rowid FROM words WHERE words MATCH ? LIMIT ?)"
_SAMPLED = """
SELECT id, text FROM passages WHERE id >= (SELECT min(id) + (max(id) - min(id)) * :part / :parts FROM passages)
ORDER BY id LIMIT 1
"""
_FOUND = "SELECT 1 FROM words WHERE words MATCH ? AND rowid = ?"
_INDEXED = "SELECT count(*) FROM words_docsize"

_WORD = re.compile(r"\w+")
_STOP_WORDS = words("""
    a an and are as at be been but by can did do does for from had has have he her his i if in into is it its
    not of on or our s she so such t than that the their them then there these they this those to was we were
    what when where which who whom whose why will with would you your
""")
"""Words of a query that are left out unless it has no others: they are in every passage and cost time."""


def query_words(query: str) -> list[str]:
    """The words of ``query`` that are looked up, each in FTS5's quotes."""
    found = list(dict.fromkeys(word.casefold() for word in _WORD.findall(query)))
    found = [word for word in found if word not in _STOP_WORDS] or found
    return [f'"{word}"' for word in found[:_MOST_WORDS]]


class WordIndex:
    """Word search over one open store file; the caller keeps threads apart."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._frequencies: dict[str, int] = {}
        self._counted_at = 0

    def nearest(self, query: str, *, limit: int, passages: int, filters: Filters | None = None) -> list[Near]:
        """The passages that fit the words of ``query`` best, best first, out of ``passages`` in all.

        Raises WordsDamaged when the index cannot answer.
        """
        asked = query_words(query)
        if not asked:
            return []
        with _damage_noticed():
            words = " OR ".join(self._telling(asked, passages))
            if filters is None:
                return self._best(words, limit)
            if passages <= _ALL_RANKED:
                return self.passing(self._best(words, passages), filters)[:limit]
            return self._best_passing(words, limit, filters)

    def check(self, passages: int) -> None:
        """Raise WordsDamaged unless ``passages`` passages are indexed and a few of them are found by their words."""
        with _damage_noticed():
            indexed = self._connection.execute(_INDEXED).fetchone()[0]
            if indexed != passages:
                raise WordsDamaged(f"the word index has {indexed} of {passages} passages")
            for part in range(_SAMPLE):
                row = self._connection.execute(_SAMPLED, {"part": part, "parts": _SAMPLE}).fetchone()
                word = max(_WORD.findall(row[1]), key=len, default="") if row else ""
                if word and self._connection.execute(_FOUND, [f'"{word}"', row[0]]).fetchone() is None:
                    raise WordsDamaged("the word index does not find passages by their words")

    def rebuild(self) -> None:
        """Make the index anew from the passages, inside the caller's transaction."""
        drop_words(self._connection)
        self._connection.execute(WORDS)
        self._connection.execute("INSERT INTO words (words) VALUES ('rebuild')")
        self._frequencies.clear()

    def passing(self, found: Sequence[Near], filters: Filters) -> list[Near]:
        """Those of ``found`` whose documents pass, in their order."""
        passes, values = passing(filters)
        among = {**values, "found": json.dumps([one.passage for one in found])}
        ids = {row[0] for row in self._connection.execute(_PASSING.format(passes=passes), among)}
        return [one for one in found if one.passage in ids]

    def _best(self, words: str, limit: int) -> list[Near]:
        values = {"words": words, "title_weight": TITLE_WEIGHT, "limit": limit}
        return [Near(*row) for row in self._connection.execute(_BEST, values)]

    def _best_passing(self, words: str, limit: int, filters: Filters) -> list[Near]:
        """The best that pass: exact both ways, the way chosen by how many documents pass."""
        passes, values = passing(filters)
        allowed = self._connection.execute(_ALLOWED.format(passes=passes), {**values, "most": _MOST_ALLOWED + 1})
        if allowed.fetchone()[0] > _MOST_ALLOWED:
            for deep in (4 * limit, 32 * limit):
                found = self._best(words, deep)
                kept = self.passing(found, filters)
                if len(kept) >= limit or len(found) < deep:
                    return kept[:limit]
        named = {**values, "words": words, "title_weight": TITLE_WEIGHT, "limit": limit}
        return [Near(*row) for row in self._connection.execute(_BEST_LISTED.format(passes=passes), named)]

    def _telling(self, asked: Sequence[str], passages: int) -> list[str]:
        """The words to look up: all in a small store, in a large one the rarest, as many as ``MOST_ROWS`` allows."""
        if passages <= MOST_ROWS:
            return list(asked)
        if abs(passages - self._counted_at) > _MEMORY_STALE * passages:
            self._frequencies.clear()
            self._counted_at = passages
        by_frequency = sorted((self._frequency(word), word) for word in asked)
        chosen: list[str] = []
        rows = 0
        for frequency, word in by_frequency:
            rows += frequency
            if chosen and rows > MOST_ROWS:
                break
            chosen.append(word)
        return chosen

    def _frequency(self, word: str) -> int:
        """In how many passages a word is, counted no further than matters."""
        if word not in self._frequencies:
            if len(self._frequencies) >= _MOST_REMEMBERED:
                self._frequencies.clear()
            count: int = self._connection.execute(_FREQUENCY, [word, MOST_ROWS + 1]).fetchone()[0]
            self._frequencies[word] = count
        return self._frequencies[word]


def passing(filters: Filters) -> tuple[str, dict[str, int | str]]:
    """A condition on ``documents`` that says what passes, fixed words of ours with named values, and the values."""
    conditions: list[str] = []
    values: dict[str, int | str] = {}
    if filters.published_from is not None:
        conditions.append("day >= :first")
        values["first"] = filters.published_from.toordinal()
    if filters.published_to is not None:
        conditions.append("day <= :last")
        values["last"] = filters.published_to.toordinal()
    if conditions and filters.include_undated:
        conditions = [f"(day IS NULL OR ({' AND '.join(conditions)}))"]
    if filters.publishers:
        conditions.append("publisher IN (SELECT value FROM json_each(:publishers))")
        values["publishers"] = json.dumps([publisher.casefold() for publisher in filters.publishers])
    if filters.languages:
        conditions.append("json_extract(source, '$.language') IN (SELECT value FROM json_each(:languages))")
        values["languages"] = json.dumps(filters.languages)
    if filters.tags:
        conditions.append(
            "EXISTS (SELECT 1 FROM json_each(source, '$.tags') AS tag"
            " WHERE tag.value IN (SELECT value FROM json_each(:tags)))"
        )
        values["tags"] = json.dumps(filters.tags)
    return " AND ".join(conditions) or "1", values


@contextmanager
def _damage_noticed() -> Iterator[None]:
    """Tell a word index that cannot be used from a file that is busy, full or closed."""
    try:
        yield
    except (sqlite3.ProgrammingError, sqlite3.IntegrityError):
        raise
    except sqlite3.OperationalError as exc:
        if "no such table: words" in str(exc) or "vtable constructor failed" in str(exc):
            raise WordsDamaged(f"the word index cannot be used: {exc}") from exc
        raise
    except sqlite3.DatabaseError as exc:
        raise WordsDamaged(f"the word index cannot be used: {exc}") from exc


def drop_words(connection: sqlite3.Connection) -> None:
    """Take the word index away, whatever state it is in."""
    try:
        connection.execute("DROP TABLE IF EXISTS words")
    except sqlite3.DatabaseError:
        # FTS5 cannot even open it: its own tables go one by one, then its name
        for part in ("data", "idx", "docsize", "config", "content"):
            connection.execute(f"DROP TABLE IF EXISTS words_{part}")
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute("DELETE FROM sqlite_schema WHERE name = 'words'")
        connection.execute("PRAGMA writable_schema = RESET")


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
