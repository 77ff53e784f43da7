"""Texts that come by themselves, and those that go out under the desk's name."""

import json
from datetime import timedelta

import pytest
from fastapi.testclient import TestClient

from factcheck.reports.claim_review import Publication
from factcheck.server.app import create_app
from factcheck.server.db import accounts, inbox
from factcheck.server.intake import EVERY, Intake
from factcheck.server.times import utc_now
from tests.server.conftest import NOW, Desk
from tests.server.web.test_pages import add, csrf, database, forms, join, judge, kept  # noqa: F401 - fixtures

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


def test_new_and_changed_texts_of_a_folder_come_once(desk: Desk, tmp_path, caplog):
    folder = tmp_path / "drafts"
    folder.mkdir()
    (folder / "one.md").write_text("---\ntitle: Bridge\ndate: 2031-05-06\n---\n\nThe bridge was opened.")
    (folder / "empty.txt").write_text("")
    intake = Intake([str(folder), str(tmp_path / "nowhere")])
    assert intake.look(desk.database, now=NOW) == 1
    (folder / "two.txt").write_text("It rained.")
    assert intake.look(desk.database, now=NOW) == 0  # not yet time
    assert intake.look(desk.database, now=NOW + EVERY) == 1
    (folder / "two.txt").write_text("It snowed.")
    assert intake.look(desk.database, now=NOW + 2 * EVERY) == 1
    assert intake.look(desk.database, now=NOW + 3 * EVERY) == 0
    with desk.database.reading() as session:
        rows = inbox.inbox(session)
        assert [row.version.body for row in rows] == ["It snowed.", "It rained.", "The bridge was opened."]
        assert [row.text.title for row in rows][-1] == "Bridge"
        assert str(rows[-1].text.as_of) == "2031-05-06"
        assert {row.text.owner.name for row in rows} == {"Ada"}
    assert "nowhere" in caplog.text
    (folder / "three.txt").write_text("It hailed.")
    assert intake.look(desk.database, now=NOW - timedelta(days=400)) == 1  # the clock was put back


def test_a_feed_is_an_inbox_and_nothing_comes_before_there_is_a_desk(database, tmp_path):  # noqa: F811
    feed = tmp_path / "feed.xml"
    items = "".join(
        f"<item><guid>g{n}</guid><title>News {n}</title><description>It rained {n} times.</description></item>"
        for n in range(3)
    )
    feed.write_text(
        f'<?xml version="1.0"?><rss version="2.0"><channel><title>Desk</title><link>http://d.example/</link><description>x</description>{items}</channel></rss>'
    )
    intake = Intake([str(feed)])
    assert intake.look(database, now=NOW) == 0
    with database.writing() as session:
        token = accounts.first_invitation(session, now=NOW)
        accounts.accept(session, str(token), name="Ada", password="correct horse battery", now=NOW)
    assert intake.look(database, now=NOW + timedelta(hours=1)) == 3


def test_only_an_approved_text_is_published_as_it_was_decided(judge, database):  # noqa: F811
    def publisher(day):
        return Publication(publisher="The Desk", url="https://desk.example/checks", day=day)

    with TestClient(create_app(database, judge, publisher=publisher), base_url="http://desk.test") as client:
        token = join(client, database)
        url, page = add(client, token)
        assert client.get(f"{url}/export/jsonld").status_code == 422
        assert ">jsonld<" not in page
        for claim in dict.fromkeys(forms(page)):
            decided = {"csrf": token, "expected": 1, "action": "change_verdict", "label": "SUPPORTED", "reason": "seen"}
            assert client.post(f"/claims/{claim}/decide", data=decided).status_code == 200
        assert client.post(f"{url}/approval", data={"csrf": token, "expected": 1, "what": "approve"}).status_code == 200
        graph = json.loads(client.get(f"{url}/export/jsonld").text)["@graph"]
        assert {one["reviewRating"]["alternateName"] for one in graph} == {"True"}
        assert graph[0]["datePublished"] == utc_now().date().isoformat()
        report = client.get(f"{url}/export/json").json()
        assert {one["verdict"]["label"] for one in report["claims"] if one["verdict"]} == {"SUPPORTED"}
    with TestClient(create_app(database, judge), base_url="http://desk.test") as client:
        client.post("/sign-in", data={"name": "Ada", "password": "correct horse battery"})
        assert "set publisher" in client.get(f"{url}/export/jsonld").text


def test_versions_of_a_text_are_compared(judge, database):  # noqa: F811
    with TestClient(create_app(database, judge), base_url="http://desk.test") as client:
        token = join(client, database)
        url, _ = add(client, token)
        client.post(
            f"{url}/edit", data={"csrf": token, "expected": 1, "body": "The talks were held in Oslo on 4 May 2024."}
        )
        page = client.get(f"{url}/versions/2").text
        assert "<ins>Oslo</ins>" in page
        assert "<del>Bergen</del>" in page
        assert f"{url[len('http://desk.test') :]}/versions/1" in client.get(f"{url}/history").text
        assert client.get(f"{url}/versions/3").status_code == 404
