"""What verdicts depend on beside the claim, settings and documents, each as a short text that tells a change."""

import json
from hashlib import blake2b

from factcheck.settings import Settings
from vectorstore.types import Store

_PLACES = {
    "store", "database", "publisher", "publisher_url",
    "llm_budget", "llm_prices", "llm_seconds", "llm_at_once", "llm_trace",
}  # fmt: skip
"""Settings that say where things are and whose and what they may cost, not how claims are judged."""


def settings_text(settings: Settings) -> str:
    """The settings that bear on verdicts, as JSON."""
    return json.dumps(settings.model_dump(mode="json", exclude=_PLACES), sort_keys=True)


def store_digest(store: Store) -> str:
    """Digest of all documents: it changes when one is added, changed or removed, and with nothing else."""
    state = blake2b(digest_size=12)
    for version in store.versions():
        state.update(f"{version.doc_id}\0{version.digest}\n".encode())
    return state.hexdigest()
