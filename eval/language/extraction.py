"""Claims that the rules find, that a real language model finds, and what users get with ``--llm``: both."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from factcheck.build import extractor_of, language_of
from factcheck.claims import extract
from factcheck.claims.by_model import LanguageExtractor, with_model
from factcheck.errors import UsageError
from factcheck.measure.extraction import ExtractionResult, ExtractionRow, TextRow, measure_extraction
from factcheck.measure.rows import read_rows
from factcheck.settings import Settings
from factcheck.types import Extraction

Way = Callable[[str, date | None], Extraction]


@dataclass
class Counted:
    """What became of the model's claims in one way of extracting."""

    dropped: int = 0
    repaired: int = 0
    failed: int = 0

    def of(self, way: Way) -> Way:
        """The same way of extracting, counted."""

        def extracted(text: str, day: date | None) -> Extraction:
            found = way(text, day)
            self.dropped += found.dropped
            self.repaired += found.repaired
            self.failed += len(found.failures)
            return found

        return extracted


def measure(settings: Settings, folder: Path) -> None:
    """Print the table for the labelled texts of ``folder``."""
    rows = read_rows(str(folder / "extraction.dev.jsonl"), ExtractionRow)
    texts = read_rows(str(folder / "documents.jsonl"), TextRow)
    language = language_of(settings)
    if language is None:
        raise UsageError("set FACTCHECK_LLM, OPENAI_BASE_URL and OPENAI_API_KEY")
    ways = _ways(extractor_of(settings, language))
    print(f"\nIstanbul, labelled texts: {len(rows)} texts, {sum(len(row.claims) for row in rows)} claims\n")
    head = "precision | recall | F1 | claims | made from no claim | dropped | put right | no answer"
    print(f"| who finds claims | {head} |")
    print("|---|---|---|---|---|---|---|---|---|")
    for name, way in ways.items():
        counted = Counted()
        result = measure_extraction(rows, texts, counted.of(way))
        print(_line(name, result, counted))
    language.provider.close()


def _ways(asked: LanguageExtractor) -> dict[str, Way]:
    def rules(text: str, day: date | None) -> Extraction:
        return extract(text, as_of=day)

    def model(text: str, day: date | None) -> Extraction:
        return with_model(text, rules(text, day).model_copy(update={"claims": ()}), asked, as_of=day)

    def both(text: str, day: date | None) -> Extraction:
        return with_model(text, rules(text, day), asked, as_of=day)

    return {"rules, no language model": rules, "language model alone": model, "both (`--llm`)": both}


def _line(name: str, result: ExtractionResult, counted: Counted) -> str:
    precision, recall = result.precision_estimate or 0.0, result.recall or 0.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return (
        f"| {name} | {precision:.3f} | {recall:.3f} | {f1:.3f} | {result.predicted} | {result.not_claim_hits} "
        f"| {counted.dropped} | {counted.repaired} | {counted.failed} |"
    )
