"""The MCP server, asked by the SDK's own client over standard input and output."""

import json
import sys

import anyio
import pytest
from mcp import Client, StdioServerParameters
from mcp.client.stdio import stdio_client

from vectorstore import open_store
from vectorstore.types import Document

TEXT = "The Danish delegation was headed by Mette Sorensen. The talks were held in Bergen on 3 May 2024."


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    folder = tmp_path_factory.mktemp("mcp") / "store"
    with open_store(folder) as opened:
        opened.add([Document(doc_id="a", text=TEXT, published_at="2024-05-03")])
    return folder


def test_every_tool_answers_a_real_client(store):
    async def talk():
        server = StdioServerParameters(command=sys.executable, args=["-m", "factcheck", "mcp", "--store", str(store)])
        async with Client(stdio_client(server)) as client:
            names = {tool.name for tool in (await client.list_tools()).tools}
            claims = ["The talks were held in Bergen on 4 May 2024."]
            verified = await client.call_tool("verify", {"claims": claims})
            extracted = await client.call_tool("extract", {"text": TEXT, "as_of": "2024-05-03"})
            found = await client.call_tool("search", {"query": "Danish delegation", "limit": 1})
            asked = await client.call_tool("ask", {"question": "Who headed the Danish delegation?"})
            wrong = await client.call_tool("verify", {"claims": ["x"] * 51})
            return names, verified, extracted, found, asked, wrong

    names, verified, extracted, found, asked, wrong = anyio.run(talk)
    assert names == {"verify", "extract", "search", "ask"}
    (verdict,) = rows(verified)
    assert verdict["label"] == "REFUTED"
    assert all(TEXT[card["start"] : card["end"]] == card["quote"] for card in verdict["evidence"])
    assert any("Mette Sorensen" in claim["claim"] for claim in rows(extracted))
    assert rows(found)[0]["passage"]["doc_id"] == "a"
    assert "Mette Sorensen" in asked.structured_content["text"]
    assert wrong.is_error


def rows(result):
    assert not result.is_error, result.content
    return result.structured_content["result"] if result.structured_content else json.loads(result.content[0].text)
