"""Articles as input: their claims are rows, and an article that is done is not read again."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import factcheck.batch.articles as articles
from factcheck.batch.engine import Here
from factcheck.batch.job import Job, run
from factcheck.batch.journal import Journal, RunFacts, journal_of
from factcheck.batch.rows import Row
from factcheck.batch.run import judge_rows
from factcheck.batch.sources import rows_of
from factcheck.settings import Settings
from vectorstore import Document

Run = Callable[..., Any]
FIRST = "# Bridge opens\n\nThe harbour bridge reopened on 6 March 2024. Tom Okafor heads the transport board.\n"
SECOND = "Officials met at noon.\n\nTom Okafor heads the transport board. Repairs took three years.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.md").write_text(FIRST)
    (tmp_path / "in" / "b.txt").write_text(SECOND)
    (tmp_path / "in" / "c.txt").write_text("Hello!\n")
    (tmp_path / "in" / "d.txt").write_bytes(b"\x00\x01\x02" * 50)
    return tmp_path / "in"


def rows(source: Path | str) -> list[Row]:
    return list(rows_of(str(source)))


def test_a_folder_gives_the_claims_of_its_articles_and_a_row_for_what_cannot_be_read(folder: Path) -> None:
    empty: list[str] = []
    found = list(rows_of(str(folder), without=empty.append))
    assert {row.origin.article for row in found if row.origin} == {"a.md", "b.txt"}
    assert empty == ["c.txt"]
    (failed,) = [row for row in found if row.claim is None]
    assert failed.failure is not None
    assert "d.txt" in failed.failure.message
    assert len({row.number for row in found}) == len(found)


@pytest.mark.parametrize("pattern", ["*.md", "a.*"])
def test_a_glob_and_a_single_page_are_articles(folder: Path, pattern: str) -> None:
    assert [row.claim_id for row in rows(folder / pattern)] == [row.claim_id for row in rows(folder / "a.md")]


def test_json_lines_of_documents_are_articles(tmp_path: Path) -> None:
    (tmp_path / "d.jsonl").write_text(json.dumps({"doc_id": "a", "text": FIRST, "published_at": "2024-03-07"}) + "\n")
    assert {row.claim.as_of.isoformat() for row in rows(tmp_path / "d.jsonl") if row.claim and row.claim.as_of} == {
        "2024-03-07"
    }


def test_origins_quote_their_article(folder: Path) -> None:
    for row in rows(folder):
        if row.origin is not None:
            text = (folder / row.origin.article).read_text()
            assert text[row.origin.span.start : row.origin.span.end] == row.origin.quote


def test_the_same_words_in_two_articles_are_one_judgement(folder: Path) -> None:
    same = [row.key for row in rows(folder) if row.text.startswith("Tom Okafor")]
    assert len(same) == 2
    assert len(set(same)) == 1


def test_verdicts_of_articles_are_those_of_check_with_spans_in_the_article(folder: Path, settings: Settings) -> None:
    from factcheck.build import build_checker

    (folder / "b.txt").rename(folder / "b.md")
    run(Job(str(folder / "b.md"), settings), folder.parent / "v.jsonl")
    out = [json.loads(line) for line in (folder.parent / "v.jsonl").read_text().splitlines()]
    with build_checker(settings, create=False) as checker:
        report = checker.check(SECOND)
    expected = [json.loads(one.verdict.model_dump_json()) for one in report.claims if one.verdict]
    assert [one["claim_id"] for one in out] == [f"b.md#{one['claim_id']}" for one in expected]
    for one, other in zip(out, expected, strict=True):
        assert one.pop("origin")["article"] == "b.md"
        assert one | {"claim_id": ""} == other | {"claim_id": ""}


def test_an_article_that_is_done_is_not_read_again(tmp_path: Path, judge, facts: RunFacts, monkeypatch) -> None:
    documents = [Document(doc_id=f"d{n}", text=FIRST.replace("6 March", f"{n + 1} March")) for n in range(20)]
    read: list[str] = []
    inner = articles.extract
    monkeypatch.setattr(articles, "extract", lambda text, **more: read.append(text) or inner(text, **more))

    def given(noted: Journal | None) -> list[Row]:
        return list(articles.article_rows(documents, as_of=None, noted=noted, without=lambda _: None))

    whole = given(None)
    with Journal(tmp_path / "j", facts, resume=False) as journal:
        judge_rows(whole[:30], Here(judge), journal)
    read.clear()
    with Journal(tmp_path / "j", facts, resume=True) as journal:
        tally = judge_rows(given(journal), Here(judge), journal)
        assert [journal[n].claim_id for n in range(len(journal))] == [row.claim_id for row in whole]
    assert (tally.kept, tally.rows) == (30, len(whole))
    done = sum(1 for row in whole[:29] if row.origin and row.claim_id.endswith("#c1")) - 1
    assert len(read) <= 20 - done
    assert len(judge.asked) == len(set(judge.asked))


def test_the_command_names_articles_without_claims_and_chooses_by_type(run: Run, folder: Path, stocked: Path) -> None:
    out = folder.parent / "v.jsonl"
    ran = run("batch", folder, "--out", out, "--store", stocked, "--where", "type=quantity")
    assert ran.code == 0
    assert "1 articles have nothing that can be checked: c.txt" in ran.err
    found = [json.loads(line) for line in out.read_text().splitlines()]
    assert {one["origin"]["type"] for one in found if "origin" in one} == {"quantity"}
    assert journal_of(out).exists()
