"""The queue of checks outlives a database that cannot be used for a while."""

import sqlite3
import time
from datetime import timedelta

import pytest

from factcheck.server import worker as module
from factcheck.server.db import engine, open_database, texts
from factcheck.server.db.roles import Role
from factcheck.server.worker import Worker
from tests.server.conftest import NOW, Desk
from tests.server.web.test_pages import judge, kept  # noqa: F401 - fixtures


@pytest.fixture
def impatient(monkeypatch):
    """Waits that are short."""
    monkeypatch.setattr(engine, "_WAIT_MS", 50)
    monkeypatch.setattr(module, "AFTER_TROUBLE", 0.05)


def state_of(desk: Desk, text_id: int) -> str:
    with desk.database.reading() as session:
        return texts.current_version(session, texts.get_text(session, text_id)).state


def until(state: str, desk: Desk, text_id: int) -> None:
    end = time.monotonic() + 30
    while state_of(desk, text_id) != state:
        assert time.monotonic() < end, state_of(desk, text_id)
        time.sleep(0.05)


def test_a_database_that_another_program_keeps_busy_holds_checks_up_and_does_not_end_them(
    impatient,
    desk,
    judge,  # noqa: F811
    url,
    tmp_path,
    caplog,
):
    with desk.database.writing() as session:
        added = texts.add_text(
            session, desk.people[Role.ADMIN], title="", body="Mette Sorensen headed the Danish delegation.",
            as_of=None, deadline=None, now=NOW,
        )  # fmt: skip
    database = open_database(url)
    other = sqlite3.connect(tmp_path / "review.sqlite3", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    worker = Worker(database, judge)
    worker.start()
    end = time.monotonic() + 30
    while "checks wait" not in caplog.text:
        assert time.monotonic() < end
        time.sleep(0.05)
    other.execute("ROLLBACK")
    other.close()
    until("checked", desk, added.id)
    worker.stop()
    database.close()


def test_memory_is_given_back_and_sources_are_looked_at_however_long_the_queue(desk, judge, url, monkeypatch):  # noqa: F811
    queued: list[bool] = []
    monkeypatch.setattr(module, "LOOK_AT_SOURCES", timedelta(0))
    monkeypatch.setattr(module, "give_back", lambda: queued.append(state_of(desk, last.id) == "queued"))
    with desk.database.writing() as session:
        for _ in range(3):
            last = texts.add_text(
                session, desk.people[Role.ADMIN], title="", body="Mette Sorensen headed the Danish delegation.",
                as_of=None, deadline=None, now=NOW,
            )  # fmt: skip
    database = open_database(url)
    worker = Worker(database, judge)
    worker.start()
    until("checked", desk, last.id)
    worker.stop()
    database.close()
    assert sum(queued) >= 2
