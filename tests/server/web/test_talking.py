"""Questions by the API: step by step, kept conversations, and who may read them."""

import json

import pytest

from factcheck.chat import Conversation
from factcheck.errors import ModelFailed
from tests.server.web.test_pages import client, csrf, database, join, judge, kept  # noqa: F401 - fixtures

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")
QUESTION = "Who headed the Danish delegation?"


@pytest.fixture
def ask(client, database):  # noqa: F811
    token = join(client, database)

    def _ask(question=QUESTION, path="/api/v1/chat/stream", **more):
        body = {"question": question, **more}
        return client.post(path, json=body, headers={"x-csrf-token": token})

    return _ask


def events(answer):
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].startswith("text/event-stream")
    found = []
    for block in answer.text.strip().split("\n\n"):
        lines = dict(line.split(": ", 1) for line in block.split("\n") if not line.startswith(":"))
        found.append((lines["event"], json.loads(lines["data"])))
    return found


def test_the_steps_come_in_order_and_the_last_is_the_answer_without_events(ask):
    found = events(ask())
    assert [kind for kind, _ in found] == ["status", "sources", "sentence", "answer"]
    told = dict(found)
    assert "Mette Sorensen" in told["sentence"]["text"]
    assert told["sources"]["citations"] == told["answer"]["citations"]
    assert told["answer"] == ask(path="/api/v1/chat").json()
    assert told["answer"]["conversation"] is None


def test_what_is_not_in_the_documents_is_declined(ask):
    told = dict(events(ask("Who is the mayor of Vienna?")))
    assert told["answer"]["way"] == "declined"
    assert told["sources"] == {"citations": []}


def test_a_conversation_is_remembered_by_its_number(ask, client):  # noqa: F811
    number = dict(events(ask(conversation="new")))["answer"]["conversation"]
    follow = dict(events(ask("and the Norwegian one?", conversation=number)))["answer"]
    assert follow["question"] == "Who headed the Norwegian delegation?"
    assert ask("and the Swedish one?", path="/api/v1/chat", conversation=number).json()["conversation"] == number
    whole = client.get(f"/api/v1/conversations/{number}").json()
    assert [turn["asked"] for turn in whole["turns"]] == [QUESTION, "and the Norwegian one?", "and the Swedish one?"]
    (listed,) = client.get("/api/v1/conversations").json()
    assert (listed["id"], listed["questions"], listed["first"]) == (number, 3, QUESTION)


def test_a_conversation_belongs_to_one_person(ask, client, database):  # noqa: F811
    number = ask(path="/api/v1/chat", conversation="new").json()["conversation"]
    other = join(client, database, role="admin", name="Eve")
    headers = {"x-csrf-token": other}
    body = {"question": "and the Norwegian one?", "conversation": number}
    for path in ("/api/v1/chat", "/api/v1/chat/stream"):
        assert client.post(path, json=body, headers=headers).status_code == 404
    assert client.get(f"/api/v1/conversations/{number}").status_code == 404
    assert client.delete(f"/api/v1/conversations/{number}", headers=headers).status_code == 404
    assert client.get("/api/v1/conversations").json() == []


def test_a_conversation_can_be_forgotten(ask, client, database):  # noqa: F811
    token = csrf(client.get("/").text)
    number = ask(path="/api/v1/chat", conversation="new").json()["conversation"]
    assert client.delete(f"/api/v1/conversations/{number}", headers={"x-csrf-token": token}).status_code == 204
    assert client.get(f"/api/v1/conversations/{number}").status_code == 404
    assert ask(conversation=number).status_code == 404


@pytest.mark.parametrize(
    "more", [{"conversation": 1, "before": ["Who?"]}, {"conversation": "old"}, {"conversation": -1}, {"question": " "}]
)
def test_what_cannot_be_asked_is_refused_before_anything_is_answered(ask, more):
    ask(path="/api/v1/chat", conversation="new")
    assert ask(**more).status_code == 422


def test_a_failure_on_the_way_is_an_event_and_nothing_is_kept(ask, client, monkeypatch):  # noqa: F811
    def broken(*_):
        raise ModelFailed("the model could not be run")

    monkeypatch.setattr(Conversation, "_found", broken)
    found = events(ask(conversation="new"))
    assert found[-1] == ("error", {"error": "ModelFailed", "message": "the model could not be run"})
    assert client.get("/api/v1/conversations").json() == []
    monkeypatch.undo()
    assert events(ask())[-1][0] == "answer"


def test_the_events_are_in_the_description_of_the_api(client):  # noqa: F811
    described = client.get("/api/openapi.json").json()["paths"]["/api/v1/chat/stream"]["post"]
    assert "text/event-stream" in described["responses"]["200"]["content"]
    assert "/api/v1/chat/stream" in client.get("/api/docs").text
