"""A line of the log: what stands in it, and what is kept out of it."""

import io
import json
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from pydantic import SecretStr

from api.settings import Settings
from api.telemetry import request
from api.telemetry.logs import JsonLines, Lines, Say, configure

WORDS = "Was Quennell seen by the team?"


@contextmanager
def logging_to(settings: Settings) -> Iterator[io.StringIO]:
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    said = io.StringIO()
    try:
        configure(settings)
        handler = root.handlers[0]
        assert isinstance(handler, logging.StreamHandler)
        handler.setStream(said)
        yield said
    finally:
        logging.captureWarnings(False)
        root.handlers[:] = before
        root.setLevel(level)
        for name in [*logging.Logger.manager.loggerDict]:
            if not name.startswith(("api", "tests")):
                continue
            logging.getLogger(name).setLevel(logging.NOTSET)


def _fail() -> None:
    try:
        raise ValueError(WORDS)
    except ValueError as error:
        raise KeyError(WORDS) from error


def _log_a_failure() -> None:
    try:
        _fail()
    except KeyError:
        logging.getLogger("api.test").exception("A question failed")


@pytest.mark.parametrize("log_format", ["text", "json"])
def test_an_error_is_told_by_its_places_and_not_in_its_words(log_format: str) -> None:
    with logging_to(Settings.model_validate({"log_format": log_format})) as said:
        _log_a_failure()
    line = said.getvalue()
    assert "Quennell" not in line
    assert all(word in line for word in ("A question failed", "builtins.KeyError", "builtins.ValueError", "_fail"))
    assert "test_logs.py" in line


def test_at_debug_all_is_told() -> None:
    with logging_to(Settings(log_level="debug")) as said:
        _log_a_failure()
    assert WORDS in said.getvalue()


@pytest.mark.parametrize("log_format", ["text", "json"])
def test_keys_are_blotted_out(log_format: str) -> None:
    key, other = "key-of-the-service", "key-of-the-model"
    settings = Settings.model_validate(
        {"log_format": log_format, "api_keys": key, "llm_api_key": other, "llm_base_url": "http://127.0.0.1:9/v1"}
    )
    with logging_to(settings) as said:
        logging.getLogger("elsewhere").warning("Sent with %s and %s", key, {"Authorization": f"Bearer {other}"})
    assert key not in said.getvalue()
    assert other not in said.getvalue()
    assert "***" in said.getvalue()


def test_lines_of_a_request_carry_its_id() -> None:
    about = request.begin("abc")
    try:
        with logging_to(Settings(log_format="json")) as said:
            logging.getLogger("api.test").warning("Line %d\nand no second", 1)
        (line,) = said.getvalue().splitlines()
        row = json.loads(line)
        assert (row["request_id"], row["level"], row["logger"]) == (about.id, "warning", "api.test")
        assert row["message"] == "Line 1\nand no second"
    finally:
        request.current.set(None)


def test_levels_are_kept_and_other_packages_are_quiet() -> None:
    with logging_to(Settings(log_level="info")) as said:
        logging.getLogger("api.test").debug("too fine")
        logging.getLogger("api.test").info("told")
        logging.getLogger("httpx").info("GET http://somewhere/?q=words")
    assert said.getvalue() == "INFO told\n"


def test_what_serve_says_is_a_line_of_the_log_where_that_is_json(capsys: pytest.CaptureFixture[str]) -> None:
    with logging_to(Settings(log_format="json")) as said:
        Say(Settings(log_format="json")).print("Serving on [bold]http://127.0.0.1:1[/bold]")
    assert json.loads(said.getvalue())["message"] == "Serving on http://127.0.0.1:1"
    Say(Settings()).print("Serving [bold]here[/bold]")
    assert capsys.readouterr().err == "Serving here\n"


def test_a_record_that_was_written_out_in_full_elsewhere_is_not_so_here() -> None:
    """Handlers share a record, and one of them may have put the whole traceback on it."""
    try:
        _fail()
    except KeyError:
        record = logging.LogRecord("x", logging.ERROR, "", 0, "Failed", None, sys.exc_info())
    logging.Formatter().format(record)
    assert "Quennell" not in Lines((), False).format(record)
    assert "Quennell" not in JsonLines((SecretStr("x").get_secret_value(),), False).format(record)
