"""``factcheck mcp``: tools for agents, on standard input and output."""

from factcheck.cli import options

EXAMPLES = """
factcheck mcp
factcheck mcp --store ./store
"""


def mcp(store: options.Store = None, quiet: options.Quiet = False, verbose: options.Verbose = False) -> None:
    """Serve verify, extract, search and ask to an agent over the Model Context Protocol (stdio)."""
    from factcheck.cli import messages
    from factcheck.mcp import create_server
    from factcheck.server.judge import Judge
    from factcheck.settings import load_settings

    messages.speak(quiet=quiet, verbose=verbose)
    judge = Judge(load_settings(store=store))
    try:
        create_server(judge).run("stdio")
    finally:
        judge.close()
