"""The public names are all there, and nothing heavy is loaded to say them."""

import subprocess
import sys

import pytest

import factcheck


@pytest.mark.parametrize("name", factcheck.__all__)
def test_every_public_name_can_be_had(name: str) -> None:
    assert getattr(factcheck, name) is not None


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = factcheck.nothing


def test_public_names_are_sorted_and_shown() -> None:
    assert sorted(factcheck.__all__) == list(factcheck.__all__) == dir(factcheck)


def test_importing_the_package_loads_no_library() -> None:
    code = (
        "import sys, factcheck; "
        "print([m for m in ('pydantic', 'spacy', 'chromadb', 'numpy', 'typer') if m in sys.modules])"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert out.strip() == "[]"
