"""Passwords and tokens: made at random, kept only as hashes.

Passwords are hashed with Argon2id (RFC 9106); tokens are 256 random bits, for which a plain SHA-256 is enough.
"""

import hashlib
import secrets
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argon2 import PasswordHasher


def new_token() -> str:
    """Return 256 random bits for an address or a header."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """Return what is kept of a token."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def hash_password(password: str) -> str:
    """Return the Argon2id hash of a password, with its parameters and salt."""
    return _hasher().hash(password)


def password_fits(hashed: str | None, password: str) -> bool:
    """Whether the password is the hashed one; takes as long when there is no hash, so that names cannot be guessed."""
    from argon2.exceptions import Argon2Error, InvalidHashError

    try:
        _hasher().verify(hashed or _nobodys(), password)
    except (Argon2Error, InvalidHashError):
        return False
    return hashed is not None


@cache
def _hasher() -> "PasswordHasher":
    from argon2 import PasswordHasher

    return PasswordHasher()


@cache
def _nobodys() -> str:
    return _hasher().hash(secrets.token_hex(16))
