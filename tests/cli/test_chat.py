"""``factcheck chat`` in one go and as a dialogue, as a program of its own."""

import json
import subprocess
import sys

import pytest

TEXT = "The Danish delegation was headed by Mette Sorensen. The Norwegian delegation was headed by Ingrid Dahl."


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    folder = tmp_path_factory.mktemp("chat")
    (folder / "a.jsonl").write_text(json.dumps({"doc_id": "a", "text": TEXT, "published_at": "2024-05-03"}) + "\n")
    run("ingest", str(folder / "a.jsonl"), "--store", str(folder / "store"))
    return str(folder / "store")


def run(*arguments, put="", code=0):
    ran = subprocess.run(
        [sys.executable, "-m", "factcheck", *arguments],
        input=put,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert ran.returncode == code, ran.stderr
    return ran


def test_one_question_is_answered_with_its_source(store):
    ran = run("chat", "Who headed the Danish delegation?", "--store", store)
    assert "Mette Sorensen" in ran.stdout
    assert "“The Danish delegation was headed by Mette Sorensen.”" in ran.stdout


def test_as_json_for_programs(store):
    answer = json.loads(run("chat", "Who headed the Danish delegation?", "--store", store, "--json").stdout)
    (citation,) = answer["citations"]
    assert TEXT[citation["start"] : citation["end"]] == citation["quote"]


def test_a_dialogue_remembers_and_survives_mistakes(store, tmp_path):
    lines = (
        "Who headed the Danish delegation?\nand the Norwegian one?\n/nonsense\n/asof yesterday-ish\n/why\n/sources\n"
    )
    ran = run("chat", "--store", store, "--conversation", str(tmp_path / "c.json"), put=lines)
    assert "Ingrid Dahl" in ran.stdout
    assert "read as: Who headed the Norwegian delegation?" in ran.stdout
    assert "/nonsense" in ran.stderr
    assert "Traceback" not in ran.stderr
    again = run("chat", "who else?", "--store", store, "--conversation", str(tmp_path / "c.json"))
    assert "Ingrid Dahl" in again.stdout


def test_an_empty_question_is_wrong_usage(store):
    run("chat", "  ", "--store", store, code=2)
