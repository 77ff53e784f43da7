"""The review tool over real HTTP requests: accounts, a checked text, decisions, refusals, and what roles may do."""

import json
import time

import pytest
from fastapi.testclient import TestClient

from factcheck.server.app import HEADERS, create_app
from factcheck.server.db import accounts, open_database
from factcheck.server.judge import Judge
from factcheck.server.times import utc_now
from factcheck.settings import load_settings
from tests.vectorstore.made_files import MAKERS
from vectorstore import open_store
from vectorstore.types import Document

FACTS = ("The mayor opened the new bridge on Tuesday.", "Maria Schmidt heads the harbour office in Geneva.")
PASSWORD = "correct horse battery"
DRAFT = (
    "The talks were held in Bergen on 4 May 2024. <script>alert(1)</script> "
    "Mette Sorensen headed the Danish delegation."
)
SOURCE = "The Danish delegation was headed by Mette Sorensen. The talks were held in Bergen on 3 May 2024."

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    folder = tmp_path_factory.mktemp("web") / "store"
    with open_store(folder) as opened:
        opened.add([Document(doc_id="a", title="<b>Fish</b> talks", text=SOURCE, published_at="2024-05-03")])
    return folder


@pytest.fixture(scope="module")
def judge(kept):
    made = Judge(load_settings(store=str(kept), local_model=False))
    yield made
    made.close()


@pytest.fixture
def database(tmp_path):
    opened = open_database(f"sqlite:///{tmp_path / 'review.sqlite3'}")
    yield opened
    opened.close()


@pytest.fixture
def client(judge, database):
    with TestClient(create_app(database, judge), base_url="http://desk.test", follow_redirects=True) as made:
        yield made


def join(client, database, role="admin", name="Ada"):
    with database.writing() as session:
        token = accounts.first_invitation(session, now=utc_now())
        if token is None:
            (admin, *_) = accounts.people(session)
            token = accounts.invite(session, admin, role, now=utc_now())
    client.cookies.clear()
    assert client.post(f"/join/{token}", data={"name": name, "password": PASSWORD}).status_code == 200
    return csrf(client.get("/").text)


def csrf(page):
    return page.split('name="csrf" value="', 1)[1].split('"', 1)[0]


def add(client, token, body=DRAFT):
    made = client.post("/texts", data={"csrf": token, "title": "Talks", "body": body, "as_of": "2024-05-05"})
    assert made.status_code == 200, made.text
    for _ in range(200):
        page = client.get(made.url).text
        if "data-progress" not in page:
            return str(made.url), page
        time.sleep(0.1)
    raise AssertionError("the check did not end")


def upload(client, token, name, data):
    return client.post("/texts/upload", data={"csrf": token, "as_of": "2024-05-05"}, files={"file": (name, data)})


@pytest.mark.parametrize("suffix", [".txt", ".docx", ".pdf", ".html", ".eml"])
def test_a_file_of_a_known_format_becomes_a_text(client, database, suffix):
    token = join(client, database)
    made = upload(client, token, f"C:\\desk\\<b>news{suffix}", MAKERS[suffix](FACTS))
    assert made.status_code == 200, made.text
    assert "/texts/" in str(made.url)
    assert "<b>news" not in made.text
    assert "Maria Schmidt" in client.get(made.url).text


def test_every_row_of_a_table_becomes_a_text(client, database):
    token = join(client, database)
    made = upload(client, token, "facts.csv", MAKERS[".csv"](FACTS))
    assert made.url.path == "/"
    assert made.text.count('class="title"') == len(FACTS)


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("a.exe", b"MZ", "no format for such a file name"),
        ("a.txt", b"", "empty"),
        ("a.pdf", b"%PDF-1.7 broken", "a.pdf"),
        ("a.csv", b"text\n" + b"The bridge was opened.\n" * 60, "more than 50 texts"),
        ("../../etc/passwd.docx", b"PK\x03\x04", "passwd.docx"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_and_leaves_nothing(client, database, name, data, says):
    token = join(client, database)
    told = upload(client, token, name, data)
    assert told.status_code == 422
    assert says in told.text
    assert "etc/" not in told.text
    assert 'class="title"' not in client.get("/").text


def test_a_reader_may_not_upload_and_a_form_of_another_session_is_refused(client, database):
    join(client, database)
    token = join(client, database, role="reader", name="Rea")
    assert upload(client, token, "a.txt", b"Words.").status_code == 403
    assert upload(client, "wrong", "a.txt", b"Words.").status_code == 403


def forms(page):
    """The claim ids of the page, in order."""
    return [part.split("/", 1)[0] for part in page.split('action="/claims/')[1:]]


def test_a_text_is_checked_decided_and_on_record(client, database):
    token = join(client, database)
    url, page = add(client, token)
    assert "Refuted" in page
    assert "May 3, 2024" in page
    claim = forms(page)[0]
    done = client.post(
        f"/claims/{claim}/decide",
        data={"csrf": token, "expected": 1, "action": "correct", "replacement": "on 3 May 2024"},
    )
    assert "applied a correction" in done.text
    late = client.post(f"/claims/{claim}/decide", data={"csrf": token, "expected": 1, "action": "accept"})
    assert late.status_code == 409
    assert "Ada was quicker" in late.text
    assert "claim correct" in client.get(f"{url}/history").text


def test_nothing_of_a_draft_or_a_source_is_markup(client, database):
    _, page = add(client, join(client, database))
    assert "<script>alert" not in page
    assert "<b>Fish" not in page


def test_an_override_needs_its_reason(client, database):
    token = join(client, database)
    _, page = add(client, token)
    data = {"csrf": token, "expected": 1, "action": "change_verdict", "label": "SUPPORTED"}
    assert client.post(f"/claims/{forms(page)[0]}/decide", data=data).status_code == 422


def test_a_second_review_needs_a_second_person(client, database):
    token = join(client, database)
    url, page = add(client, token)
    claim = forms(page)[0]
    client.post(f"/claims/{claim}/decide", data={"csrf": token, "expected": 1, "action": "ask_second"})
    own = client.post(f"/claims/{claim}/decide", data={"csrf": token, "expected": 2, "action": "accept"})
    assert own.status_code == 403
    other = join(client, database, role="reviewer", name="Ben")
    done = client.post(f"/claims/{claim}/decide", data={"csrf": other, "expected": 2, "action": "accept"})
    assert done.status_code == 200
    assert str(done.url).startswith(url)


def test_an_edit_checks_what_changed_and_keeps_what_did_not(client, database):
    token = join(client, database)
    url, page = add(client, token)
    claims = forms(page)
    client.post(f"/claims/{claims[-1]}/decide", data={"csrf": token, "expected": 1, "action": "accept"})
    client.post(f"{url}/edit", data={"csrf": token, "expected": 1, "body": DRAFT.replace("4 May", "3 May")})
    for _ in range(100):
        page = client.get(url).text
        if "data-progress" not in page:
            break
        time.sleep(0.1)
    assert "version 2" in page
    assert "accepted the verdict" in page
    assert "Refuted</h2>" not in page


@pytest.mark.parametrize("path", ["/", "/texts/1", "/texts/1/history", "/people", "/ask", "/sources"])
def test_who_is_not_signed_in_is_sent_to_sign_in(client, path):
    assert str(client.get(path).url).endswith("/sign-in")


@pytest.mark.parametrize(
    ("role", "path", "data", "status"),
    [
        ("reader", "/texts", {"body": "The talks were held."}, 403),
        ("reviewer", "/texts", {"body": "The talks were held."}, 200),
        ("reviewer", "/people/invite", {"role": "admin"}, 403),
        ("editor", "/people/invite", {"role": "reader"}, 403),
        ("admin", "/people/invite", {"role": "reader"}, 200),
        ("reader", "/ask", {"question": "Who headed the Danish delegation?"}, 200),
    ],
)
def test_what_each_role_may_do(client, database, role, path, data, status):
    join(client, database)
    token = join(client, database, role=role, name="Carla")
    assert client.post(path, data={"csrf": token, **data}).status_code == status


def test_a_form_without_its_token_changes_nothing(client, database):
    join(client, database)
    assert client.post("/texts", data={"csrf": "wrong", "body": "x y"}).status_code == 403
    token = csrf(client.get("/").text)
    from_elsewhere = client.post("/texts", data={"csrf": token, "body": "x y"}, headers={"origin": "http://evil.test"})
    assert from_elsewhere.status_code == 403
    assert "No text yet" in client.get("/").text


def test_wrong_passwords_are_counted(client, database):
    join(client, database)
    client.cookies.clear()
    codes = [
        client.post("/sign-in", data={"name": "Ada", "password": f"wrong {n} wrong"}).status_code for n in range(12)
    ]
    assert codes[0] == 401
    assert codes[-1] == 429


def test_every_answer_has_the_security_headers(client):
    for path in ("/sign-in", "/health", "/nowhere", "/api/v1/texts"):
        answer = client.get(path)
        assert {name: answer.headers[name] for name in HEADERS} == HEADERS


def test_exports_are_files(client, database):
    url, _ = add(client, join(client, database))
    for name in ("html", "md", "json", "docx", "xlsx", "csv"):
        answer = client.get(f"{url}/export/{name}")
        assert answer.status_code == 200
        assert "attachment" in answer.headers["content-disposition"]
    assert client.get(f"{url}/export/exe").status_code == 404


def test_a_huge_or_empty_text_is_refused(client, database):
    token = join(client, database)
    assert client.post("/texts", data={"csrf": token, "body": "  "}).status_code == 422
    assert client.post("/texts", data={"csrf": token, "body": "x" * 3_000_000}).status_code == 413


def test_comments_are_shown_to_all_and_decide_nothing(client, database):
    token = join(client, database)
    url, page = add(client, token)
    claim = forms(page)[0]
    words = "<img src=x onerror=alert(1)> Ask Bergen again."
    told = client.post(f"/claims/{claim}/comment", data={"csrf": token, "words": words})
    assert "&lt;img src=x" in told.text
    assert "<img" not in told.text
    assert "2 to decide" in page
    assert "2 to decide" in told.text
    assert "comment" in client.get(f"{url}/history").text
    assert client.post(f"/claims/{claim}/comment", data={"csrf": token, "words": "  "}).status_code == 422
    assert client.post("/claims/9999/comment", data={"csrf": token, "words": "x"}).status_code == 404
    reader = join(client, database, role="reader", name="Rea")
    assert client.post(f"/claims/{claim}/comment", data={"csrf": reader, "words": "x"}).status_code == 403
    assert client.post(f"/claims/{claim}/comment", data={"csrf": "wrong", "words": "x"}).status_code == 403


def test_decisions_are_rows_to_measure_on_and_the_history_is_a_file(client, database, kept, tmp_path, run):
    token = join(client, database)
    url, page = add(client, token)
    first, *_, last = dict.fromkeys(forms(page))
    client.post(f"/claims/{first}/decide", data={"csrf": token, "expected": 1, "action": "accept"})
    changed = {
        "csrf": token,
        "expected": 1,
        "action": "change_verdict",
        "label": "CONFLICTING",
        "reason": "Two minutes.",
    }
    client.post(f"/claims/{last}/decide", data=changed)
    rows = [json.loads(line) for line in client.get("/decisions.jsonl").text.splitlines()]
    assert [(row["label"], row["judged"]) for row in rows] == [("REFUTED", "REFUTED"), ("CONFLICTING", "SUPPORTED")]
    assert rows[0]["evidence"][0]["quote"] in SOURCE
    assert rows[1]["evidence"] == []
    assert rows[1]["explanation"] == "Two minutes."
    (tmp_path / "decisions.jsonl").write_text(client.get("/decisions.jsonl").text)
    measured = run("eval", "claims", tmp_path / "decisions.jsonl", "--store", kept, "--json")
    assert measured.code == 0, measured.stderr
    events = [json.loads(line) for line in client.get(f"{url}/history.jsonl").text.splitlines()]
    assert [one["kind"] for one in events if one["claim_id"]] == ["claim accept", "claim change_verdict"]
    assert {one["by"] for one in events if one["claim_id"]} == {"Ada"}


def test_a_password_is_changed_and_ends_all_other_sessions(client, database):
    token = join(client, database)
    old = dict(client.cookies)
    for wrong in ({"old": "not my password", "new": "another horse battery"}, {"old": PASSWORD, "new": "short"}):
        assert client.post("/password", data={"csrf": token, **wrong}).status_code == 422
    done = client.post("/password", data={"csrf": token, "old": PASSWORD, "new": "another horse battery"})
    assert done.status_code == 200
    assert "Your password" in done.text
    client.cookies.clear()
    client.cookies.update(old)
    assert str(client.get("/").url).endswith("/sign-in")
    client.cookies.clear()
    assert client.post("/sign-in", data={"name": "Ada", "password": PASSWORD}).status_code == 401
    assert client.post("/sign-in", data={"name": "Ada", "password": "another horse battery"}).status_code == 200


def test_a_stolen_session_cannot_guess_the_password_for_long(client, database):
    token = join(client, database)
    guess = {"csrf": token, "old": "a wrong guess", "new": "another horse battery"}
    codes = [client.post("/password", data=guess).status_code for _ in range(7)]
    assert codes == [422] * 5 + [429] * 2


def test_readers_see_no_forms_that_they_may_not_use(client, database):
    token = join(client, database)
    url, _ = add(client, token)
    join(client, database, role="reader", name="Rea")
    page = client.get(url).text
    assert "data-claim" in page
    assert f'action="{url[len("http://desk.test") :]}' not in page
    assert 'action="/claims/' not in page
    assert 'action="/texts' not in client.get("/").text
    join(client, database, role="reviewer", name="Rev")
    page = client.get(url).text
    assert "Accept the verdict" in page
    assert "/approval" not in page
