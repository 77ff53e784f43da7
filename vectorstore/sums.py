"""Whether files that ship are as they were shipped, by the SHA-256 sums beside them."""

import hashlib
from pathlib import Path

FILE_NAME = "SHA256SUMS"
"""As ``sha256sum`` writes and checks it."""


def record(folder: Path) -> None:
    """Write the sums of every file in ``folder``, but for its card and the sums themselves."""
    named = sorted(one for one in folder.iterdir() if one.is_file() and one.suffix != ".md" and one.name != FILE_NAME)
    lines = [f"{hashlib.sha256(one.read_bytes()).hexdigest()}  {one.name}\n" for one in named]
    (folder / FILE_NAME).write_text("".join(lines), encoding="utf-8")


def altered(folder: Path) -> str | None:
    """The first file named in the sums that has others, or is missing; None when all is as it was shipped.

    Raises OSError when there are no sums.
    """
    for line in (folder / FILE_NAME).read_text("utf-8").splitlines():
        expected, name = line.split()
        try:
            with (folder / name).open("rb") as file:
                found = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError:
            return name
        if found != expected:
            return name
    return None
