"""``python -m eval COMMAND``: the programs of this folder."""

import sys
from collections.abc import Callable, Sequence

from eval import bench, bench_verifier, verifier_scores


def _grounds(arguments: Sequence[str]) -> int:
    from eval.grounds.measure import main as measure_grounds  # brings the whole pipeline: not for the other commands

    return measure_grounds(arguments)


def _calibrate(arguments: Sequence[str]) -> int:
    from eval.calibrate import main as calibrate

    return calibrate(arguments)


def _chat(arguments: Sequence[str]) -> int:
    from eval.chat.measure import main as measure_chat

    return measure_chat(arguments)


def _bench_store(arguments: Sequence[str]) -> int:
    from eval.bench_store import main as measure_store

    return measure_store(arguments)


def _bench_batch(arguments: Sequence[str]) -> int:
    from eval.bench_batch import main as measure_batch

    return measure_batch(arguments)


def _bench_engines(arguments: Sequence[str]) -> int:
    from eval.bench_engines import main as measure_engines

    return measure_engines(arguments)


def _seen(arguments: Sequence[str]) -> int:
    from eval.seen import main as measure_seen

    return measure_seen(arguments)


def _touched(arguments: Sequence[str]) -> int:
    from eval.touched import main as measure_touched

    return measure_touched(arguments)


COMMANDS: dict[str, Callable[[Sequence[str]], int]] = {
    "bench": bench.main,
    "bench-batch": _bench_batch,
    "bench-engines": _bench_engines,
    "bench-store": _bench_store,
    "bench-verifier": bench_verifier.main,
    "seen": _seen,
    "touched": _touched,
    "verifier-scores": verifier_scores.main,
    "calibrate": _calibrate,
    "chat": _chat,
    "grounds": _grounds,
}


def main() -> int:
    """Run the command named first and return its exit code."""
    name, *rest = sys.argv[1:] or ["--help"]
    if name not in COMMANDS:
        print(f"usage: python -m eval {{{','.join(COMMANDS)}}} ...", file=sys.stderr)
        return 0 if name in ("-h", "--help") else 2
    return COMMANDS[name](rest)


if __name__ == "__main__":
    sys.exit(main())
