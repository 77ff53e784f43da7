"""Questions about the sources: a page of its own, and the panel beside every page."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse

from factcheck.chat import Answer, Conversation
from factcheck.checker import Checker
from factcheck.server.access import Browser, Guest, judge_of
from factcheck.server.db.accounts import allow
from factcheck.server.db.roles import Right
from factcheck.server.judge import Judge
from factcheck.server.review.account import check_form
from factcheck.server.review.forms import Short, day_of
from factcheck.server.review.pages import page

router = APIRouter(include_in_schema=False)
REMEMBERED = 8
"""Questions that an answer may refer to."""
Before = Annotated[list[Annotated[str, Form(max_length=2000)]], Form(max_length=50)]


@router.get("/ask")
def ask_form(guest: Browser) -> HTMLResponse:
    """The form for a question about the sources."""
    return page("ask", guest, talk=[], as_of="")


@router.post("/ask")
def ask(
    request: Request, guest: Browser, csrf: Short, question: Short, as_of: Short = "", before: Before = []  # noqa: B006 - never changed
) -> HTMLResponse:  # fmt: skip
    """Answer a question out of the sources, after the ones before it."""
    asked = [*_remembered(before), question]
    answers = _answers(request, guest, csrf, asked, as_of)
    return page("ask", guest, talk=list(zip(asked, answers, strict=True)), as_of=as_of)


@router.post("/ask/more")
def ask_more(
    request: Request, guest: Browser, csrf: Short, question: Short, as_of: Short = "", before: Before = []  # noqa: B006 - never changed
) -> HTMLResponse:  # fmt: skip
    """The answer alone, for the panel."""
    answers = _answers(request, guest, csrf, [*_remembered(before), question], as_of)
    return page("answered", guest, answer=answers[-1], question=question)


def _remembered(before: list[str]) -> list[str]:
    return [one for one in before if one.strip()][-REMEMBERED:]


def _answers(request: Request, guest: Guest, csrf: str, asked: list[str], as_of: str) -> list[Answer]:
    check_form(guest, csrf)
    allow(guest.user, Right.READ)
    day = day_of(as_of)
    judge: Judge = judge_of(request)

    def work(checker: Checker) -> list[Answer]:
        talk = Conversation(checker, as_of=day, wording=judge.wording)
        return [talk.ask(one) for one in asked]

    return judge.call(work)
