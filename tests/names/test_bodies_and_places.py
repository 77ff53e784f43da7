"""Organisations, countries and places under their several names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.names import compare_bodies, compare_places, country_of

BODIES = [
    ("NSDC", "National Security and Defense Council", "variant"),
    ("National Security and Defence Council of Ukraine", "National Security and Defense Council", "variant"),
    ("Ministry of Foreign Affairs", "Foreign Ministry", "variant"),
    ("Ministry of Defence", "Defense Ministry", "variant"),
    ("Presidential Office", "Office of the President of Ukraine", "variant"),
    ("Ministry of Health", "Ministry of Finance", "different"),
    ("Foreign Ministry of Russia", "Foreign Ministry of Ukraine", "different"),
    ("Security Service", "Foreign Intelligence Service", "different"),
    ("Intelligence Directorate", "Main Intelligence Directorate", "partial"),
    ("GRU", "Main Directorate of the General Staff", "unknown"),
    ("Main Intelligence Directorate", "military intelligence", "unknown"),
]

PLACES = [
    ("Kyiv", "Kiev", "variant"),
    ("Київ", "Kyiv", "variant"),
    ("Kharkiv", "Kharkov", "variant"),
    ("Chiragan Palace", "the Çırağan Palace", "variant"),
    ("Istanbul, Turkey", "Istanbul", "variant"),
    ("Türkiye", "Turkey", "variant"),
    ("Ankara", "Turkey", "unknown"),
    ("Izmir", "Ankara", "different"),
    ("Dolmabahce Palace", "Ciragan Palace", "different"),
]


@pytest.mark.parametrize(("a", "b", "relation"), BODIES)
def test_bodies(a: str, b: str, relation: str) -> None:
    assert compare_bodies(a, b).relation == relation


@pytest.mark.parametrize(("a", "b", "relation"), PLACES)
def test_places(a: str, b: str, relation: str) -> None:
    assert compare_places(a, b).relation == relation


@pytest.mark.parametrize(
    ("word", "country"),
    [
        ("Ukrainian", "Ukraine"),
        ("Ukraine's", "Ukraine"),
        ("Ukrainians", "Ukraine"),
        ("Moscow's", "Russia"),
        ("U.S.", "United States"),
        ("American", "United States"),
        ("Türkiye", "Turkey"),
        ("turkey", None),
        ("delegation", None),
        ("", None),
    ],
)
def test_country_words(word: str, country: str | None) -> None:
    assert country_of(word) == country


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_text_is_compared_both_ways_alike(a: str, b: str) -> None:
    assert compare_bodies(a, b) == compare_bodies(b, a)
    assert compare_places(a, b) == compare_places(b, a)
    assert compare_places(a, a).relation in {"same", "variant", "unknown"}
    country_of(a)
