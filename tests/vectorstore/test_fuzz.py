"""Any bytes, and any damage to a real file, end in documents or in one line of ours: nothing foreign is raised."""

import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.vectorstore.made_files import MAKERS
from vectorstore import Document, LoadError
from vectorstore.loaders import Incoming, load_file

FACTS = ("The mayor opened the bridge on Tuesday.", "It cost 40 million euros, she said.")
KINDS = [".pdf", ".docx", ".odt", ".rtf", ".csv", ".xlsx", ".eml", ".rss", ".html", ".md", ".jsonl", ".txt"]
QUICK = settings(max_examples=20, deadline=10_000, suppress_health_check=list(HealthCheck))
LONG = settings(max_examples=150, deadline=10_000, suppress_health_check=list(HealthCheck))


def read(suffix: str, data: bytes) -> None:
    refused = ""
    try:
        for item in load_file(Incoming(f"a{suffix}", io.BytesIO(data), doc_id="a")):
            if isinstance(item, Document):
                Document.model_validate(item.model_dump())
                item.locator_at(len(item.text) - 1)
    except LoadError as exc:
        refused = str(exc)
    assert "\n" not in refused
    assert refused == "" or refused.startswith(f"a{suffix}")


def damaged(suffix: str, cuts: list[tuple[int, int, bytes]]) -> bytes:
    """A real file with stretches of it replaced."""
    data = bytearray(MAKERS[suffix](FACTS))
    for place, length, instead in cuts:
        start = place % (len(data) + 1)
        data[start : start + length] = instead
    return bytes(data)


CUTS = st.lists(st.tuples(st.integers(0, 1_000_000), st.integers(0, 40), st.binary(max_size=40)), max_size=6)


@pytest.mark.parametrize("suffix", KINDS)
@QUICK
@given(cuts=CUTS)
def test_a_damaged_file_is_read_or_refused(suffix: str, cuts: list[tuple[int, int, bytes]]) -> None:
    read(suffix, damaged(suffix, cuts))


@pytest.mark.parametrize("suffix", KINDS)
@QUICK
@given(data=st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(suffix: str, data: bytes) -> None:
    read(suffix, data)


@pytest.mark.slow
@pytest.mark.parametrize("suffix", KINDS)
@LONG
@given(cuts=CUTS)
def test_damage_of_many_kinds_is_read_or_refused(suffix: str, cuts: list[tuple[int, int, bytes]]) -> None:
    read(suffix, damaged(suffix, cuts))
