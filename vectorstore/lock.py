"""One writer per store: a lock that the operating system drops when its holder ends, however it ends."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from vectorstore.errors import StoreError, StoreLocked

FILE_NAME = "writer.lock"


@contextmanager
def only_writer(folder: Path, *, wait: float = 0.0) -> Iterator[None]:
    """Hold the folder for writing; readers are not affected.

    Raises StoreLocked when another process, or another store object of this one, is writing, and still is after
    ``wait`` seconds. SQLite's own file lock is used because it works the same on every system.
    """
    try:
        connection = sqlite3.connect(folder / FILE_NAME, timeout=wait, isolation_level=None, check_same_thread=False)
    except sqlite3.Error as exc:
        raise StoreError(f"store {folder} cannot be written: {exc} (check permissions)") from exc
    try:
        try:
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as exc:
            if "locked" in str(exc):
                raise StoreLocked(
                    f"store {folder} is being written by another process: wait for it to end, or use another store"
                ) from exc
            raise StoreError(f"store {folder} cannot be written: {exc} (check permissions)") from exc
        yield
    finally:
        connection.close()
