"""What faults are made with: a small store, claims that must not pass, the command line, disks that fill up."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from eval.serving import ROOT
from vectorstore import open_store
from vectorstore.types import Document

SOURCES = (
    Document(
        doc_id="gazette", title="Bridge open again", publisher="The Harbour Gazette", published_at="2024-03-07",
        text="The harbour bridge reopened on 6 March 2024. Mayor Ines Calder cut the ribbon. Repairs took two years.",
    ),
    Document(
        doc_id="ledger", title="Council books", publisher="City Ledger", published_at="2024-03-09",
        text="The council paid 31 million euros for the works. Tom Okafor heads the transport board.",
    ),
)  # fmt: skip
WRONG = "Rosa Lind heads the transport board."
"""Refuted, when all is well."""
OPEN = "After two years of repairs, traffic is crossing the harbour again."
"""What exact comparison leaves open, so that the local model, and a language model, are asked."""
WITHIN = 180
"""Seconds that a command may take."""
FAULT_OF_OURS = "this is a fault of factcheck"


class NotHere(Exception):
    """This machine cannot make the fault; the message says what it lacks."""


@dataclass(frozen=True)
class Ran:
    """A command that ended."""

    code: int
    out: str
    said: str
    """On standard error."""

    @property
    def last(self) -> str:
        """The last line it said."""
        lines = [line for line in self.said.splitlines() if line.strip()]
        return lines[-1] if lines else ""

    @property
    def label(self) -> str | None:
        """The label of the one verdict it printed; None when it printed none, or one that failed."""
        rows = [json.loads(line) for line in self.out.splitlines() if line.startswith("{")]
        return rows[0]["label"] if rows else None


@dataclass
class Outcome:
    """What a fault did."""

    said: str
    """The line that the program had for it."""
    code: int | None = None
    """Its exit code; None where it went on, or was killed."""
    lost: list[str] = field(default_factory=list)
    passed: list[str] = field(default_factory=list)
    """Claims that came out as supported and are not."""
    wrong: list[str] = field(default_factory=list)
    """What else is not as it should be."""

    @property
    def well(self) -> bool:
        """Whether nothing was lost, nothing passed, and all else was as it should be."""
        return not (self.lost or self.passed or self.wrong)


@dataclass(frozen=True)
class Fault:
    """A row of the table."""

    name: str
    done: str
    """What was done, in a few words."""
    make: Callable[[Path], Outcome]
    """Does it in an empty folder; raises NotHere where it cannot be done."""


def environment(**more: str) -> dict[str, str]:
    """That of a command that runs the code beside this file, with nobody's settings."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("FACTCHECK_", "OPENAI_"))}
    return {**kept, "PYTHONPATH": str(ROOT), "OMP_WAIT_POLICY": "passive", "NO_COLOR": "1", **more}


def command(*arguments: str | Path) -> list[str]:
    """The command line."""
    return [sys.executable, "-m", "factcheck", *map(str, arguments)]


def factcheck(
    *arguments: str | Path, cwd: Path, env: Mapping[str, str] | None = None, before: Callable[[], None] | None = None
) -> Ran:
    """Run a command to its end; ``before`` is called in its process before it starts."""
    done = subprocess.run(
        command(*arguments), cwd=cwd, env=environment(**(env or {})), preexec_fn=before, capture_output=True,
        text=True, timeout=WITHIN, check=False,
    )  # fmt: skip
    return Ran(done.returncode, done.stdout, done.stderr)


def judged(claim: str, store: Path | str, *, cwd: Path, **more: Any) -> Ran:  # noqa: ANN401 - as for factcheck
    """One claim judged by ``factcheck verify``."""
    return factcheck("verify", claim, "--store", store, "--json", "--quiet", cwd=cwd, **more)


def stocked(folder: Path, documents: Sequence[Document] = SOURCES) -> Path:
    """A store in a new folder."""
    with open_store(folder) as store:
        store.add(documents)
    return folder


def many(count: int) -> list[Document]:
    """Documents that are all different, of a few passages each."""
    text = "\n\n".join(f"Sentence {row} tells of tide and time in the port." for row in range(12))
    return [
        Document(doc_id=f"d{n}", title=f"Number {n}", text=f"{text} Report {n} ends here.", publisher="Port News",
                 published_at="2024-03-01")
        for n in range(count)
    ]  # fmt: skip


def write_documents(path: Path, documents: Sequence[Document]) -> Path:
    """A file for ``factcheck ingest``."""
    path.write_text("".join(one.model_dump_json(exclude_defaults=True) + "\n" for one in documents), "utf-8")
    return path


def write_wrong_claims(path: Path, count: int) -> Path:
    """A file of different claims that are all wrong: the council paid another sum."""
    rows = [{"claim": f"The council paid {31 + number} million euros for the works."} for number in range(1, count + 1)]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


def supported_in(path: Path) -> list[str]:
    """The claims of a file of verdicts that came out as supported."""
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return [row["claim"] for row in rows if row["label"] == "SUPPORTED"]


def plain(ran: Ran, *, code: int) -> list[str]:
    """What is wrong with how a command ended: another code, more than a line, a fault of ours."""
    found = [] if ran.code == code else [f"ended with {ran.code}, not {code}"]
    errors = [line for line in ran.said.splitlines() if line.startswith("factcheck: ")]
    if code and not errors:
        found.append("said nothing")
    if "Traceback" in ran.said or FAULT_OF_OURS in ran.said:
        found.append("was not expected")
    return found


def refused(ran: Ran, *, code: int = 3) -> Outcome:
    """The outcome of a command on the wrong claim that should have ended with one line and no verdict."""
    passed = [WRONG] if ran.label == "SUPPORTED" else []
    return Outcome(ran.last, ran.code, passed=passed, wrong=plain(ran, code=code))


def as_before(ran: Ran, *, lost: Sequence[str] = ()) -> Outcome:
    """The outcome of a command on the wrong claim that should have judged it as ever."""
    wrong = plain(ran, code=0) + ([] if ran.label == "REFUTED" else [f"the verdict is {ran.label}"])
    passed = [WRONG] if ran.label == "SUPPORTED" else []
    return Outcome(ran.last or "(the verdict, as ever)", ran.code, list(lost), passed, wrong)


def small_disk(folder: Path, megabytes: int, script: str) -> list[str]:
    """A command that runs a shell script with a disk of its own, of this size, mounted at ``folder / "disk"``.

    Others do not see it. Raises NotHere where a process may not have mounts of its own.
    """
    disk = folder / "disk"
    disk.mkdir(exist_ok=True)
    mount = f'mount -t tmpfs -o size={megabytes}m none "{disk}"'
    if not _may(["unshare", "-rm", "sh", "-c", mount]):
        raise NotHere("needs `unshare` and the right to mount in a namespace of its own")
    return ["unshare", "-rm", "sh", "-c", f"{mount} && {script}"]


def _may(arguments: Sequence[str]) -> bool:
    if shutil.which(arguments[0]) is None:
        return False
    return subprocess.run(arguments, capture_output=True, check=False).returncode == 0


def few_files(count: int) -> Callable[[], None]:
    """Lets a process open no more than so many files."""

    def limit() -> None:
        import resource

        resource.setrlimit(resource.RLIMIT_NOFILE, (count, count))

    return limit


def package_with(folder: Path, name: str, change: Callable[[Path], None]) -> dict[str, str]:
    """A copy of the program whose file ``name`` is changed; gives the environment that runs it."""
    for part in ("factcheck", "vectorstore", "prompts", "examples"):
        shutil.copytree(
            ROOT / part, folder / part, copy_function=os.symlink, ignore=shutil.ignore_patterns("__pycache__")
        )
    path = folder / name
    data = path.resolve()
    path.unlink()
    shutil.copyfile(data, path)
    change(path)
    return {"PYTHONPATH": str(folder)}
