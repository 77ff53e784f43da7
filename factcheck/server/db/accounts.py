"""People: invited with a one-time token, signed in with a password, let in by a session or an API token.

Every function works in the caller's transaction and takes the time as ``now`` (UTC, without a zone).
"""

from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from factcheck.server.db import secrets
from factcheck.server.db.errors import Forbidden, NotFound, Refused, WrongCredentials
from factcheck.server.db.events import record
from factcheck.server.db.models import ApiToken, Attempt, Invitation, SignIn, User
from factcheck.server.db.roles import Right, Role, may

SESSION_FOR = timedelta(hours=12)
INVITATION_FOR = timedelta(days=7)
ATTEMPTS_WITHIN = timedelta(minutes=15)
ATTEMPTS_PER_NAME = 5
ATTEMPTS_PER_ADDRESS = 20
CLOCKS_DIFFER = timedelta(minutes=5)
"""By how much a clock may be put back without anybody having to sign in again."""
SHORTEST_PASSWORD = 10
LONGEST_PASSWORD = 200
LONGEST_NAME = 80


def any_people(session: Session) -> bool:
    """Whether anybody has an account."""
    return session.scalar(select(func.count(User.id))) != 0


def people(session: Session) -> list[User]:
    """Return everybody with an account, by name."""
    return list(session.scalars(select(User).order_by(User.name_key)))


def first_invitation(session: Session, *, now: datetime) -> str | None:
    """Return a token for the first admin, making older ones useless; None once somebody has an account."""
    if any_people(session):
        return None
    session.execute(delete(Invitation))
    return _invitation(session, Role.ADMIN, now)


def invite(session: Session, by: User, role: str, *, now: datetime) -> str:
    """Return a one-time token that makes an account of this role; raises Forbidden unless ``by`` is an admin."""
    allow(by, Right.MANAGE_PEOPLE)
    chosen = _role(role)
    record(session, "invited", at=now, user_id=by.id, role=chosen.value)
    return _invitation(session, chosen, now)


def invited_as(session: Session, token: str, *, now: datetime) -> Role:
    """Return the role an invitation gives; raises WrongCredentials when it is unknown, used or too old."""
    return Role(_valid_invitation(session, token, now).role)


def accept(session: Session, token: str, *, name: str, password: str, now: datetime) -> User:
    """Make the account of an invitation, which is then used up.

    Raises WrongCredentials for an invitation that is not valid, Refused for a name or password that cannot be used.
    """
    invitation = _valid_invitation(session, token, now)
    shown = " ".join(name.split())
    if not 2 <= len(shown) <= LONGEST_NAME or not shown.isprintable():
        raise Refused(f"a name has 2 to {LONGEST_NAME} visible characters")
    check_password(password)
    key = shown.casefold()
    if session.scalar(select(User.id).where(User.name_key == key)) is not None:
        raise Refused(f"the name {shown!r} is taken; choose another")
    invitation.used_at = now
    user = User(name=shown, name_key=key, role=invitation.role, created_at=now, active=True)
    user.password_hash = secrets.hash_password(password)
    session.add(user)
    session.flush()
    record(session, "account made", at=now, user_id=user.id, role=user.role)
    return user


def check_password(password: str) -> None:
    """Raise Refused for a password that is too short, too long, or one character over and over."""
    if len(password) < SHORTEST_PASSWORD:
        raise Refused(f"a password has at least {SHORTEST_PASSWORD} characters")
    if len(password) > LONGEST_PASSWORD:
        raise Refused(f"a password has at most {LONGEST_PASSWORD} characters")
    if len(set(password)) < 4:
        raise Refused("this password repeats a few characters; choose one that is harder to guess")


def failed_too_often(session: Session, name: str, address: str, *, now: datetime) -> bool:
    """Whether this name or this address has used up its attempts of the last minutes."""
    limits = ((_name_key(name), ATTEMPTS_PER_NAME), (_address_key(address), ATTEMPTS_PER_ADDRESS))
    recent = now - ATTEMPTS_WITHIN
    for key, limit in limits:
        count = select(func.count(Attempt.id)).where(Attempt.key == key, Attempt.at > recent, Attempt.at <= now)
        if (session.scalar(count) or 0) >= limit:
            return True
    return False


def note_failure(session: Session, name: str, address: str, *, now: datetime) -> None:
    """Remember a failed sign-in, and forget those too old to matter, or of a clock that ran ahead."""
    session.execute(delete(Attempt).where((Attempt.at <= now - ATTEMPTS_WITHIN) | (Attempt.at > now)))
    session.add_all(Attempt(key=key, at=now) for key in (_name_key(name), _address_key(address)))


def find_by_password(session: Session, name: str, password: str) -> User:
    """Return the person with this name and password; raises WrongCredentials, the same for either being wrong."""
    user = session.scalar(select(User).where(User.name_key == _key(name), User.active))
    if not secrets.password_fits(user.password_hash if user else None, password[:LONGEST_PASSWORD]) or user is None:
        raise WrongCredentials("name or password is wrong")
    return user


def change_password(session: Session, user: User, old: str, new: str, *, now: datetime) -> None:
    """Give a person another password and end all their sessions.

    Raises WrongCredentials when ``old`` is not their password, Refused for a new one that is too weak.
    """
    row = find_by_password(session, user.name, old)
    check_password(new)
    row.password_hash = secrets.hash_password(new)
    session.execute(delete(SignIn).where(SignIn.user_id == row.id))
    record(session, "password changed", at=now, user_id=row.id)


def sign_in(session: Session, user_id: int, *, now: datetime) -> str:
    """Return the token of a new session; a failed attempt before it no longer counts."""
    user = session.get_one(User, user_id)
    session.execute(delete(SignIn).where(SignIn.expires_at <= now))
    session.execute(delete(Attempt).where(Attempt.key == _name_key(user.name)))
    token = secrets.new_token()
    row = SignIn(token_hash=secrets.token_hash(token), user_id=user.id, csrf=secrets.new_token())
    row.created_at, row.expires_at = now, now + SESSION_FOR
    session.add(row)
    record(session, "signed in", at=now, user_id=user.id)
    return token


def signed_in(session: Session, token: str, *, now: datetime) -> SignIn | None:
    """Return the session of a token; None when it is unknown, over, or its person no longer active."""
    row = session.get(SignIn, secrets.token_hash(token))
    return row if row is not None and _lasts(row, now) and row.user.active else None


def sign_out(session: Session, token: str) -> None:
    """End a session."""
    session.execute(delete(SignIn).where(SignIn.token_hash == secrets.token_hash(token)))


def new_api_token(session: Session, user: User, name: str, *, now: datetime) -> str:
    """Return a token that lets programs act as this person; it is shown this once and kept as a hash."""
    shown = " ".join(name.split())[:LONGEST_NAME]
    if not shown:
        raise Refused("an API token needs a name that says what it is for")
    token = f"fc_{secrets.new_token()}"
    session.add(ApiToken(token_hash=secrets.token_hash(token), user_id=user.id, name=shown, created_at=now))
    record(session, "API token made", at=now, user_id=user.id, name=shown)
    return token


def api_tokens(session: Session, user: User) -> list[ApiToken]:
    """Return a person's API tokens that still work."""
    query = select(ApiToken).where(ApiToken.user_id == user.id, ApiToken.revoked_at.is_(None)).order_by(ApiToken.id)
    return list(session.scalars(query))


def by_api_token(session: Session, token: str) -> User | None:
    """Return whom an API token stands for; None when it does not work."""
    query = select(ApiToken).where(ApiToken.token_hash == secrets.token_hash(token), ApiToken.revoked_at.is_(None))
    row = session.scalar(query)
    return row.user if row is not None and row.user.active else None


def revoke_api_token(session: Session, user: User, token_id: int, *, now: datetime) -> None:
    """Make one of a person's API tokens useless; raises NotFound when they have none of this number."""
    row = session.get(ApiToken, token_id)
    if row is None or row.user_id != user.id:
        raise NotFound(f"you have no API token {token_id}")
    row.revoked_at = now
    record(session, "API token revoked", at=now, user_id=user.id, name=row.name)


def set_person(session: Session, by: User, user_id: int, *, role: str, active: bool, now: datetime) -> None:
    """Change a person's role or whether they may sign in; the last admin stays one.

    Raises Forbidden unless ``by`` is an admin, NotFound for nobody, Refused for the last admin.
    """
    allow(by, Right.MANAGE_PEOPLE)
    user = session.get(User, user_id)
    if user is None:
        raise NotFound(f"there is no person {user_id}")
    chosen = _role(role)
    others = select(func.count(User.id)).where(User.role == Role.ADMIN, User.active, User.id != user_id)
    if not (chosen is Role.ADMIN and active) and session.scalar(others) == 0:
        raise Refused("this is the only admin; make somebody else one first")
    user.role, user.active = chosen.value, active
    if not active:
        session.execute(delete(SignIn).where(SignIn.user_id == user_id))
    record(session, "person changed", at=now, user_id=by.id, person=user.name, role=user.role, active=active)


def allow(user: User, right: Right) -> None:
    """Raise Forbidden unless the person has the right."""
    if not user.active or not may(user.role, right):
        raise Forbidden(f"your role ({user.role}) may not do this: {right.value.replace('_', ' ')}")


def _invitation(session: Session, role: Role, now: datetime) -> str:
    token = secrets.new_token()
    row = Invitation(token_hash=secrets.token_hash(token), role=role.value)
    row.created_at, row.expires_at = now, now + INVITATION_FOR
    session.add(row)
    return token


def _valid_invitation(session: Session, token: str, now: datetime) -> Invitation:
    row = session.get(Invitation, secrets.token_hash(token))
    if row is None or row.used_at is not None or not _lasts(row, now):
        raise WrongCredentials("this invitation is not valid any more; ask for a new one")
    return row


def _lasts(row: SignIn | Invitation, now: datetime) -> bool:
    """Whether its time is not over; one made by a clock that ran ahead would last too long."""
    return row.created_at - CLOCKS_DIFFER <= now < row.expires_at


def _role(name: str) -> Role:
    try:
        return Role(name)
    except ValueError as exc:
        raise Refused(f"no role {name[:40]!r}; choose one of {', '.join(Role)}") from exc


def _key(name: str) -> str:
    return " ".join(name.split()).casefold()[:LONGEST_NAME]


def _name_key(name: str) -> str:
    return f"name {_key(name)}"


def _address_key(address: str) -> str:
    return f"address {address}"[:160]
