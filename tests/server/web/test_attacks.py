"""What an attacker tries: scripts in everything that is shown, other people's sessions, paths, files that are traps."""

import io
import zipfile

import pytest
from lxml import html

from tests.server.web.test_pages import (  # noqa: F401 - fixtures
    PASSWORD,
    add,
    client,
    csrf,
    database,
    forms,
    join,
    judge,
    kept,
    upload,
)

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")
TRAP = "\"'><script>alert(1)</script><img src=x onerror=alert(2)><svg/onload=alert(3)>{{7*7}}${7*7}</textarea>"
OURS = ("/static/early.js", "/static/review.js")


def unsafe(page):
    """What of a page could run, or leads to a script."""
    tree = html.fromstring(page)
    scripts = [
        one
        for one in tree.iter("script")
        if one.get("src", "").partition("?")[0] not in OURS or (one.text or "").strip()
    ]
    found = [html.tostring(one) for one in scripts]
    for one in tree.iter():
        if not isinstance(one.tag, str):
            continue
        if one.tag in ("img", "svg", "iframe", "object", "embed", "style", "base"):
            found.append(html.tostring(one))
        for name, value in one.attrib.items():
            scheme = value.strip().lower().partition(":")[0]
            leads = name in ("href", "src", "action", "formaction") and scheme in ("javascript", "data")
            if leads or name.startswith("on") or name == "style":
                found.append((one.tag, name, value))
    if "49" in page.replace("1949", "") and "{{7*7}}" not in page:
        found.append("a template was evaluated")
    return found


def test_no_script_of_a_draft_a_source_a_person_or_a_file_is_ever_markup(client, database):  # noqa: F811
    token = join(client, database, name=f"Ada {TRAP}"[:80])
    body = f"The talks were held in Bergen on 4 May 2024. {TRAP} Mette Sorensen headed the Danish delegation."
    url, page = add(client, token, body)
    text_id, claim = url.rsplit("/", 1)[1], forms(page)[0]
    posts = [
        ("/texts", {"title": TRAP, "body": body}),
        (f"/claims/{claim}/comment", {"words": TRAP}),
        (f"/claims/{claim}/evidence", {"quote": "talks", "stance": "supports", "doc_id": "a", "note": TRAP}),
        (f"/claims/{claim}/evidence", {
            "quote": TRAP, "stance": "refutes", "body": f"They said {TRAP} then.", "title": TRAP, "publisher": TRAP,
            "url": "javascript:alert(4)",
        }),
        (f"/texts/{text_id}/claims", {"number": 1, "words": "{{7*7}}", "statement": f"It was {TRAP}."}),
        (f"/claims/{claim}/decide", {"action": "change_verdict", "expected": 1, "label": "SUPPORTED", "reason": TRAP}),
        ("/tokens", {"name": TRAP[:80]}),
        ("/ask", {"question": TRAP}),
        ("/ask/more", {"question": TRAP, "before": TRAP}),
        ("/sources", {"body": f"A source. {TRAP}", "title": TRAP, "publisher": TRAP, "url": "javascript:alert(5)//"}),
    ]  # fmt: skip
    for path, data in posts:
        answer = client.post(path, data={"csrf": token, **data})
        assert answer.status_code < 400, (path, answer.text[-600:])
        assert unsafe(answer.text) == [], path
    assert upload(client, token, f"{TRAP}.txt".replace("/", ""), b"The talks were held.").status_code == 200
    correction = {"csrf": token, "action": "correct", "expected": 1, "replacement": TRAP}
    assert client.post(f"/claims/{forms(client.get(url).text)[-1]}/decide", data=correction).status_code == 200
    for path in (
        "/",
        url,
        f"{url}/history",
        "/people",
        "/sources",
        "/desk",
        "/sources/show?doc_id=javascript:alert(5)//",
    ):
        answer = client.get(path)
        assert answer.status_code == 200, path
        assert unsafe(answer.text) == [], path
    report = client.get(f"{url}/export/html").text
    scripts = list(html.fromstring(report).iter("script"))
    assert len(scripts) == 1  # the report's own, let in by its hash
    assert "alert(" not in (scripts[0].text or "")


@pytest.mark.parametrize(
    "path",
    [
        f"/sources?q={TRAP}", f"/sources?publisher={TRAP}", f"/sources?first={TRAP}", f"/sources/show?doc_id={TRAP}",
        f"/sources/show?doc_id=a&at={TRAP}", f"/texts/{TRAP}", f"/texts/1/export/{TRAP}", f"/join/{TRAP}",
        f"/?start={TRAP}",         f"/{TRAP}", f"/claims/{TRAP}",
    ],
)  # fmt: skip
def test_nothing_of_an_address_is_markup(client, database, path):  # noqa: F811
    join(client, database)
    answer = client.get(path)
    assert answer.status_code < 500
    if answer.headers["content-type"].startswith("text/html"):
        assert unsafe(answer.text) == []
    else:
        assert answer.headers["x-content-type-options"] == "nosniff"


def test_a_session_that_somebody_else_has_set_is_not_taken_over(client, database):  # noqa: F811
    join(client, database)
    client.post("/sign-out", data={"csrf": csrf(client.get("/").text)})
    client.cookies.clear()
    client.cookies.set("factcheck_session", "chosen-by-an-attacker")
    client.cookies.clear()
    answer = client.post(
        "/sign-in", data={"name": "Ada", "password": PASSWORD}, follow_redirects=False,
        headers={"cookie": "factcheck_session=chosen-by-an-attacker"},
    )  # fmt: skip
    cookie = answer.headers["set-cookie"]
    assert "chosen-by-an-attacker" not in cookie
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    client.cookies.clear()
    client.cookies.set("factcheck_session", "chosen-by-an-attacker")
    assert str(client.get("/").url).endswith("/sign-in")


def test_a_session_is_over_after_signing_out_and_each_has_its_own_form_token(client, database):  # noqa: F811
    first = join(client, database)
    old = dict(client.cookies)
    client.cookies.clear()
    client.post("/sign-in", data={"name": "Ada", "password": PASSWORD})
    second = csrf(client.get("/").text)
    assert first != second
    assert client.post("/texts", data={"csrf": first, "body": "x y"}).status_code == 403
    client.post("/sign-out", data={"csrf": second})
    client.cookies.clear()
    client.cookies.update(old)
    assert client.get("/").status_code == 200
    client.post("/sign-out", data={"csrf": first})
    client.cookies.update(old)
    assert str(client.get("/").url).endswith("/sign-in")


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2fapp.py", "/static/%2e%2e%2f%2e%2e%2fcli/app.py",
        "/static//etc/passwd", "/static/%2fetc%2fpasswd", "/static/....//app.py", "/texts/1/export/..%2f..%2fapp",
        "/sources/show?doc_id=../../../etc/passwd", "/sources/show?doc_id=/etc/passwd",
    ],
)  # fmt: skip
def test_no_path_leads_out(client, database, path):  # noqa: F811
    join(client, database)
    answer = client.get(path)
    assert answer.status_code in (400, 404, 422)
    assert "root:" not in answer.text
    assert "def create_app" not in answer.text


def bomb(name):
    """A small archive with a part that is huge once unpacked."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(name, b"<w>" + b"a" * 300_000_000)
    return made.getvalue()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.docx", bomb("word/document.xml")), ("a.odt", bomb("content.xml")), ("a.xlsx", bomb("xl/workbook.xml")),
        ("a.docx", b"PK\x03\x04" + b"\0" * 500),
        ("a.pdf", b"%PDF-1.4\n" + b"1 0 obj<</Length 99999999>>stream\n" * 200),
        ("a.html", b"<" * 200_000), ("a.rtf", b"{" * 200_000), ("a.jsonl", b'{"text":' + b"[" * 100_000),
        ("a.csv", b"\xff\xfe\x00" * 1000),
        ("a.eml", b"Content-Type: multipart/mixed; boundary=x\n\n" + b"--x\n" * 50_000),
        ("a.txt", "The talks \ud800 were held.".encode("utf-8", "surrogatepass")), ("a.txt", b"\0" * 1000),
        ("", b"no name"), ("." * 300, b"dots"), ("a.txt.gz", b"\x1f\x8b not gzip"), ("con.txt\0.exe", b"x"),
    ],
)  # fmt: skip
def test_a_file_that_is_a_trap_is_refused_or_read_and_never_an_error(client, database, name, data):  # noqa: F811
    token = join(client, database)
    answer = upload(client, token, name, data)
    assert answer.status_code in (200, 413, 422), answer.text
    assert client.get("/").status_code == 200


def test_what_is_too_large_or_does_not_say_how_large_is_refused_before_it_is_read(client, database):  # noqa: F811
    token = join(client, database)
    assert upload(client, token, "a.txt", b"x" * 3_000_000).status_code == 413
    endless = client.post("/texts", content=(b"x" * 1000 for _ in range(3)), headers={"content-type": "text/plain"})
    assert endless.status_code == 413
    wrong = client.post("/texts", content=b"", headers={"content-length": "-5"})
    assert wrong.status_code == 413
    broken = client.post("/texts/upload", content=b"--x\r\nbroken", headers={"content-type": "multipart/form-data"})
    assert broken.status_code in (400, 422)
