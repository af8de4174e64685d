"""Jobs and their files, in the order in which they came: what is still to do outlives the process."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from sqlalchemy import ColumnElement, Connection, CursorResult, Row, delete, exists, func, insert, select, true, update

from ingest.records import OPEN, FileReport, Sight
from ingest.store.schema import JobFileRow, JobRow

JobState = Literal["waiting", "running", "done", "cancelled"]
_OPEN = ("waiting", "running")


@dataclass(frozen=True, slots=True)
class JobFile:
    """`number` counts from 1; `path` is relative to the data directory, None when the file was refused at the door."""

    job_id: str
    number: int
    file_name: str
    path: str | None
    size: int
    state: JobState
    report: FileReport | None
    collection: str = OPEN


@dataclass(frozen=True, slots=True)
class Job:
    number: int
    id: str
    state: JobState
    created_at: str
    ended_at: str | None


def add_job(connection: Connection, job_id: str, created_at: str, files: Sequence[JobFile]) -> None:
    connection.execute(insert(JobRow).values(id=job_id, state="waiting", created_at=created_at))
    connection.execute(insert(JobFileRow), [asdict(file) for file in files])


def job(connection: Connection, job_id: str, sight: Sight = None) -> Job | None:
    row = connection.execute(_JOBS.where(JobRow.id == job_id, _seen(sight))).first()
    return Job(**row._asdict()) if row is not None else None


def jobs(connection: Connection, sight: Sight = None) -> list[Job]:
    """Newest first; those whose files go where somebody may see them."""
    wanted = _JOBS.where(_seen(sight)).order_by(JobRow.number.desc())
    return [Job(**row._asdict()) for row in connection.execute(wanted)]


def _seen(sight: Sight) -> ColumnElement[bool]:
    """All files of a job go into one collection."""
    if sight is None:
        return true()
    file = JobFileRow.__table__.alias("its")
    return exists().where(file.c.job_id == JobRow.id, file.c.collection.in_(sorted({OPEN, *sight})))


def job_files(connection: Connection, job_id: str) -> list[JobFile]:
    found = connection.execute(_FILES.where(JobFileRow.job_id == job_id).order_by(JobFileRow.number))
    return [_file(row) for row in found]


def counts(connection: Connection, job_id: str | None = None) -> dict[str, dict[str, int]]:
    """For each job, how many of its files are in each state; ended ones by what became of them."""
    row = JobFileRow
    status = row.report["status"].as_string()
    query = select(row.job_id, row.state, status, func.count()).group_by(row.job_id, row.state, status)
    found: dict[str, dict[str, int]] = {}
    for one, state, became, count in connection.execute(query if job_id is None else query.where(row.job_id == job_id)):
        told = found.setdefault(one, {})
        key = became if state == "done" else state
        told[key] = told.get(key, 0) + count
    return found


def next_file(connection: Connection) -> JobFile | None:
    """The first that is not done: one that was in hand when the process ended comes before those behind it."""
    query = _FILES.join(JobRow, JobRow.id == JobFileRow.job_id).where(JobFileRow.state.in_(_OPEN))
    row = connection.execute(query.order_by(JobRow.number, JobFileRow.number).limit(1)).first()
    return _file(row) if row is not None else None


def file_state(connection: Connection, job_id: str, number: int) -> str | None:
    return connection.scalar(select(JobFileRow.state).where(*_is(job_id, number)))


def open_sizes(connection: Connection, up_to: int | None = None) -> list[tuple[str, int, int]]:
    """(job id, file number, bytes) of every file that is not done, of the jobs up to this number."""
    row = JobFileRow
    query = select(row.job_id, row.number, row.size).join(JobRow, JobRow.id == row.job_id).where(row.state.in_(_OPEN))
    if up_to is not None:
        query = query.where(JobRow.number <= up_to)
    return [(one, number, size) for one, number, size in connection.execute(query)]


def begin_file(connection: Connection, file: JobFile) -> bool:
    """False when it was cancelled in the meantime."""
    begun = _change(connection, file.job_id, file.number, {"state": "running"}, only_open=True)
    begin = update(JobRow).where(JobRow.id == file.job_id, JobRow.state == "waiting")
    connection.execute(begin.values(state="running"))
    return begun > 0


def end_file(connection: Connection, file: JobFile, report: FileReport) -> None:
    _change(connection, file.job_id, file.number, {"state": "done", "report": asdict(report)})


def cancel_files(connection: Connection, job_id: str, reports: Mapping[int, FileReport]) -> int:
    """Cancels those of these files that are not done; how many were."""
    values = {number: {"state": "cancelled", "report": asdict(report)} for number, report in reports.items()}
    return sum(_change(connection, job_id, number, one, only_open=True) for number, one in values.items())


def cancel_job(connection: Connection, job_id: str) -> None:
    """Marks it, so that it ends as cancelled; its files are cancelled by `cancel_files`."""
    connection.execute(update(JobRow).where(JobRow.id == job_id, JobRow.ended_at.is_(None)).values(state="cancelled"))


def end_job(connection: Connection, job_id: str, ended_at: str) -> bool:
    """Ends the job if none of its files is left to do."""
    states = set(connection.scalars(select(JobFileRow.state).where(JobFileRow.job_id == job_id)))
    if states & set(_OPEN):
        return False
    ending = update(JobRow).where(JobRow.id == job_id, JobRow.ended_at.is_(None))
    if "cancelled" in states:
        connection.execute(ending.where(JobRow.state == "cancelled").values(ended_at=ended_at))
    connection.execute(ending.values(state="done", ended_at=ended_at))
    return True


def unfinished(connection: Connection) -> list[str]:
    return list(connection.scalars(select(JobRow.id).where(JobRow.ended_at.is_(None))))


def forget_jobs(connection: Connection, keep: int) -> None:
    """Forgets the oldest ended jobs beyond `keep`."""
    ended = select(JobRow.id).where(JobRow.ended_at.is_not(None)).order_by(JobRow.number.desc()).offset(keep)
    for job_id in connection.scalars(ended).all():
        connection.execute(delete(JobFileRow).where(JobFileRow.job_id == job_id))
        connection.execute(delete(JobRow).where(JobRow.id == job_id))


_JOBS = select(JobRow.number, JobRow.id, JobRow.state, JobRow.created_at, JobRow.ended_at)
_FILES = select(
    JobFileRow.job_id,
    JobFileRow.number,
    JobFileRow.file_name,
    JobFileRow.path,
    JobFileRow.size,
    JobFileRow.state,
    JobFileRow.report,
    JobFileRow.collection,
)


def _is(job_id: str, number: int) -> tuple[Any, Any]:
    return JobFileRow.job_id == job_id, JobFileRow.number == number


def _change(
    connection: Connection, job_id: str, number: int, values: Mapping[str, Any], only_open: bool = False
) -> int:
    change = update(JobFileRow).where(*_is(job_id, number))
    if only_open:
        change = change.where(JobFileRow.state.in_(_OPEN))
    changed: CursorResult[Any] = connection.execute(change.values(**values))
    return changed.rowcount


def _file(row: Row[Any]) -> JobFile:
    values = row._asdict()
    if (stored := values["report"]) is not None:
        values["report"] = FileReport(**stored | {"pages_without_text": tuple(stored["pages_without_text"])})
    return JobFile(**values)
