"""``--sources A B C``: several paths after one option, as a shell writes them out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.cli.check import spread


@pytest.mark.parametrize(
    ("given_", "spread_"),
    [
        ("d.md --sources a b c", "d.md --sources a --sources b --sources c"),
        ("d.md --sources a --sources b", "d.md --sources a --sources b"),
        ("d.md --sources a b --json -q", "d.md --sources a --sources b --json -q"),
        ("d.md --sources - b", "d.md --sources - --sources b"),
        ("--sources a b -- d.md", "--sources a --sources b -- d.md"),
        ("d.md --out r.html", "d.md --out r.html"),
        ("d.md --sources --json", "d.md --sources --json"),
    ],
)
def test_each_path_gets_an_option_of_its_own(given_: str, spread_: str) -> None:
    assert spread(given_.split()) == spread_.split()


@given(st.lists(st.sampled_from(["--sources", "--json", "-", "--", "a", "b"]), max_size=10))
def test_spreading_again_changes_nothing_and_no_argument_is_lost(arguments: list[str]) -> None:
    once = spread(arguments)
    assert spread(once) == once
    assert [one for one in once if one != "--sources"] == [one for one in arguments if one != "--sources"]
