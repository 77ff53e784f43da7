"""Why the database's rules say no.

Refused                     what was asked for cannot be done as it stands
├── NotFound                there is no such text, claim or person
├── Forbidden               this person may not do that
├── Stale                   somebody else was quicker; what they did is in the message
├── WrongCredentials        name, password or token are wrong
└── TooManyAttempts         too many wrong passwords; try again later
"""

from factcheck.errors import UsageError


class Refused(UsageError):
    """What was asked for cannot be done as it stands; the message says why, in one line for a person."""


class NotFound(Refused):
    """There is no such text, claim or person."""


class Forbidden(Refused):
    """The person may not do that."""


class Stale(Refused):
    """The row was changed since it was read, so the write was refused."""


class WrongCredentials(Refused):
    """Name, password or token are wrong, or no longer valid."""


class TooManyAttempts(Refused):
    """Too many failed sign-ins for this name or from this address."""
