"""Invitations, passwords, sessions, tokens: what lets a person in, and what does not."""

from datetime import timedelta

import pytest

from factcheck.server.db import Database, Forbidden, Refused, WrongCredentials, accounts
from factcheck.server.db.models import User
from factcheck.server.db.roles import Right, Role, may
from tests.server.conftest import NOW, PASSWORD, Desk


def test_the_first_token_makes_an_admin_once(database: Database) -> None:
    with database.writing() as session:
        old = accounts.first_invitation(session, now=NOW)
        new = accounts.first_invitation(session, now=NOW)
        assert old
        assert new
        with pytest.raises(WrongCredentials):
            accounts.accept(session, old, name="Eve", password=PASSWORD, now=NOW)
        assert accounts.accept(session, new, name="Ada", password=PASSWORD, now=NOW).role == Role.ADMIN
        with pytest.raises(WrongCredentials):
            accounts.accept(session, new, name="Eve", password=PASSWORD, now=NOW)
        assert accounts.first_invitation(session, now=NOW) is None


def test_an_invitation_ends_after_a_week(desk: Desk) -> None:
    with desk.database.writing() as session:
        token = accounts.invite(session, desk.people[Role.ADMIN], "reader", now=NOW)
        with pytest.raises(WrongCredentials):
            accounts.invited_as(session, token, now=NOW + timedelta(days=8))


@pytest.mark.parametrize("role", [Role.READER, Role.REVIEWER, Role.EDITOR])
def test_only_admins_invite(desk: Desk, role: Role) -> None:
    with desk.database.writing() as session, pytest.raises(Forbidden):
        accounts.invite(session, desk.people[role], "admin", now=NOW)


@pytest.mark.parametrize("password", ["short", "aaaaaaaaaaaaaaaa", "x" * 500])
def test_weak_passwords_are_refused(desk: Desk, password: str) -> None:
    with desk.database.writing() as session:
        token = accounts.invite(session, desk.people[Role.ADMIN], "reader", now=NOW)
        with pytest.raises(Refused):
            accounts.accept(session, token, name="New", password=password, now=NOW)


def test_two_people_cannot_have_names_that_differ_in_case(desk: Desk) -> None:
    with desk.database.writing() as session:
        token = accounts.invite(session, desk.people[Role.ADMIN], "reader", now=NOW)
        with pytest.raises(Refused, match="taken"):
            accounts.accept(session, token, name="  ADA ", password=PASSWORD, now=NOW)


def test_a_password_lets_in_and_a_wrong_one_does_not(desk: Desk) -> None:
    with desk.database.reading() as session:
        assert accounts.find_by_password(session, "ada", PASSWORD).name == "Ada"
        for name, password in (("ada", PASSWORD + "x"), ("nobody", PASSWORD)):
            with pytest.raises(WrongCredentials, match="name or password is wrong"):
                accounts.find_by_password(session, name, password)


def test_passwords_are_kept_as_argon2_hashes(desk: Desk) -> None:
    assert desk.people[Role.ADMIN].password_hash.startswith("$argon2id$")


def test_five_failures_for_a_name_are_enough_for_a_while(desk: Desk) -> None:
    with desk.database.writing() as session:
        for _ in range(accounts.ATTEMPTS_PER_NAME):
            assert not accounts.failed_too_often(session, "Ada", "1.2.3.4", now=NOW)
            accounts.note_failure(session, " ADA", "1.2.3.4", now=NOW)
            session.flush()
        assert accounts.failed_too_often(session, "Ada", "9.9.9.9", now=NOW)
        assert not accounts.failed_too_often(session, "Bob", "9.9.9.9", now=NOW)
        assert not accounts.failed_too_often(session, "Ada", "1.2.3.4", now=NOW + timedelta(minutes=16))


def test_failures_noted_while_the_clock_ran_ahead_lock_nobody_out(desk: Desk) -> None:
    ahead = NOW + timedelta(days=400)
    with desk.database.writing() as session:
        for _ in range(accounts.ATTEMPTS_PER_NAME):
            accounts.note_failure(session, "Ada", "1.2.3.4", now=ahead)
        session.flush()
        assert accounts.failed_too_often(session, "Ada", "1.2.3.4", now=ahead)
        assert not accounts.failed_too_often(session, "Ada", "1.2.3.4", now=NOW)
        for _ in range(accounts.ATTEMPTS_PER_NAME):
            accounts.note_failure(session, "Ada", "1.2.3.4", now=NOW)
        session.flush()
        assert accounts.failed_too_often(session, "Ada", "1.2.3.4", now=NOW)


def test_a_session_or_invitation_of_a_clock_that_ran_ahead_lasts_no_longer_than_others(desk: Desk) -> None:
    ahead, soon = NOW + timedelta(days=400), NOW + timedelta(minutes=1)
    admin = desk.people[Role.ADMIN]
    with desk.database.writing() as session:
        far, near = (accounts.sign_in(session, admin.id, now=now) for now in (ahead, soon))
        session.flush()
        assert accounts.signed_in(session, far, now=NOW) is None
        assert accounts.signed_in(session, near, now=NOW) is not None  # clocks are put right by a little every day
        token = accounts.invite(session, admin, "reader", now=ahead)
        with pytest.raises(WrongCredentials):
            accounts.invited_as(session, token, now=NOW)


def test_a_session_ends_by_time_by_signing_out_and_with_its_person(desk: Desk) -> None:
    admin, editor = desk.people[Role.ADMIN], desk.people[Role.EDITOR]
    with desk.database.writing() as session:
        one, two = (accounts.sign_in(session, editor.id, now=NOW) for _ in range(2))
        session.flush()
        signed = accounts.signed_in(session, one, now=NOW)
        assert signed is not None
        assert signed.user.name == editor.name
        assert accounts.signed_in(session, one, now=NOW + timedelta(hours=13)) is None
        accounts.sign_out(session, one)
        assert accounts.signed_in(session, one, now=NOW) is None
        accounts.set_person(session, admin, editor.id, role="editor", active=False, now=NOW)
        assert accounts.signed_in(session, two, now=NOW) is None


def test_the_last_admin_stays_one(desk: Desk) -> None:
    admin = desk.people[Role.ADMIN]
    with desk.database.writing() as session, pytest.raises(Refused, match="only admin"):
        accounts.set_person(session, admin, admin.id, role="reader", active=True, now=NOW)


def test_an_api_token_works_until_it_is_revoked(desk: Desk) -> None:
    with desk.database.writing() as session:
        editor = session.get_one(User, desk.people[Role.EDITOR].id)
        token = accounts.new_api_token(session, editor, "feed", now=NOW)
        session.flush()
        found = accounts.by_api_token(session, token)
        assert found is not None
        assert found.id == editor.id
        (row,) = accounts.api_tokens(session, editor)
        accounts.revoke_api_token(session, editor, row.id, now=NOW)
        session.flush()
        assert accounts.by_api_token(session, token) is None


def test_each_role_has_the_rights_of_the_ones_before() -> None:
    granted = {role: {right for right in Right if may(role, right)} for role in Role}
    assert granted[Role.READER] == {Right.READ}
    assert granted[Role.READER] < granted[Role.REVIEWER] < granted[Role.EDITOR] < granted[Role.ADMIN] == set(Right)
    assert not may("owner", Right.READ)
