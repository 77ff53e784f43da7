"""Settings in, ready parts out: the only place that chooses them."""

import logging
from typing import TYPE_CHECKING

from factcheck.errors import StoreFailed
from factcheck.settings import Settings

if TYPE_CHECKING:
    from factcheck.checker import Checker
    from vectorstore.types import Store

logger = logging.getLogger(__name__)


def build_checker(settings: Settings, *, create: bool = True) -> "Checker":
    """Return the checker these settings ask for; nothing is opened on the network.

    ``create`` makes the store when there is none; without it that is a StoreFailed, as is every other trouble with
    the store. A setting that this version has no part for is told in a warning.
    """
    if settings.llm is not None:
        logger.warning("setting llm is %r, but this version asks no language model: ignored", settings.llm)
    store = open_documents(settings, create=create)
    from factcheck.checker import Checker  # with all its steps: not before the store is there

    return Checker(store, passages_per_claim=settings.passages_per_claim)


def open_documents(settings: Settings, *, create: bool = True) -> "Store":
    """Open the store of documents alone; raises StoreFailed as ``build_checker`` does."""
    from vectorstore import StoreError, open_store

    try:
        return open_store(settings.store, create=create)
    except StoreError as exc:
        raise StoreFailed(str(exc)) from exc
