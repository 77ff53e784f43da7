"""Checks the factual claims of a text against a store of source documents, with exact citations.

``import factcheck`` is quick: each public name loads its module when it is first used.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from factcheck.version import __version__

if TYPE_CHECKING:
    from factcheck.build import build_checker
    from factcheck.checker import Checker
    from factcheck.errors import (
        FactcheckError,
        InputError,
        ModelFailed,
        QuoteMismatch,
        StoreFailed,
        UsageError,
    )
    from factcheck.settings import Settings, load_settings
    from factcheck.types import (
        CheckedClaim,
        Claim,
        Evidence,
        Extraction,
        Failure,
        Label,
        LedgerEntry,
        Receipt,
        Report,
        SentenceState,
        Slot,
        SlotStatus,
        SlotVerdict,
        Span,
        Stance,
        Tier,
        Verdict,
    )
    from vectorstore.types import Document, IngestResult, Problem

__all__ = [
    "CheckedClaim",
    "Checker",
    "Claim",
    "Document",
    "Evidence",
    "Extraction",
    "FactcheckError",
    "Failure",
    "IngestResult",
    "InputError",
    "Label",
    "LedgerEntry",
    "ModelFailed",
    "Problem",
    "QuoteMismatch",
    "Receipt",
    "Report",
    "SentenceState",
    "Settings",
    "Slot",
    "SlotStatus",
    "SlotVerdict",
    "Span",
    "Stance",
    "StoreFailed",
    "Tier",
    "UsageError",
    "Verdict",
    "__version__",
    "build_checker",
    "load_settings",
]

_HOMES = {
    "factcheck.build": ("build_checker",),
    "factcheck.checker": ("Checker",),
    "factcheck.errors": (
        "FactcheckError", "InputError", "ModelFailed", "QuoteMismatch", "StoreFailed", "UsageError",
    ),
    "factcheck.settings": ("Settings", "load_settings"),
    "factcheck.types": (
        "CheckedClaim", "Claim", "Evidence", "Extraction", "Failure", "Label", "LedgerEntry", "Receipt",
        "Report", "SentenceState", "Slot", "SlotStatus", "SlotVerdict", "Span", "Stance", "Tier", "Verdict",
    ),
    "vectorstore.types": ("Document", "IngestResult", "Problem"),
}  # fmt: skip
_HOME_OF = {name: module for module, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> object:
    """Load the module of a public name at its first use; raises AttributeError for any other."""
    if name not in _HOME_OF:
        raise AttributeError(f"module 'factcheck' has no attribute {name!r}")
    value = getattr(import_module(_HOME_OF[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
