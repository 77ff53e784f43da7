"""Problems as a linter tells them: places, states, and the formats of continuous integration."""

import json
import re
from collections.abc import Sequence
from typing import Any, Literal
from xml.etree import ElementTree as Xml

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic.alias_generators import to_camel
from pydantic_sarif.model import StaticAnalysisResultsFormatSarifVersion210JsonSchema

from factcheck.reports.findings import Standing
from factcheck.reports.lint import LINTS, _data, _property, github, junit, sarif
from factcheck.reports.problems import Ignore, Problem, State, Text, counts_against, problems, told, without_ignores
from factcheck.types import Report


@pytest.fixture
def text(report: Report) -> Text:
    return Text(name="docs/bridge: 1.md", report=report)


@pytest.fixture
def found(text: Text) -> Sequence[Problem]:
    return problems([text])


def test_places_are_lines_and_columns_of_the_wrong_words(found: Sequence[Problem], report: Report) -> None:
    place = found[0].place
    assert place is not None
    line = report.text.splitlines()[place.line - 1]
    assert (place.line, place.end_line) == (3, 3)
    assert line[place.column - 1 : place.end_column - 1] == "4 March 2024"


def test_supported_statements_are_no_problem(found: Sequence[Problem]) -> None:
    assert [one.code for one in told(found)] == ["refuted", "refuted", "conflicting", "not_enough_evidence", "failed"]
    assert len(found) == 6


def test_a_fingerprint_survives_an_edit_above(report: Report) -> None:
    moved = "A new line.\n" + report.text
    by = len("A new line.\n")
    claims = tuple(
        one.model_copy(update={"claim": one.claim.model_copy(update={"span": shifted(one.claim.span, by)})})
        for one in report.claims
    )
    later = report.model_copy(update={"text": moved, "claims": claims})
    first, second = (problems([Text(name="a.md", report=one)]) for one in (report, later))
    assert [one.fingerprint for one in first] == [one.fingerprint for one in second]


def shifted(span: Any, by: int) -> Any:
    return span.model_copy(update={"start": span.start + by, "end": span.end + by})


def test_known_and_ignored_problems_do_not_count(text: Text, found: Sequence[Problem]) -> None:
    known = {one.fingerprint for one in found if one.code == "refuted"}
    assert counts_against([text], {Standing.REFUTED})
    assert not counts_against([text], {Standing.REFUTED}, known)
    ignored = text.model_copy(update={"ignores": (Ignore(line=3, reason="the mayor's own words"),)})
    assert not counts_against([ignored], {Standing.REFUTED, Standing.CONFLICTING})
    assert {one.state for one in problems([ignored])} == {State.IGNORED}
    unexplained = text.model_copy(update={"ignores": (Ignore(line=3, reason=""),)})
    assert counts_against([unexplained], {Standing.REFUTED})


def test_ignore_comments_are_blanked_and_keep_offsets() -> None:
    text = "One.\n<!-- factcheck: ignore - quoted in jest\n  on purpose -->\nTwo. <!-- factcheck:ignore -->\n"
    text += "<!-- other -->"
    blank, ignores = without_ignores(text)
    assert len(blank) == len(text)
    assert blank.count("\n") == text.count("\n")
    assert blank.split() == ["One.", "Two.", "<!--", "other", "-->"]
    assert [(one.line, one.reason) for one in ignores] == [(3, "quoted in jest on purpose"), (4, "")]


def test_sarif_has_what_the_standard_requires(text: Text) -> None:
    log = json.loads(sarif(problems([text])))
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in ("error", "warning", "note")
        place = result["locations"][0]["physicalLocation"]
        assert place["artifactLocation"]["uri"] == "docs/bridge%3A%201.md"
        assert place["region"]["startLine"] >= 1
        assert place["region"]["startColumn"] >= 1
        assert result["message"]["text"]
    assert run["results"][0]["level"] == "error"


def test_sarif_is_valid_by_the_schema_of_the_standard(text: Text) -> None:
    known = {one.fingerprint for one in problems([text])[:1]}
    ignored = text.model_copy(update={"ignores": (Ignore(line=3, reason="the mayor's own words"),)})
    for found in (problems([text], known), problems([ignored]), []):
        log = sarif(found)
        read = StaticAnalysisResultsFormatSarifVersion210JsonSchema.model_validate_json(log)
        assert len(read.runs[0].results or []) == len(json.loads(log)["runs"][0]["results"])
    broken = json.loads(sarif(problems([text])))
    broken["runs"][0]["results"][0]["level"] = "grave"
    with pytest.raises(ValidationError):
        StaticAnalysisResultsFormatSarifVersion210JsonSchema.model_validate(broken)


class Strict(BaseModel):
    """The parts of the SARIF 2.1.0 schema that are used, as strict as it is."""

    model_config = ConfigDict(extra="forbid", alias_generator=to_camel)


class Message(Strict):
    text: str = Field(min_length=1)


class ArtifactLocation(Strict):
    uri: str = Field(pattern=r"^[^\s<>\"{}|\\^`]+$")


class Region(Strict):
    start_line: int = Field(ge=1)
    start_column: int = Field(ge=1)
    end_line: int = Field(ge=1)
    end_column: int = Field(ge=1)


class PhysicalLocation(Strict):
    artifact_location: ArtifactLocation
    region: Region | None = None


class Location(Strict):
    physical_location: PhysicalLocation
    message: Message | None = None


class Suppression(Strict):
    kind: Literal["inSource", "external"]
    justification: str


class Result(Strict):
    rule_id: str
    rule_index: int
    level: Literal["none", "note", "warning", "error"]
    message: Message
    locations: list[Location]
    related_locations: list[Location] = Field(default=[])
    partial_fingerprints: dict[str, str]
    baseline_state: Literal["new", "unchanged", "updated", "absent"]
    suppressions: list[Suppression] = Field(default=[])


class Configuration(Strict):
    level: Literal["none", "note", "warning", "error"]


class Rule(Strict):
    id: str
    name: str
    short_description: Message
    full_description: Message
    default_configuration: Configuration


class Driver(Strict):
    name: str
    semantic_version: str
    rules: list[Rule]


class Tool(Strict):
    driver: Driver


class SarifRun(Strict):
    tool: Tool
    column_kind: Literal["utf16CodeUnits", "unicodeCodePoints"]
    results: list[Result]


class Log(Strict):
    schema_: str = Field(alias="$schema", pattern="^https://")
    version: Literal["2.1.0"]
    runs: list[SarifRun]


def test_sarif_keeps_to_its_schema(text: Text, hostile: str) -> None:
    for name in ("a.md", f"a {hostile}.md"):
        named = text.model_copy(update={"name": name, "ignores": (Ignore(line=3, reason="agreed"),)})
        Log.model_validate_json(sarif(problems([named])))
    Log.model_validate_json(sarif(()))


def test_sarif_marks_known_and_suppressed_ones(text: Text, found: Sequence[Problem]) -> None:
    known = problems([text], {found[0].fingerprint})
    assert [one["baselineState"] for one in json.loads(sarif(known))["runs"][0]["results"]][:2] == ["unchanged", "new"]
    ignored = problems([text.model_copy(update={"ignores": (Ignore(line=2, reason="agreed"),)})])
    result = json.loads(sarif(ignored))["runs"][0]["results"][0]
    assert result["suppressions"] == [{"kind": "inSource", "justification": "agreed"}]


def test_annotations_are_one_command_a_line(found: Sequence[Problem]) -> None:
    lines = github(found).splitlines()
    assert len(lines) == 5
    assert lines[0].startswith("::error file=docs/bridge%3A 1.md,line=3,endLine=3,col=")
    assert all(re.match(r"::(error|warning|notice) [^:]*::.", line) for line in lines)


def test_an_article_of_a_page_has_no_place(text: Text) -> None:
    (first, *_) = github(problems([text.model_copy(update={"placed": False})])).splitlines()
    assert "line=" not in first


@given(st.text())
def test_no_text_can_end_a_command(text: str) -> None:
    assert "\n" not in _data(text)
    assert "\r" not in _data(text)
    assert not re.search(r"[:,\n\r]", _property(text))


def test_junit_is_xml_whose_counts_add_up(found: Sequence[Problem]) -> None:
    root = Xml.fromstring(junit(found))
    (suite,) = root
    assert root.get("tests") == suite.get("tests") == "6"
    assert (suite.get("failures"), suite.get("errors"), suite.get("skipped")) == ("3", "1", "1")
    assert len(suite.findall("testcase/failure")) == 3
    assert suite[0].get("line") == "3"


@pytest.mark.parametrize("lint", LINTS, ids=lambda lint: lint.name)
def test_every_format_takes_no_problems_and_hostile_ones(lint: Any, text: Text, hostile: str) -> None:
    lint.write(())
    out = lint.write(problems([text.model_copy(update={"name": f"a{hostile}.md"})]))
    assert not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\u202a-\u202e]", out)
