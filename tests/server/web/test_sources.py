"""The sources page, what rests on a source, alerts when it changes, the desk's figures, metrics and logs."""

import json
import logging
import time

import pytest
from fastapi.testclient import TestClient

from factcheck.server.app import create_app
from factcheck.server.judge import Judge
from factcheck.server.watching import JsonLines
from factcheck.settings import load_settings
from tests.server.web.test_pages import SOURCE, add, csrf, database, forms, join  # noqa: F401 - fixtures
from vectorstore import open_store
from vectorstore.lock import only_writer
from vectorstore.types import Document

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


@pytest.fixture
def store(tmp_path):
    with open_store(tmp_path / "store") as opened:
        opened.add(
            [Document(doc_id="a", title="Fish talks", text=SOURCE, published_at="2024-05-03", publisher="Gazette")]
        )
        opened.add([Document(doc_id="b", title="Rain", text="It rained in Oslo.", publisher="Weather Office")])
    return tmp_path / "store"


@pytest.fixture
def client(store, database):  # noqa: F811
    judge = Judge(load_settings(store=str(store), local_model=False))
    with TestClient(create_app(database, judge), base_url="http://desk.test", follow_redirects=True) as made:
        yield made
    judge.close()


def shown(client, url, words):
    for _ in range(100):
        page = client.get(url).text
        if words in page:
            return page
        time.sleep(0.1)
    raise AssertionError(f"{words!r} did not come")


def test_a_store_that_another_program_writes_is_said_and_is_no_fault(client, database, store):  # noqa: F811
    token = join(client, database)
    form = {"csrf": token, "doc_id": "b", "reason": "out of date"}
    with only_writer(store):
        answer = client.post("/sources/remove", data=form)
    assert answer.status_code == 503
    assert "another process" in answer.text
    assert client.post("/sources/remove", data=form).status_code == 200


def test_sources_are_searched_and_narrowed_down(client, database):  # noqa: F811
    join(client, database)
    assert "Fish talks" in client.get("/sources").text
    for query, there, gone in (
        ("q=rain", "Rain", None), ("publisher=Gazette", "Fish talks", ">Rain<"), ("undated=true", "Rain", "Fish talks"),
        ("first=2024-05-01&last=2024-05-31", "Fish talks", ">Rain<"), ("first=2025-01-01", "No document", "Fish talks"),
    ):  # fmt: skip
        page = client.get(f"/sources?{query}").text
        assert there in page, query
        assert gone is None or gone not in page, query
    assert client.get("/sources?first=yesterday").status_code == 422


def test_a_source_shows_the_quote_its_versions_and_the_verdicts_that_rest_on_it(client, database):  # noqa: F811
    add(client, join(client, database))
    at = SOURCE.index("Bergen")
    page = client.get(f"/sources/show?doc_id=a&at={at}-{at + 6}").text
    assert '<mark id="at">Bergen</mark>' in page
    assert "The talks were held in Bergen on 4 May 2024" in page
    assert "Version 1" in page
    assert client.get("/sources/show?doc_id=nothing").status_code == 404
    assert client.get("/sources/show?doc_id=a&version=7").status_code == 404


def test_what_is_known_of_a_source_is_put_right_for_good(client, database, store):  # noqa: F811
    token = join(client, database)
    data = {"csrf": token, "doc_id": "a", "title": "Fish talks", "publisher": "Herald", "published_at": "2024-05-03",
            "source_rank": "0.9", "tags": "talks, fish"}  # fmt: skip
    page = client.post("/sources/edit", data=data).text
    assert "Herald" in page
    assert "rank 0.9" in page
    assert "#fish" in page
    told = client.post("/sources/edit", data=data | {"published_at": "yesterday"})
    assert told.status_code == 422
    assert "ISO 8601" in told.text


def test_a_change_or_removal_of_a_source_is_told_where_a_verdict_rests_on_it(client, database):  # noqa: F811
    token = join(client, database)
    url, _ = add(client, token)
    assert client.post("/sources/remove", data={"csrf": token, "doc_id": "a", "reason": " "}).status_code == 422
    client.post("/sources/remove", data={"csrf": token, "doc_id": "a", "reason": "withdrawn by the Gazette"})
    page = shown(client, url, "was removed after this verdict was made")
    assert "sources of 2 verdicts changed since" in client.get("/").text
    assert "Changed since verdicts were made on them" in client.get("/sources").text
    gone = client.get("/sources/show?doc_id=a").text
    assert "was removed: withdrawn by the Gazette" in gone
    assert SOURCE in gone
    assert "source removed" in client.get(f"{url}/history").text
    claim = forms(page)[0]
    again = client.post(f"/claims/{claim}/again", data={"csrf": token, "expected": 1})
    assert again.text.count("was removed after this verdict was made") == 1  # the other claim's
    assert "had it judged again" in again.text


def test_a_new_source_is_known_at_once_and_no_other_text_takes_its_place(client, database):  # noqa: F811
    token = join(client, database, role="reviewer")
    given = {
        "csrf": token,
        "body": "The talks ended on 5 May 2024.",
        "title": "End",
        "url": "https://herald.example/end",
    }
    assert "https://herald.example/end" in client.post("/sources", data=given).text
    assert "End" in client.get("/sources?q=talks ended").text
    assert client.post("/sources", data=given).status_code == 200
    assert client.post("/sources", data=given | {"body": "Something else."}).status_code == 422
    assert client.post("/sources", data={"csrf": token, "body": "  "}).status_code == 422


def test_the_desk_sees_how_the_check_does(client, database):  # noqa: F811
    token = join(client, database)
    assert "Nothing was decided yet" in client.get("/desk").text
    _, page = add(client, token)
    first, *_, last = dict.fromkeys(forms(page))
    client.post(f"/claims/{first}/decide", data={"csrf": token, "expected": 1, "action": "accept"})
    change = {
        "csrf": token,
        "expected": 1,
        "action": "change_verdict",
        "label": "REFUTED",
        "reason": "Another one did.",
    }
    client.post(f"/claims/{last}/decide", data=change)
    ben = join(client, database, role="reviewer", name="Ben")
    client.post(f"/claims/{last}/decide", data=change | {"csrf": ben, "expected": 2, "label": "CONFLICTING"})
    told = client.get("/api/v1/desk").json()
    assert told["accuracy"] == {"name": "all", "right": 1, "of": 2}
    assert told["agreement"] == {"name": "second people", "right": 0, "of": 1}
    assert told["confusion"] == [["SUPPORTED", "CONFLICTING", 1]]
    assert sum(one["of"] for one in told["bins"]) == 2
    assert "1 of 2" in client.get("/desk").text


def test_an_edit_counts_no_decision_twice(client, database):  # noqa: F811
    token = join(client, database)
    url, page = add(client, token)
    client.post(f"/claims/{forms(page)[0]}/decide", data={"csrf": token, "expected": 1, "action": "accept"})
    body = client.get(f"/api/v1/texts/{url.rsplit('/', 1)[1]}").json()["body"] + " It was cold in Bergen."
    client.post(f"{url}/edit", data={"csrf": token, "expected": 1, "body": body})
    shown(client, url, "version 2")
    shown(client, url, "data-claim")
    assert len(client.get("/api/v1/decisions").json()) == 1
    assert client.get("/desk").text.count("1 of 1") == 3


def test_machines_are_told_what_the_server_does(client, database, caplog):  # noqa: F811
    token = join(client, database)
    add(client, token)
    secret = client.post("/api/v1/tokens", json={"name": "prometheus"}, headers={"x-csrf-token": token}).json()["token"]
    client.cookies.clear()
    assert client.get("/metrics").status_code == 401
    told = client.get("/metrics", headers={"authorization": f"Bearer {secret}"}).text
    assert 'factcheck_texts{state="checked"} 1.0' in told
    assert 'factcheck_requests_total{method="POST",route="/texts",status="303"} 1.0' in told
    assert "factcheck_request_seconds_bucket" in told
    with caplog.at_level(logging.INFO, "factcheck.access"):
        client.get("/join/a-secret-invitation")
    (record,) = [one for one in caplog.records if one.name == "factcheck.access"]
    line = json.loads(JsonLines().format(record))
    assert (line["method"], line["route"], line["status"], line["level"]) == ("GET", "/join/{token}", 401, "info")
    assert "a-secret-invitation" not in json.dumps(line)


def test_the_api_does_all_of_a_review(client, database):  # noqa: F811
    token = join(client, database)
    secret = client.post("/api/v1/tokens", json={"name": "agent"}, headers={"x-csrf-token": token}).json()["token"]
    url, _ = add(client, token)
    client.cookies.clear()
    client.headers["authorization"] = f"Bearer {secret}"
    api = f"/api/v1/texts/{url.rsplit('/', 1)[1]}"
    whole = client.get(api).json()
    first = whole["found"][0]
    missed = client.post(
        f"{api}/claims", json={"version": 1, "words": "in Bergen", "statement": "The talks were in Bergen."}
    )
    assert missed.status_code == 201
    assert missed.json()["checked"]["claim"]["quote"] == "in Bergen"
    read = client.post(
        f"/api/v1/claims/{first['id']}/readings", json={"expected": 1, "statement": "Talks were held on 4 May 2024."}
    )
    assert (read.status_code, read.json()["version"]) == (201, 2)
    stale = client.post(f"/api/v1/claims/{first['id']}/readings", json={"expected": 1, "statement": "Talks."})
    assert (stale.status_code, stale.json()["error"]) == (409, "Stale")
    quote = {"quote": "held in Bergen", "stance": "supports", "doc_id": "a", "note": "read it"}
    assert client.post(f"/api/v1/claims/{first['id']}/evidence", json=quote).status_code == 201
    wrong = client.post(f"/api/v1/claims/{first['id']}/evidence", json=quote | {"quote": "held in Oslo"})
    assert "do not stand in the source" in wrong.json()["message"]
    assert client.post(f"/api/v1/claims/{first['id']}/comments", json={"words": "Hm."}).status_code == 201
    people = client.get("/api/v1/people").json()
    given = client.put(f"/api/v1/claims/{first['id']}/assignee", json={"to": people[0]["id"]})
    assert given.status_code == 200
    choice = {"action": "correct", "expected": 2, "replacement": "The talks were held in Bergen on 3 May 2024"}
    assert client.post(f"/api/v1/claims/{first['id']}/decisions", json=choice).json()["state"] == "decided"
    fixed = client.post(f"{api}/corrections", json={"expected": client.get(api).json()["row_version"]})
    assert fixed.json()["version"] == 2
    for _ in range(100):
        whole = client.get(api).json()
        if whole["state"] in ("review", "ready"):
            break
        time.sleep(0.1)
    assert "on 3 May 2024" in whole["body"]
    kinds = [one["kind"] for one in client.get(f"{api}/events").json()["events"]]
    assert {
        "claim added",
        "claim reword",
        "evidence attached",
        "comment",
        "claim assigned",
        "claim correct",
        "text edited",
    } <= set(kinds)
    assert client.get(f"{api}/export/md").status_code == 200
    assert client.get(f"{api}/export/exe").status_code == 404
    assert client.get("/api/v1/source", params={"doc_id": "a"}).json()["resting"]
    assert (
        client.patch("/api/v1/source", params={"doc_id": "a"}, json={"source_rank": "0.5"}).json()["source_rank"] == 0.5
    )
    assert client.delete("/api/v1/source", params={"doc_id": "b", "reason": "old"}).status_code == 204
    assert client.get("/api/v1/source", params={"doc_id": "b"}).status_code == 404
