"""One frozen object, read once: command line, then environment, then ``factcheck.toml``, then defaults.

The file is ``factcheck.toml`` in the working folder; what it does not say comes from ``factcheck.toml`` in
the user's configuration folder. Steps of the pipeline never read settings: ``factcheck.build`` hands each
what it needs.
"""

import tomllib
from pathlib import Path
from typing import Any, ClassVar, Literal

import platformdirs
from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from factcheck.errors import UsageError

FILE_NAME = "factcheck.toml"
PREFIX = "FACTCHECK_"


def default_store() -> str:
    """The per-user folder for the document store."""
    return str(Path(platformdirs.user_data_dir("factcheck", appauthor=False)) / "store")


def config_files() -> tuple[Path, ...]:
    """The files that may hold settings, the stronger first; they need not exist."""
    return Path(FILE_NAME), Path(platformdirs.user_config_dir("factcheck", appauthor=False)) / FILE_NAME


class _TomlFile(PydanticBaseSettingsSource):
    """One TOML file as a source of settings; a key it should not have is a UsageError that names the file."""

    def __init__(self, settings_class: type[BaseSettings], path: Path) -> None:
        super().__init__(settings_class)
        self.path = path

    def get_field_value(self, field: Any, field_name: str) -> tuple[Any, str, bool]:  # noqa: ANN401, ARG002 - the base class's
        """Not used: the file is read as a whole."""
        return None, field_name, False

    def __call__(self) -> dict[str, Any]:
        """All the file says; nothing when there is no such file."""
        try:
            values = tomllib.loads(self.path.read_text("utf-8"))
        except FileNotFoundError:
            return {}
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as exc:
            raise UsageError(f"{self.path}: cannot be read as TOML: {exc}") from exc
        known = self.settings_cls.model_fields
        unknown = sorted(set(values) - set(known))
        if unknown:
            names = ", ".join(map(repr, unknown))
            raise UsageError(f"{self.path}: unknown setting {names}; known are {', '.join(sorted(known))}")
        return values


class Settings(BaseSettings):
    """Everything that can be set. Frozen; unknown names are an error."""

    model_config: ClassVar[SettingsConfigDict] = SettingsConfigDict(
        env_prefix=PREFIX, env_ignore_empty=True, frozen=True, extra="forbid"
    )

    store: str = Field(default_factory=default_store, min_length=1)
    """Folder of the document store, or ``http://host:port`` of a Chroma server."""
    vectors: str = Field(default="chroma", min_length=1)
    """What keeps the vectors of a store in a folder: ``chroma``, or ``langchain:MODULE:FUNCTION``."""
    llm: str | None = None
    """Language model to ask last, such as ``openai:MODEL``; None: no language model is used."""
    llm_every: bool = False
    """Whether it is asked about every claim, not only about those that the tiers before leave open."""
    llm_samples: int = Field(default=1, ge=1, le=9)
    """Answers asked for each claim; a verdict needs more than half of them."""
    llm_budget: str | None = None
    """What a run may spend on it, as ``200k`` (tokens) or ``$2.50``; None: no limit."""
    llm_prices: str | None = None
    """Dollars for a million tokens, as ``IN,OUT``; needed for a budget in dollars."""
    llm_seconds: int = Field(default=120, ge=1, le=3600)
    """How long one answer may take."""
    llm_at_once: int = Field(default=4, ge=1, le=64)
    """Questions on their way to it at the same time."""
    llm_prompts: str | None = None
    """A folder of prompts of one's own, which go before those that ship."""
    llm_trace: bool = False
    """Whether LangSmith's own variables take effect; without it nothing is traced there."""
    trace: Literal["off", "spans", "texts"] = "off"
    """Whether spans go to OpenTelemetry, and whether texts are in them."""
    database: str | None = None
    """SQLAlchemy URL of the review tool's database; None: SQLite beside the store."""
    publisher: str | None = None
    """Name of the desk, for reports that are published (``.jsonld``)."""
    publisher_url: str | None = None
    """Address of the page on which they are published."""
    passages_per_claim: int = Field(default=10, ge=1, le=100)
    """How many passages are judged for each claim."""
    local_model: bool = True
    """Whether the model that ships judges what exact comparison leaves open."""
    calibration: str | None = None
    """File with a calibration, as ``factcheck eval calibration`` writes it; None: the one that ships."""
    fetch_private: bool = False
    """Whether ``ingest`` may fetch addresses of this machine and of private networks."""

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - no .env file is read
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - nor secret files
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The order of the sources, the strongest first."""
        return init_settings, env_settings, *(_TomlFile(settings_cls, path) for path in config_files())


def load_settings(**given: object) -> Settings:
    """The settings, with what the command line gave on top; values of None count as not given.

    Raises UsageError, in one line, for a value or a file that cannot be used.
    """
    try:
        return Settings(**{name: value for name, value in given.items() if value is not None})  # type: ignore[arg-type]
    except ValidationError as exc:
        first = exc.errors()[0]
        name = ".".join(map(str, first["loc"]))
        place = f"setting {name!r} ({PREFIX}{name.upper()} in the environment)"
        raise UsageError(f"{place} is {str(first['input'])[:80]!r}: {first['msg']}") from exc
