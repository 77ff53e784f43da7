"""``factcheck serve``: refused where it would be seen without TLS, and beside another server on the same reviews."""

import pytest

from factcheck.server.db import open_database


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.7", "desk.example"])
def test_another_address_than_loopback_is_refused_unless_a_proxy_is_named(run, tmp_path, host):
    ran = run("serve", "--host", host, "--store", tmp_path / "store")
    assert ran.code == 2
    assert "--behind-proxy" in ran.err
    assert not (tmp_path / "store").exists()


def test_a_second_server_on_the_same_reviews_is_refused_in_one_line(run, tmp_path):
    store = tmp_path / "store"
    database = open_database(f"sqlite:///{store / 'review.sqlite3'}")
    with database.held():
        ran = run("serve", "--store", store, "--port", "0")
    database.close()
    assert ran.code == 3
    assert "another server works on it" in ran.err
    assert ran.err.count("\n") == 1


def test_a_database_that_is_none_is_refused_in_one_line(run, tmp_path, monkeypatch):
    monkeypatch.setenv("FACTCHECK_DATABASE", "mysql://host/db")
    ran = run("serve", "--store", tmp_path / "store")
    assert ran.code == 2
    assert "postgresql://" in ran.err
