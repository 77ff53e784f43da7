"""What can go wrong, each with its exit code.

FactcheckError                1
├── UsageError                2   the caller asked for something that cannot be done as written
│   └── InputError            2   a file, row or text that cannot be read as what it should be
├── StoreFailed               3   the document store could not be opened, read or written
├── ModelFailed               3   a model could not be loaded or run
└── QuoteMismatch             1   a quote that is not the exact substring it claims to be (a bug of ours)

The message of every error is one line that names the input and the remedy. Errors of libraries are turned
into these where the library is called, ``raise ... from exc``.
"""


class FactcheckError(Exception):
    """Base of all errors this package raises on purpose."""

    exit_code = 1


class UsageError(FactcheckError):
    """Wrong usage: an unknown option value, a missing file, contradicting options."""

    exit_code = 2


class InputError(UsageError):
    """Input that is there but cannot be read as what it should be; the message names the place."""


class StoreFailed(FactcheckError):
    """The document store could not be opened, read or written."""

    exit_code = 3


class ModelFailed(FactcheckError):
    """A model file is missing, damaged or could not be run."""

    exit_code = 3


class LanguageModelFailed(ModelFailed):
    """A language model's server gave no answer that can be used."""

    def __init__(self, message: str, *, kind: str = "NoAnswer") -> None:
        super().__init__(message)
        self.kind = kind
        """Short name of what went wrong: ``RateLimited``, ``Timeout``, ``WrongSchema``, ``BudgetSpent``, ..."""


class QuoteMismatch(FactcheckError):
    """A quote does not equal the text between its offsets."""
