"""Settings in, ready parts out: the only place that chooses them."""

import logging
from pathlib import Path
from typing import TYPE_CHECKING

from factcheck.errors import StoreFailed
from factcheck.settings import Settings

if TYPE_CHECKING:
    from factcheck.checker import Checker
    from factcheck.facts import FactIndex
    from vectorstore.types import Store

logger = logging.getLogger(__name__)


def build_checker(settings: Settings, *, create: bool = True) -> "Checker":
    """Return the checker these settings ask for; nothing is opened on the network.

    ``create`` makes the store when there is none; without it that is a StoreFailed, as is every other trouble with
    the store. A setting that this version has no part for is told in a warning.
    """
    if settings.llm is not None:
        logger.warning("setting llm is %r, but this version asks no language model: ignored", settings.llm)
    use_calibration(settings)
    store = open_documents(settings, create=create)
    from factcheck.checker import Checker  # with all its steps: not before the store is there

    return Checker(
        store,
        facts=facts_of(settings),
        passages_per_claim=settings.passages_per_claim,
        local_model=settings.local_model,
    )


def use_calibration(settings: Settings) -> None:
    """Make the calibration these settings name the one in force in this process; raises ModelFailed for a bad file."""
    from factcheck.verdict.calibration import use

    use(None if settings.calibration is None else Path(settings.calibration).expanduser())


def facts_of(settings: Settings) -> "FactIndex":
    """The fact index of the store these settings name: in its folder, or among the user's caches for a server."""
    from factcheck.facts import FactIndex
    from factcheck.facts.index import FILE_NAME

    if settings.store.startswith(("http://", "https://")):
        from hashlib import blake2b

        from platformdirs import user_cache_path

        server = blake2b(settings.store.encode(), digest_size=8).hexdigest()
        return FactIndex(user_cache_path("factcheck") / server / FILE_NAME)
    return FactIndex(Path(settings.store).expanduser() / FILE_NAME)


def open_documents(settings: Settings, *, create: bool = True) -> "Store":
    """Open the store of documents alone; raises StoreFailed as ``build_checker`` does."""
    from vectorstore import StoreError, open_store

    try:
        return open_store(settings.store, create=create, vectors=settings.vectors)
    except StoreError as exc:
        raise StoreFailed(str(exc)) from exc
