"""What is known about documents, put right by hand, and dates that need a look."""

import json
from pathlib import Path

import pytest

from tests.vectorstore.made_files import pdf
from vectorstore import open_store

ROWS = (
    {"doc_id": "a", "text": "The talks were held in Geneva.", "published_at": "2024-05-03", "publisher": "Herald"},
    {"doc_id": "b", "text": "The mayor opened the bridge.", "published_at": "2999-01-01", "language": "en"},
    {"doc_id": "c", "text": "It rained in Porto.", "published_at": "last May"},
    {"doc_id": "d", "text": "Dockers stopped work."},
)


@pytest.fixture
def archive(elsewhere: Path, run) -> Path:
    """A file of documents, ingested into ``store``."""
    path = elsewhere / "rows.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in ROWS))
    assert run("ingest", path, "--store", "store", "--no-facts").code == 0
    return path


def listed(run, *options: str) -> list[str]:
    return [row["doc_id"] for row in run("sources", "--store", "store", "--json", *options).rows]


def test_what_is_set_by_hand_stays_when_the_file_is_read_again(archive: Path, run) -> None:
    edit = ("sources", "edit", "a", "--store", "store")
    assert run(*edit, "--published-at", "2024-05-04", "--tag", "talks", "--author", "Ana Costa").code == 0
    again = run("ingest", archive, "--store", "store", "--no-facts")
    assert "0 replaced, 4 unchanged" in again.err
    archive.write_text(json.dumps({**ROWS[0], "text": "The talks were held in Vienna.", "publisher": "Post"}))
    assert "1 replaced" in run("ingest", archive, "--store", "store", "--no-facts").err
    with open_store("store") as store:
        found = store.get("a")
        assert found is not None
        assert (found.published_at, found.tags, found.author) == ("2024-05-04", ("talks",), "Ana Costa")
        assert (found.publisher, found.text) == ("Post", "The talks were held in Vienna.")
        assert [one.number for one in store.history("a")] == [1, 2, 3]


def test_tags_come_and_go_and_an_empty_value_takes_one_away(archive: Path, run) -> None:
    run("sources", "edit", "a", "b", "--store", "store", "--tag", "talks", "--tag", "geneva")
    assert listed(run, "--tag", "talks") == ["a", "b"]
    run("sources", "edit", "a", "--store", "store", "--untag", "talks", "--published-at", "")
    assert listed(run, "--tag", "talks") == ["b"]
    assert listed(run, "--tag", "geneva", "--undated") == ["a"]
    assert listed(run, "--language", "en") == ["b"]


def test_dates_that_need_a_look_are_shown(archive: Path, run) -> None:
    assert listed(run, "--doubtful") == ["b", "c", "d"]
    shown = run("sources", "--store", "store")
    assert "2 without a date" in shown.err
    assert "1 with a date that cannot be right" in shown.err


@pytest.mark.parametrize(
    "options",
    [("a",), ("nobody", "--tag", "x"), ("a", "--published-at", "soon"), ("a", "--source-rank", "7")],
)
def test_what_cannot_be_set_changes_nothing(archive: Path, run, options: tuple[str, ...]) -> None:
    ran = run("sources", "edit", *options, "--store", "store")
    assert ran.code == 2
    assert len(ran.err.strip().splitlines()) == 1
    with open_store("store") as store:
        assert len(store.history("a")) == 1


def test_a_quote_of_a_paged_file_says_its_page(elsewhere: Path, run) -> None:
    pages = (
        "The talks were opened by the minister.",
        "The second round of the talks was held in Geneva on 3 May 2024.",
    )
    (elsewhere / "minutes.pdf").write_bytes(pdf(pages))
    run("ingest", "minutes.pdf", "--store", "store")
    claim = "The second round of the talks was held in Vienna on 3 May 2024."
    (row,) = run("verify", claim, "--store", "store", "--json").rows
    assert row["label"] == "REFUTED"
    assert [piece["locator"] for piece in row["evidence"]] == ["page 2"]
    (elsewhere / "draft.txt").write_text(claim)
    for name in ("report.md", "report.html"):
        run("check", "draft.txt", "--store", "store", "--out", name)
        assert "page 2" in (elsewhere / name).read_text()
