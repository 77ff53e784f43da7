"""``factcheck chat``: questions about the documents in the store, each answer with its sources."""

import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from factcheck.cli import options

if TYPE_CHECKING:
    from factcheck.chat import Answer, Conversation

EXAMPLES = """
factcheck chat "Who headed the delegation on 23 July?"
factcheck chat --as-of 2025-07-24
factcheck chat --conversation talks.json
"""
HELP = """\
Ask who, when, where, how many, what somebody said, or whether something is true.
/sources      the documents the last answer rests on, with their words
/why          how the last answer was found
/asof DATE    the day the conversation is about, as 2025-07-23; without a date: none
/save FILE    keep the conversation in a file
/quit         end"""
WAYS = {
    "facts": "by typed facts that the sources assert, compared with the question part by part",
    "verdict": "by judging the statement as factcheck verify does",
    "quotes": "by quoting the sentence that has what was asked for",
    "declined": "nothing found answers it",
}


def chat(
    question: Annotated[
        str | None, typer.Argument(metavar="[QUESTION]", help="One question; none: a dialogue.")
    ] = None,
    conversation: Annotated[
        Path | None,
        typer.Option("--conversation", metavar="FILE", help="Take up this conversation, and keep it there."),
    ] = None,
    as_of: options.AsOf = None,
    store: options.Store = None,
    llm: options.Llm = None,
    budget: options.Budget = None,
    as_json: options.Json = False,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Ask the documents in the store; every answer shows its sources.

    Without a question, a dialogue that remembers what was asked: /help lists its commands.
    """
    from factcheck.build import build_checker
    from factcheck.chat import Conversation
    from factcheck.chat.wording import wording_of
    from factcheck.cli import messages
    from factcheck.cli.dating import parse_day
    from factcheck.settings import load_settings

    messages.speak(quiet=quiet, verbose=verbose)
    day = parse_day(as_of) if as_of is not None else None
    settings = load_settings(store=store, llm=llm, llm_budget=budget)
    with build_checker(settings, create=False) as checker:
        if not checker.store.count():
            messages.warn("the store has no documents; add some with: factcheck ingest PATH")
        talk = Conversation(checker, as_of=day, wording=wording_of(settings, checker))
        if conversation is not None and conversation.exists():
            talk.load(conversation)
            talk.as_of = day or talk.as_of
        if question is not None:
            _show(talk.ask(question), as_json=as_json)
            _keep(talk, conversation)
            return
        _dialogue(talk, conversation, as_json=as_json)


def _keep(talk: "Conversation", path: Path | None) -> None:
    if path is not None:
        talk.save(path)


def _dialogue(talk: "Conversation", path: Path | None, *, as_json: bool) -> None:
    """Answer line by line until the end of input or /quit; what cannot be answered does not end it."""
    from factcheck.cli import messages
    from factcheck.errors import UsageError

    for line in _lines():
        if line in ("/quit", "/exit"):
            return
        try:
            if line.startswith("/"):
                _say(_command(talk, line))
            else:
                _show(talk.ask(line), as_json=as_json)
                _keep(talk, path)
        except UsageError as exc:
            messages.error(str(exc))


def _lines() -> Iterator[str]:
    while True:
        try:
            line = input("> ") if sys.stdin.isatty() else input()
        except EOFError:
            return
        if line.strip():
            yield line.strip()


def _command(talk: "Conversation", line: str) -> str:
    from factcheck.errors import UsageError

    name, _, rest = line.partition(" ")
    commands: dict[str, Callable[[Conversation, str], str]] = {
        "/help": lambda _talk, _rest: HELP,
        "/sources": lambda talk, _rest: _sources(_last(talk)),
        "/why": lambda talk, _rest: _why(_last(talk)),
        "/asof": _set_day,
        "/save": _save,
    }
    if name not in commands:
        raise UsageError(f"there is no command {name}; /help lists them")
    return commands[name](talk, rest.strip())


def _last(talk: "Conversation") -> "Answer":
    from factcheck.errors import UsageError

    if not talk.turns:
        raise UsageError("nothing has been asked yet")
    return talk.turns[-1].answer


def _set_day(talk: "Conversation", rest: str) -> str:
    from factcheck.cli.dating import parse_day

    day: date | None = parse_day(rest) if rest else None
    talk.as_of = day
    return f"the conversation is about {day}" if day else "the conversation is about no day in particular"


def _save(talk: "Conversation", rest: str) -> str:
    from factcheck.errors import UsageError

    if not rest:
        raise UsageError("name a file: /save FILE")
    try:
        talk.save(Path(rest).expanduser())
    except OSError as exc:
        raise UsageError(f"{rest}: cannot be written: {exc.strerror or exc}") from exc
    return f"kept in {rest}"


def _why(answer: "Answer") -> str:
    lines = [f"read as: {answer.question}", f"answered: {WAYS[answer.way]}"]
    if answer.worded:
        lines.append("worded by the language model; the verifier found every sentence supported")
    if answer.left_out:
        lines.append(
            f"sentences of the language model left out, because the sources do not bear them: {answer.left_out}"
        )
    if answer.label is not None:
        lines.append(f"verdict: {answer.label}")
    return "\n".join(lines)


def _sources(answer: "Answer") -> str:
    if not answer.citations:
        return "no source"
    blocks = []
    for number, one in enumerate(answer.citations, 1):
        when = one.published_at[:10] if one.published_at else "no date"
        head = f"[{number}] {one.title or one.doc_id} · {one.publisher or 'unknown publisher'}, {when}"
        blocks.append("\n".join(filter(None, [head, f"    “{one.quote}”", f"    {one.url}" if one.url else ""])))
    return "\n".join(blocks)


def _show(answer: "Answer", *, as_json: bool) -> None:
    from factcheck.cli import output

    if as_json:
        output.print_rows([answer])
        return
    _say(answer.text)
    if answer.citations:
        _say(_sources(answer))


def _say(text: str) -> None:
    from rich.text import Text

    from factcheck.cli import output
    from factcheck.reports.safe_text import visible

    output.show(Text(visible(text)))
