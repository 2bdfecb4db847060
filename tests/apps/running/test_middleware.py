"""Every request is counted by its route; its line in the log names nobody."""

from __future__ import annotations

import logging

import pytest
from django.contrib.auth.models import User
from django.test import Client
from pytest_django import Settings

from luoshi.apps.running import figures

pytestmark = pytest.mark.django_db


def counted(route: str, status: int) -> float:
    """How many answers the figures hold."""
    labels = {"route": route, "method": "GET", "status": str(status)}
    return figures._registry.get_sample_value("luoshi_requests_total", labels) or 0


def test_requests_are_counted_by_route_and_status(client: Client) -> None:
    before = counted("organization:health", 200), counted("-", 404)
    client.get("/health/")
    client.get("/there/is/nothing/")
    assert (counted("organization:health", 200), counted("-", 404)) == (before[0] + 1, before[1] + 1)


def test_unknown_methods_do_not_grow_the_figures(client: Client) -> None:
    for method in ("BREW", "WHEN"):
        client.generic(method, "/health/")
    text = figures.exposition().decode()
    assert 'method="other"' in text
    assert "BREW" not in text


def test_a_line_is_written_where_it_is_asked_for(
    desk: Client, office: User, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, "luoshi.requests"):
        desk.get("/plans/")
        assert not caplog.records
        settings.LUOSHI_LOG_REQUESTS = True
        desk.get("/plans/")
    (record,) = caplog.records
    line = vars(record)
    assert (line["route"], line["method"], line["status"]) == ("plan:list", "GET", 200)
    assert line["queries"] > 0
    assert line["ms"] > 0
    assert office.username not in str(line)
