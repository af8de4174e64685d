"""Files of this machine into the queue, for workers to read."""

import shutil
import uuid
from collections.abc import Sequence
from pathlib import Path

from api.queue import queue_of
from api.worker import now
from ingest.library import Library
from ingest.store import jobs as store
from ingest.store.jobs import JobFile


def hand_over(library: Library, files: Sequence[Path]) -> str | None:
    """The new job's id; None while others wait already."""
    queue = queue_of(library)
    folder = queue.uploads / uuid.uuid4().hex
    folder.mkdir(parents=True)
    waiting: list[JobFile] = []
    for number, file in enumerate(files, 1):
        copy = Path(shutil.copy(file, folder / str(number)))
        path = copy.relative_to(library.settings.data_dir).as_posix()
        waiting.append(JobFile(folder.name, number, file.name, path, copy.stat().st_size, "waiting", None))
    with library.changing(), library.begin() as connection:
        if store.open_sizes(connection):
            shutil.rmtree(folder)
            return None
        store.add_job(connection, folder.name, now(), waiting)
        queue.receive(connection, folder, waiting)
    queue.received(folder)
    return folder.name
