"""Prompt files to messages: the one module that reads ``prompts/``.

A prompt is a text file ``<name>.v<number>.md``: a head in YAML between lines of ``---``, then the sections
``## system``, any number of worked examples as ``## user`` and ``## assistant``, and a last ``## user``. Only the
system text and the last user text are templates (Jinja2, sandboxed, every variable must be given). What is put into
them is data: it is never read as a template, and marks drawn from all of it, which it therefore cannot contain, show
where it begins and ends.
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue, ValidationError

from factcheck.errors import InputError

SHIPPED = (Path(__file__).parents[1] / "prompts", Path(__file__).parents[2] / "prompts")
"""Where the shipped files are: in an installed package, in a checkout."""
_FILE = re.compile(r"(?P<name>[a-z_]+)\.v(?P<version>\d+)\.md")
_HEAD = re.compile(r"\A---\n(?P<head>.*?)\n---\n(?P<body>.*)\Z", re.DOTALL)
_SECTION = re.compile(r"^## (system|user|assistant)[ \t]*$", re.MULTILINE)
MARKS = ("boundary", "canary")
"""Variables that are drawn here and never given by a caller."""

Role = Literal["system", "user", "assistant"]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Message(_Frozen):
    """One turn of what is sent."""

    role: Role
    text: str


class Change(_Frozen):
    """One line of a prompt's history."""

    version: int = Field(ge=1)
    change: str = Field(min_length=1)


class Head(_Frozen):
    """What a prompt file says of itself."""

    name: str = Field(pattern="^[a-z_]+$")
    version: int = Field(ge=1)
    purpose: str = Field(min_length=1)
    inputs: dict[str, str]
    """Variable to what it is."""
    output: dict[str, JsonValue]
    """JSON schema of the reply; an object with a title."""
    changelog: tuple[Change, ...] = Field(min_length=1)


class Prompt(_Frozen):
    """A prompt file, read and checked."""

    head: Head
    messages: tuple[Message, ...]
    """As in the file: system first, then examples, the template of the question last."""
    sha256: str
    """Of the file's bytes."""
    path: Path

    @property
    def label(self) -> str:
        """Name and version, as ``judge_evidence.v1``."""
        return f"{self.head.name}.v{self.head.version}"


class Rendered(_Frozen):
    """A prompt with its inputs, ready to be sent."""

    prompt: Prompt = Field(repr=False)
    messages: tuple[Message, ...]
    canary: str
    """Letters that stand in the system text and must not come back."""

    @property
    def sha256(self) -> str:
        """Of all that is sent: equal for equal prompt and input."""
        sent = [self.prompt.sha256, *(f"{m.role}\0{m.text}" for m in self.messages)]
        return hashlib.sha256("\1".join(sent).encode("utf-8", "surrogatepass")).hexdigest()


def load_prompt(name: str, folder: Path | None = None) -> Prompt:
    """The newest version of a prompt, from the user's ``folder`` if it has one of that name, else as shipped.

    Raises InputError, naming the file, when there is none or it is not a sound prompt.
    """
    for place in (folder, *SHIPPED):
        found = _newest(place, name) if place is not None else None
        if found is not None:
            return _read(found, found.read_bytes())
    raise InputError(f"there is no prompt {name!r}: {name}.v1.md is in none of {', '.join(map(str, SHIPPED))}")


def render(prompt: Prompt, inputs: Mapping[str, object]) -> Rendered:
    """The messages to send, with the inputs in their places.

    Raises InputError when the prompt asks for a variable that is not among ``inputs``.
    """
    missing = sorted(set(prompt.head.inputs) - set(inputs) - set(MARKS))
    if missing:
        raise InputError(f"{prompt.path}: asks for {', '.join(missing)}, which there is none of here")
    digest = hashlib.sha256(repr(sorted(inputs.items())).encode("utf-8", "surrogatepass")).hexdigest()
    marks = {"boundary": f"mark-{digest[:12]}", "canary": f"key-{digest[12:24]}"}
    given = {key: value for key, value in inputs.items() if key in prompt.head.inputs} | marks
    last = len(prompt.messages) - 1
    messages = tuple(
        message.model_copy(update={"text": _filled(prompt, message.text, given)}) if n in (0, last) else message
        for n, message in enumerate(prompt.messages)
    )
    return Rendered(prompt=prompt, messages=messages, canary=marks["canary"])


def _filled(prompt: Prompt, template: str, given: Mapping[str, object]) -> str:
    from jinja2 import TemplateError

    try:
        return str(_environment().from_string(template).render(given)).strip()
    except (TemplateError, TypeError) as exc:
        raise InputError(f"{prompt.path}: cannot be filled in: {exc}") from exc


def _newest(folder: Path, name: str) -> Path | None:
    """The file of that name with the highest number; None when there is none."""
    if not folder.is_dir():
        return None
    found = {int(m["version"]): path for path in folder.iterdir() if (m := _FILE.fullmatch(path.name))
             and m["name"] == name}  # fmt: skip
    return found[max(found)] if found else None


@lru_cache(maxsize=64)
def _read(path: Path, content: bytes) -> Prompt:
    """The prompt in a file's bytes, after all checks that can be made without inputs."""
    import yaml

    try:
        parts = _HEAD.match(content.decode("utf-8").replace("\r\n", "\n"))
        if parts is None:
            raise InputError(f"{path}: does not begin with a head between lines of ---")
        head = Head.model_validate(yaml.safe_load(parts["head"]))
    except (UnicodeDecodeError, yaml.YAMLError, ValidationError) as exc:
        raise InputError(f"{path}: the head cannot be read: {' '.join(str(exc).split())[:200]}") from exc
    named = _FILE.fullmatch(path.name)
    if named is None or (named["name"], int(named["version"])) != (head.name, head.version):
        raise InputError(f"{path}: the head says {head.name}.v{head.version}, the file name something else")
    if head.output.get("type") != "object" or not isinstance(head.output.get("title"), str):
        raise InputError(f"{path}: the output schema is not an object with a title")
    messages = _sections(path, parts["body"])
    _check_variables(path, head, messages)
    return Prompt(head=head, messages=messages, sha256=hashlib.sha256(content).hexdigest(), path=path)


def _sections(path: Path, body: str) -> tuple[Message, ...]:
    before, *rest = _SECTION.split(body)
    if before.strip():
        raise InputError(f"{path}: there is text before the first section")
    messages = tuple(
        Message.model_validate({"role": role, "text": text.strip()})
        for role, text in zip(rest[::2], rest[1::2], strict=True)
    )
    turns = [message.role for message in messages]
    if turns[:1] != ["system"] or turns[1:] != _alternating(len(turns) - 1) or turns[-1] != "user":
        raise InputError(f"{path}: sections are system, then user and assistant in turns, user last; not {turns}")
    return messages


def _alternating(length: int) -> list[Role]:
    return ["assistant" if n % 2 else "user" for n in range(length)]


def _check_variables(path: Path, head: Head, messages: Sequence[Message]) -> None:
    """Raise InputError unless the templates can be read and use exactly the inputs of the head."""
    from jinja2 import TemplateError
    from jinja2.meta import find_undeclared_variables

    try:
        trees = [_environment().parse(messages[n].text) for n in (0, -1)]
    except TemplateError as exc:
        raise InputError(f"{path}: the template cannot be read: {exc}") from exc
    used = {name for tree in trees for name in find_undeclared_variables(tree)}
    if used != set(head.inputs):
        odd = ", ".join(sorted(used ^ set(head.inputs)))
        raise InputError(f"{path}: the inputs of the head and the variables of the text differ: {odd}")


@lru_cache(maxsize=1)
def _environment() -> Any:  # noqa: ANN401 - the sandbox of a library that is imported late
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    return ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=False)
