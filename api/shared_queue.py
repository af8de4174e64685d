"""The queue of a library on servers: the bytes stand in the database, and every worker takes the next file."""

import shutil
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection

from api.queue import InHand
from ingest.library import Library
from ingest.records import FileReport
from ingest.shared_files import insert_parts, upload_parts
from ingest.store import jobs as store
from ingest.store import postgres_jobs as claims
from ingest.store.jobs import JobFile
from ingest.store.postgres_jobs import Hand
from ingest.store.postgres_lock import Presence


class SharedQueue:
    """See `Queue`. What a worker that died had in hand is taken by the next one."""

    def __init__(self, library: Library) -> None:
        self.uploads = library.settings.data_dir / "uploads"
        self._library = library
        assert library.presence is not None  # whoever opens a library on servers to change it has one
        self._presence: Presence = library.presence

    def owns(self) -> bool:
        """Also after the server was away: without its lock, others take what this worker has in hand."""
        self._presence.ensure()
        self._library.sweep()
        return True

    def release(self) -> None:
        pass

    def take(self) -> JobFile | None:
        with self._library.begin() as connection:
            claimed = claims.claim(connection, self._presence.number)
            if claimed is None:
                return None
            file = next(one for one in store.job_files(connection, claimed[0]) if one.number == claimed[1])
            store.begin_file(connection, file)
        return file

    @contextmanager
    def open(self, file: JobFile) -> Iterator[Path]:
        room = self.uploads / f"reading-{uuid.uuid4().hex}"
        room.mkdir(parents=True)
        try:
            path = room / str(file.number)
            with self._library.connect() as connection, path.open("wb") as out:
                for part in upload_parts(connection, file.job_id, file.number):
                    out.write(part)
            yield path
        finally:
            shutil.rmtree(room, ignore_errors=True)

    def tell(self, in_hand: InHand) -> None:
        job_id, number = in_hand.key
        one = in_hand
        hand = Hand(job_id, number, one.stage, one.done, one.total, one.page, one.pages)
        with self._library.begin() as connection:
            claims.tell(connection, hand, self._presence.number)

    def is_given_up(self, file: JobFile) -> bool:
        self._presence.ensure()
        with self._library.begin() as connection:
            if store.file_state(connection, file.job_id, file.number) == "cancelled":
                return True
            return not claims.is_mine(connection, file.job_id, file.number, self._presence.number)

    def end(self, file: JobFile, report: FileReport | None) -> None:
        key = (file.job_id, file.number)
        with self._library.begin() as connection:
            if not claims.is_mine(connection, *key, self._presence.number):
                return  # another worker took it up meanwhile, and tells what became of it
            if report is not None:
                store.end_file(connection, file, report)
            claims.let_go(connection, *key, self._presence.number)
            claims.forget_upload(connection, *key)

    def put_back(self, file: JobFile) -> None:
        with self._library.begin() as connection:
            claims.let_go(connection, file.job_id, file.number, self._presence.number)

    def receive(self, connection: Connection, folder: Path, files: Sequence[JobFile]) -> None:
        for file in files:
            if file.path is not None:
                path = self._library.settings.data_dir / file.path
                insert_parts(connection, path, "uploads", {"job_id": file.job_id, "number": file.number})

    def received(self, folder: Path) -> None:
        shutil.rmtree(folder, ignore_errors=True)

    def forget_job(self, job_id: str) -> None:
        with self._library.begin() as connection:
            claims.forget_upload(connection, job_id)

    def tidy(self, unfinished: set[str]) -> None:
        pass  # what is in the database goes with its job; what is in this machine's folder may be on its way

    def others(self, connection: Connection) -> list[InHand]:
        found: list[InHand] = []
        for hand in claims.hands(connection):
            one = InHand(hand.job_id, hand.number)
            one.stage, one.done, one.total, one.page, one.pages = (
                hand.stage,
                hand.done,
                hand.total,
                hand.page,
                hand.pages,
            )
            found.append(one)
        return found
