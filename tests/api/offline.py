"""Run as a program by test_offline: an ingest and a question, in a process that is watched."""

import socket
import sys
from pathlib import Path

from assistant.assistant import Assistant
from assistant.types import Question
from ingest.library import Library
from ingest.programme import load_programme
from ingest.settings import IngestSettings


def main(folder: Path, pdf: Path) -> None:
    programme = load_programme()
    with Library.open(IngestSettings(data_dir=folder), programme) as library:
        (report,) = library.add([pdf])
        answer = Assistant(library, programme).ask(Question("How many authorities adopted Family Valued?"))
        print(report.status, answer.status, len(answer.passages))


if __name__ == "__main__":
    if sys.argv[1] == "--reach-out":
        socket.create_connection(("192.0.2.1", 80), timeout=1)
    main(Path(sys.argv[1]), Path(sys.argv[2]))
