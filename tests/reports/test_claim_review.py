"""ClaimReview: the fields that schema.org and Google ask for, and nothing that is not settled."""

import json
from datetime import date
from typing import Any

import pytest

from factcheck.errors import UsageError
from factcheck.reports import render
from factcheck.reports.claim_review import Publication
from factcheck.types import Report

DESK = Publication(publisher="The Desk", url="https://desk.example/checks/7", day=date(2024, 3, 9))


def graph(report: Report, desk: Publication = DESK) -> list[dict[str, Any]]:
    page = json.loads(render("jsonld", report, publication=desk))
    assert page["@context"] == "https://schema.org"
    return page["@graph"]  # type: ignore[no-any-return]


def test_every_review_has_what_is_required(report: Report) -> None:
    reviews = graph(report)
    assert len(reviews) == 4
    for review in reviews:
        assert review["@type"] == "ClaimReview"
        assert review["url"].startswith("https://desk.example/checks/7#")
        assert len(review["claimReviewed"]) > 0
        assert review["author"] == {"@type": "Organization", "name": "The Desk", "url": "https://desk.example/checks/7"}
        rating = review["reviewRating"]
        assert rating["@type"] == "Rating"
        assert rating["worstRating"] <= rating["ratingValue"] <= rating["bestRating"]
        assert rating["alternateName"] in ("True", "False", "Disputed")
        assert review["itemReviewed"]["@type"] == "Claim"
        assert review["datePublished"] == "2024-03-09"
    assert len({review["url"] for review in reviews}) == 4


def test_what_is_open_failed_or_unchecked_is_no_review(report: Report) -> None:
    texts = " ".join(review["claimReviewed"] for review in graph(report))
    for word in ("9,000 cars", "two years of repairs", "finest"):
        assert word not in texts


def test_only_web_addresses_are_cited(report: Report) -> None:
    cited = [link for review in graph(report) for link in review.get("citation", [])]
    assert cited == ["https://gazette.example/bridge?a=1&b=2"]


def test_it_can_be_pasted_into_a_page(report: Report) -> None:
    assert "<" not in render("jsonld", report, publication=DESK)


def test_it_needs_a_publisher(report: Report) -> None:
    with pytest.raises(UsageError, match="publisher_url"):
        render("jsonld", report)
