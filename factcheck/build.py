"""Settings in, ready parts out: the only place that chooses them."""

import logging
from functools import cache
from multiprocessing import parent_process
from pathlib import Path
from typing import TYPE_CHECKING

from factcheck.errors import StoreFailed
from factcheck.settings import Settings

if TYPE_CHECKING:
    from factcheck.checker import Checker
    from factcheck.claims.by_model import LanguageExtractor
    from factcheck.facts import FactIndex
    from factcheck.verdict.llm import LanguageTier
    from vectorstore.types import Store

logger = logging.getLogger(__name__)


def build_checker(settings: Settings, *, create: bool = True) -> "Checker":
    """Return the checker these settings ask for; nothing is opened on the network.

    ``create`` makes the store when there is none; without it that is a StoreFailed, as is every other trouble with
    the store, and UsageError for a language model that cannot be asked. What would be sent to one is told in a
    warning.
    """
    use_calibration(settings)
    use_tracing(settings)
    language = language_of(settings)
    store = open_documents(settings, create=create)
    from factcheck.checker import Checker  # with all its steps: not before the store is there

    return Checker(
        store,
        facts=facts_of(settings),
        passages_per_claim=settings.passages_per_claim,
        local_model=settings.local_model,
        language=language,
        extractor=extractor_of(settings, language) if language is not None else None,
    )


def extractor_of(settings: Settings, language: "LanguageTier") -> "LanguageExtractor":
    """What looks for claims with the same language model."""
    from factcheck.claims.by_model import LanguageExtractor
    from factcheck.llm.prompting import load_prompt

    return LanguageExtractor(language.provider, load_prompt("extract_claims", own_prompts(settings)))


def own_prompts(settings: Settings) -> Path | None:
    """The user's folder of prompts; None when there is none."""
    return Path(settings.llm_prompts).expanduser() if settings.llm_prompts else None


def language_of(settings: Settings) -> "LanguageTier | None":
    """The language model these settings name, with its cache and budget; None when they name none.

    Says once, in a warning, what is sent where. Raises UsageError or InputError when it cannot be asked as set.
    """
    if settings.llm is None:
        return None
    from platformdirs import user_cache_path

    from factcheck.llm.budget import Budget, parse_prices
    from factcheck.llm.cache import ReplyCache
    from factcheck.llm.endpoint import read_endpoint
    from factcheck.llm.prompting import load_prompt
    from factcheck.llm.provider import Limits, Provider
    from factcheck.verdict.llm import LanguageTier

    endpoint = read_endpoint(settings.llm)
    prompt = load_prompt("judge_evidence", own_prompts(settings))
    prices = parse_prices(settings.llm_prices) if settings.llm_prices else None
    budget = Budget(settings.llm_budget, prices)
    limits = Limits(seconds=settings.llm_seconds, at_once=settings.llm_at_once)
    cache = ReplyCache(user_cache_path("factcheck") / "llm")
    provider = Provider(endpoint, budget=budget, cache=cache, limits=limits, trace=settings.llm_trace)
    _tell(endpoint.model, endpoint.host, every=settings.llm_every, trace=settings.llm_trace)
    return LanguageTier(
        provider, prompt, every=settings.llm_every, samples=settings.llm_samples, reads=settings.local_model
    )


@cache
def _tell(model: str, host: str, *, every: bool, trace: bool) -> None:
    if parent_process() is not None:
        return  # the process that gave the work out has said it
    which = "every claim" if every else "claims that exact comparison and the local model leave open"
    which = f"drafts, and {which}"
    traced = " LangSmith's own variables decide what is traced, and where." if trace else ""
    logger.warning(
        "language model %s: %s, with the passages found for them, are sent to %s.%s", model, which, host, traced
    )


def use_tracing(settings: Settings) -> None:
    """Turn spans on in this process if these settings say so; raises UsageError when that cannot be done."""
    if settings.trace == "off":
        return
    from factcheck import tracing

    tracing.turn_on(texts=settings.trace == "texts")
    _tell_of_spans(settings.trace)


@cache
def _tell_of_spans(trace: str) -> None:
    if parent_process() is None:
        what = "with the texts of claims, passages and answers" if trace == "texts" else "without any text"
        logger.warning("spans of what is done, %s, go to where OpenTelemetry's variables say (FACTCHECK_TRACE)", what)


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
