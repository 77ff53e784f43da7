"""What the review tool remembers: people, texts, claims, decisions, and every event, in one SQL database.

``open_database`` brings the file up to date and gives a ``Database``; the modules beside it hold the rules:
``accounts`` (people, sign-in, tokens), ``texts`` (texts, versions, claims), ``decisions`` (who may decide what, and
that nobody overwrites anybody). Nothing here knows of the web.
"""

from factcheck.server.db.engine import Database, open_database, there_is
from factcheck.server.db.errors import (
    Forbidden,
    NotFound,
    Refused,
    Stale,
    TooManyAttempts,
    WrongCredentials,
)

__all__ = [
    "Database",
    "Forbidden",
    "NotFound",
    "Refused",
    "Stale",
    "TooManyAttempts",
    "WrongCredentials",
    "open_database",
    "there_is",
]
