"""What the assistant may be told from outside, beside where its library is: the language model, where there is one."""

from typing import Self

from pydantic import Field, SecretStr, field_validator, model_validator

from ingest.settings import IngestSettings


class AssistantSettings(IngestSettings):
    """Without `llm_base_url` there is no language model, and the quotes answer. Times are seconds."""

    llm_base_url: str | None = None
    """The address of any OpenAI-compatible service, as in `http://127.0.0.1:11434/v1`; it phrases the answers."""

    llm_model: str | None = None
    """The model that it is asked for; the first that it lists otherwise."""

    llm_api_key: SecretStr | None = None
    """The key that it wants, where it wants one."""

    llm_timeout: float = Field(default=60.0, gt=0)
    """How long a whole answer of it may take, in seconds; then the quotes answer."""

    llm_silence: float = Field(default=30.0, gt=0)
    """How long it may be silent before its first word, and between two, in seconds."""

    llm_at_once: int = Field(default=2, ge=1)
    """How many answers it writes at once; one more waits, and then the quotes answer."""

    llm_context: int | None = Field(default=None, ge=1024)
    """How many tokens it reads; its service is asked otherwise, and 4,096 are taken where that does not tell."""

    @field_validator("llm_base_url", "llm_model", "llm_api_key", "llm_context", mode="before")
    @classmethod
    def _empty_is_none(cls, value: object) -> object:
        return None if isinstance(value, str) and not value.strip() else value

    @model_validator(mode="after")
    def _refuse_half_an_endpoint(self) -> Self:
        if self.llm_base_url is None and (self.llm_model or self.llm_api_key):
            raise ValueError(
                "ASSISTANT_LLM_MODEL and ASSISTANT_LLM_API_KEY need ASSISTANT_LLM_BASE_URL, the address of the "
                "service that runs the model: set it, or take the others away."
            )
        if self.llm_base_url is not None and not self.llm_base_url.startswith(("http://", "https://")):
            raise ValueError(
                "ASSISTANT_LLM_BASE_URL must begin with http:// or https://, as in http://127.0.0.1:11434/v1."
            )
        return self
