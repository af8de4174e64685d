"""Answers that routes make of plain values, as models for the description of the interface alone.

They are made of the dataclasses that are sent, so that they say what is sent, also tomorrow.
"""

from dataclasses import MISSING, fields
from typing import Any, get_type_hints

from pydantic import BaseModel, ConfigDict, Field, create_model

from api.jobs import FileStatus, JobStatus
from ingest.records import DocumentRecord, FileReport
from ingest.types import Article, PageHealth

MORE = ConfigDict(extra="allow")


class Open(BaseModel):
    model_config = MORE


def _model_of(kind: type[Any], name: str, **other: Any) -> type[BaseModel]:
    hints = get_type_hints(kind)
    given = {one.name: (hints[one.name], ...) for one in fields(kind)} | other
    assert MISSING not in given.values()
    made: type[BaseModel] = create_model(name, __base__=Open, __doc__=kind.__doc__, **given)
    return made


FileReportOut = _model_of(FileReport, "FileReportOut")
FileOut = _model_of(FileStatus, "FileOut", report=(FileReportOut | None, ...))
JobOut = _model_of(JobStatus, "JobOut")
JobWithFilesOut = _model_of(JobStatus, "JobWithFilesOut", files=(list[FileOut], ...))  # type: ignore[valid-type]
ArticleOut = _model_of(Article, "ArticleOut")
_URL = (str, Field(description="The document in the assistant's reader."))
DocumentOut = _model_of(DocumentRecord, "DocumentOut", url=_URL)


class ProblemOut(Open):
    """An error (RFC 9457). `title` says what to do; `detail` says more where there is more to say."""

    type: str = Field(examples=["urn:problem:unknown-document"])
    title: str = Field(examples=["There is no document of this id in the library."])
    status: int = Field(examples=[404])
    detail: str | None = None


class PageHealthOut(Open):
    page: int
    label: str | None
    health: PageHealth
    detail: str | None
    note: str | None


class VersionOut(Open):
    id: str
    state: str
    state_at: str | None
    added_at: str
    pages: int
    title: str


DocumentWithPagesOut = _model_of(
    DocumentRecord,
    "DocumentWithPagesOut",
    url=_URL,
    articles=(list[ArticleOut], ...),  # type: ignore[valid-type]
    page_health=(list[PageHealthOut], ...),
    versions=(list[VersionOut], ...),
)
DocumentsOut = create_model("DocumentsOut", __base__=Open, documents=(list[DocumentOut], ...))  # type: ignore[valid-type]
JobsOut = create_model("JobsOut", __base__=Open, jobs=(list[JobOut], ...))  # type: ignore[valid-type]


class UploadedOut(Open):
    job_id: str = Field(description="Ask for it at GET /api/v1/jobs/{job_id} until its state is done or cancelled.")


class PageOut(Open):
    document_id: str
    state: str
    page: int = Field(description="Counted from 1, as the file has it.")
    page_label: str | None = Field(description="The printed page number, where there is one.")
    text: str = Field(description="Citations index this text by `start` and `end`, in Unicode characters.")
    health: PageHealth
    detail: str | None
    width: float
    height: float


class ProgrammeOut(Open):
    """The programme's own data, as corpus/programme.toml has it."""

    programme: dict[str, Any]
    models: list[dict[str, Any]]
    adopters: list[dict[str, Any]]


class HealthOut(Open):
    status: str


# Operation → what it answers with 200 or 202
ANSWERS: dict[str, type[BaseModel]] = {
    "list_documents": DocumentsOut,
    "document": DocumentWithPagesOut,
    "upload_documents": UploadedOut,
    "list_jobs": JobsOut,
    "job": JobWithFilesOut,
    "cancel_job": JobWithFilesOut,
    "cancel_file": JobWithFilesOut,
    "page": PageOut,
    "programme": ProgrammeOut,
    "health": HealthOut,
}
