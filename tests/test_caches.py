"""What a long run remembers is bounded: by few entries where they are texts, and by the runtime where it is code."""

import inspect
import pkgutil
import subprocess
import sys
from collections.abc import Iterator
from functools import _lru_cache_wrapper
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

import factcheck
import vectorstore

ROOT = Path(__file__).parents[1]
MOST = 10_000
"""Entries."""
SHAPES = """
import random, psutil
from factcheck.models import runtime
chance, process = random.Random(1), psutil.Process()
for n in range(200):
    if n == 80:
        before = process.memory_info().rss
    width = 16 * chance.randint(2, 16)
    rows = chance.randint(1, max(1, 2048 // width))
    runtime.run([[5] * width] * rows, [10] * rows)
print((process.memory_info().rss - before) / 1e6)
"""


def caches() -> Iterator[tuple[str, "_lru_cache_wrapper[Any]"]]:
    for package in (factcheck, vectorstore):
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if ".migrations." in found.name or found.name.endswith("__main__"):
                continue
            for name, value in vars(import_module(found.name)).items():
                if isinstance(value, _lru_cache_wrapper) and value.__module__ == found.name:
                    yield f"{found.name}.{name}", value


def test_every_cache_of_texts_is_bounded() -> None:
    seen = dict(caches())
    assert len(seen) > 40
    for name, cache in seen.items():
        takes = inspect.signature(cache.__wrapped__).parameters
        most = cache.cache_parameters()["maxsize"]
        if most is None:  # once a process: what ships with the program, or a notice said once
            assert not takes or "tell" in name, name
        else:
            assert most <= MOST, name


@pytest.mark.slow
def test_new_lengths_do_not_make_the_models_grow() -> None:
    ran = subprocess.run([sys.executable, "-c", SHAPES], cwd=ROOT, capture_output=True, text=True, check=True)
    assert float(ran.stdout) < 2  # megabytes; it is 5 with as many kernels as oneDNN keeps by itself
