"""Claims, extraction and retrieval measured on rows whose numbers are known."""

import gzip
from pathlib import Path

import pytest

from factcheck.errors import InputError, UsageError
from factcheck.measure.claims import ClaimRow, as_claims, judge_rows, measure_claims
from factcheck.measure.extraction import ExtractionRow, TextRow, measure_extraction
from factcheck.measure.retrieval import CorpusRow, QueryRow, measure_retrieval, read_qrels
from factcheck.measure.rows import read_rows
from factcheck.types import Claim, Extraction, Failure, Label, Receipt, Span, Tier, Verdict

STORED = {"a": "The bridge opened on 6 March. It cost 31 million.", "b": "Nothing of note happened."}


def row(number: int, label: Label, **fields: object) -> ClaimRow:
    return ClaimRow.model_validate({"claim_id": f"c{number}", "claim": f"Claim {number}.", "label": label} | fields)


def verdict(
    number: int, label: Label | None, passages: tuple[str, ...] = (), confidence: float | None = None
) -> Verdict:
    return Verdict(
        claim_id=f"c{number}", claim=f"Claim {number}.", label=label, tier=Tier.EXACT if label else None,
        confidence=confidence, receipt=Receipt(version="0", settings="", passages=passages),
        error=None if label else Failure(stage="exact", error="ValueError", message="broken"),
    )  # fmt: skip


def test_claims_by_hand() -> None:
    rows = [
        row(1, Label.SUPPORTED, category="x", evidence=[{"doc_id": "a", "quote": "It cost 31 million."}]),
        row(2, Label.REFUTED, category="x", evidence=[{"doc_id": "a", "quote": "not in the text"}, {"doc_id": "b"}]),
        row(3, Label.NOT_ENOUGH_EVIDENCE, category="y"),
        row(4, Label.REFUTED, category="y"),
    ]
    verdicts = [
        verdict(1, Label.SUPPORTED, ("b#0-25", "a#30-49")),
        verdict(2, Label.SUPPORTED, ("a#0-29",)),
        verdict(3, Label.NOT_ENOUGH_EVIDENCE),
        verdict(4, None),
    ]
    result = measure_claims(rows, verdicts, STORED.get, k=10)
    assert (result.rows, result.failed) == (4, 1)
    assert (result.wrong_supported, result.wrong_refuted) == (1, 0)
    assert result.accuracy == pytest.approx(2 / 3)
    assert result.abstention == pytest.approx(1 / 3)
    assert result.document_recall == pytest.approx((1 + 1 / 2) / 2)
    assert result.quote_recall == pytest.approx((1 + 0) / 2)
    assert result.unplaced_quotes == 1
    assert result.calibration_error is None
    assert result.categories["y"].failed == 1
    assert result.categories["x"].wrong_supported == 1
    assert result.confusion[Label.REFUTED][Label.SUPPORTED] == 1


def test_only_the_first_k_passages_count() -> None:
    rows = [row(1, Label.SUPPORTED, evidence=[{"doc_id": "a", "quote": "It cost 31 million."}])]
    verdicts = [verdict(1, Label.SUPPORTED, ("b#0-25", "a#30-49"))]
    assert measure_claims(rows, verdicts, STORED.get, k=1).document_recall == 0.0


def test_a_quote_held_by_less_than_half_is_not_found() -> None:
    rows = [row(1, Label.SUPPORTED, evidence=[{"doc_id": "a", "quote": "It cost 31 million."}])]
    assert measure_claims(rows, [verdict(1, Label.SUPPORTED, ("a#0-35",))], STORED.get).quote_recall == 0.0


def test_calibration_is_measured_where_there_is_confidence() -> None:
    result = measure_claims([row(1, Label.REFUTED)], [verdict(1, Label.SUPPORTED, confidence=0.75)], STORED.get)
    assert result.calibration_error == pytest.approx(0.75)


def test_no_rows_measure_nothing() -> None:
    result = measure_claims([], [], STORED.get)
    assert result.accuracy is result.macro_f1 is result.abstention is result.document_recall is None


def test_every_row_is_judged_in_order_in_batches() -> None:
    rows = [row(number, Label.SUPPORTED) for number in range(40)]
    sizes: list[int] = []

    def judge(claims: "list[Claim]") -> list[Verdict]:
        sizes.append(len(claims))
        return [Verdict(claim_id=c.claim_id, claim=c.claim, label=Label.REFUTED) for c in claims]

    assert [one.claim_id for one in judge_rows(rows, judge)] == [one.claim_id for one in rows]
    assert sum(sizes) == 40
    assert len(sizes) > 1


def test_rows_without_an_id_get_one() -> None:
    rows = [ClaimRow(claim="Same.", label=Label.REFUTED), ClaimRow(claim="Same.", label=Label.REFUTED)]
    assert len({claim.claim_id for claim in as_claims(rows)}) == 2


def found(text: str, *quotes: tuple[str, str, bool]) -> Extraction:
    claims = []
    for number, (quote, type_, worth) in enumerate(quotes):
        start = text.index(quote)
        span = Span(start=start, end=start + len(quote))
        reason = None if worth else "an opinion"
        claims.append(
            Claim.cut(text, span, claim_id=str(number), claim=quote, type=type_, check_worthy=worth, reason=reason)
        )
    return Extraction(claims=tuple(claims), ledger=())


def test_extraction_by_hand() -> None:
    text = "The bridge opened on 6 March.\nIt cost 31 million.\nRead also: fairs.\nLovely."
    gold = ExtractionRow.model_validate(
        {
            "doc_id": "a",
            "claims": [
                {
                    "text": "The bridge opened on 6 March.",
                    "type": "date",
                    "span_quote": "The bridge opened on 6 March.",
                },
                {"text": "The bridge cost 31 million.", "type": "quantity", "span_quote": "It cost 31 million."},
            ],
            "not_claims": ["Read also: fairs.", "Lovely."],
        }
    )

    def extract(given: str, day: object) -> Extraction:
        assert given == text
        assert str(day) == "2024-03-08"
        quotes = (("The bridge opened on 6 March.", "event", True), ("Read also: fairs.", "statement", True))
        return found(text, *quotes, ("Lovely.", "statement", False))

    texts = [TextRow(doc_id="b", text="x"), TextRow(doc_id="a", text=text, published_at="2024-03-08T10:00:00")]
    result = measure_extraction([gold], texts, extract)
    assert (result.gold, result.found, result.recall) == (2, 1, 0.5)
    assert (result.predicted, result.precision_estimate) == (2, 0.5)
    assert result.not_claim_hits == 1
    assert result.documents[0].not_claim_hits == ("Read also: fairs.",)
    assert [miss.text for miss in result.documents[0].missed] == ["The bridge cost 31 million."]
    assert result.inexact == 0
    assert (result.types["date"].found, result.types["quantity"].found) == (1, 0)


def test_a_labelled_document_that_is_not_there_is_named() -> None:
    with pytest.raises(InputError, match="nowhere"):
        measure_extraction([ExtractionRow(doc_id="nowhere", claims=())], [], lambda text, day: found(text))


def test_retrieval_by_hand() -> None:
    queries = [QueryRow(id="1", text="one"), QueryRow(id="2", text="two"), QueryRow(id="3", text="unjudged")]
    judgements = {"1": {"a": 1.0}, "2": {"b": 1.0, "c": 1.0}}
    answers = {"one": ["x", "a", "a"], "two": ["b"]}
    result = measure_retrieval(queries, judgements, lambda texts: [answers[t] for t in texts], documents=4, ks=[1, 10])
    assert (result.queries, result.unjudged, result.documents) == (2, 1, 4)
    assert result.recall == {1: pytest.approx((0 + 1 / 2) / 2), 10: pytest.approx((1 + 1 / 2) / 2)}
    assert result.ndcg_at_10 == pytest.approx((0.6309297535714575 + 1 / 1.6309297535714575) / 2)


def test_corpus_rows_may_have_sentences_and_other_names_for_the_id() -> None:
    joined = CorpusRow.model_validate_json('{"_id": "1", "title": "T", "sentences": ["One.", "Two."]}')
    assert (joined.id, joined.text) == ("1", "One. Two.")


def test_qrels_are_read_with_and_without_a_header(tmp_path: Path) -> None:
    path = tmp_path / "q.tsv"
    path.write_text("query-id\tcorpus-id\tscore\n1\ta\t1\n1\tb\t2\n")
    assert read_qrels(str(path)) == {"1": {"a": 1.0, "b": 2.0}}
    path.write_text("1\ta\t1\n")
    assert read_qrels(str(path)) == {"1": {"a": 1.0}}


def test_a_bad_judgement_is_named_by_file_and_line(tmp_path: Path) -> None:
    path = tmp_path / "q.tsv"
    path.write_text("1\ta\t1\n1\ta\n")
    with pytest.raises(InputError, match=r"q\.tsv, line 2"):
        read_qrels(str(path))


def test_rows_are_read_from_gzip_and_past_blank_lines(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl.gz"
    path.write_bytes(gzip.compress(b'{"id": "1", "text": "a"}\n\n{"id": "2", "text": "b", "more": 1}\n'))
    assert [one.id for one in read_rows(str(path), QueryRow)] == ["1", "2"]


@pytest.mark.parametrize(
    ("data", "says"),
    [(b'{"id": "1", "text": "a"}\n{"id"', "line 2"), (b'{"id": "1"}', "line 1: text"), (b"\xff\xfa", "not valid UTF-8"),
     (b"", "no rows"), (b"\n \n", "no rows")],
)  # fmt: skip
def test_bad_rows_end_the_measurement_by_name(tmp_path: Path, data: bytes, says: str) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_bytes(data)
    with pytest.raises(InputError, match=says):
        read_rows(str(path), QueryRow)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="nowhere"):
        read_rows(str(tmp_path / "nowhere.jsonl"), QueryRow)
