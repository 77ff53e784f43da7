"""Every test of the data layer runs on SQLite and on PostgreSQL."""

import warnings
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from sqlalchemy import create_engine, make_url, text

from factcheck.server.db import secrets
from tests.server.postgres import Unavailable, server

_numbers = count(1)


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    try:
        started = server()
        url = started.__enter__()
    except Unavailable as exc:
        with warnings.catch_warnings():
            warnings.simplefilter("default")
            warnings.warn(f"!!! SKIPPED on PostgreSQL: {exc} !!!", stacklevel=1)
        pytest.skip(f"SKIPPED on PostgreSQL: {exc}")
    yield url
    started.__exit__(None, None, None)


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'review.sqlite3'}"
    server_url = make_url(request.getfixturevalue("postgres")).set(drivername="postgresql+psycopg")
    name = f"t{next(_numbers)}"
    engine = create_engine(server_url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    return server_url.set(drivername="postgresql", database=name).render_as_string(hide_password=False)


@pytest.fixture(autouse=True)
def _quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Argon2 with its least work: hashing is not what is tested here, and every test makes four people."""
    quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(secrets, "_hasher", lambda: quick)
