"""Keepers of vectors, by the part of their name before a colon. A line is two functions: open it, throw it away."""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

from vectorstore.errors import StoreError
from vectorstore.stores.base import Entry, Place, VectorIndex

__all__ = ["STORES", "Entry", "Place", "VectorIndex", "forget_index", "open_index"]


class _Keeper(NamedTuple):
    module: str
    open: str
    """Name of the function that opens a ``Place``, making what is missing."""
    forget: str
    """Name of the function that takes away all of a ``Place`` that may be damaged."""


STORES: dict[str, _Keeper] = {
    "chroma": _Keeper("vectorstore.stores.chroma", "open_folder", "forget_folder"),
    "http": _Keeper("vectorstore.stores.chroma", "open_server", "forget_on_server"),
    "https": _Keeper("vectorstore.stores.chroma", "open_server", "forget_on_server"),
    "langchain": _Keeper("vectorstore.stores.langchain", "open_backend", "forget_backend"),
}


def open_index(name: str, folder: Path, *, identity: str = "") -> VectorIndex:
    """Open the vectors of the store in ``folder``, new ones where there are none; imports the keeper's library now."""
    opener: Callable[[Place], VectorIndex] = _function(name, "open")
    return opener(Place(name, folder, identity))


def forget_index(name: str, folder: Path, *, identity: str = "") -> None:
    """Take away the vectors of a store, in whatever state they are, so that they can be opened as new."""
    forget: Callable[[Place], None] = _function(name, "forget")
    forget(Place(name, folder, identity))


def _function(name: str, what: str) -> Any:  # noqa: ANN401 - its caller knows
    keeper = STORES.get(name.partition(":")[0])
    if keeper is None:
        raise StoreError(f"{name!r} is no keeper of vectors: known are {', '.join(sorted(STORES))}")
    return getattr(import_module(keeper.module), getattr(keeper, what))
