"""Keepers of vectors, by name. A line is the name, the module, and the function that opens a folder."""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from vectorstore.stores.base import Entry, VectorIndex

__all__ = ["STORES", "Entry", "VectorIndex", "open_index"]

STORES: dict[str, str] = {
    "chroma": "vectorstore.stores.chroma:open_chroma",
}


def open_index(name: str, folder: Path) -> VectorIndex:
    """Open the index ``name`` in ``folder``, which it makes when missing; imports its library now."""
    module, function = STORES[name].split(":")
    opener: Callable[[Path], VectorIndex] = getattr(import_module(module), function)
    return opener(folder)
