"""A Model Context Protocol server on standard input and output: verify, extract, search and ask, for agents.

Nothing an agent sends is anything but text to check; there is no tool that writes.
"""

from datetime import date
from typing import TYPE_CHECKING

from factcheck.chat import Answer, Conversation
from factcheck.errors import UsageError
from factcheck.server.judge import Judge
from factcheck.types import Claim, Verdict
from factcheck.version import __version__
from vectorstore.types import Hit

if TYPE_CHECKING:
    from mcp.server import MCPServer

MOST_CLAIMS = 50
LONGEST = 100_000
"""Characters of a text."""
INSTRUCTIONS = (
    "Checks statements against a store of source documents. Verdicts say what these sources say, not what is true. "
    "Quotes are exact; show them with their source. NOT_ENOUGH_EVIDENCE means that the sources do not settle it."
)


def create_server(judge: Judge) -> "MCPServer[object]":
    """The server with its tools, over an open judge."""
    from mcp.server import MCPServer

    server: MCPServer[object] = MCPServer("factcheck", version=__version__, instructions=INSTRUCTIONS)

    @server.tool()
    def verify(claims: list[str], as_of: date | None = None) -> list[Verdict]:
        """Judge statements, each of which must stand alone: SUPPORTED, REFUTED, CONFLICTING or NOT_ENOUGH_EVIDENCE.

        as_of is the day they speak of. Every verdict has the exact words of the sources it rests on, and for an error
        the part that is wrong and what the source has instead.
        """
        if len(claims) > MOST_CLAIMS:
            raise UsageError(f"at most {MOST_CLAIMS} claims at once")
        return judge.call(lambda checker: checker.verify([_short(claim) for claim in claims], as_of=as_of))

    @server.tool()
    def extract(text: str, as_of: date | None = None) -> list[Claim]:
        """Take the checkable statements out of a text; as_of is the day it was published."""
        return judge.call(lambda checker: checker.extract(_short(text), as_of=as_of))

    @server.tool()
    def search(query: str, limit: int = 10) -> list[Hit]:
        """Find the passages of the stored documents nearest to a query."""
        return judge.call(lambda checker: checker.store.search([_short(query)], k=max(1, min(limit, 50)))[0])

    @server.tool()
    def ask(question: str, as_of: date | None = None) -> Answer:
        """Answer who, when, where, how many, what was said, or whether something is true, from the documents alone."""
        return judge.call(lambda checker: Conversation(checker, as_of=as_of).ask(question))

    return server


def _short(text: str) -> str:
    if len(text) > LONGEST:
        raise UsageError(f"at most {LONGEST} characters at once")
    return text
