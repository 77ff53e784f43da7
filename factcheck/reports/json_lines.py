"""One verdict a line, in the order of the text. Claims that were not checked have none and are not here."""

from factcheck.reports import Documents
from factcheck.types import Report


def render(report: Report, documents: Documents) -> str:  # noqa: ARG001 - quotes are in the report
    """Return the verdicts as JSON Lines; ``Verdict.model_validate_json`` reads a line back."""
    verdicts = (one.verdict for one in report.claims if one.verdict is not None)
    return "".join(verdict.model_dump_json() + "\n" for verdict in verdicts)
