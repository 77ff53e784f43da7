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
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import NamedTuple

from eval.measured import measured
from eval.suite.grounds import NAMES, Ground, checker_on, ground, write_asked
from factcheck.checker import Checker
from factcheck.claims import parts_of
from factcheck.errors import FactcheckError
from factcheck.language.words import LIGHT
from factcheck.llm.budget import Prices, parse_prices
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
    passed: int
    """Rows that were called SUPPORTED: who passes nothing passes nothing wrong."""
    wrong_of_passed: float | None
    """Share of those that are not; None when there are none."""
    right_settled: float
    """Share of the rows whose label is not NOT_ENOUGH_EVIDENCE that got it."""
    claims_a_second: float
    """Start of the program included."""
    megabytes: float | None
    """Its most, in a process of its own; None for what ran in this one."""
    tokens_in: int = 0
    tokens_out: int = 0
    """What a language model was sent and answered; 0 where none was asked."""
    usd: float | None = 0.0
    """What these tokens cost at the prices given; None when none were given."""


Labels = list[Label | None]


class How(NamedTuple):
    """How programs are compared."""

    envs: Path
    """Where the environments of peers are."""
    systems: Sequence[str]
    sample: int | None = None
    """How many rows of a ground; None: all."""
    prices: str | None = None
    """Of a language model, as ``parse_prices`` reads them."""
    language_model: bool = False
    """Whether peers that need one run."""


def main(arguments: Sequence[str]) -> int:
    """Measure and print a table; returns 2 for files of no use, 3 when a peer cannot be installed or run."""
    parser = argparse.ArgumentParser(prog="python -m eval peers", description=__doc__)
    parser.add_argument("--grounds", nargs="+", choices=NAMES, default=list(NAMES))
    parser.add_argument("--envs", type=Path, default=ENVS, help="where the peers' environments are")
    parser.add_argument("--out", type=Path, help="write the columns as JSON")
    parser.add_argument(
        "--llm", action="store_true", help="also those that ask a model: FACTCHECK_LLM at OPENAI_BASE_URL"
    )
    parser.add_argument("--sample", type=int, metavar="N", help="claims of each ground, evenly spread; default: all")
    parser.add_argument("--only", nargs="+", choices=SYSTEMS, metavar="PROGRAM", help=f"of: {', '.join(SYSTEMS)}")
    parser.add_argument("--prices", metavar="IN,OUT", help="US dollars for a million tokens of the model, as 0.15,0.60")
    parser.add_argument("--one", nargs=3, metavar=("PROGRAM", "GROUND", "N"), help="ours alone, here; prints JSON")
    options = parser.parse_args(arguments)
    try:
        if options.one is not None:
            system, name, most = options.one
            print(json.dumps(_OURS[system](sampled(ground(name), int(most)))))
            return 0
        how = How(options.envs, options.only or SYSTEMS, options.sample, options.prices, language_model=options.llm)
        columns = compare(options.grounds, how)
    except FactcheckError as exc:
        print(f"peers: {exc}", file=sys.stderr)
        return 2
    except (RuntimeError, subprocess.CalledProcessError) as exc:
        print(f"peers: {exc}", file=sys.stderr)
        return 3
    print(table(columns))
    print(*standing(columns), sep="\n")
    for name, why in NOT_RUN.items():
        print(f"not run: {name}: {why}")
    if options.out is not None:
        options.out.write_text(json.dumps([asdict(column) for column in columns], indent=1) + "\n", "utf-8")
    return 0


def compare(names: Sequence[str], how: How) -> list[Column]:
    """Run every system on every ground; raises RuntimeError when one does not end well."""
    prices = parse_prices(how.prices) if how.prices else None
    least = _fitted_share(ground("develop")) if FLOOR in how.systems else 1.0
    columns = []
    for name in names:
        one = sampled(ground(name), how.sample)
        for system in (system for system in _OURS if system in how.systems):
            command = [sys.executable, "-m", "eval", "peers", "--one", system, name, str(how.sample or 0)]
            ran = measured(command)
            columns.append(_column(system, one, [_label(said) for said in json.loads(ran.out)], ran.seconds,
                                   megabytes=ran.megabytes))  # fmt: skip
        with tempfile.TemporaryDirectory(prefix="factcheck-peers-") as folder:
            asked = Path(folder) / "asked.jsonl"
            with checker_on(one.documents, local_model=False) as checker:
                write_asked(asked, checker, one.rows)
            if FLOOR in how.systems:
                began = time.monotonic()
                labels = _overlap(asked, least)
                columns.append(_column(FLOOR, one, labels, time.monotonic() - began))
            columns += [
                _ran(system, one, asked, _python_of(system, how.envs), prices)
                for system in PEERS
                if system in how.systems and (system not in NEED_MODEL or how.language_model)
            ]
    return columns


def sampled(one: Ground, most: int | None) -> Ground:
    """The ground with at most so many of its rows, evenly spread; all of them for None or 0."""
    if not most or most >= len(one.rows):
        return one
    return replace(one, rows=[one.rows[number * len(one.rows) // most] for number in range(most)])


def standing(columns: Sequence[Column]) -> list[str]:
    """For each ground: beside which programs our share of wrong SUPPORTED is lower, and beside which not.

    Of all claims, and of those that each passed: a program that passes next to nothing has few wrong ones of all.
    """
    lines = []
    for name in dict.fromkeys(column.ground for column in columns):
        here = {column.system: column for column in columns if column.ground == name}
        ours = here.pop(OURS, None)
        others = [column for system, column in here.items() if system not in _OURS and column.answered]
        if ours is None or not others:
            continue
        of_all = [(column, column.wrong_supported) for column in others]
        lines.append(_beside(f"{name}: wrong SUPPORTED of all claims", ours, ours.wrong_supported, of_all))
        if ours.wrong_of_passed is not None:
            of_passed = [(one, one.wrong_of_passed) for one in others if one.wrong_of_passed is not None]
            lines.append(_beside(f"{name}: wrong of what was passed", ours, ours.wrong_of_passed, of_passed))
    return lines


def _beside(what: str, ours: Column, value: float, others: Sequence[tuple[Column, float]]) -> str:
    told = [(other <= value, f"{column.system} {other:.3f} (settles {column.right_settled:.3f} right)")
            for column, other in others]  # fmt: skip
    higher, lower = (", ".join(text for below, text in told if below is which) for which in (False, True))
    return (
        f"{what}: {OURS} {value:.3f} (settles {ours.right_settled:.3f} right)"
        + (f"; lower than {higher}" if higher else "") + (f"; NOT lower than {lower}" if lower else "")
    )  # fmt: skip


def table(columns: Sequence[Column]) -> str:
    """The columns as a Markdown table, a row a system and ground."""
    head = (
        "| ground | system | claims | wrong SUPPORTED | passed | wrong of passed | supported or not | accuracy "
        "| macro-F1 | settled right "
        "| claims/s | MB | tokens a claim | USD per 1,000 claims |"
    )
    lines = [head, "|---" * 14 + "|"]
    for one in columns:
        wrong, of_passed, *rest = (
            "n/a" if value is None else f"{value:.3f}"
            for value in (one.wrong_supported, one.wrong_of_passed, one.supported_or_not, one.accuracy, one.macro_f1,
                          one.right_settled)
        )  # fmt: skip
        shown = " | ".join([wrong, f"{one.passed}", of_passed, *rest])
        memory = "" if one.megabytes is None else f"{one.megabytes:.0f}"
        answered = f"{one.rows}" if one.answered == one.rows else f"{one.answered} of {one.rows}"
        lines.append(
            f"| {one.ground} | {one.system} | {answered} | {shown} | {one.claims_a_second:.1f} | {memory} "
            f"| {tokens_a_claim(one):.0f} | {cost_of_1000(one)} |"
        )
    return "\n".join(lines)


def tokens_a_claim(one: Column) -> float:
    """Tokens of a language model, in and out."""
    return (one.tokens_in + one.tokens_out) / one.rows


def cost_of_1000(one: Column) -> str:
    """What a thousand claims cost, as shown."""
    return "no prices given" if one.usd is None else f"{1000 * one.usd / one.rows:.2f}"


def _column(
    system: str, one: Ground, labels: Labels, seconds: float, *, megabytes: float | None = None,
    tokens: tuple[int, int] = (0, 0), prices: Prices | None = None,
) -> Column:  # fmt: skip
    pairs = [(row.label, said) for row, said in zip(one.rows, labels, strict=True) if said is not None]
    settled = [(gold, said) for gold, said in pairs if gold is not Label.NOT_ENOUGH_EVIDENCE]
    of_settled = sum(row.label is not Label.NOT_ENOUGH_EVIDENCE for row in one.rows)
    meant = [(gold is Label.SUPPORTED, said is Label.SUPPORTED) for gold, said in pairs]
    passed, wrong = sum(said for _, said in meant), sum(said and not gold for gold, said in meant)
    free = None if any(tokens) else 0.0
    return Column(
        system, one.name, len(one.rows), len(pairs), accuracy(pairs), macro_f1(pairs),
        sum(gold == said for gold, said in meant) / len(meant) if meant else None,
        wrong / len(one.rows), passed, wrong / passed if passed else None,
        sum(gold is said for gold, said in settled) / max(of_settled, 1),
        len(one.rows) / seconds, megabytes, *tokens, prices.usd(*tokens) if prices is not None else free,
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


OURS, FLOOR = "factcheck", "word overlap"
_OURS: dict[str, Callable[[Ground], Labels]] = {
    OURS: _factcheck,
    "factcheck, exact tier alone": _exact_alone,
    "factcheck, local model alone": _model_alone,
}
PEERS = (*PINS, "plain judge")
SYSTEMS = (*_OURS, FLOOR, *PEERS)


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


def _ran(name: str, one: Ground, asked: Path, python: str, prices: Prices | None) -> Column:
    """A peer's column."""
    answers = asked.with_name("answers.jsonl")
    runner = RUNNERS / f"{name.replace(' ', '_')}.py"
    if name in NEED_MODEL and not os.environ.get("FACTCHECK_LLM"):
        raise RuntimeError("set FACTCHECK_LLM and OPENAI_BASE_URL to a model")
    ran = measured([python, str(runner), str(asked), str(answers)])
    rows = [json.loads(line) for line in answers.read_text("utf-8").splitlines()]
    tokens = (sum(row.get("tokens_in", 0) for row in rows), sum(row.get("tokens_out", 0) for row in rows))
    labels = [_label(row["label"]) for row in rows]
    return _column(name, one, labels, ran.seconds, megabytes=ran.megabytes, tokens=tokens, prices=prices)


def _label(said: str | None) -> Label | None:
    return None if said is None else Label(said)
