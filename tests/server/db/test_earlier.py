"""What people decided is known again in other words, with who and when."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from factcheck.server.db.decisions import Action
from factcheck.server.db.earlier import decided
from factcheck.server.db.models import TextRow
from factcheck.server.db.roles import Role
from factcheck.types import Label
from tests.server.conftest import SOURCE, Desk, claims_of
from tests.server.db.test_decisions import choose
from vectorstore import open_store


def test_a_decision_is_an_earlier_claim_with_who_and_when(
    desk: Desk, text: TextRow, url: str, tmp_path: Path, run: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = claims_of(desk.database, text)[:2]
    choose(desk, Role.EDITOR, first, Action.CHANGE_VERDICT, label=Label.SUPPORTED, reason="the mayor said so")
    choose(desk, Role.REVIEWER, second, Action.NOT_A_CLAIM, reason="a wish")
    with desk.database.reading() as session:
        (known,) = decided(session)
    one = known.recall()
    assert (one.claim, one.label, one.by, one.decided) == (first.claim["claim"], Label.SUPPORTED, "editor one", True)
    assert one.at is not None
    with open_store(tmp_path / "store") as store:
        store.add([SOURCE])
    monkeypatch.setenv("FACTCHECK_DATABASE", url)
    asked = "On 3 May the bridge was opened by Ana Ruiz."
    ran = run("seen", asked, "--store", str(tmp_path / "store"))
    assert ran.code == 0
    (row,) = ran.rows
    assert (row["earlier"]["by"], row["earlier"]["at"][:10]) == ("editor one", "2031-05-06")
