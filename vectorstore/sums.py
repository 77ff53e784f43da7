"""Whether files that ship are as they were shipped, by the SHA-256 sums beside them."""

import hashlib
from pathlib import Path

FILE_NAME = "SHA256SUMS"
"""As ``sha256sum`` writes and checks it."""


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
