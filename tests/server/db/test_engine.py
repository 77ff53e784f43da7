"""Opening the database: made once, migrated, shared, and refused in plain words."""

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine

from factcheck.errors import StoreFailed, UsageError
from factcheck.server.db import Database, Refused, accounts, open_database
from factcheck.server.db.models import Base, User
from tests.server.conftest import NOW


def test_the_migrations_make_the_tables_of_the_models(url: str) -> None:
    open_database(url).close()
    engine = create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []
    engine.dispose()


def test_opening_again_keeps_what_is_there(url: str) -> None:
    first = open_database(url)
    with first.writing() as session:
        token = accounts.first_invitation(session, now=NOW)
        accounts.accept(session, str(token), name="Ada", password="correct horse battery", now=NOW)
    first.close()
    again = open_database(url)
    with again.reading() as session:
        assert accounts.any_people(session)
    again.close()


def test_an_error_forgets_the_whole_transaction(url: str) -> None:
    database = open_database(url)

    def fail_half_way() -> None:
        with database.writing() as session:
            token = accounts.first_invitation(session, now=NOW)
            accounts.accept(session, str(token), name="Ada", password="correct horse battery", now=NOW)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_half_way()
    with database.reading() as session:
        assert not accounts.any_people(session)
    database.close()


@pytest.mark.parametrize(
    "wrong", ["nonsense", "mysql://host/db", "postgresql://host", "sqlite://", "sqlite:///:memory:"]
)
def test_a_database_that_cannot_be_used_is_refused(wrong: str) -> None:
    with pytest.raises(UsageError, match="sqlite:///"):
        open_database(wrong)


def test_a_file_that_is_no_database_is_an_error_that_names_it(tmp_path: Path) -> None:
    path = tmp_path / "notes.sqlite3"
    path.write_text("just some notes, long enough to be read as something else" * 20)
    with pytest.raises(StoreFailed, match=r"notes\.sqlite3"):
        open_database(f"sqlite:///{path}")


def test_a_database_of_a_newer_version_is_refused_and_left_alone(url: str) -> None:
    open_database(url).close()
    engine = create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StoreFailed, match="newer version") as told:
        open_database(url)
    assert "\n" not in str(told.value)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() == "9999"
    engine.dispose()


def test_a_database_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'review.sqlite3'}"
    database = open_database(url)
    with database.reading() as session:
        session.connection().exec_driver_sql("PRAGMA query_only = ON")  # stays on in the pooled connection
    with pytest.raises(StoreFailed, match=r"cannot be used .*readonly"), database.writing() as session:
        accounts.first_invitation(session, now=NOW)
    database.close()


def test_a_server_that_is_not_there_is_an_error_without_its_password() -> None:
    with pytest.raises(StoreFailed, match=r"127\.0\.0\.1") as told:
        open_database("postgresql://desk:secret@127.0.0.1:1/reviews?connect_timeout=2")
    assert "secret" not in str(told.value)


def test_what_the_database_cannot_hold_is_refused_in_one_line(database: Database) -> None:
    with pytest.raises(Refused, match="cannot keep"), database.writing() as session:
        session.get(User, 2**70)


def test_one_server_works_on_a_database_at_a_time(url: str) -> None:
    first, second = open_database(url), open_database(url)
    with first.held():
        with pytest.raises(StoreFailed, match="another server works on it"), second.held():
            pass
        with second.writing() as session:  # others may still read and write: the command line, a backup
            accounts.first_invitation(session, now=NOW)
    with second.held():
        pass
    first.close()
    second.close()


def test_a_database_kept_busy_by_another_program_says_so(tmp_path, monkeypatch) -> None:
    import sqlite3

    from factcheck.server.db import engine

    monkeypatch.setattr(engine, "_WAIT_MS", 50)
    database = open_database(f"sqlite:///{tmp_path / 'review.sqlite3'}")
    other = sqlite3.connect(tmp_path / "review.sqlite3", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreFailed, match="busy"), database.writing() as session:
        accounts.first_invitation(session, now=NOW)
    other.execute("ROLLBACK")
    with database.writing() as session:
        assert accounts.first_invitation(session, now=NOW) is not None
    other.close()
    database.close()
