"""Problems in the formats of continuous integration: one function a format, named in ``LINTS``."""

import json
from collections import Counter
from collections.abc import Callable, Sequence
from typing import NamedTuple
from urllib.parse import quote
from xml.etree import ElementTree as Xml

from factcheck.reports.findings import LOOKS, Standing
from factcheck.reports.problems import TOLD, Problem, State, told
from factcheck.reports.safe_text import visible, web_link
from factcheck.version import __version__

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Standing.REFUTED: "error", Standing.CONFLICTING: "warning", Standing.FAILED: "warning"}
_NOTE = "note"


def sarif(found: Sequence[Problem]) -> str:
    """Return the problems as SARIF 2.1.0, known ones as ``unchanged``, ignored ones as suppressed."""
    rules = [
        {
            "id": one.value, "name": "".join(word.capitalize() for word in one.value.split("_")),
            "shortDescription": {"text": LOOKS[one].word}, "fullDescription": {"text": LOOKS[one].meaning},
            "defaultConfiguration": {"level": _LEVELS.get(one, _NOTE)},
        }
        for one in TOLD
    ]  # fmt: skip
    driver = {"name": "factcheck", "semanticVersion": __version__, "rules": rules}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(one) for one in told(found)],
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2) + "\n"


def _result(problem: Problem) -> dict[str, object]:
    location: dict[str, object] = {"artifactLocation": {"uri": quote(problem.name)}}
    if problem.place is not None:
        place = problem.place
        location["region"] = {
            "startLine": place.line, "startColumn": place.column, "endLine": place.end_line,
            "endColumn": place.end_column,
        }  # fmt: skip
    result: dict[str, object] = {
        "ruleId": problem.code,
        "ruleIndex": TOLD.index(problem.finding.standing),
        "level": _LEVELS.get(problem.finding.standing, _NOTE),
        "message": {"text": problem.message},
        "locations": [{"physicalLocation": location}],
        "partialFingerprints": {"statement/v1": problem.fingerprint},
        "baselineState": "unchanged" if problem.state is State.KNOWN else "new",
    }
    if problem.state is State.IGNORED:
        result["suppressions"] = [{"kind": "inSource", "justification": problem.reason}]
    links = [(piece.title or piece.doc_id, web_link(piece.url)) for piece in problem.finding.evidence]
    related = [
        {"message": {"text": visible(title)}, "physicalLocation": {"artifactLocation": {"uri": link}}}
        for title, link in links if link
    ]  # fmt: skip
    if related:
        result["relatedLocations"] = related
    return result


def github(found: Sequence[Problem]) -> str:
    """Return the new problems as workflow commands, which GitHub shows beside the lines of a change."""
    return "".join(_annotation(one) + "\n" for one in told(found) if one.state is State.NEW)


def _annotation(problem: Problem) -> str:
    level = {"error": "error", "warning": "warning"}.get(_LEVELS.get(problem.finding.standing, _NOTE), "notice")
    fields = {"file": problem.name}
    if problem.place is not None:
        place = problem.place
        fields |= {"line": f"{place.line}", "endLine": f"{place.end_line}"}
        if place.line == place.end_line:
            fields |= {"col": f"{place.column}", "endColumn": f"{place.end_column}"}
    fields["title"] = f"factcheck: {problem.finding.look.word}"
    listed = ",".join(f"{name}={_property(value)}" for name, value in fields.items())
    return f"::{level} {listed}::{_data(problem.message)}"


def _data(text: str) -> str:
    """Escape as GitHub's toolkit does, so that a text cannot end the command or begin another."""
    return visible(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def junit(found: Sequence[Problem]) -> str:
    """Return every judged statement as a test case: refuted and conflicting ones fail, open ones are skipped."""
    root = Xml.Element("testsuites", name="factcheck")
    for name in dict.fromkeys(one.name for one in found):
        mine = [one for one in found if one.name == name]
        suite = Xml.SubElement(root, "testsuite", name=_xml(name))
        counts = Counter(_add_case(suite, one) for one in mine)
        suite.attrib |= {"tests": f"{len(mine)}"}
        suite.attrib |= {plural: f"{counts[tag]}" for plural, tag in _PLURALS.items()}
    for plural in ("tests", *_PLURALS):
        root.set(plural, f"{sum(int(suite.get(plural, '0')) for suite in root)}")
    Xml.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + Xml.tostring(root, encoding="unicode") + "\n"


_PLURALS = {"failures": "failure", "errors": "error", "skipped": "skipped"}


def _add_case(suite: Xml.Element, problem: Problem) -> str:
    """Add a test case; returns the name of what it came to, empty when it passed."""
    claim = problem.finding.checked.claim
    case = Xml.SubElement(
        suite, "testcase", classname=_xml(problem.name), name=_xml(claim.claim), file=_xml(problem.name)
    )
    if problem.place is not None:
        case.set("line", f"{problem.place.line}")
    standing = problem.finding.standing
    if standing is Standing.SUPPORTED:
        return ""
    if problem.state is not State.NEW or standing is Standing.NOT_ENOUGH_EVIDENCE:
        why = problem.reason or ("in the baseline" if problem.state is State.KNOWN else problem.message)
        Xml.SubElement(case, "skipped", message=_xml(why))
        return "skipped"
    tag = "error" if standing is Standing.FAILED else "failure"
    Xml.SubElement(case, tag, message=_xml(problem.message), type=problem.code)
    return tag


def _xml(text: str) -> str:
    """Text without what XML cannot hold."""
    return "".join(char for char in visible(text) if char not in "\ufffe\uffff")


class Lint(NamedTuple):
    """A format for continuous integration."""

    name: str
    write: Callable[[Sequence[Problem]], str]
    about: str
    """For whom, in a few words."""


LINTS = (
    Lint("github", github, "annotations of a GitHub workflow"),
    Lint("sarif", sarif, "SARIF 2.1.0 for code scanning"),
    Lint("junit", junit, "JUnit XML for test reports"),
)


def lint_of(name: str) -> Lint | None:
    """The format of this name, None when there is none."""
    return next((one for one in LINTS if one.name == name), None)
