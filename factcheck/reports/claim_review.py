"""Published verdicts as schema.org ClaimReview in JSON-LD, which search engines and fact-check archives read.

One object for each statement that was supported, refuted or found in conflict; what is open or failed is no review.
Fields after https://schema.org/ClaimReview and Google's documentation of the type.
"""

import json
from datetime import date

from pydantic import Field

from factcheck.reports import Documents
from factcheck.reports.findings import Finding, Standing, findings, folded
from factcheck.reports.safe_text import web_link
from factcheck.types import Frozen, Report, Stance

WORST, BEST = 1, 5
_RATINGS = {Standing.REFUTED: (1, "False"), Standing.CONFLICTING: (3, "Disputed"), Standing.SUPPORTED: (5, "True")}


class Publication(Frozen):
    """Who publishes the reviews, and where."""

    publisher: str = Field(min_length=1)
    """Name of the desk or paper."""
    url: str = Field(pattern=r"^https?://[^\s/]+")
    """Address of the page on which the reviews stand; each is at ``url#claim-id``."""
    day: date | None = None
    """Day of publication; None when it is not to be told."""
    article_url: str | None = None
    """Address of the text that was checked."""


def render(report: Report, documents: Documents, publication: Publication) -> str:  # noqa: ARG001 - reviews cite links
    """Return a JSON-LD graph with one ClaimReview for each settled statement."""
    found = [one for one in folded(findings(report)) if one.standing in _RATINGS]
    graph = [_review(finding, report, publication) for finding in found]
    # an angle bracket could end the script element that the text is pasted into
    text = json.dumps({"@context": "https://schema.org", "@graph": graph}, ensure_ascii=False, indent=2)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026") + "\n"


def _review(finding: Finding, report: Report, publication: Publication) -> dict[str, object]:
    claim = finding.checked.claim
    value, word = _RATINGS[finding.standing]
    home = publication.url.split("#")[0]
    review: dict[str, object] = {
        "@type": "ClaimReview",
        "@id": f"{home}#{claim.claim_id}",
        "url": f"{home}#{claim.claim_id}",
        "claimReviewed": claim.claim,
        "author": {"@type": "Organization", "name": publication.publisher, "url": home},
        "publisher": {"@type": "Organization", "name": publication.publisher},
        "itemReviewed": _claim(finding, report, publication),
        "reviewRating": {
            "@type": "Rating", "ratingValue": value, "bestRating": BEST, "worstRating": WORST, "alternateName": word,
        },
        "reviewBody": " ".join(part for part in (finding.correction, finding.note) if part),
    }  # fmt: skip
    if publication.day:
        review["datePublished"] = publication.day.isoformat()
    links = [web_link(piece.url) for piece in finding.evidence if piece.stance is not Stance.NEUTRAL]
    cited = list(dict.fromkeys(link for link in links if link))
    if cited:
        review["citation"] = cited
    return review


def _claim(finding: Finding, report: Report, publication: Publication) -> dict[str, object]:
    claim = finding.checked.claim
    about: dict[str, object] = {"@type": "Claim", "text": claim.claim}
    if claim.attribution:
        about["author"] = {"@type": "Person", "name": claim.attribution}
    if report.as_of:
        about["datePublished"] = report.as_of.isoformat()
    appearance: dict[str, object] = {"@type": "CreativeWork"}
    if report.title:
        appearance["headline"] = report.title
    if link := web_link(publication.article_url):
        appearance["url"] = link
    if len(appearance) > 1:
        about["appearance"] = appearance
    return about
