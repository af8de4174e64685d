"""A watched folder: which of its files are new or changed, and complete.

The system's notices only say when to look. What is found is told from sizes and times, so that a notice that is lost,
on a network drive for instance, costs half a minute and never a file.
"""

import os
import stat
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from watchfiles import watch

from ingest.files import Source, find_sources, safe_name, wanted

QUIET = 1.0  # seconds for which a file must stay as it is before it is read
LOOK = 30.0  # seconds between two looks where nothing was noticed
WAKE = 1.0  # seconds between two looks whether the folder itself is still the same one
_UNFINISHED = (".part", ".partial", ".crdownload", ".download", ".tmp", ".temp", "~")
_HIDDEN = (".", "~$")  # the second is what Word leaves beside an open document

_State = tuple[int, int, int]  # bytes, time of change, inode


@dataclass(frozen=True, slots=True)
class Look:
    """Files to add, files that were added and are gone from the folder, and whether it is there itself."""

    ready: tuple[Source, ...] = ()
    gone: tuple[Source, ...] = ()
    is_there: bool = True


def watch_folder(folder: Path, stop: threading.Event, without: Path) -> Iterator[Look]:
    """What is there, then what is added or changed, until `stop` is set; `without` is a folder in it to leave out.

    The folder may vanish and come back.
    """
    watched = WatchedFolder(folder, without)
    notices = _Notices(folder, stop)
    while not stop.is_set():
        look = watched.look()
        if look is not None:
            yield look
        if watched.is_busy:
            stop.wait(QUIET / 4)
        else:
            notices.wait()


class WatchedFolder:
    """Remembers how each file was when it was handed out, and which name it was given."""

    def __init__(self, folder: Path, without: Path, clock: Callable[[], float] = time.monotonic) -> None:
        self._folder = folder
        self._without = without.absolute()
        self._clock = clock
        self._seen: dict[Path, _State] = {}
        self._settling: dict[Path, tuple[_State, float]] = {}
        self._names: dict[Path, str] = {}
        self._was_there = True

    @property
    def is_busy(self) -> bool:
        """Whether a file may still be being written."""
        return bool(self._settling)

    def look(self) -> Look | None:
        """None when there is nothing to tell."""
        is_there = self._folder.is_dir()
        changed, self._was_there = is_there != self._was_there, is_there
        if not is_there:
            self._settling.clear()
            return Look(is_there=False) if changed else None
        found = dict(self._files())
        gone = tuple(Source(path, name) for path, name in self._names.items() if path not in found)
        for path in self._seen.keys() - found.keys():
            del self._seen[path]
            self._names.pop(path, None)
        ready = self._name([path for path in self._settled(found) if wanted(path)])
        return Look(ready, gone) if ready or gone or changed else None

    def _files(self) -> Iterator[tuple[Path, _State]]:
        for place, folders, files in os.walk(self._folder):
            folders[:] = sorted(name for name in folders if self._is_open(place, name))
            for path in (Path(place, name) for name in sorted(files)):
                if path.name.startswith(_HIDDEN) or path.name.lower().endswith(_UNFINISHED):
                    continue
                try:
                    found = path.stat()
                except OSError:  # gone since the folder was listed
                    continue
                if stat.S_ISREG(found.st_mode):
                    yield path, (found.st_size, found.st_mtime_ns, found.st_ino)

    def _is_open(self, place: str, name: str) -> bool:
        return not name.startswith(".") and Path(place, name).absolute() != self._without

    def _settled(self, found: dict[Path, _State]) -> list[Path]:
        """New and changed files that have stayed as they are; each is handed out once."""
        now = self._clock()
        settling = {}
        for path, state in found.items():
            if self._seen.get(path) != state:
                before = self._settling.get(path)
                settling[path] = before if before is not None and before[0] == state else (state, now)
        ready = [path for path, (_, since) in settling.items() if now - since >= QUIET]
        self._seen |= {path: settling.pop(path)[0] for path in ready}
        self._settling = settling
        return ready

    def _name(self, ready: list[Path]) -> tuple[Source, ...]:
        """A file keeps the name that it was given first; names are told apart as when the whole folder is added."""
        if not ready:
            return ()
        for source in find_sources(sorted({*self._names, *ready})):
            if source.path not in self._names:
                self._names[source.path] = self._free(source)
        return tuple(Source(path, self._names[path]) for path in ready)

    def _free(self, source: Source) -> str:
        if source.file_name not in self._names.values():
            return source.file_name
        return safe_name(" - ".join(source.path.relative_to(self._folder).parts))


class _Notices:
    """Waits for the next notice of the system. A folder that was made again has to be watched anew."""

    def __init__(self, folder: Path, stop: threading.Event) -> None:
        self._folder = folder
        self._stop = stop
        self._notices: Iterator[object] | None = None
        self._of: tuple[int, int] | None = None

    def wait(self) -> None:
        """Returns at a notice, at the latest after LOOK, and at once when the folder is not the one it was."""
        end = time.monotonic() + LOOK
        while not self._stop.is_set() and time.monotonic() < end:
            if (there := self._identity()) is None or there != self._of:
                self._begin(there)
                return
            if self._next():
                return

    def _begin(self, there: tuple[int, int] | None) -> None:
        self._of = there
        self._notices = None
        if there is None:
            self._stop.wait(WAKE)
            return
        self._notices = watch(
            self._folder,
            watch_filter=None,
            debounce=400,
            rust_timeout=int(WAKE * 1000),
            yield_on_timeout=True,
            stop_event=self._stop,
            raise_interrupt=False,
            ignore_permission_denied=True,
        )
        self._next()  # from here on nothing is missed: the look that follows sees what was there before

    def _next(self) -> bool:
        if self._notices is not None:
            try:
                return bool(next(self._notices, None))
            except (OSError, RuntimeError):  # gone again, or the system has no more notices to give
                self._notices = None
        self._stop.wait(WAKE)
        return False

    def _identity(self) -> tuple[int, int] | None:
        try:
            found = self._folder.stat()
        except OSError:
            return None
        return found.st_dev, found.st_ino
