"""A log line is one JSON object."""

from __future__ import annotations

import json
import logging
import sys

from luoshi.settings.logs import LineFormatter


def line(**extra: object) -> dict[str, object]:
    record = logging.makeLogRecord(
        {"name": "luoshi.plan", "levelname": "INFO", "msg": "读了 %s", "args": ("甲",), **extra}
    )
    text = LineFormatter().format(record)
    assert "\n" not in text
    parsed: dict[str, object] = json.loads(text)
    return parsed


def test_a_line_tells_time_level_logger_and_message() -> None:
    told = line(job="7")
    assert (told["level"], told["logger"], told["message"], told["job"]) == (
        "info",
        "luoshi.plan",
        "读了 甲",
        "7",
    )
    assert str(told["at"]).endswith("+00:00")


def test_a_traceback_stays_in_its_line() -> None:
    try:
        raise KeyError("x")
    except KeyError:
        told = line(exc_info=sys.exc_info())
    assert "KeyError" in str(told["traceback"])
