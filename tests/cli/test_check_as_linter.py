"""``check`` over several texts: formats of continuous integration, a baseline, comments that ignore."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as Xml

import pytest

Run = Callable[..., Any]
SOURCE = {
    "doc_id": "gazette", "publisher": "The Harbour Gazette", "published_at": "2024-03-07",
    "text": "Tom Okafor heads the transport board. Mayor Ines Calder cut the ribbon on 6 March 2024.",
}  # fmt: skip


@pytest.fixture
def desk(elsewhere: Path) -> Path:
    (elsewhere / "s.jsonl").write_text(json.dumps(SOURCE) + "\n")
    (elsewhere / "a.md").write_text("# One\n\nMayor Ines Calder cut the ribbon.\n")
    (elsewhere / "b.md").write_text("# Two\n\n\nA comet fell on the harbour in 1999.\n")
    return elsewhere


def check(run: Run, *arguments: object) -> Any:
    return run("check", *arguments, "--sources", "s.jsonl")


def test_several_texts_are_told_with_file_and_line(run: Run, desk: Path) -> None:
    ran = check(run, "a.md", "b.md", "--format", "github")
    assert ran.code == 0
    assert "::notice file=b.md,line=4," in ran.out
    assert "file=a.md" not in ran.out


def test_sarif_and_junit_are_written_to_files(run: Run, desk: Path) -> None:
    assert check(run, "a.md", "b.md", "--format", "sarif", "--out", "r.sarif").code == 0
    names = [one["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
             for one in json.loads((desk / "r.sarif").read_text())["runs"][0]["results"]]  # fmt: skip
    assert set(names) == {"b.md"}
    assert check(run, "a.md", "b.md", "--format", "junit", "--out", "r.xml").code == 0
    assert [suite.get("name") for suite in Xml.parse(desk / "r.xml").getroot()] == ["a.md", "b.md"]


def test_a_baseline_lets_what_is_known_pass_and_stops_what_is_new(run: Run, desk: Path) -> None:
    failing = ("b.md", "--fail-on", "not_enough_evidence", "--baseline", "known.jsonl")
    assert check(run, *failing).code == 2
    assert check(run, *failing, "--update-baseline").code == 0
    assert check(run, *failing).code == 0
    with (desk / "b.md").open("a") as file:
        file.write("\nA whale was seen in the harbour in 2001.\n")
    ran = check(run, *failing, "--format", "github")
    assert ran.code == 1
    assert "whale" in ran.out
    assert "comet" not in ran.out


def test_a_comment_with_a_reason_lets_its_line_pass(run: Run, desk: Path) -> None:
    failing = ("b.md", "--fail-on", "not_enough_evidence")
    assert check(run, *failing).code == 1
    text = (desk / "b.md").read_text()
    (desk / "b.md").write_text(text.replace("A comet", "<!-- factcheck: ignore -->A comet"))
    ran = check(run, *failing)
    assert ran.code == 1
    assert "b.md, line 4: an ignore comment without a reason" in ran.err
    (desk / "b.md").write_text(text.replace("A comet", "<!-- factcheck: ignore a legend -->A comet"))
    assert check(run, *failing).code == 0


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["a.md", "b.md", "--out", "r.html"], "one text"),
        (["a.md", "b.md", "--format", "md"], "one text"),
        (["a.md", "--update-baseline"], "--baseline"),
        (["a.md", "--format", "docx"], "--out report.docx"),
    ],
)
def test_options_that_contradict_each_other_are_told(run: Run, desk: Path, arguments: list[str], says: str) -> None:
    ran = check(run, *arguments)
    assert ran.code == 2
    assert says in ran.err


def test_office_files_and_reviews_are_written(run: Run, desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert check(run, "a.md", "--out", "r.docx").code == 0
    assert check(run, "a.md", "--out", "r.xlsx").code == 0
    assert (desk / "r.docx").read_bytes()[:2] == (desk / "r.xlsx").read_bytes()[:2] == b"PK"
    ran = check(run, "a.md", "--out", "r.jsonld")
    assert ran.code == 2
    assert "publisher_url" in ran.err
    monkeypatch.setenv("FACTCHECK_PUBLISHER", "The Desk")
    monkeypatch.setenv("FACTCHECK_PUBLISHER_URL", "https://desk.example/7")
    assert check(run, "a.md", "--out", "r.jsonld").code == 0
    assert json.loads((desk / "r.jsonld").read_text())["@graph"][0]["@type"] == "ClaimReview"
