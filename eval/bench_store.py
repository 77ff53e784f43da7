"""``python -m eval bench-store``: how quick, large and hungry a store of many passages is.

Texts are new ones, made of sentences of real abstracts. Vectors: a sample of passages is embedded for real, and what
that costs is printed; each passage then gets the vector of one of the sample with noise on it, as embedding hundreds of
thousands would measure the model and not the store. ``--embed`` embeds all of them.
"""

import argparse
import gzip
import json
import resource
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from pathlib import Path
from unittest.mock import patch

import numpy as np

from vectorstore import Document, indexing, open_store
from vectorstore.embedding import Vectors, embed
from vectorstore.lexical import MOST_ROWS

_DATA = Path(__file__).parents[2] / "shared" / "data" / "retrieval"
_SENTENCES = (3, 6)
"""Sentences of a made document, from and below: most of them make one passage."""
_NOISE = 0.7
"""Length of the noise on a vector of length 1: the cosine with the vector it is made from is about 0.8."""
_ABOVE = 10_000_000
P95_LIMIT = 80.0
MEMORY_LIMIT = 2500.0


def main(arguments: Sequence[str]) -> int:
    """Fill a store, ask it, print; returns 1 when a limit is broken at 200,000 passages or more."""
    parser = argparse.ArgumentParser(prog="python -m eval bench-store", description=__doc__)
    parser.add_argument("--passages", type=int, default=200_000)
    parser.add_argument("--corpus", type=Path, default=_DATA / "scifact_corpus.jsonl.gz")
    parser.add_argument("--queries", type=Path, default=_DATA / "scifact_queries.train.jsonl")
    parser.add_argument("--asked", type=int, default=200, help="queries, one at a time")
    parser.add_argument("--sample", type=int, default=1000, help="passages embedded for real")
    parser.add_argument("--embed", action="store_true", help="embed every passage")
    parser.add_argument("--folder", type=Path, help="where to make the store; default a temporary folder")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="bench-store-") as folder:
        return _measure(given, (given.folder or Path(folder)) / "store")


def _measure(given: argparse.Namespace, folder: Path) -> int:
    pool = _sentences(given.corpus)
    made = _documents(pool, given.passages)
    sample = [next(made).text for _ in range(given.sample)]
    started = time.perf_counter()
    base = embed(sample)
    print(f"embedding         {given.sample / (time.perf_counter() - started):8.0f} passages/s, {given.sample} of them")
    # the one place where the program is told something else: everything but the model is as it is for users
    model = nullcontext() if given.embed else patch.object(indexing, "embed", _noisy(base))
    with model, open_store(folder) as store:
        started = time.perf_counter()
        result = store.add(made)
        took = time.perf_counter() - started
        kind = "embedding included" if given.embed else "embedding not included"
        print(f"ingest            {result.passages / took:8.0f} passages/s, {kind}: {result.passages} in {took:.0f} s")
        times = _ask(store.search, given)
    p50, p95 = np.percentile(times, [50, 95])
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    disk = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1024**2
    print(f"hybrid query      {p50:8.1f} ms p50, {p95:.1f} ms p95, {len(times)} queries one at a time")
    print(f"peak memory       {memory:8.0f} MB, ingest and queries in one process")
    print(f"disk              {disk:8.0f} MB, {disk * 1024 / result.passages:.1f} KB a passage")
    _project(result.passages, disk=disk)
    broken = p95 > P95_LIMIT or memory > MEMORY_LIMIT
    return int(broken and result.passages >= 200_000)


def _project(passages: int, *, disk: float) -> None:
    """What grows how: disk and vectors by the passage, the graph's search by the logarithm, words not at all."""
    times = _ABOVE / passages
    vectors = _ABOVE * 384 * 4 / 1024**3
    print(f"at {_ABOVE:,} passages, by reckoning: {disk * times / 1024:.0f} GB of disk, {vectors:.0f} GB of memory for")
    print("  the numbers of the vectors alone: a server or cluster keeps them (README, The store)")
    print(f"  a word search ranks at most {MOST_ROWS:,} passages whatever the size")
    print("  the graph's search grows with the logarithm of the size")


def _ask(search: Callable[..., object], given: argparse.Namespace) -> list[float]:
    queries = [json.loads(line)["text"] for line in given.queries.read_text().splitlines()][: given.asked + 1]
    times = []
    for query in queries:
        started = time.perf_counter()
        search([query], k=10)
        times.append((time.perf_counter() - started) * 1000)
    return times[1:]  # the first loads what is loaded at first use


def _sentences(corpus: Path) -> list[str]:
    with gzip.open(corpus, "rt") as lines:
        return [sentence.strip() for line in lines for sentence in json.loads(line)["sentences"] if sentence.strip()]


def _documents(pool: Sequence[str], count: int) -> Iterator[Document]:
    """Documents until there are about ``count`` passages, most of one passage each; the same for the same pool."""
    random = np.random.default_rng(7)
    for number in range(count):
        chosen = random.integers(0, len(pool), random.integers(*_SENTENCES))
        text = " ".join(pool[index] for index in chosen)
        yield Document(doc_id=f"d{number}", title=text[:60], text=text, published_at=f"20{number % 25:02d}-01-01")


def _noisy(base: Vectors) -> Callable[[Sequence[str]], Vectors]:
    random = np.random.default_rng(11)

    def vectors(texts: Sequence[str]) -> Vectors:
        noise = random.standard_normal((len(texts), base.shape[1])).astype(np.float32)
        noise *= _NOISE / np.linalg.norm(noise, axis=1, keepdims=True)
        found = base[random.integers(0, len(base), len(texts))] + noise
        unit: Vectors = found / np.linalg.norm(found, axis=1, keepdims=True)
        return unit

    return vectors
