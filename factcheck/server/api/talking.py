"""The API of questions about the sources: one answer, or step by step as it is made; conversations that are kept."""

import logging
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Annotated, NamedTuple

from fastapi import APIRouter, Depends, Request
from fastapi.sse import EventSourceResponse, ServerSentEvent

from factcheck.chat import Answer, Conversation, Happening
from factcheck.chat.conversation import Turn
from factcheck.checker import Checker
from factcheck.errors import FactcheckError
from factcheck.server.access import Program, RowId, database_of, judge_of
from factcheck.server.api.shapes import Answered, Limit, Offset, QuestionIn, TalkOut, TalkWhole, talk_out
from factcheck.server.db import Refused, talks
from factcheck.server.db.accounts import allow
from factcheck.server.db.models import User
from factcheck.server.db.roles import Right
from factcheck.server.times import utc_now

logger = logging.getLogger(__name__)
router = APIRouter(prefix="/api/v1", tags=["ask"])


class Asked(NamedTuple):
    """A question that may be put, and what was said before it."""

    user: User
    given: QuestionIn
    as_of: date | None
    turns: Sequence[Turn]


def asked(request: Request, guest: Program, given: QuestionIn) -> Asked:
    """Look at a question before anything is answered; raises Forbidden, NotFound or Refused."""
    allow(guest.user, Right.READ)
    if not isinstance(given.conversation, int):
        return Asked(guest.user, given, given.as_of, ())
    if given.before:
        raise Refused("name a conversation or earlier questions, not both")
    with database_of(request).reading() as session:
        kept = talks.get_talk(session, guest.user, given.conversation)
    talks.check_room(kept)
    turns = [Turn.model_validate(one) for one in kept.turns]
    return Asked(guest.user, given, given.as_of or kept.as_of, turns)


Question = Annotated[Asked, Depends(asked)]


@router.post("/chat")
def chat(request: Request, question: Question) -> Answered:
    """Answer a question from the documents, with sources, or decline."""
    judge = judge_of(request)
    answer = judge.call(lambda checker: _conversation(checker, question, request).ask(question.given.question))
    return _kept(request, question, answer)


@router.post("/chat/stream", response_class=EventSourceResponse)
def chat_stream(request: Request, question: Question) -> Iterator[ServerSentEvent]:
    """Answer a question step by step, as server-sent events.

    ``status`` (``text``: what is being done), ``sources`` (``citations``), ``sentence`` (``text``, one at a time, each
    borne by the sources), and last ``answer``, the same as without events, or ``error`` (``error``, ``message``).
    """

    def work(checker: Checker) -> Iterator[Happening]:
        yield from _conversation(checker, question, request).stream(question.given.question)

    try:
        for happening in judge_of(request).stream(work):
            if happening.answer is not None:
                yield ServerSentEvent(event="answer", data=_kept(request, question, happening.answer))
            else:
                yield ServerSentEvent(event=happening.kind, data=_told(happening))
    except FactcheckError as exc:  # the response has begun: its status can no longer say so
        yield ServerSentEvent(event="error", data={"error": type(exc).__name__, "message": str(exc)})
    except Exception:
        logger.exception("a question could not be answered")
        message = "an unexpected error; the server's log has it"
        yield ServerSentEvent(event="error", data={"error": "Unexpected", "message": message})


@router.get("/conversations")
def conversations(request: Request, guest: Program, limit: Limit = 50, offset: Offset = 0) -> list[TalkOut]:
    """Your own conversations that are kept, the latest first."""
    with database_of(request).reading() as session:
        return [talk_out(row) for row in talks.talks_of(session, guest.user, limit=limit, offset=offset)]


@router.get("/conversations/{talk_id}")
def conversation(request: Request, guest: Program, talk_id: RowId) -> TalkWhole:
    """A conversation of yours, with everything that was said."""
    with database_of(request).reading() as session:
        row = talks.get_talk(session, guest.user, talk_id)
        return TalkWhole(**talk_out(row).model_dump(), turns=row.turns)


@router.delete("/conversations/{talk_id}", status_code=204)
def drop_conversation(request: Request, guest: Program, talk_id: RowId) -> None:
    """Forget a conversation of yours."""
    with database_of(request).writing() as session:
        talks.drop(session, guest.user, talk_id)


def _conversation(checker: Checker, question: Asked, request: Request) -> Conversation:
    """The conversation up to this question; earlier questions are only understood, not put into words again."""
    talk = Conversation(checker, as_of=question.as_of)
    talk.turns = list(question.turns)
    for earlier in question.given.before:
        talk.ask(earlier)
    talk.wording = judge_of(request).wording
    return talk


def _kept(request: Request, question: Asked, answer: Answer) -> Answered:
    """The answer, kept where that was asked for."""
    number = question.given.conversation
    if number is not None:
        turn = Turn(asked=" ".join(question.given.question.split()), answer=answer)
        now = utc_now()
        with database_of(request).writing() as session:
            if not isinstance(number, int):
                number = talks.begin(session, question.user, as_of=question.as_of, now=now).id
            talks.add_turn(session, question.user, number, turn.model_dump(mode="json"), now=now)
    return Answered(**dict(answer), conversation=number)


def _told(happening: Happening) -> dict[str, object]:
    if happening.kind == "sources":
        return {"citations": [one.model_dump(mode="json") for one in happening.citations]}
    return {"text": happening.text}
