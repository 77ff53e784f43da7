"""What a verdict was made from, so that it can be made again and compared."""

import hashlib
import json
from collections.abc import Mapping

from pydantic import JsonValue

from factcheck.types import Claim, Gathered, Receipt, Tier


def sha256(text: str) -> str:
    """Hex digest of a text in UTF-8."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def claim_digest(claim: Claim) -> str:
    """SHA-256 of what was judged: the statement, its day and its context."""
    return sha256("\0".join((claim.claim, claim.as_of.isoformat() if claim.as_of else "", claim.context or "")))


def receipt_of(
    gathered: Gathered,
    *,
    version: str,
    settings: Mapping[str, JsonValue],
    details: Mapping[str, JsonValue] | None = None,
) -> Receipt:
    """The receipt of a verdict on what was gathered.

    ``settings`` are those that bear on verdicts; ``details`` are digests of what else it was made from.
    """
    read = [document.doc_id for document in gathered.documents]
    return Receipt(
        version=version,
        settings=sha256(json.dumps(settings, sort_keys=True)),
        passages=tuple(hit.passage.passage_id for hit in gathered.hits),
        versions={doc_id: gathered.versions[doc_id] for doc_id in read if doc_id in gathered.versions},
        documents={document.doc_id: sha256(document.text) for document in gathered.documents},
        tiers=(Tier.EXACT.value,),
        details=dict(details or {}),
    )
