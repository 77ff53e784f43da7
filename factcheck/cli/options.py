"""Options that several commands share, each written once."""

from typing import Annotated

import typer

Store = Annotated[
    str | None,
    typer.Option(
        "--store",
        metavar="DIR",
        help="Document store; default FACTCHECK_STORE or a folder of your user data.",
    ),
]
AsOf = Annotated[
    str | None,
    typer.Option("--as-of", metavar="DATE", help="Day the text speaks from, as 2025-07-23; usually its date."),
]
Llm = Annotated[
    str | None,
    typer.Option(
        "--llm", metavar="openai:MODEL", help="Ask this language model last; default FACTCHECK_LLM, unset: none."
    ),
]
Budget = Annotated[
    str | None, typer.Option("--budget", metavar="LIMIT", help="What it may spend in this run: 200k tokens, or $2.50.")
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON Lines, as is done when not on a terminal.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but warnings and errors.")]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Say more, with tracebacks of errors.")]
Text = Annotated[str, typer.Argument(metavar="FILE|-", help="The text, UTF-8; - is standard input, .gz is read.")]
