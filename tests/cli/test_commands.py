"""The commands on a small store of real documents: what they print, where, and how they end."""

import csv
import io
import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from factcheck.facts.index import FILE_NAME as FACTS_FILE
from factcheck.types import Claim, Report, Verdict
from vectorstore import open_store
from vectorstore.types import Document

Run = Callable[..., Any]

DOCUMENTS = [
    {
        "doc_id": "gazette",
        "title": "Bridge open again",
        "publisher": "The Harbour Gazette",
        "url": "https://gazette.example/bridge",
        "published_at": "2024-03-07",
        "text": "The harbour bridge reopened on 6 March 2024. Ines Calder is the mayor of Norport.",
    },
    {"doc_id": "ledger", "publisher": "Council", "text": "The repairs of the harbour bridge cost 31 million euros."},
    {"doc_id": "old", "publisher": "The Harbour Gazette", "published_at": "2019-01-02", "text": "Ferries ran late."},
]
DRAFT = (
    "---\ntitle: Open at last\ndate: 2024-03-08\n---\n"
    "The harbour bridge reopened on 4 March 2024. Ines Calder is the mayor of Norport. It is a lovely bridge.\n"
)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("stores") / "store"
    with open_store(folder) as opened:
        opened.add(Document.model_validate(row) for row in DOCUMENTS)
    return folder


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    path = tmp_path / "draft.md"
    path.write_text(DRAFT)
    return path


def rows_file(folder: Path, rows: list[dict[str, Any]], name: str = "rows.jsonl") -> Path:
    path = folder / name
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


def documents_with_facts(store: Path) -> set[str]:
    with closing(sqlite3.connect(store / FACTS_FILE)) as file:
        return {doc_id for (doc_id,) in file.execute("SELECT doc_id FROM stretches UNION SELECT doc_id FROM slots")}


def test_ingest_says_what_it_did_and_again_is_a_no_op(run: Run, tmp_path: Path) -> None:
    path, store = rows_file(tmp_path, DOCUMENTS), tmp_path / "store"
    first = run("ingest", path, "--store", store)
    assert (first.code, first.out) == (0, "")
    assert "3 added" in first.err
    again = run("ingest", path, "--store", store, "--json")
    assert (again.rows[0]["added"], again.rows[0]["unchanged"]) == (0, 3)
    changed = rows_file(tmp_path, [DOCUMENTS[0] | {"text": "The bridge is shut again."}])
    assert run("ingest", changed, "--store", store, "--json").rows[0]["replaced"] == 1


def test_ingest_reads_standard_input(run: Run, tmp_path: Path) -> None:
    data = "".join(json.dumps(row) + "\n" for row in DOCUMENTS).encode()
    ran = run("ingest", "-", "--store", tmp_path / "store", "--json", "--quiet", stdin=data)
    assert (ran.code, ran.rows[0]["added"], ran.err) == (0, 3, "")


def test_the_store_may_be_named_in_the_environment(run: Run, store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FACTCHECK_STORE", str(store))
    assert len(run("sources").rows) == 3


def test_a_setting_nobody_knows_stops_every_command(run: Run, elsewhere: Path) -> None:
    (elsewhere / "factcheck.toml").write_text("colour = 'red'\n")
    ran = run("sources")
    assert ran.code == 2
    assert "'colour'" in ran.err


@pytest.mark.parametrize(
    ("options", "ids"),
    [
        ([], ["gazette", "ledger", "old"]),
        (["--publisher", "the harbour gazette"], ["gazette", "old"]),
        (["--from", "2020-01-01"], ["gazette"]),
        (["--to", "2020-01-01"], ["old"]),
        (["--undated"], ["ledger"]),
        (["--publisher", "Council", "--publisher", "nobody"], ["ledger"]),
    ],
)
def test_sources_are_listed_and_filtered(run: Run, store: Path, options: list[str], ids: list[str]) -> None:
    assert [row["doc_id"] for row in run("sources", *options, "--store", store).rows] == ids


def test_documents_without_a_date_are_counted(run: Run, store: Path) -> None:
    assert "1 without a date" in run("sources", "--store", store).err


def test_a_source_is_shown_with_its_text(run: Run, store: Path) -> None:
    assert run("sources", "show", "ledger", "--store", store).rows[0]["text"] == DOCUMENTS[1]["text"]


def test_a_source_that_is_not_there_is_wrong_usage(run: Run, store: Path) -> None:
    assert run("sources", "show", "nowhere", "--store", store).code == 2
    ran = run("sources", "remove", "nowhere", "--store", store)
    assert ran.code == 2
    assert "nowhere" in ran.err


def test_a_removed_source_is_gone(run: Run, tmp_path: Path) -> None:
    store = tmp_path / "store"
    run("ingest", rows_file(tmp_path, DOCUMENTS), "--store", store)
    assert "2 removed" in run("sources", "remove", "old", "ledger", "--store", store).err
    assert [row["doc_id"] for row in run("sources", "--store", store).rows] == ["gazette"]


def test_a_changed_source_keeps_its_history_and_shows_the_difference(run: Run, tmp_path: Path) -> None:
    store = tmp_path / "store"
    run("ingest", rows_file(tmp_path, DOCUMENTS), "--store", store)
    assert run("sources", "diff", "gazette", "--store", store).out == ""
    changed = DOCUMENTS[0] | {"text": "The bridge is shut again."}
    run("ingest", rows_file(tmp_path, [changed]), "--store", store)
    assert [row["number"] for row in run("sources", "history", "gazette", "--store", store).rows] == [1, 2]
    lines = run("sources", "diff", "gazette", "--store", store).out.splitlines()
    assert lines[:2] == ["--- version 1", "+++ version 2"]
    assert "+The bridge is shut again." in lines
    shown = run("sources", "show", "gazette", "--version", "1", "--store", store)
    assert shown.rows[0]["text"] == DOCUMENTS[0]["text"]


def test_a_removal_stays_in_the_history_with_its_reason(run: Run, tmp_path: Path) -> None:
    store = tmp_path / "store"
    run("ingest", rows_file(tmp_path, DOCUMENTS), "--store", store)
    run("sources", "remove", "old", "--reason", "withdrawn", "--store", store)
    (gone,) = run("sources", "history", "old", "--store", store).rows
    assert (gone["ended_by"], gone["reason"]) == ("removed", "withdrawn")


@pytest.mark.parametrize(
    "arguments",
    [("history", "nowhere"), ("diff", "nowhere"), ("diff", "old", "--from", "7"), ("show", "old", "--version", "7")],
)
def test_a_version_that_never_was_is_wrong_usage(run: Run, store: Path, arguments: tuple[str, ...]) -> None:
    assert run("sources", *arguments, "--store", store).code == 2


def test_a_store_is_rebuilt_and_answers_as_before(run: Run, tmp_path: Path) -> None:
    store = tmp_path / "store"
    run("ingest", rows_file(tmp_path, DOCUMENTS), "--store", store)
    assert "3 passages" in run("sources", "rebuild", "--store", store).err


def test_what_a_removed_source_asserted_is_forgotten(run: Run, tmp_path: Path) -> None:
    store = tmp_path / "store"
    run("ingest", rows_file(tmp_path, [{**row, "language": "en"} for row in DOCUMENTS]), "--store", store)
    assert "gazette" in documents_with_facts(store)
    run("sources", "remove", "gazette", "--store", store)
    assert documents_with_facts(store) == {"ledger", "old"}


def test_extract_prints_claims_that_quote_the_file(run: Run, draft: Path) -> None:
    ran = run("extract", draft)
    claims = [Claim.model_validate(row) for row in ran.rows]
    assert claims
    text = draft.read_text()
    assert all(text[claim.span.start : claim.span.end] == claim.quote for claim in claims)
    assert "as of 2024-03-08" in ran.err


def test_extract_reads_standard_input_and_says_when_there_is_no_date(run: Run) -> None:
    ran = run("extract", "-", stdin=b"The harbour bridge reopened on 4 March 2024.")
    assert ran.rows
    assert "no date known" in ran.err


def test_verify_prints_one_verdict(run: Run, store: Path) -> None:
    ran = run("verify", "The harbour bridge reopened on 6 March 2024.", "--as-of", "2024-03-08", "--store", store)
    verdict = Verdict.model_validate(ran.rows[0])
    assert (ran.code, len(ran.rows), str(verdict.as_of)) == (0, 1, "2024-03-08")
    for piece in verdict.evidence:
        stored = next(row["text"] for row in DOCUMENTS if row["doc_id"] == piece.doc_id)
        assert stored[piece.start : piece.end] == piece.quote


def test_check_prints_a_verdict_a_line_for_programs(run: Run, store: Path, draft: Path) -> None:
    ran = run("check", draft, "--store", store)
    assert ran.code == 0
    assert [Verdict.model_validate(row) for row in ran.rows]
    assert "statements:" in ran.err


def test_check_prints_to_be_read_when_asked(run: Run, store: Path, draft: Path) -> None:
    ran = run("check", draft, "--store", store, "--format", "text")
    assert ran.out.startswith("Open at last\nas of 2024-03-08\n")
    assert "\x1b" not in ran.out
    assert max(len(line) for line in ran.out.splitlines()) <= 100


@pytest.mark.parametrize("name", ["html", "md", "json", "jsonl", "csv"])
def test_check_writes_every_format(run: Run, store: Path, draft: Path, tmp_path: Path, name: str) -> None:
    out = tmp_path / f"report.{name}"
    ran = run("check", draft, "--store", store, "--out", out)
    assert (ran.code, ran.out) == (0, "")
    assert f"wrote {out}" in ran.err
    assert out.read_text("utf-8")
    if name == "json":
        assert Report.model_validate_json(out.read_text()).title == "Open at last"
    if name == "csv":
        assert list(csv.DictReader(io.StringIO(out.read_text())))


def test_an_unknown_format_stops_before_any_work(run: Run, store: Path, draft: Path, tmp_path: Path) -> None:
    ran = run("check", draft, "--store", store, "--out", tmp_path / "report.pdf")
    assert ran.code == 2
    assert ".html, .md" in ran.err
    assert run("check", draft, "--store", store, "--format", "pdf").code == 2
    assert run("check", draft, "--store", store, "--format", "html", "--json").code == 2


def test_fail_on_ends_with_1_only_when_it_is_met(run: Run, store: Path, draft: Path) -> None:
    labels = {row["label"].lower() for row in run("check", draft, "--store", store).rows}
    others = {"supported", "refuted", "conflicting", "not_enough_evidence"} - labels
    assert run("check", draft, "--store", store, "--fail-on", ",".join(labels)).code == 1
    assert run("check", draft, "--store", store, "--fail-on", ",".join(others)).code == 0
    assert run("check", draft, "--store", store, "--fail-on", "wrong").code == 2


def test_sources_of_the_command_line_are_judged_against_alone(run: Run, draft: Path, tmp_path: Path) -> None:
    one, two = (rows_file(tmp_path, [row], f"{row['doc_id']}.jsonl") for row in DOCUMENTS[:2])
    ran = run("check", draft, "--sources", one, two, "--json")
    assert ran.code == 0
    cited = {piece["doc_id"] for row in ran.rows for piece in row["evidence"]}
    assert cited <= {"gazette", "ledger"}


def test_sources_without_a_document_are_refused(run: Run, draft: Path, tmp_path: Path) -> None:
    ran = run("check", draft, "--sources", tmp_path / "nowhere.jsonl")
    assert ran.code == 2
    assert "nothing to check against" in ran.err


def test_eval_claims_measures_and_writes_verdicts(run: Run, store: Path, tmp_path: Path) -> None:
    gold = [
        {"claim": "The harbour bridge reopened on 6 March 2024.", "label": "SUPPORTED", "category": "date",
         "evidence": [{"doc_id": "gazette", "quote": "The harbour bridge reopened on 6 March 2024."}]},
        {"claim": "The repairs took a fortnight.", "label": "NOT_ENOUGH_EVIDENCE", "as_of": "2024-03-08"},
    ]  # fmt: skip
    out = tmp_path / "verdicts.jsonl"
    ran = run("eval", "claims", rows_file(tmp_path, gold), "--store", store, "--json", "--out", out)
    assert ran.code == 0
    result = ran.rows[0]
    assert (result["rows"], result["failed"], result["document_recall"]) == (2, 0, 1.0)
    assert len(out.read_text().splitlines()) == 2
    table = run("eval", "claims", tmp_path / "rows.jsonl", "--store", store).out
    assert table.index("wrongly SUPPORTED") < table.index("label accuracy") < table.index("category")


def test_eval_extraction_measures(run: Run, tmp_path: Path) -> None:
    quote = "Ines Calder is the mayor of Norport."
    gold = [{"doc_id": "gazette", "claims": [{"text": quote, "type": "title_role", "span_quote": quote}]}]
    documents = rows_file(tmp_path, DOCUMENTS, "documents.jsonl")
    ran = run("eval", "extraction", rows_file(tmp_path, gold), "--documents", documents, "--json")
    assert ran.code == 0
    assert (ran.rows[0]["gold"], ran.rows[0]["inexact"]) == (1, 0)
    assert "recall" in run("eval", "extraction", tmp_path / "rows.jsonl", "--documents", documents).out


def test_eval_retrieval_measures(run: Run, tmp_path: Path) -> None:
    corpus = rows_file(tmp_path, [{"id": row["doc_id"], "text": row["text"]} for row in DOCUMENTS], "corpus.jsonl")
    queries = rows_file(tmp_path, [{"id": "1", "text": "When did the harbour bridge reopen?"}], "queries.jsonl")
    qrels = tmp_path / "qrels.tsv"
    qrels.write_text("query-id\tcorpus-id\tscore\n1\tgazette\t1\n")
    ran = run("eval", "retrieval", "--corpus", corpus, "--queries", queries, "--qrels", qrels, "--json", "--k", "3")
    assert ran.code == 0
    assert (ran.rows[0]["queries"], ran.rows[0]["recall"]) == (1, {"3": 1.0})
    assert ran.rows[0]["vectors_alone"]["recall"] == ran.rows[0]["words_alone"]["recall"] == {"3": 1.0}
    assert len(ran.rows) == 1


def test_the_example_prints_its_report(run: Run, elsewhere: Path) -> None:
    ran = run("example")
    assert ran.code == 0
    assert "REFUTED" in ran.out
    assert "✕" in ran.out
    assert ran.out.splitlines()[-1].startswith(tuple("0123456789"))


def test_verify_replays_a_verdict_of_its_own(run: Run, store: Path, tmp_path: Path) -> None:
    claim = "The harbour bridge reopened on 6 March 2024."
    row = run("verify", claim, "--as-of", "2024-03-08", "--store", store, "--json").out
    kept = tmp_path / "verdict.json"
    kept.write_text(row, encoding="utf-8")
    (again,) = run("verify", "--replay", kept, "--store", store, "--json").rows
    assert again["same"]
    assert run("verify", claim, "--replay", kept, "--store", store).code == 2
