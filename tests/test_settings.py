"""Settings: command line over environment over files over defaults, and one line for what cannot be used."""

from pathlib import Path

import platformdirs
import pytest
from pydantic import ValidationError

from factcheck.errors import UsageError
from factcheck.settings import FILE_NAME, Settings, default_store, load_settings


@pytest.fixture(autouse=True)
def _in_an_empty_folder(elsewhere: Path) -> None:
    """Read no factcheck.toml of this checkout."""


def user_file(text: str) -> None:
    path = Path(platformdirs.user_config_dir("factcheck", appauthor=False)) / FILE_NAME
    path.parent.mkdir(parents=True)
    path.write_text(text, "utf-8")


def test_defaults_need_no_file_and_no_language_model() -> None:
    settings = load_settings()
    assert settings.store == default_store()
    assert settings.llm is None
    assert settings.passages_per_claim == 10


def test_each_source_wins_over_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    user_file('store = "user"\nllm = "openai:user"\npassages_per_claim = 3\ndatabase = "sqlite:///user.db"\n')
    Path(FILE_NAME).write_text('store = "folder"\nllm = "openai:folder"\npassages_per_claim = 4\n')
    monkeypatch.setenv("FACTCHECK_STORE", "environment")
    monkeypatch.setenv("FACTCHECK_LLM", "openai:environment")
    settings = load_settings(store="given")
    assert settings.store == "given"
    assert settings.llm == "openai:environment"
    assert settings.passages_per_claim == 4
    assert settings.database == "sqlite:///user.db"


def test_what_the_command_line_leaves_out_does_not_hide_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FACTCHECK_STORE", "environment")
    assert load_settings(store=None).store == "environment"


def test_an_empty_environment_variable_counts_as_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FACTCHECK_LLM", "")
    assert load_settings().llm is None


def test_settings_cannot_be_changed() -> None:
    with pytest.raises(ValidationError):
        load_settings().store = "other"  # type: ignore[misc]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        pytest.param('stroe = "x"\n', "unknown setting 'stroe'", id="unknown key"),
        pytest.param("store = \n", "cannot be read as TOML", id="not TOML"),
        pytest.param("passages_per_claim = 0\n", "'passages_per_claim'", id="out of range"),
        pytest.param('passages_per_claim = "many"\n', "'many'", id="wrong type"),
        pytest.param("[store]\npath = 1\n", "'store'", id="table for a value"),
    ],
)
def test_a_file_that_cannot_be_used_is_one_line_with_exit_code_2(text: str, says: str) -> None:
    Path(FILE_NAME).write_text(text)
    with pytest.raises(UsageError) as caught:
        load_settings()
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)
    assert caught.value.exit_code == 2


def test_an_unknown_name_from_code_is_refused() -> None:
    with pytest.raises(UsageError, match="stroe"):
        load_settings(stroe="x")


def test_every_field_has_its_place_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    given = {
        name: "false" if field.annotation is bool and field.default else "true" if field.annotation is bool else "7"
        for name, field in Settings.model_fields.items()
    }
    given["trace"] = "spans"
    for name, value in given.items():
        monkeypatch.setenv(f"FACTCHECK_{name.upper()}", value)
    settings = load_settings()
    assert {name: str(getattr(settings, name)).lower() for name in given} == given
