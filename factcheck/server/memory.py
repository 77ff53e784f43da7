"""What a server that runs for days tells its allocator: few pools, and what is free goes back to the system.

Each thread of a server would get a pool of its own, and what a large text needed for a moment would stay in it. Only
glibc is told; elsewhere these do nothing.
"""

import ctypes
import sys
from functools import cache

_ARENA_MAX = -8
"""M_ARENA_MAX of malloc.h."""
_POOLS = 2
"""The judge's thread works in one at a time; a few requests beside it share the other."""


def keep_few_pools() -> None:
    """Let all threads share few pools of memory; called before there are threads."""
    libc = _glibc()
    if libc is not None:
        libc.mallopt(_ARENA_MAX, _POOLS)


def give_back() -> None:
    """Give the system what is free; takes some milliseconds."""
    libc = _glibc()
    if libc is not None:
        libc.malloc_trim(0)


@cache
def _glibc() -> ctypes.CDLL | None:
    if not sys.platform.startswith("linux"):
        return None
    try:
        libc = ctypes.CDLL("libc.so.6")
    except OSError:
        return None
    return libc if hasattr(libc, "malloc_trim") and hasattr(libc, "mallopt") else None
