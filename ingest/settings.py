"""What ingest may be told from outside: environment variables `ASSISTANT_…`, or a `.env` in the current directory."""

from pathlib import Path
from typing import Any, Literal

from pydantic import Field
from pydantic_settings import (
    BaseSettings,
    DotEnvSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)


class IngestSettings(BaseSettings):
    """A key given in code that is not named here is refused."""

    model_config = SettingsConfigDict(env_prefix="ASSISTANT_", env_file=".env", frozen=True, extra="forbid")

    data_dir: Path = Path("library")
    chroma_url: str | None = None  # a Chroma server instead of the embedded one
    embedding_model: str | None = None  # a folder, or a name in the local model cache; None is the installed MiniLM
    max_file_mb: int = Field(default=100, gt=0)
    max_pages: int = Field(default=3000, gt=0)
    read_seconds: float = Field(default=600, gt=0)  # for a whole file
    page_seconds: float = Field(default=60, gt=0)  # without any sign of progress
    read_memory_mb: int = Field(default=2048, ge=128)
    ocr: Literal["auto", "tesseract", "rapidocr", "off"] = "auto"  # what reads scans; auto takes tesseract first
    ocr_languages: str = "eng"  # tesseract's names, as in eng+fra; those that are installed are used

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
