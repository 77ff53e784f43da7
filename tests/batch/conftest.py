"""A small store, claims about it, and a judge of a few lines for what does not need the real one."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from factcheck.batch.journal import RunFacts
from factcheck.settings import Settings
from factcheck.types import Claim, Label, Verdict
from vectorstore import Document, open_store

SOURCES = (
    Document(
        doc_id="gazette", title="Bridge open again", publisher="The Harbour Gazette", published_at="2024-03-07",
        text="The harbour bridge reopened on 6 March 2024. Mayor Ines Calder cut the ribbon. Repairs took two years.",
    ),
    Document(
        doc_id="ledger", title="Council books", publisher="City Ledger", published_at="2024-03-09",
        text="The council paid 31 million euros for the works. Tom Okafor heads the transport board.",
    ),
)  # fmt: skip
CLAIMS = (
    "The harbour bridge reopened on 4 March 2024.",
    "Mayor Ines Calder cut the ribbon.",
    "Tom Okafor heads the transport board.",
    "The council paid 34 million euros for the works.",
    "A comet was seen over the harbour.",
)


class Judge:
    """Judges by the length of the claim, and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __call__(self, claims: Sequence[Claim]) -> list[Verdict]:
        self.asked += [claim.claim for claim in claims]
        return [self.verdict(claim) for claim in claims]

    def verdict(self, claim: Claim) -> Verdict:
        label = list(Label)[len(claim.claim) % 4]
        return Verdict(claim_id=claim.claim_id, claim=claim.claim, as_of=claim.as_of, label=label)


@pytest.fixture
def judge() -> Judge:
    return Judge()


@pytest.fixture
def facts() -> RunFacts:
    return RunFacts(version="1", input="claims.jsonl", settings="{}", store="abc")


@pytest.fixture(scope="session")
def stocked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a store in it; tests only read it."""
    folder = tmp_path_factory.mktemp("stocked") / "store"
    with open_store(folder) as store:
        store.add(SOURCES)
    return folder


@pytest.fixture
def settings(stocked: Path) -> Settings:
    return Settings(store=str(stocked))


@pytest.fixture
def claims_file(tmp_path: Path) -> Callable[..., Path]:
    """Write claims, given as texts or whole rows, as JSON Lines."""

    def write(rows: Sequence[str | dict[str, object]], name: str = "claims.jsonl") -> Path:
        path = tmp_path / name
        objects = [{"claim": row} if isinstance(row, str) else row for row in rows]
        path.write_text("".join(json.dumps(one) + "\n" for one in objects), encoding="utf-8")
        return path

    return write
