"""What ingest may be told from outside: environment variables `ASSISTANT_…`, or a `.env` in the current directory."""

from pathlib import Path
from typing import Any, Literal, Self

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import (
    BaseSettings,
    DotEnvSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)


class IngestSettings(BaseSettings):
    """A key given in code that is not named here is refused."""

    # The docstring of a setting is its line in docs/settings.md
    model_config = SettingsConfigDict(
        env_prefix="ASSISTANT_", env_file=".env", frozen=True, extra="forbid", use_attribute_docstrings=True
    )

    data_dir: Path = Path("library")
    """The library's folder, which holds everything that must survive."""

    database_url: SecretStr | None = None
    """The address of a PostgreSQL server that keeps the library, instead of the file in the data directory."""

    chroma_url: str | None = None
    """The address of a Chroma server that keeps the vectors, instead of the embedded one."""

    embedding_model: str | None = None
    """The folder of another sentence-transformers model, or its name in the local model cache."""

    max_file_mb: int = Field(default=100, gt=0)
    """The largest file that is read, in MB."""

    max_pages: int = Field(default=3000, gt=0)
    """How many pages a file may have."""

    read_seconds: float = Field(default=600, gt=0)
    """How long reading a whole file may take, in seconds."""

    page_seconds: float = Field(default=60, gt=0)
    """How long reading a file may go on without any sign of progress, in seconds."""

    read_memory_mb: int = Field(default=2048, ge=128)
    """How much memory the process that reads a file may take, in MB."""

    ocr: Literal["auto", "tesseract", "rapidocr", "off"] = "auto"
    """What reads scans: `auto` takes tesseract where the system has it, else rapidocr where that is installed."""

    ocr_languages: str = "eng"
    """Tesseract's languages with a plus between them, as in `eng+fra`; those that are installed are used."""

    @field_validator("database_url", "chroma_url", mode="before")
    @classmethod
    def _none_is_none(cls, value: object) -> object:
        return None if value == "" else value

    @field_validator("database_url")
    @classmethod
    def _check_database(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not value.get_secret_value().startswith(("postgresql://", "postgresql+psycopg://")):
            raise ValueError("it is written postgresql://user:password@server:5432/database")
        return value

    @model_validator(mode="after")
    def _servers_go_together(self) -> Self:
        if self.database_url is not None and self.chroma_url is None:
            raise ValueError(
                "ASSISTANT_DATABASE_URL is set and ASSISTANT_CHROMA_URL is not: several machines cannot share vectors"
                " that lie in a folder of one, so start a Chroma server (`chroma run`) and name it."
            )
        return self

    @property
    def database(self) -> str | None:
        """The address of the PostgreSQL server, with its password."""
        return None if self.database_url is None else self.database_url.get_secret_value()

    @property
    def is_shared(self) -> bool:
        """Whether several processes may use the library."""
        return self.chroma_url is not None

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        env_file = getattr(dotenv_settings, "env_file", None)
        return init_settings, env_settings, _OwnKeys(settings_cls, env_file=env_file)


class _OwnKeys(DotEnvSettingsSource):
    """The `.env` also holds the keys of other packages: only those of these settings are taken from it."""

    def __call__(self) -> dict[str, Any]:
        return {key: value for key, value in super().__call__().items() if key in self.settings_cls.model_fields}
