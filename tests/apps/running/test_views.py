"""What machines ask, what people are told when the database is away, and who may read the figures."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client
from pytest_django import Settings

from luoshi.apps.audit.operations import seal
from luoshi.apps.running.queries import readiness
from tests.apps.factories import NOW

pytestmark = pytest.mark.django_db

# A figure of the exposition: `luoshi_events{sealed="yes"} 4.0`.
FIGURE = re.compile(r"^(luoshi_\w+(?:\{[^}]*\})?) (\S+)$", re.M)


def refuse(*arguments: Any) -> Any:
    """What a database that is away says to every statement."""
    raise OperationalError("could not connect to server")


def figures_in(text: str) -> dict[str, float]:
    """Every figure with its value."""
    return {name: float(value) for name, value in FIGURE.findall(text)}


class TestReady:
    def test_all_is_well(self, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(readiness, "has_room", lambda: True)
        response = client.get("/ready/")
        assert response.status_code == 200
        assert response.json() == {
            "status": "ready",
            "checks": dict.fromkeys(("database", "migrations", "disk", "scheduler"), "ok"),
        }

    @pytest.mark.parametrize(
        ("name", "answer", "check"),
        [
            ("has_room", lambda: False, "disk"),
            ("waiting_migrations", lambda: ["work.0002"], "migrations"),
        ],
    )
    def test_what_is_amiss_is_named(
        self,
        client: Client,
        monkeypatch: pytest.MonkeyPatch,
        name: str,
        answer: Callable[..., Any],
        check: str,
    ) -> None:
        monkeypatch.setattr(readiness, "has_room", lambda: True)
        monkeypatch.setattr(readiness, name, answer)
        response = client.get("/ready/")
        assert response.status_code == 503
        assert response.json()["checks"][check] == "failing"

    def test_a_late_scheduler_needs_a_person_and_no_other_server(
        self, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(readiness, "has_room", lambda: True)
        monkeypatch.setattr(readiness, "late", lambda at: 3)
        response = client.get("/ready/")
        assert (response.status_code, response.json()["checks"]["scheduler"]) == (200, "failing")

    def test_machines_behind_the_proxy_are_not_sent_to_https(
        self, client: Client, settings: Settings
    ) -> None:
        settings.SECURE_SSL_REDIRECT = True
        assert client.get("/ready/").status_code in (200, 503)
        assert client.get("/plans/").status_code == 301

    def test_a_database_that_is_away_is_an_answer(self, client: Client) -> None:
        with connection.execute_wrapper(refuse):
            response = client.get("/ready/")
        assert response.status_code == 503
        assert response.json()["checks"]["database"] == "failing"


class TestDatabaseAway:
    def test_people_are_told_that_nothing_was_saved(self, desk: Client) -> None:
        desk.raise_request_exception = False
        with connection.execute_wrapper(refuse):
            response = desk.get("/plans/")
        assert response.status_code == 503
        assert response["Retry-After"] == "30"
        assert "没有保存" in response.content.decode()

    def test_another_fault_stays_one_of_ours(self, desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        desk.raise_request_exception = False

        def broken(*arguments: Any) -> Any:
            raise RuntimeError

        with connection.execute_wrapper(broken):
            assert desk.get("/plans/").status_code == 500


class TestMetrics:
    def test_this_machine_may_read_them(self, client: Client) -> None:
        seal(at=NOW)
        response = client.get("/metrics/", headers={"host": "localhost"})
        assert response.status_code == 200
        found = figures_in(response.content.decode())
        assert found['luoshi_events{sealed="no"}'] == 0
        assert {f'luoshi_open_occurrences{{light="{light}"}}' for light in ("red", "grey")} <= set(found)

    def test_others_need_the_token(self, client: Client, settings: Settings) -> None:
        headers = {"Authorization": "Bearer abc"}
        assert client.get("/metrics/", headers=headers).status_code == 403
        settings.LUOSHI_METRICS_TOKEN = "abc"
        assert client.get("/metrics/", headers=headers).status_code == 200
        assert client.get("/metrics/", headers={"Authorization": "Bearer abd"}).status_code == 403
        assert client.get("/metrics/").status_code == 403

    def test_their_number_of_queries_is_fixed(
        self, client: Client, django_assert_max_num_queries: Callable[..., Any]
    ) -> None:
        with django_assert_max_num_queries(6):
            client.get("/metrics/", headers={"host": "localhost"})
