"""Who may do what: each role tries every endpoint, and every change is refused without its form token."""

import pytest
from fastapi.routing import APIRoute

from tests.server.web.test_pages import add, client, csrf, database, forms, join, judge, kept  # noqa: F401 - fixtures

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")

ROLES = ("guest", "reader", "reviewer", "editor", "admin")
LEAST = {
    "guest": (
        "GET /sign-in", "POST /sign-in", "GET /join/{token}", "POST /join/{token}", "GET /health", "GET /ready",
        "GET /api/docs",
    ),
    "reader": (
        "GET /", "GET /metrics", "GET /texts/{text_id}",
        "GET /texts/{text_id}/progress", "GET /texts/{text_id}/history", "GET /texts/{text_id}/versions/{number}",
        "GET /texts/{text_id}/history.jsonl", "GET /texts/{text_id}/export/{name}", "GET /claims/{claim_id}",
        "GET /decisions.jsonl", "GET /desk", "GET /ask", "POST /ask", "POST /ask/more", "GET /sources",
        "GET /sources/show", "GET /people", "POST /tokens", "POST /tokens/{token_id}/revoke", "POST /sign-out",
        "POST /password",
        "POST /api/v1/extract", "POST /api/v1/verify", "POST /api/v1/check", "POST /api/v1/chat", "GET /api/v1/search",
        "POST /api/v1/chat/stream", "GET /api/v1/conversations", "GET /api/v1/conversations/{talk_id}",
        "DELETE /api/v1/conversations/{talk_id}",
        "GET /api/v1/sources", "GET /api/v1/texts", "GET /api/v1/texts/{text_id}", "GET /api/v1/texts/{text_id}/events",
        "GET /api/v1/texts/{text_id}/export/{name}", "GET /api/v1/claims/{claim_id}", "GET /api/v1/decisions",
        "GET /api/v1/source", "GET /api/v1/desk", "GET /api/v1/people", "GET /api/v1/tokens", "POST /api/v1/tokens",
        "DELETE /api/v1/tokens/{token_id}",
    ),
    "reviewer": (
        "POST /texts", "POST /texts/upload", "POST /texts/{text_id}/edit", "POST /texts/{text_id}/corrections",
        "POST /texts/{text_id}/assign", "POST /texts/{text_id}/again", "POST /texts/{text_id}/claims",
        "POST /claims/{claim_id}/decide", "POST /claims/{claim_id}/comment", "POST /claims/{claim_id}/reword",
        "POST /claims/{claim_id}/again", "POST /claims/{claim_id}/evidence", "POST /claims/{claim_id}/assign",
        "POST /sources", "POST /api/v1/texts", "PUT /api/v1/texts/{text_id}/text",
        "POST /api/v1/texts/{text_id}/corrections", "PUT /api/v1/texts/{text_id}/owner",
        "POST /api/v1/texts/{text_id}/claims", "POST /api/v1/claims/{claim_id}/decisions",
        "POST /api/v1/claims/{claim_id}/readings", "POST /api/v1/claims/{claim_id}/evidence",
        "POST /api/v1/claims/{claim_id}/comments", "PUT /api/v1/claims/{claim_id}/assignee", "POST /api/v1/source",
    ),
    "editor": (
        "POST /texts/{text_id}/approval", "PUT /api/v1/texts/{text_id}/approval", "POST /sources/edit",
        "POST /sources/remove", "PATCH /api/v1/source", "DELETE /api/v1/source",
    ),
    "admin": (
        "POST /people/invite", "POST /people/{user_id}", "POST /api/v1/invitations", "PUT /api/v1/people/{user_id}",
    ),
}  # fmt: skip
NEEDS = {endpoint: role for role, endpoints in LEAST.items() for endpoint in endpoints}
FORMS = {
    "/texts": {"body": "The talks were held in Bergen on 3 May 2024."},
    "/texts/{text_id}/edit": {"expected": 1, "body": "Other words."},
    "/texts/{text_id}/corrections": {"expected": 1},
    "/texts/{text_id}/approval": {"expected": 1, "what": "approve"},
    "/texts/{text_id}/assign": {"to": "1"},
    "/texts/{text_id}/claims": {"number": 1, "words": "in Bergen"},
    "/claims/{claim_id}/decide": {"action": "accept", "expected": 1},
    "/claims/{claim_id}/comment": {"words": "Look."},
    "/claims/{claim_id}/reword": {"expected": 1, "statement": "The talks were held in Oslo."},
    "/claims/{claim_id}/again": {"expected": 1},
    "/claims/{claim_id}/evidence": {"quote": "in Bergen", "stance": "supports", "doc_id": "a"},
    "/sources": {"body": "A new source."},
    "/sources/edit": {"doc_id": "nothing"},
    "/sources/remove": {"doc_id": "nothing", "reason": "gone"},
    "/people/invite": {"role": "reader"},
    "/people/{user_id}": {"role": "reader", "active": "yes"},
    "/tokens": {"name": "mine"},
    "/password": {"old": "not my password", "new": "another horse battery"},
    "/ask": {"question": "Who headed the Danish delegation?"},
    "/ask/more": {"question": "Who headed the Danish delegation?"},
    "/sign-in": {"name": "Nobody", "password": "wrong wrong wrong"},
    "/join/{token}": {"name": "Eve", "password": "correct horse battery"},
}
BODIES = {
    "/api/v1/extract": {"text": "The talks were held in Bergen."},
    "/api/v1/check": {"text": "The talks were held in Bergen."},
    "/api/v1/verify": {"claims": ["The talks were held in Bergen."]},
    "/api/v1/chat": {"question": "Who headed the Danish delegation?"},
    "/api/v1/chat/stream": {"question": "Who headed the Danish delegation?"},
    "/api/v1/texts": {"text": "The talks were held in Bergen."},
    "/api/v1/texts/{text_id}/text": {"expected": 1, "text": "Other words."},
    "/api/v1/texts/{text_id}/corrections": {"expected": 1},
    "/api/v1/texts/{text_id}/approval": {"expected": 1, "approved": True},
    "/api/v1/texts/{text_id}/owner": {"to": 1},
    "/api/v1/texts/{text_id}/claims": {"version": 1, "words": "in Bergen"},
    "/api/v1/claims/{claim_id}/decisions": {"action": "accept", "expected": 1},
    "/api/v1/claims/{claim_id}/readings": {"expected": 1, "statement": "The talks were held in Oslo."},
    "/api/v1/claims/{claim_id}/evidence": {"quote": "in Bergen", "stance": "supports", "doc_id": "a"},
    "/api/v1/claims/{claim_id}/comments": {"words": "Look."},
    "/api/v1/claims/{claim_id}/assignee": {"to": None},
    "/api/v1/source": {"text": "A new source."},
    "/api/v1/invitations": {"role": "reader"},
    "/api/v1/people/{user_id}": {"role": "reader"},
    "/api/v1/tokens": {"name": "mine"},
}
QUERIES = {
    "/sources/show": {"doc_id": "a"},
    "/api/v1/search": {"q": "Danish"},
    "/api/v1/source": {"doc_id": "nothing", "reason": "gone"},
}
IDS = {"{number}": "1", "{token}": "no-such-token", "{name}": "md"} | dict.fromkeys(
    ("{token_id}", "{talk_id}", "{user_id}"), "999"
)


def endpoints(client):  # noqa: F811
    flat, found = list(client.app.routes), []
    while flat:
        route = flat.pop()
        flat += list(getattr(getattr(route, "original_router", None), "routes", []))
        if isinstance(route, APIRoute):
            found += [f"{method} {route.path}" for method in route.methods if method != "HEAD"]
    return found


def send(client, endpoint, token, ids, headers=None):  # noqa: F811
    method, path = endpoint.split(" ")
    at = path
    for name, value in (IDS | ids).items():
        at = at.replace(name, str(value))
    more = {"params": QUERIES.get(path), "follow_redirects": False, "headers": dict(headers or {})}
    if path.startswith("/api"):
        more["headers"] |= {"x-csrf-token": token} if token else {}
        body = None if method in ("GET", "DELETE") else BODIES.get(path)
        if method == "PATCH":
            body = {"title": "Other"}
        return client.request(method, at, json=body, **more)
    if method == "GET":
        return client.get(at, **more)
    files = {"file": ("a.txt", b"The talks were held in Bergen.")} if path == "/texts/upload" else None
    return client.post(at, data={"csrf": token, **FORMS.get(path, {})}, files=files, **more)


def test_every_endpoint_has_its_place_in_the_table(client):  # noqa: F811
    assert sorted(endpoints(client)) == sorted(NEEDS)


@pytest.mark.parametrize("role", ROLES)
def test_each_role_may_do_what_the_table_says_and_nothing_else(client, database, role):  # noqa: F811
    token = join(client, database)
    url, page = add(client, token)
    ids = {"{text_id}": url.rsplit("/", 1)[1], "{claim_id}": forms(page)[0]}
    if role == "guest":
        client.cookies.clear()
        token = ""
    elif role != "admin":
        token = join(client, database, role=role, name="Carla")
    kept_cookies = dict(client.cookies)
    wrong = []
    for endpoint, needs in sorted(NEEDS.items(), key=lambda row: "edit" in row[0] or "/text" in row[0][-5:]):
        client.cookies.clear()
        client.cookies.update(kept_cookies)
        if endpoint == "POST /sign-out":
            continue
        answer = send(client, endpoint, token, ids)
        allowed = ROLES.index(role) >= ROLES.index(needs)
        if allowed:
            unknown = endpoint in ("POST /sign-in", "GET /join/{token}", "POST /join/{token}")
            fits = answer.status_code < 500 and (unknown or answer.status_code not in (401, 403))
        elif role == "guest":
            fits = answer.status_code == (401 if "/api" in endpoint or "/metrics" in endpoint else 303)
            fits = fits and answer.headers.get("location", "/sign-in") == "/sign-in"
        else:
            fits = answer.status_code == 403
        if not fits:
            wrong.append((endpoint, needs, answer.status_code, answer.text[:120]))
    assert wrong == []


def test_no_change_is_made_without_the_form_token_or_from_another_site(client, database):  # noqa: F811
    token = join(client, database)
    url, page = add(client, token)
    ids = {"{text_id}": url.rsplit("/", 1)[1], "{claim_id}": forms(page)[0]}
    before = client.get(f"{url}/history").text
    through = []
    for endpoint, needs in NEEDS.items():
        if endpoint.startswith("GET") or needs == "guest":
            continue
        for given, origin in (("", None), ("wrong", None), (token, "http://evil.test")):
            headers = {"origin": origin} if origin else {}
            answer = send(client, endpoint, given, ids, headers=headers)
            refused = (403, 422) if given == "" else (403,)  # a form without the field is not understood at all
            if answer.status_code not in refused:
                through.append((endpoint, given, answer.status_code, answer.text[:100]))
    assert through == []
    assert client.get(f"{url}/history").text == before


def test_an_api_token_makes_no_people_and_no_other_tokens(client, database):  # noqa: F811
    page = client.post("/tokens", data={"csrf": join(client, database), "name": "script"}).text
    secret = page.split("<code>fc_", 1)[1].split("</code>", 1)[0]
    client.cookies.clear()
    headers = {"authorization": f"Bearer fc_{secret}"}
    for method, path, body in (
        ("POST", "/api/v1/invitations", {"role": "admin"}), ("POST", "/api/v1/tokens", {"name": "x"}),
        ("PUT", "/api/v1/people/1", {"role": "admin"}),
    ):  # fmt: skip
        assert client.request(method, path, json=body, headers=headers).status_code == 403
    assert client.get("/people", headers=headers, follow_redirects=False).status_code == 303
