"""Which model is asked, and where: ``FACTCHECK_LLM`` and the variables of OpenAI's own client."""

import os
from collections.abc import Mapping
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, SecretStr

from factcheck.errors import UsageError

OPENAI = "https://api.openai.com/v1"
NO_KEY = "none"
"""Sent to a server of one's own that asks for no key."""


class Endpoint(BaseModel):
    """A model behind an address that speaks the OpenAI API."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    model: str
    base_url: str
    api_key: SecretStr

    @property
    def host(self) -> str:
        """Where things are sent, without the name and password an address may carry."""
        parts = urlsplit(self.base_url)
        return f"{parts.scheme}://{parts.hostname}{f':{parts.port}' if parts.port else ''}{parts.path}"


def read_endpoint(name: str, environ: Mapping[str, str] | None = None) -> Endpoint:
    """The endpoint that ``openai:MODEL`` names, with OPENAI_BASE_URL and OPENAI_API_KEY from the environment.

    Raises UsageError, naming the setting and the remedy, when it cannot be one.
    """
    environ = os.environ if environ is None else environ
    vendor, _, model = name.partition(":")
    if vendor != "openai" or not model.strip():
        raise UsageError(f"language model {name[:80]!r} (FACTCHECK_LLM or --llm): write it as openai:MODEL")
    url = environ.get("OPENAI_BASE_URL", "").strip() or OPENAI
    try:
        parts = urlsplit(url)
        sound = parts.scheme in {"http", "https"} and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        sound = False
    if not sound:
        raise UsageError("OPENAI_BASE_URL is not the address of a server; write it as http://HOST:PORT/v1")
    key = environ.get("OPENAI_API_KEY", "").strip()
    if not key and url == OPENAI:
        raise UsageError(
            f"{name} needs a key: set OPENAI_API_KEY, or OPENAI_BASE_URL for an OpenAI-compatible server of your own"
        )
    return Endpoint(model=model.strip(), base_url=url, api_key=SecretStr(key or NO_KEY))
