"""The post that a claim gives to a person, and what is told of that post by sources that do not name the person."""

from datetime import date

from factcheck.build import build_checker
from factcheck.claims.parts import parts_of
from factcheck.facts.offices import post_of
from factcheck.settings import Settings
from factcheck.types import Claim, Label, Span
from vectorstore import Document, open_store

DAY = date(2025, 3, 12)


def claim(text: str) -> Claim:
    return Claim.cut(text, Span(start=0, end=len(text)), claim_id="c", claim=text, type="statement", as_of=DAY)


def test_only_a_post_with_one_holder_that_says_whose_it_is_is_looked_up() -> None:
    posts = ("the Norwegian trade minister", "a minister", "a member of parliament")
    found = [post_of(parts_of(claim(f"Karen Bjerg is {post}."))) for post in posts]
    assert found == ["Norwegian trade minister", None, None]


def test_who_else_holds_the_post_is_found_although_the_source_does_not_name_the_person(tmp_path) -> None:
    day = DAY.isoformat()
    noise = [
        Document(doc_id=f"n{n}", text=f"Karen Bjerg of Norway spoke of ship number {n} and of trade.", published_at=day)
        for n in range(40)
    ]
    other = Document(doc_id="m", text="Norwegian Trade Minister Siv Aune opened the session.", published_at=day)
    with open_store(tmp_path / "store") as store:
        store.add([*noise, other])
    checker = build_checker(Settings(store=str(tmp_path / "store")))
    (verdict,) = checker.verify(["Karen Bjerg is the Norwegian trade minister."], as_of=DAY)
    assert verdict.label is Label.REFUTED
    assert "Siv Aune" in verdict.explanation
    assert [piece.doc_id for piece in verdict.evidence if piece.stance == "refutes"] == ["m"]
