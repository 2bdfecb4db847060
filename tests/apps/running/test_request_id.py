"""The number of a request: ours, or what a proxy of our own gave it."""

from __future__ import annotations

import json
import logging

import pytest
from django.test import Client
from pytest_django import Settings

from luoshi.apps.running import request_id
from luoshi.settings.logs import LineFormatter

pytestmark = pytest.mark.django_db


def test_every_answer_has_a_number_of_its_own(client: Client) -> None:
    first, second = (client.get("/health/")["X-Request-ID"] for _ in range(2))
    assert len(first) == 16
    assert first != second


def test_a_number_from_outside_counts_only_behind_a_proxy(client: Client, settings: Settings) -> None:
    given = {"X-Request-ID": "edge-0042"}
    assert client.get("/health/", headers=given)["X-Request-ID"] != "edge-0042"
    settings.LUOSHI_PROXIES = 1
    assert client.get("/health/", headers=given)["X-Request-ID"] == "edge-0042"
    assert client.get("/health/", headers={"X-Request-ID": "a b"})["X-Request-ID"] != "a b"


def test_lines_of_the_log_carry_it() -> None:
    record = logging.makeLogRecord({"msg": "done"})
    number = request_id.begin()
    assert request_id.RequestFilter().filter(record)
    request_id.end()
    assert json.loads(LineFormatter().format(record))["request_id"] == number
    outside = logging.makeLogRecord({"msg": "done"})
    request_id.RequestFilter().filter(outside)
    assert "request_id" not in json.loads(LineFormatter().format(outside))
