"""Events carry the address of the request that they were done in, and of no other."""

from __future__ import annotations

from threading import Thread

from django.contrib.auth.models import User

from luoshi.apps.audit import origin
from tests.apps.audit.conftest import write


def test_an_address_ends_with_its_request(office: User) -> None:
    with origin.coming_from("10.0.0.7"):
        with origin.coming_from("10.0.0.8"):
            assert write(office, 1).address == "10.0.0.8"
        assert write(office, 2).address == "10.0.0.7"
    assert write(office, 3).address == ""


def test_beside_a_request_there_is_no_address() -> None:
    seen = []
    with origin.coming_from("10.0.0.7"):
        beside = Thread(target=lambda: seen.append(origin.address()))
        beside.start()
        beside.join()
    assert seen == [""]
