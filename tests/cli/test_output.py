"""Files that appear whole or not at all."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from factcheck.cli import output
from factcheck.errors import UsageError


def test_a_file_is_written_as_utf8_and_replaces_the_old_one(tmp_path: Path) -> None:
    path = tmp_path / "out.txt"
    path.write_text("old")
    output.write_file(path, "né\r\nw")
    assert path.read_bytes() == "né\r\nw".encode()
    assert [one.name for one in tmp_path.iterdir()] == ["out.txt"]


def test_it_has_the_rights_any_new_file_has(tmp_path: Path) -> None:
    mask = os.umask(0o022)
    try:
        output.write_file(tmp_path / "out.txt", "x")
    finally:
        os.umask(mask)
    assert stat.S_IMODE((tmp_path / "out.txt").stat().st_mode) == 0o644


def test_a_failure_leaves_the_old_file_and_nothing_beside_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "out.txt"
    path.write_text("old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(UsageError, match=r"out\.txt: cannot be written: No space left"):
        output.write_file(path, "new")
    assert path.read_text() == "old"
    assert [one.name for one in tmp_path.iterdir()] == ["out.txt"]


def test_a_link_is_followed_not_replaced(tmp_path: Path) -> None:
    target, link = tmp_path / "target.txt", tmp_path / "link.txt"
    target.write_text("old")
    link.symlink_to(target)
    output.write_file(link, "new")
    assert link.is_symlink()
    assert target.read_text() == "new"


def test_a_device_is_written_to(tmp_path: Path) -> None:
    output.write_file(Path(os.devnull), "x")
    assert not Path(os.devnull).is_file()


def test_a_folder_or_a_missing_one_is_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is a folder"):
        output.write_file(tmp_path, "x")
    with pytest.raises(UsageError, match="there is no folder"):
        output.write_file(tmp_path / "nowhere" / "out.txt", "x")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full on this system")
def test_standard_output_that_is_full_is_one_line(tmp_path):
    draft = tmp_path / "draft.txt"
    draft.write_text("The harbour bridge reopened on 4 March 2024.")
    with Path("/dev/full").open("w") as full:
        command = [sys.executable, "-m", "factcheck", "extract", str(draft), "--quiet"]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr == "factcheck: the output cannot be written: No space left on device; make room\n"
