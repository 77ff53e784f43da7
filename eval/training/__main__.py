"""The command line of this folder: one subcommand per step from raw sets to shipped weights."""

from __future__ import annotations

import argparse
import logging
from pathlib import Path

from .assemble import make_data
from .batches import CURRICULUM, resized
from .pairs import read_pairs
from .sample import as_text, spread

PROJECT = Path(__file__).resolve().parents[2]
WORKSHOP = PROJECT / ".checkpoints"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m eval.training", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    make = commands.add_parser("make-data", help="read the public sets, make contrastive pairs, write the piles")
    make.add_argument("--data", type=Path, default=PROJECT.parent / "shared" / "data")
    make.add_argument("--out", type=Path, default=WORKSHOP / "data")
    make.add_argument("--seed", type=int, default=1)
    make.add_argument("--only", choices=("nli", "facts", "contrast"), help="write this pile alone")
    run = commands.add_parser("train", help="train, or go on from the last checkpoint")
    run.add_argument("--base", type=Path, default=WORKSHOP / "base" / "minilm-l6")
    run.add_argument("--piles", type=Path, default=WORKSHOP / "data")
    run.add_argument("--out", type=Path, default=WORKSHOP / "run1")
    run.add_argument("--seed", type=int, default=1)
    run.add_argument("--until", type=int, help="stop after this step")
    run.add_argument("--steps", type=int, nargs=len(CURRICULUM), help="steps of each stage, to fit the time there is")
    run.add_argument("--start", type=Path, help="checkpoint or shipped .onnx whose weights a new run starts from")
    score = commands.add_parser("evaluate", help="score a checkpoint on labelled files")
    score.add_argument("--base", type=Path, default=WORKSHOP / "base" / "minilm-l6")
    score.add_argument("--checkpoint", type=Path, default=WORKSHOP / "run1" / "last.pt")
    score.add_argument("--data", type=Path, default=PROJECT.parent / "shared" / "data")
    score.add_argument("--file", type=Path, action="append", help="a file to score instead of all of dev; repeatable")
    score.add_argument("--limit", type=int, help="score at most this many rows of a file, spread evenly")
    score.add_argument("--max-tokens", type=int, default=512)
    out = commands.add_parser("export", help="write a checkpoint as the ONNX file that ships, and compare")
    out.add_argument("--base", type=Path, default=WORKSHOP / "base" / "minilm-l6")
    out.add_argument("--checkpoint", type=Path, default=WORKSHOP / "run1" / "last.pt")
    out.add_argument("--out", type=Path, default=WORKSHOP / "export")
    out.add_argument(
        "--pairs",
        type=Path,
        help="pile whose first rows are compared",
        default=WORKSHOP / "data" / "contrast_dev.jsonl.gz",
    )
    fit = commands.add_parser("calibrate", help="fit the calibration of the shipped file on half of labelled pairs")
    fit.add_argument("files", type=Path, nargs="+", help="labelled pairs, JSON Lines")
    fit.add_argument("--weights", type=Path, default=PROJECT / "factcheck" / "models" / "weights")
    show = commands.add_parser("sample", help="print pairs of a pile for reading by eye")
    show.add_argument("pile", type=Path)
    show.add_argument("--count", type=int, default=200)
    show.add_argument("--seed", type=int, default=1)
    return parser


def _train(arguments: argparse.Namespace) -> None:
    from .train import RunOptions, train

    options = RunOptions(
        base=arguments.base,
        data=arguments.piles,
        out=arguments.out,
        seed=arguments.seed,
        start=arguments.start,
        stages=resized(CURRICULUM, arguments.steps) if arguments.steps else CURRICULUM,
    )
    print(train(options, until=arguments.until))


def _evaluate(arguments: argparse.Namespace) -> None:
    from .evaluate import evaluate

    files = arguments.file or sorted((arguments.data / "dev").glob("*.jsonl.gz"))
    evaluate(
        arguments.checkpoint,
        arguments.base,
        files,
        limit=arguments.limit,
        max_tokens=arguments.max_tokens,
    )


def _export(arguments: argparse.Namespace) -> None:
    from .export import export

    for line in export(arguments.checkpoint, arguments.base, arguments.out, read_pairs(arguments.pairs)[:256]):
        print(line)


def _calibrate(arguments: argparse.Namespace) -> None:
    from .calibrate import calibrate

    for line in calibrate(arguments.files, arguments.weights):
        print(line)


def _sample(arguments: argparse.Namespace) -> None:
    for block in as_text(spread(read_pairs(arguments.pile), count=arguments.count, seed=arguments.seed)):
        print(block)


def _make_data(arguments: argparse.Namespace) -> None:
    make_data(arguments.data, arguments.out, seed=arguments.seed, only=arguments.only)


COMMANDS = {
    "make-data": _make_data,
    "train": _train,
    "evaluate": _evaluate,
    "export": _export,
    "calibrate": _calibrate,
    "sample": _sample,
}


def main() -> None:
    """Run the subcommand named on the command line."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    arguments = _parser().parse_args()
    COMMANDS[arguments.command](arguments)


if __name__ == "__main__":
    main()
