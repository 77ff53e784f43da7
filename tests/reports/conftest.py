"""A report with every standing, overlapping claims, page clutter and a hostile source."""

from datetime import date

import pytest

from factcheck.types import (
    CheckedClaim,
    Claim,
    Evidence,
    Failure,
    Label,
    LedgerEntry,
    Report,
    SentenceState,
    SlotStatus,
    SlotVerdict,
    Span,
    Stance,
    Tier,
    Verdict,
)
from vectorstore.types import Document

HOSTILE = "</script><script>alert(1)</script> ]]> [bold red]x[/] \x1b[31mred\x1b[0m \u202egnikcats\u202c {{7*7}}"

TEXT = (
    "Harbour bridge reopens\n\n"
    "The harbour bridge reopened on 4 March 2024 after two years of repairs. "
    "Mayor Ines Calder, head of the transport board, cut the ribbon. "
    "The works cost 31 million euros, the city said. "
    "About 9,000 cars cross it every day. "
    "It is the finest bridge in the country.\n\n"
    "Read also: summer fairs\n"
)

DOCUMENTS = {
    "gazette": (
        "After more than two years behind fences the harbour bridge is open again. Traffic returned on 6 March 2024, "
        "city engineers said, and the first buses crossed at dawn. Mayor Ines Calder opened it together with the "
        "head of the transport board, Tom Okafor. Repairs took two years."
    ),
    "ledger": "The council's books put the cost of the bridge at 31 million euros. An auditor counted 34 million.",
    "hostile": f"A note. {HOSTILE} The works cost 34 million euros. {HOSTILE}",
}


def span_of(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start=start, end=start + len(words))


def cited(doc_id: str, quote: str, stance: Stance, marks: tuple[str, ...] = (), **fields: str | None) -> Evidence:
    text = DOCUMENTS[doc_id]
    document = Document(doc_id=doc_id, text=text, **fields)
    inside = span_of(text, quote)
    spans = tuple(
        Span(start=inside.start + quote.index(mark), end=inside.start + quote.index(mark) + len(mark)) for mark in marks
    )
    return Evidence.cite(document, inside, stance=stance, score=0.9, marks=spans)


GAZETTE = {"title": "Bridge open again", "publisher": "The Harbour Gazette", "published_at": "2024-03-07"}


def checked(number: int, quote: str, label: Label | None, *, type: str = "event", **fields: object) -> CheckedClaim:  # noqa: A002
    claim = Claim.cut(TEXT, span_of(TEXT, quote), claim_id=f"c{number}", claim=fields.pop("claim", quote), type=type)
    verdict = Verdict.model_validate(
        {"claim_id": claim.claim_id, "claim": claim.claim, "label": label, "tier": Tier.EXACT if label else None}
        | fields
    )
    return CheckedClaim(claim=claim, verdict=verdict)


def wrong(type: str, claimed: str, found: str) -> SlotVerdict:  # noqa: A002
    return SlotVerdict(type=type, claimed=claimed, found=found, status=SlotStatus.MISMATCH, span=span_of(TEXT, claimed))


def _claims() -> list[CheckedClaim]:
    mayor = "Mayor Ines Calder, head of the transport board, cut the ribbon."
    opinion = Claim.cut(
        TEXT, span_of(TEXT, "It is the finest bridge in the country."), claim_id="c7",
        claim="It is the finest bridge in the country.", type="statement", check_worthy=False, reason="an opinion",
    )  # fmt: skip
    return [
        checked(
            1, "The harbour bridge reopened on 4 March 2024", Label.REFUTED, type="date",
            slots=(wrong("date", "4 March 2024", "6 March 2024"),
                   SlotVerdict(type="event", claimed="The harbour bridge reopened", status=SlotStatus.MATCH)),
            correction="The harbour bridge reopened on 6 March 2024.",
            explanation="The Harbour Gazette has another day.",
            evidence=(cited("gazette", "Traffic returned on 6 March 2024, city engineers said", Stance.REFUTES,
                            ("6 March 2024",), url="https://gazette.example/bridge?a=1&b=2", **GAZETTE),),
        ),
        checked(2, mayor, Label.SUPPORTED, claim="Mayor Ines Calder cut the ribbon of the harbour bridge.",
                explanation="The source says the same.",
                evidence=(cited("gazette", "Mayor Ines Calder opened it", Stance.SUPPORTS, ("Mayor Ines Calder",),
                                url="javascript:alert(1)", **GAZETTE),)),
        checked(3, "Mayor Ines Calder, head of the transport board", Label.REFUTED, type="title_role",
                slots=(wrong("role", "head of the transport board", "mayor"),),
                correction="The head of the transport board is Tom Okafor.",
                evidence=(cited("gazette", "head of the transport board, Tom Okafor", Stance.REFUTES,
                                ("Tom Okafor",), **GAZETTE),)),
        checked(4, "The works cost 31 million euros", Label.CONFLICTING, type="quantity",
                explanation="Two sources give different numbers.",
                evidence=(cited("ledger", "the cost of the bridge at 31 million euros", Stance.SUPPORTS,
                                ("31 million",), title="Council books"),
                          cited("hostile", f"{HOSTILE} The works cost 34 million euros.", Stance.REFUTES,
                                ("34 million",), title=f"Note {HOSTILE}", publisher="=HYPERLINK(1)",
                                url="https://evil.example/\"><script>alert(1)</script>"))),
        checked(5, "About 9,000 cars cross it every day.", Label.NOT_ENOUGH_EVIDENCE, type="quantity",
                claim="About 9,000 cars cross the harbour bridge every day.",
                explanation="No source speaks of it.",
                evidence=(cited("ledger", "An auditor counted 34 million.", Stance.NEUTRAL),)),
        checked(6, "after two years of repairs", None,
                error=Failure(stage="exact", error="ValueError", message="the comparison failed: bad date")),
        CheckedClaim(claim=opinion),
    ]  # fmt: skip


@pytest.fixture
def documents() -> dict[str, str]:
    return dict(DOCUMENTS)


@pytest.fixture
def report() -> Report:
    entries = [
        ("Harbour bridge reopens", SentenceState.NOT_CHECK_WORTHY, "a headline"),
        ("It is the finest bridge in the country.", SentenceState.NOT_CHECK_WORTHY, "an opinion"),
        ("Read also: summer fairs", SentenceState.CLUTTER, "page clutter"),
    ]
    ledger = tuple(
        LedgerEntry(sentence_index=number, span=span_of(TEXT, words), state=state, reason=reason)
        for number, (words, state, reason) in enumerate(entries)
    )
    return Report(
        text=TEXT, title="Harbour bridge reopens", as_of=date(2024, 3, 8), claims=tuple(_claims()), ledger=ledger,
        version="0.1.0",
    )  # fmt: skip


@pytest.fixture
def hostile() -> str:
    return HOSTILE
