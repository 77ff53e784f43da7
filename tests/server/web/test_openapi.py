"""Requests made up from the OpenAPI document, sent to a real server: whatever comes in, it never fails."""

from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error

from eval.serving import serving, stock
from tests.server.web.test_many_at_once import checked_text, people

pytestmark = [pytest.mark.filterwarnings("ignore"), pytest.mark.slow]
EXAMPLES = 40


def test_no_request_makes_the_server_fail(tmp_path: Path) -> None:
    stock(tmp_path / "store")
    url = f"sqlite:///{tmp_path / 'review.sqlite3'}"
    (token, *_) = people(url)
    tried: dict[str, list[int]] = {}
    with serving(tmp_path / "store", database=url) as server:
        checked_text(server.address, token)
        schema = schemathesis.openapi.from_url(f"{server.address}/api/openapi.json")
        for found in schema.get_all_operations():
            operation = found.ok()
            tried[operation.label] = codes_of(operation, token)
        assert server.process.poll() is None
    assert len(tried) > 30
    assert all(tried.values())
    assert [(label, code) for label, codes in tried.items() for code in codes if code >= 500] == []
    assert sum(any(code < 300 for code in codes) for codes in tried.values()) > 15  # not only refusals


def codes_of(operation: Any, token: str) -> list[int]:
    """What the server answered to requests made up for one operation; a failure of its own is an AssertionError."""
    codes: list[int] = []

    @settings(
        max_examples=EXAMPLES, deadline=None, database=None, derandomize=True, phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(case=operation.as_strategy())
    def attempt(case: Any) -> None:
        if len(codes) % 2:  # every other time, of the text and the claims that there are
            case.path_parameters = {
                name: 1 if name.endswith("_id") else value for name, value in (case.path_parameters or {}).items()
            }
        answer = case.call(headers={"authorization": f"Bearer {token}"})
        case.validate_response(answer, checks=[not_a_server_error])
        codes.append(answer.status_code)

    attempt()
    return codes
