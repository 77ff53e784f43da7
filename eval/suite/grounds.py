"""The grounds of the suite: labelled claims, the documents they are judged on, and what search finds for each."""

import json
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from eval.grounds.measure import FOLDER
from factcheck.build import build_checker
from factcheck.checker import Checker
from factcheck.errors import InputError
from factcheck.measure.claims import ClaimRow, as_claims
from factcheck.measure.rows import read_rows
from factcheck.settings import load_settings
from vectorstore import Document, load

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
ISTANBUL = SHARED / "istanbul"
NAMES = ("istanbul", "develop", "measure")


@dataclass(frozen=True)
class Ground:
    """One set of labelled claims and its documents."""

    name: str
    rows: list[ClaimRow]
    documents: list[Document]


def ground(name: str) -> Ground:
    """Read a ground; raises InputError when its files are not here."""
    folder = ISTANBUL if name == "istanbul" else FOLDER / name
    claims = folder / ("claims.dev.jsonl" if name == "istanbul" else "claims.jsonl")
    if not claims.is_file():
        raise InputError(f"{claims}: no such file")
    documents = [item for item in load([str(folder / "documents.jsonl")]) if isinstance(item, Document)]
    return Ground(name, read_rows(str(claims), ClaimRow), documents)


@contextmanager
def checker_on(documents: Sequence[Document], *, local_model: bool = True) -> Iterator[Checker]:
    """A checker on a store of these documents that is gone afterwards; it asks no language model."""
    with tempfile.TemporaryDirectory(prefix="factcheck-suite-") as folder:
        settings = load_settings(store=folder, local_model=local_model).model_copy(update={"llm": None})
        with build_checker(settings) as checker:
            checker.ingest(documents)
            yield checker


def write_asked(path: Path, checker: Checker, rows: Sequence[ClaimRow]) -> None:
    """Write each claim with the passages that our search finds for it, as peers are given them."""
    found = [gathered for gathered, _ in checker.assertions(as_claims(rows))]
    lines = [
        {
            "claim": row.claim,
            "as_of": row.as_of.isoformat() if row.as_of else None,
            "passages": [hit.passage.text for hit in gathered.hits],
        }
        for row, gathered in zip(rows, found, strict=True)
    ]
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), "utf-8")
