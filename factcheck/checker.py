"""The whole walk on one screen: text to claims, claims to evidence, evidence to verdicts."""

import logging
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from pydantic import JsonValue

from factcheck.claims import Parts, alternatives, denied_claim, extract, parts_of_all
from factcheck.errors import FactcheckError, StoreFailed
from factcheck.evidence import gather
from factcheck.facts import FactIndex
from factcheck.facts.index import FILE_NAME as FACTS
from factcheck.facts.index import rules_digest
from factcheck.facts.leaders import leader_of, leaders
from factcheck.facts.offices import Holder, Office, holder_of, offices, post_of, with_holder
from factcheck.facts.restating import is_restated
from factcheck.language.dates import parse_day
from factcheck.llm.orders import has_orders
from factcheck.tracing import span
from factcheck.types import (
    CheckedClaim,
    Claim,
    Extraction,
    Fact,
    Failure,
    Gathered,
    Label,
    Report,
    Span,
    Tier,
    Verdict,
)  # fmt: skip
from factcheck.verdict import local
from factcheck.verdict.calibration import confidence_of
from factcheck.verdict.exact import findings
from factcheck.verdict.explain import verdict_of
from factcheck.verdict.holders import of_holder
from factcheck.verdict.receipt import claim_digest, receipt_of
from factcheck.verdict.settle import Settled, joined, settle, settle_part, unaccounted
from factcheck.verdict.standing import standing
from factcheck.verdict.turned import turned
from factcheck.version import __version__
from vectorstore import open_store
from vectorstore.errors import StoreError
from vectorstore.types import Document, IngestResult, Passage, Store

if TYPE_CHECKING:
    from factcheck.claims.by_model import LanguageExtractor
    from factcheck.verdict.llm import LanguageTier

logger = logging.getLogger(__name__)

_ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")
BATCH = 64
"""Claims searched for and judged together; bounds the memory of a long run."""


class Checker:
    """Holds a store of sources and checks texts and claims against it. A context manager."""

    def __init__(
        self, store: Store | str | Path, *, facts: FactIndex | None = None, passages_per_claim: int = 10,
        local_model: bool = True, language: "LanguageTier | None" = None,
        extractor: "LanguageExtractor | None" = None,
    ) -> None:  # fmt: skip
        """Use an open store, or open the one in a folder (made if it is not there).

        ``facts`` is the fact index of that store; without one it is the file in the store's folder, or memory alone
        for a store that was already open. ``local_model`` lets the model that ships judge what exact comparison leaves
        open, ``language`` a language model what that leaves open; with ``extractor`` one also looks for claims. Raises
        StoreFailed when the store cannot be opened.
        """
        if isinstance(store, str | Path):
            try:
                opened = open_store(store)
            except StoreError as exc:
                raise StoreFailed(str(exc)) from exc
            facts = facts or FactIndex(Path(store).expanduser() / FACTS)
            store = opened
        self.store: Store = store
        self.passages_per_claim = passages_per_claim
        self.local_model = local_model
        self.language = language
        self.extractor = extractor
        self.facts = facts or FactIndex()

    def ingest(self, documents: Iterable[Document]) -> IngestResult:
        """Store documents as sources; raises StoreFailed when the store cannot be written.

        What they assert is read when it is first asked for, or all at once by ``read_facts``.
        """
        try:
            return self.store.add(documents)
        except StoreError as exc:
            raise StoreFailed(str(exc)) from exc

    def read_facts(self) -> int:
        """Read every stored document that the fact index does not yet know; returns how many that were."""
        return self.facts.fill(d for source in self.store.sources() if (d := self.store.get(source.doc_id)) is not None)

    def extraction(self, text: str, *, as_of: date | str | None = None) -> Extraction:
        """The claims of a text and the account of all its sentences; ``as_of`` is its publication date."""
        day = _day(as_of)
        found = extract(text, as_of=day)
        if self.extractor is None:
            return found
        from factcheck.claims.by_model import with_model

        found = with_model(text, found, self.extractor, as_of=day)
        for failure in found.failures:
            logger.warning("a part of the text was read by the rules alone: %s", failure.message)
        return found

    def extract(self, text: str, *, as_of: date | str | None = None) -> list[Claim]:
        """The claims of a text; raises UsageError for an ``as_of`` that is no ISO date."""
        return list(self.extraction(text, as_of=as_of).claims)

    def verify(
        self, claims: Iterable[Claim | str], *, as_of: date | str | None = None, language: bool = True
    ) -> list[Verdict]:
        """One verdict for each claim, in order; a claim that cannot be judged gives a verdict with ``error``.

        Without ``language`` no language model is asked, although there is one.
        """
        return list(self.stream(claims, as_of=as_of, language=language))

    def stream(
        self, claims: Iterable[Claim | str], *, as_of: date | str | None = None, language: bool = True
    ) -> Iterator[Verdict]:
        """Like ``verify``, a batch at a time, for any number of claims."""
        day = _day(as_of)
        numbered = (_as_claim(claim, n, day) for n, claim in enumerate(claims, 1))
        while batch := list(islice(numbered, BATCH)):
            yield from self._verify(batch, language=language)

    def check(self, text: str, *, as_of: date | str | None = None, title: str | None = None) -> Report:
        """Extract the claims of a text and verify those worth checking."""
        day = _day(as_of)
        found = self.extraction(text, as_of=day)
        verdicts = iter(self.verify([claim for claim in found.claims if claim.check_worthy]))
        checked = tuple(CheckedClaim(claim=c, verdict=next(verdicts) if c.check_worthy else None) for c in found.claims)
        return Report(text=text, title=title, as_of=day, claims=checked, ledger=found.ledger, version=__version__)

    def _verify(self, claims: Sequence[Claim], *, language: bool) -> list[Verdict]:
        """Judge a batch; a claim that only denies another is judged by that other."""
        denied = [denied_claim(claim) for claim in claims]
        if not any(denied):
            return self._judged(claims, language=language)
        asked = [other or claim for claim, other in zip(claims, denied, strict=True)]
        verdicts = self._verify(asked, language=language)  # what is denied may itself deny something
        return [
            verdict if other is None else turned(claim, other, verdict)
            for claim, other, verdict in zip(claims, denied, verdicts, strict=True)
        ]

    def _judged(self, claims: Sequence[Claim], *, language: bool) -> list[Verdict]:
        splits = parts_of_all(claims)
        found = self._gather(claims, splits)
        with span("judge", factcheck__claims=len(claims)) as mark:
            mark.text(factcheck__texts="\n".join(claim.claim for claim in claims))
            verdicts = [self._judge(claim, split, got) for claim, split, got in zip(claims, splits, found, strict=True)]
            verdicts = self._by_posts(claims, splits, found, verdicts)
            verdicts = self._by_holders(claims, found, verdicts)
            verdicts = self._read_open(claims, splits, found, verdicts) if self.local_model else verdicts
            if self.language is not None and language:
                from factcheck.verdict import llm

                verdicts = llm.judge(claims, found, verdicts, self.language)
            mark.note(factcheck__failed=sum(verdict.error is not None for verdict in verdicts))
        return verdicts

    def _by_posts(
        self, claims: Sequence[Claim], splits: Sequence[Parts], found: Sequence[Gathered], verdicts: list[Verdict]
    ) -> list[Verdict]:
        """Judge what is open of "X is foreign minister" by what is told of that post, by whomever it is held."""
        still = [n for n, verdict in enumerate(verdicts) if verdict.label is Label.NOT_ENOUGH_EVIDENCE]
        asked = {n: post for n in still if (post := post_of(splits[n])) is not None}
        if not asked:
            return verdicts
        posts = [_as_claim(post, n, claims[n].as_of) for n, post in asked.items()]
        for n, more in zip(asked, self._gather(posts, [Parts((post,), ()) for post in posts]), strict=True):
            verdict = self._judge(claims[n], splits[n], found[n].with_more(more))
            verdicts[n] = verdict if verdict.error is None else verdicts[n]
        return verdicts

    def _by_holders(self, claims: Sequence[Claim], found: Sequence[Gathered], verdicts: list[Verdict]) -> list[Verdict]:
        """Judge what is open of "the foreign minister" by what sources say of who held that office."""
        still = [n for n, verdict in enumerate(verdicts) if verdict.label is Label.NOT_ENOUGH_EVIDENCE]
        still = [n for n in still if not claims[n].slots]
        held = self._held([claims[n] for n in still], [found[n] for n in still])
        asked = {n: pair for n, pair in zip(still, held, strict=True) if pair is not None}
        named = [with_holder(claims[n], *pair) for n, pair in asked.items()]
        for (n, (office, holder)), claim, verdict in zip(
            asked.items(), named, self._judged(named, language=False) if named else [], strict=True
        ):
            if verdict.label not in {None, Label.NOT_ENOUGH_EVIDENCE}:
                verdicts[n] = of_holder(claims[n], office.span.of(claims[n].claim), holder.fact, claim, verdict)
        return verdicts

    def _held(self, claims: Sequence[Claim], found: Sequence[Gathered]) -> list[tuple[Office, Holder] | None]:
        """For each claim the first office, or leader of a body, in it that is known, with who it was."""
        wanted = [
            [(office, None) for office in offices(claim)] + [(office, days) for office, days in leaders(claim)]
            for claim in claims
        ]
        told = iter(self._told([
            (office.role, claim.as_of) if days is None else (office.span.of(claim.claim), days[1])
            for claim, named in zip(claims, wanted, strict=True) for office, days in named
        ]))  # fmt: skip
        held: list[tuple[Office, Holder] | None] = []
        for claim, gathered, named in zip(claims, found, wanted, strict=True):
            known: list[tuple[Office, Holder]] = []
            for office, days in named:
                facts = [*self._facts(gathered), *next(told)]
                by = holder_of(office, facts, claim.as_of) if days is None else leader_of(office.role, days, facts)
                known += [(office, by)] if by is not None else []
            held.append(known[0] if known else None)
        return held

    def _told(self, asked: Sequence[tuple[str, date | None]]) -> list[list[Fact]]:
        """What sources found for each of these words, on its day, assert; one search for all."""
        if not asked:
            return []
        claims = [_as_claim(text, number, day) for number, (text, day) in enumerate(asked)]
        return [self._facts(found) for found in self._gather(claims, [Parts((claim,), ()) for claim in claims])]

    def _read_open(
        self, claims: Sequence[Claim], splits: Sequence[Parts], found: Sequence[Gathered], verdicts: list[Verdict]
    ) -> list[Verdict]:
        """Give what exact comparison left open to the local model, all of the batch at once."""
        still = [n for n, verdict in enumerate(verdicts) if verdict.label is Label.NOT_ENOUGH_EVIDENCE]
        kinds = [splits[n].parts[0].type if splits[n].parts else claims[n].type for n in still]
        judged = local.judge([claims[n] for n in still], [found[n] for n in still], kinds, [verdicts[n] for n in still])
        for n, verdict in zip(still, judged, strict=True):
            verdicts[n] = verdict
        return verdicts

    def assertions(self, claims: Sequence[Claim]) -> list[tuple[Gathered, list[Fact]]]:
        """What was found for each claim, and everything that those sources assert there; raises StoreFailed."""
        gathered = self._gather(claims, parts_of_all(claims))
        return [(found, [f for f in self._facts(found) if not is_restated(f.claim)]) for found in gathered]

    def _gather(self, claims: Sequence[Claim], splits: Sequence[Parts]) -> list[Gathered]:
        days = [sorted({day for part in split.parts for day in _days_of(part)}) for split in splits]
        try:
            with span("retrieve", factcheck__claims=len(claims)) as mark:
                mark.text(factcheck__texts="\n".join(claim.claim for claim in claims))
                found = gather(claims, days, self.store, k=self.passages_per_claim)
                mark.note(factcheck__passages=sum(len(one.hits) for one in found))
                return found
        except StoreError as exc:
            raise StoreFailed(str(exc)) from exc

    def _judge(self, claim: Claim, split: Parts, gathered: Gathered) -> Verdict:
        try:
            facts = self._facts(gathered)
            parts = [settled(part, facts, gathered.documents) for part in split.parts]
            settings = {"passages_per_claim": self.passages_per_claim, "local_model": self.local_model}
            receipt = receipt_of(gathered, version=__version__, settings=settings, details=_made_from(claim))
            left_over = (*split.left_over, *unaccounted(split.setting, parts))
            verdict = verdict_of(claim, parts, left_over, gathered, receipt)
            return verdict.model_copy(update={"confidence": confidence_of(Tier.EXACT, verdict.label, None)})
        except (FactcheckError, ValueError, ArithmeticError, LookupError) as exc:
            return Verdict.failed(claim, Failure(stage="exact", error=type(exc).__name__, message=str(exc)[:500]))

    def _facts(self, gathered: Gathered) -> list[Fact]:
        by_document: dict[str, list[Passage]] = {document.doc_id: [] for document in gathered.documents}
        for hit in gathered.hits:
            by_document[hit.passage.doc_id].append(hit.passage)
        facts = (
            fact for document in gathered.documents for fact in self.facts.read(document, by_document[document.doc_id])
        )
        return [fact for fact in facts if not has_orders(fact.sentence.of(fact.document.text))]

    def close(self) -> None:
        """Let go of the store and the fact index."""
        self.facts.close()
        self.store.close()
        if self.language is not None:
            self.language.provider.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, exc: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def settled(part: Claim, facts: Sequence[Fact], documents: Sequence[Document]) -> Settled:
    """One statement settled by what sources assert; where they leave it open, as they settle it in other words."""
    found = standing(findings(part, facts), documents)
    own = settle_part(part, found.stands, found.withdrawn)
    if own.label is not Label.NOT_ENOUGH_EVIDENCE:
        return own
    for other in alternatives(part):
        parts = [standing(findings(one, facts), documents) for one in other.parts]
        made = [settle_part(one, f.stands, f.withdrawn) for one, f in zip(other.parts, parts, strict=True)]
        label = settle(made, other.left_over)
        if label is not Label.NOT_ENOUGH_EVIDENCE:
            return joined(label, made)
    return own


def _days_of(part: Claim) -> Iterator[date]:
    """The day a statement is judged at, and the days it names."""
    if part.as_of is not None:
        yield part.as_of
    for slot in part.slots:
        if slot.type == "date" and _ISO_DAY.fullmatch(slot.value):
            yield parse_day(slot.value)


def _made_from(claim: Claim) -> dict[str, JsonValue]:
    """Digests of the claim and of the rules that read it, for the receipt."""
    return {"claim": claim_digest(claim), "rules": rules_digest()}


def _day(value: date | str | None) -> date | None:
    return parse_day(value) if isinstance(value, str) else value


def _as_claim(claim: Claim | str, number: int, as_of: date | None) -> Claim:
    """A claim given as text, as a claim of its own text."""
    if isinstance(claim, Claim):
        return claim
    text = claim.strip() or "?"
    return Claim.cut(
        text, Span(start=0, end=len(text)), claim_id=f"c{number}", claim=text, type="statement", as_of=as_of
    )
