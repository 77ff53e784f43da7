"""Files that ship are used only as they were shipped."""

from pathlib import Path

import pytest

from factcheck.models import runtime
from vectorstore import embedding
from vectorstore.sums import FILE_NAME, altered, record

SHIPPED = [pytest.param(runtime.WEIGHTS, id="verifier"), pytest.param(embedding._WEIGHTS, id="embedding")]


@pytest.mark.parametrize("folder", SHIPPED)
def test_the_weights_are_those_of_their_sums_and_every_file_that_decides_is_named(folder: Path) -> None:
    assert altered(folder) is None
    named = {line.split()[1] for line in (folder / FILE_NAME).read_text().splitlines()}
    assert named == {one.name for one in folder.iterdir()} - {FILE_NAME, "MODEL_CARD.md"}


def test_a_changed_byte_a_missing_file_and_missing_sums_are_noticed(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"numbers")
    with pytest.raises(FileNotFoundError):
        altered(tmp_path)
    sums = "0" * 64
    (tmp_path / FILE_NAME).write_text(f"{sums}  a\n")
    assert altered(tmp_path) == "a"
    (tmp_path / FILE_NAME).write_text(f"{sums}  gone\n")
    assert altered(tmp_path) == "gone"


def test_what_is_made_anew_is_recorded_as_shipped(tmp_path: Path) -> None:
    (tmp_path / "model.onnx").write_bytes(b"numbers")
    (tmp_path / "MODEL_CARD.md").write_text("words")
    record(tmp_path)
    assert altered(tmp_path) is None
    (tmp_path / "MODEL_CARD.md").write_text("other words")
    assert altered(tmp_path) is None
    (tmp_path / "model.onnx").write_bytes(b"other numbers")
    assert altered(tmp_path) == "model.onnx"
