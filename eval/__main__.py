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


def _chat_session(arguments: Sequence[str]) -> int:
    from eval.chat.record import main as record_chat

    return record_chat(arguments)


def _language(arguments: Sequence[str]) -> int:
    from eval.language.measure import main as measure_language

    return measure_language(arguments)


def _bench_store(arguments: Sequence[str]) -> int:
    from eval.bench_store import main as measure_store

    return measure_store(arguments)


def _bench_server(arguments: Sequence[str]) -> int:
    from eval.bench_server import main as measure_server

    return measure_server(arguments)


def _screenshots(arguments: Sequence[str]) -> int:
    from eval.screenshots import main as take_screenshots

    return take_screenshots(arguments)


def _soak(arguments: Sequence[str]) -> int:
    from eval.soak import main as soak

    return soak(arguments)


def _faults(arguments: Sequence[str]) -> int:
    from eval.faults.run import main as break_things

    return break_things(arguments)


def _all(arguments: Sequence[str]) -> int:
    from eval.suite.run import measure_all

    return measure_all(arguments)


def _regress(arguments: Sequence[str]) -> int:
    from eval.suite.run import regress

    return regress(arguments)


def _peers(arguments: Sequence[str]) -> int:
    from eval.suite.peers import main as compare

    return compare(arguments)


def _ablations(arguments: Sequence[str]) -> int:
    from eval.suite.ablations import main as leave_out

    return leave_out(arguments)


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
    "ablations": _ablations,
    "all": _all,
    "bench": bench.main,
    "bench-batch": _bench_batch,
    "bench-engines": _bench_engines,
    "bench-store": _bench_store,
    "bench-server": _bench_server,
    "bench-verifier": bench_verifier.main,
    "seen": _seen,
    "touched": _touched,
    "verifier-scores": verifier_scores.main,
    "calibrate": _calibrate,
    "chat": _chat,
    "chat-session": _chat_session,
    "faults": _faults,
    "grounds": _grounds,
    "peers": _peers,
    "regress": _regress,
    "screenshots": _screenshots,
    "soak": _soak,
    "language": _language,
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
