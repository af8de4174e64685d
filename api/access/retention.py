"""What has been kept long enough, deleted for good; the periods are settings, in days."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Engine, delete, func, select

from api.access.scrub import scrub
from api.access.secrets import moment
from api.access.settings import AccessSettings
from ingest.store.access import AuditRow, SessionRow
from ingest.store.people import ConversationRow, FeedbackRow
from ingest.store.schema import JobFileRow, JobRow

Over = tuple[str, Any, Any]


class Retention:
    def __init__(self, engine: Engine, settings: AccessSettings) -> None:
        self._engine, self._settings = engine, settings

    def due(self) -> dict[str, int]:
        """How much of each kind is over its period now."""
        with self._engine.connect() as connection:
            return {
                kind: int(connection.scalar(select(func.count()).select_from(row).where(over)) or 0)
                for kind, row, over in self._over()
            }

    def run(self) -> dict[str, int]:
        """Deletes it, off the disk too; how much of each kind."""
        due = self.due()
        if any(due.values()):
            with self._engine.begin() as connection:
                for _, row, over in self._over():
                    if row is JobRow:
                        old = select(JobRow.id).where(over)
                        connection.execute(delete(JobFileRow).where(JobFileRow.job_id.in_(old)))
                    connection.execute(delete(row).where(over))
        scrub(self._engine)
        return due

    def _over(self) -> Iterator[Over]:
        """Each kind with the condition under which a row of it goes."""
        wanted = self._settings
        if (days := wanted.keep_conversations_days) is not None:
            last = func.coalesce(func.nullif(ConversationRow.updated_at, ""), ConversationRow.created_at)
            yield "conversations", ConversationRow, last < moment(days=-days)
        if (days := wanted.keep_feedback_days) is not None:
            yield "feedback", FeedbackRow, FeedbackRow.updated_at < moment(days=-days)
        if (days := wanted.keep_audit_days) is not None:
            yield "audit", AuditRow, AuditRow.at < moment(days=-days)
        ended = moment(days=-wanted.keep_sessions_days)
        left = moment(days=-wanted.keep_sessions_days, minutes=-wanted.session_idle_minutes)
        yield "sessions", SessionRow, (SessionRow.expires_at < ended) | (SessionRow.seen_at < left)
        if (days := wanted.keep_uploads_days) is not None:
            yield "uploads", JobRow, JobRow.ended_at < moment(days=-days)
