"""The API as a program uses it: a token, typed bodies, the same refusals as the pages."""

import pytest

from tests.server.web.test_pages import SOURCE, add, client, csrf, database, join, judge, kept  # noqa: F401 - fixtures

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


@pytest.fixture
def program(client, database):  # noqa: F811
    form = join(client, database)
    page = client.post("/tokens", data={"csrf": form, "name": "desk script"}).text
    token = page.split("<code>fc_", 1)[1].split("</code>", 1)[0]
    client.headers["authorization"] = f"Bearer fc_{token}"
    client.cookies.clear()
    return client


def test_claims_are_judged_with_exact_quotes(program):
    answer = program.post("/api/v1/verify", json={"claims": ["The talks were held in Bergen on 4 May 2024."]})
    (verdict,) = answer.json()
    assert verdict["label"] == "REFUTED"
    assert all(SOURCE[card["start"] : card["end"]] == card["quote"] for card in verdict["evidence"])


def test_texts_are_extracted_checked_and_asked_about(program):
    text = {"text": SOURCE, "as_of": "2024-05-03"}
    assert program.post("/api/v1/extract", json=text).json()
    assert program.post("/api/v1/check", json=text).json()["claims"]
    asked = {"question": "and the Norwegian one?", "before": ["Who headed the Danish delegation?"]}
    assert program.post("/api/v1/chat", json=asked).json()["question"] == "Who headed the Norwegian delegation?"
    assert program.get("/api/v1/search", params={"q": "Danish delegation"}).json()[0]["passage"]["doc_id"] == "a"
    assert program.get("/api/v1/sources").json()["total"] == 1


def test_a_text_is_put_up_for_review(program):
    made = program.post("/api/v1/texts", json={"text": SOURCE, "title": "Talks"})
    assert made.status_code == 201
    listed = program.get("/api/v1/texts").json()
    assert listed["total"] == 1
    assert program.get(f"/api/v1/texts/{made.json()['id']}").json()["body"] == SOURCE
    assert program.get("/api/v1/texts/99").status_code == 404


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/api/v1/verify", {"claims": []}),
        ("/api/v1/verify", {"claims": ["x"], "as_of": "yesterday"}),
        ("/api/v1/verify", {"claims": ["x"], "extra": 1}),
        ("/api/v1/extract", {"text": " "}),
        ("/api/v1/chat", {"question": ""}),
    ],
)
def test_a_body_that_does_not_fit_is_refused_in_one_line(program, path, body):
    answer = program.post(path, json=body)
    assert answer.status_code == 422
    assert answer.json()["error"] == "Invalid"


def test_no_token_no_answer(client):  # noqa: F811
    assert client.get("/api/v1/texts").status_code == 401
    wrong = client.get("/api/v1/texts", headers={"authorization": "Bearer fc_wrong"})
    assert wrong.json() == {"error": "NotSignedIn", "message": "this API token does not work"}


def test_a_session_needs_its_form_token_to_change_something(client, database):  # noqa: F811
    token = join(client, database)
    body = {"text": SOURCE}
    assert client.post("/api/v1/texts", json=body).status_code == 403
    assert client.post("/api/v1/texts", json=body, headers={"x-csrf-token": token}).status_code == 201


def test_the_api_describes_itself_and_loads_nothing_from_elsewhere(client):  # noqa: F811
    assert client.get("/api/openapi.json").json()["paths"]["/api/v1/verify"]
    page = client.get("/api/docs").text
    assert "/api/v1/verify" in page
    assert "https://" not in page
    assert client.get("/health").json()["status"] == "ok"
    assert client.get("/ready").json() == {"documents": 1}
