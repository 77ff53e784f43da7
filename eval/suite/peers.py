"""``python -m eval peers``: other programs and ours on the same claims and the same passages, in one run.

Peers are installed by pip, each into an environment of its own (``--envs``). They are given the passages that our
search finds, so that what differs is the judging. Labels that a peer does not have it cannot give: *supported or not*
is the fair comparison, *accuracy* over four labels is what a desk needs.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from eval.measured import measured
from eval.suite.grounds import NAMES, Ground, checker_on, ground, write_asked
from factcheck.checker import Checker
from factcheck.claims import parts_of
from factcheck.errors import FactcheckError
from factcheck.language.words import LIGHT
from factcheck.measure.claims import as_claims
from factcheck.measure.labels import accuracy, macro_f1
from factcheck.types import Claim, Label
from factcheck.verdict.local import read, settle_readings

RUNNERS = Path(__file__).parent / "runners"
ENVS = Path(__file__).resolve().parents[2] / ".peers"
PINS = {"newsrag": "newsrag==0.6.4", "onus": "onus==0.1.0", "groundedness": "groundedness==0.1.3"}
"""What pip is asked for."""
NEED_MODEL = ("groundedness", "plain judge")
NOT_RUN = {
    "sooth": "asks a paid service (TYPESAFE_API_KEY)",
    "lettucedetect": "loads its weights from a model hub at run time; no registry package has them",
    "sentence-transformers CrossEncoder": "the same",
    "longtracer": "the same",
    "director-ai": "the same",
}
"""Peers without a column, and why."""
_WORD = re.compile(r"\w+")
SHARES = tuple(share / 20 for share in range(10, 21))


@dataclass(frozen=True)
class Column:
    """What one program did on one ground."""

    system: str
    ground: str
    rows: int
    answered: int
    accuracy: float | None
    """Over the four labels, of the rows answered."""
    macro_f1: float | None
    supported_or_not: float | None
    """Share of the rows answered where SUPPORTED was said exactly when it is right."""
    wrong_supported: float
    """Share of all rows that were called SUPPORTED and are not."""
    right_settled: float
    """Share of the rows whose label is not NOT_ENOUGH_EVIDENCE that got it."""
    claims_a_second: float
    """Start of the program included."""
    megabytes: float | None
    """Its most, where it ran in a process of its own."""


Labels = list[Label | None]


def main(arguments: Sequence[str]) -> int:
    """Measure and print a table; returns 2 for files of no use, 3 when a peer cannot be installed or run."""
    parser = argparse.ArgumentParser(prog="python -m eval peers", description=__doc__)
    parser.add_argument("--grounds", nargs="+", choices=NAMES, default=list(NAMES))
    parser.add_argument("--envs", type=Path, default=ENVS, help="where the peers' environments are")
    parser.add_argument("--out", type=Path, help="write the columns as JSON")
    parser.add_argument(
        "--llm", action="store_true", help="also those that ask a model: FACTCHECK_LLM at OPENAI_BASE_URL"
    )
    options = parser.parse_args(arguments)
    try:
        columns = compare([ground(name) for name in options.grounds], options.envs, language_model=options.llm)
    except FactcheckError as exc:
        print(f"peers: {exc}", file=sys.stderr)
        return 2
    except (RuntimeError, subprocess.CalledProcessError) as exc:
        print(f"peers: {exc}", file=sys.stderr)
        return 3
    print(table(columns))
    for name, why in NOT_RUN.items():
        print(f"not run: {name}: {why}")
    if options.out is not None:
        options.out.write_text(json.dumps([asdict(column) for column in columns], indent=1) + "\n", "utf-8")
    return 0


def compare(grounds: Sequence[Ground], envs: Path, *, language_model: bool) -> list[Column]:
    """Run every system on every ground; raises RuntimeError when one does not end well."""
    least = _fitted_share(ground("develop"))
    columns = []
    for one in grounds:
        for system, labels_of in _OURS.items():
            began = time.monotonic()
            labels = labels_of(one)
            columns.append(_column(system, one, labels, time.monotonic() - began, None))
        with tempfile.TemporaryDirectory(prefix="factcheck-peers-") as folder:
            asked = Path(folder) / "asked.jsonl"
            with checker_on(one.documents, local_model=False) as checker:
                write_asked(asked, checker, one.rows)
            began = time.monotonic()
            labels = _overlap(asked, least)
            columns.append(_column("word overlap", one, labels, time.monotonic() - began, None))
            for name in [*PINS, "plain judge"]:
                if name in NEED_MODEL and not language_model:
                    continue
                labels, seconds, megabytes = _run(name, asked, _python_of(name, envs))
                columns.append(_column(name, one, labels, seconds, megabytes))
    return columns


def table(columns: Sequence[Column]) -> str:
    """The columns as a Markdown table, a row a system and ground."""
    head = (
        "| ground | system | wrong SUPPORTED | supported or not | accuracy | macro-F1 | settled right | claims/s | MB |"
    )
    lines = [head, "|---" * 9 + "|"]
    for one in columns:
        numbers = [one.wrong_supported, one.supported_or_not, one.accuracy, one.macro_f1, one.right_settled]
        shown = " | ".join("n/a" if value is None else f"{value:.3f}" for value in numbers)
        memory = "" if one.megabytes is None else f"{one.megabytes:.0f}"
        lines.append(f"| {one.ground} | {one.system} | {shown} | {one.claims_a_second:.1f} | {memory} |")
    return "\n".join(lines)


def _column(system: str, one: Ground, labels: Labels, seconds: float, megabytes: float | None) -> Column:
    pairs = [(row.label, said) for row, said in zip(one.rows, labels, strict=True) if said is not None]
    settled = [(gold, said) for gold, said in pairs if gold is not Label.NOT_ENOUGH_EVIDENCE]
    of_settled = sum(row.label is not Label.NOT_ENOUGH_EVIDENCE for row in one.rows)
    meant = [(gold is Label.SUPPORTED, said is Label.SUPPORTED) for gold, said in pairs]
    wrong = sum(said and not gold for gold, said in meant)
    return Column(
        system, one.name, len(one.rows), len(pairs), accuracy(pairs), macro_f1(pairs),
        sum(gold == said for gold, said in meant) / len(meant) if meant else None,
        wrong / len(one.rows), sum(gold is said for gold, said in settled) / max(of_settled, 1),
        len(one.rows) / seconds, megabytes,
    )  # fmt: skip


def _factcheck(one: Ground, *, local_model: bool = True) -> Labels:
    with checker_on(one.documents, local_model=local_model) as checker:
        return [verdict.label for verdict in checker.verify(as_claims(one.rows))]


def _exact_alone(one: Ground) -> Labels:
    return _factcheck(one, local_model=False)


def _model_alone(one: Ground) -> Labels:
    with checker_on(one.documents) as checker:
        return local_labels(checker, as_claims(one.rows))


def local_labels(checker: Checker, claims: Sequence[Claim]) -> Labels:
    """What the local model says of claims when nothing is compared before it."""
    kinds = [split.parts[0].type if split.parts else claim.type for claim in claims for split in [parts_of(claim)]]
    found = [gathered for gathered, _ in checker.assertions(claims)]
    return [settle_readings(readings) for readings in read(claims, found, kinds)]


_OURS: dict[str, Callable[[Ground], Labels]] = {
    "factcheck": _factcheck,
    "factcheck, exact tier alone": _exact_alone,
    "factcheck, local model alone": _model_alone,
}


def _words(text: str) -> set[str]:
    return {word for word in (found.casefold() for found in _WORD.findall(text)) if word not in LIGHT}


def _share(row: dict[str, object]) -> float:
    """The largest share of the claim's words that one passage has."""
    claim, passages = row["claim"], row["passages"]
    assert isinstance(claim, str)
    assert isinstance(passages, list)
    wanted = _words(claim)
    return max((len(wanted & _words(passage)) / max(len(wanted), 1) for passage in passages), default=0.0)


def _overlap(asked: Path, least: float) -> Labels:
    """The floor: supported when a passage found has at least this share of the claim's words."""
    rows = [json.loads(line) for line in asked.read_text("utf-8").splitlines()]
    return [Label.SUPPORTED if _share(row) >= least else Label.NOT_ENOUGH_EVIDENCE for row in rows]


def _fitted_share(develop: Ground) -> float:
    """The share that is right most often on the develop half: the floor is not made lower than it is."""
    with tempfile.TemporaryDirectory(prefix="factcheck-peers-") as folder:
        asked = Path(folder) / "asked.jsonl"
        with checker_on(develop.documents, local_model=False) as checker:
            write_asked(asked, checker, develop.rows)

        def right(share: float) -> int:
            said = _overlap(asked, share)
            return sum(
                (row.label is Label.SUPPORTED) == (label is Label.SUPPORTED)
                for row, label in zip(develop.rows, said, strict=True)
            )

        return max(SHARES, key=right)


def _python_of(name: str, envs: Path) -> str:
    """The interpreter of a peer's environment, which is made when it is not there; ours for what is no package."""
    if name not in PINS:
        return sys.executable
    folder = envs / name
    python = folder / "bin" / "python"
    if not (folder / "installed").exists():
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        subprocess.run([str(python), "-m", "pip", "install", "-q", PINS[name]], check=True)
        (folder / "installed").touch()
    return str(python)


def _run(name: str, asked: Path, python: str) -> tuple[Labels, float, float]:
    """The labels of a peer, its seconds and its megabytes."""
    answers = asked.with_name("answers.jsonl")
    runner = RUNNERS / f"{name.replace(' ', '_')}.py"
    if name in NEED_MODEL and not os.environ.get("FACTCHECK_LLM"):
        raise RuntimeError("set FACTCHECK_LLM and OPENAI_BASE_URL to a model")
    ran = measured([python, str(runner), str(asked), str(answers)])
    said = [json.loads(line)["label"] for line in answers.read_text("utf-8").splitlines()]
    return [None if label is None else Label(label) for label in said], ran.seconds, ran.megabytes
