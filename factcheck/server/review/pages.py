"""Templates to responses. Whatever comes from a text, a source or a person is escaped, and made visible."""

import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from factcheck.reports.findings import LOOKS
from factcheck.reports.html_page import shown
from factcheck.server.access import Guest
from factcheck.server.db.roles import Right, may

TEMPLATES = Path(__file__).resolve().parents[1] / "templates"


def page(name: str, guest: Guest | None, *, status: int = 200, **values: Any) -> HTMLResponse:  # noqa: ANN401 - for a template
    """The page of a template, for whoever is signed in."""
    made = _environment().get_template(f"{name}.html.jinja").render(
        guest=guest, user=guest.user if guest else None, csrf=guest.csrf if guest else "", looks=LOOKS,
        assets=_assets(), can={right.value for right in Right if guest and may(guest.user.role, right)}, **values,
    )  # fmt: skip
    return HTMLResponse(made, status)


def error_page(request: Request, message: str, status: int) -> HTMLResponse:
    """What could not be done, and a way back."""
    parts = request.url.path.split("/")
    back = "/".join(parts[:3]) if len(parts) > 3 and parts[1] in ("claims", "texts") and parts[2].isdigit() else ""
    return page("error", None, status=status, message=message, code=status, back=back)


@cache
def _assets() -> str:
    """What changes with the files that pages load, so that browsers may keep them."""
    files = sorted((TEMPLATES.parent / "static").iterdir())
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:12]


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, finalize=shown,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
