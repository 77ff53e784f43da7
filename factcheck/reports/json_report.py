"""The whole report as one JSON object."""

from factcheck.reports import Documents
from factcheck.types import Report


def render(report: Report, documents: Documents) -> str:  # noqa: ARG001 - quotes are in the report
    """Return the report as indented JSON; ``Report.model_validate_json`` reads it back."""
    return report.model_dump_json(indent=2) + "\n"
