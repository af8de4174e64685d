"""Killed at any moment, a backup is whole or none, and so is a restore."""

import multiprocessing
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.backup.make import back_up
from ingest.backup.restore import restore
from ingest.doctor import examine
from ingest.errors import LibraryError
from ingest.library import Library
from ingest.programme import Programme
from tests.ingest.backups import BACKUP, NOT_YET, RESTORE, back_up_and_die, dump, restore_and_die, settings_of


def _run(target: Callable[..., None], *arguments: object) -> int | None:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.ingest.backups"])
    process = context.Process(target=target, args=arguments)
    process.start()
    process.join(120)
    return process.exitcode


@pytest.mark.parametrize("moment", BACKUP)
@pytest.mark.parametrize("name", ["backup", "backup.tar.gz"])
def test_a_backup_that_is_killed_is_none(data_dir: Path, tmp_path: Path, moment: str, name: str) -> None:
    assert _run(back_up_and_die, moment, data_dir, tmp_path / name) == -signal.SIGKILL
    assert not (tmp_path / name).exists()
    back_up(settings_of(data_dir), tmp_path / name)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(["library", name])


@pytest.mark.parametrize("moment", RESTORE)
def test_a_restore_that_is_killed_leaves_no_library(
    data_dir: Path, tmp_path: Path, moment: str, programme: Programme
) -> None:
    restored = settings_of(tmp_path / "restored")
    back_up(settings_of(data_dir), tmp_path / "backup")
    assert _run(restore_and_die, moment, tmp_path / "backup", restored.data_dir) == -signal.SIGKILL
    with pytest.raises(LibraryError, match="assistant restore"):
        Library.open(restored, programme)
    restore(restored, tmp_path / "backup")
    assert dump(restored.data_dir) == dump(data_dir)
    assert [finding.what for finding in examine(restored, programme)] == [NOT_YET]
