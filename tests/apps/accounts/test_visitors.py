"""Where a request comes from."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from luoshi.apps.accounts.visitors import NOWHERE, AddressMiddleware, address_of, device, name_given
from luoshi.apps.audit.origin import address


@pytest.mark.parametrize(
    ("proxies", "chain", "address"),
    [
        (0, "", "10.0.0.1"),
        (0, "203.0.113.9", "10.0.0.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "198.51.100.7, 203.0.113.9", "203.0.113.9"),
        (2, "198.51.100.7, 203.0.113.9, 10.1.1.1", "203.0.113.9"),
        (2, "203.0.113.9", "10.0.0.1"),
        (1, "made up", NOWHERE),
        (1, "2001:db8::1", "2001:db8::1"),
    ],
)
def test_only_our_own_proxies_are_believed(
    rf: RequestFactory, settings: Any, proxies: int, chain: str, address: str
) -> None:
    settings.LUOSHI_PROXIES = proxies
    more = {"HTTP_X_FORWARDED_FOR": chain} if chain else {}
    assert address_of(rf.get("/", REMOTE_ADDR="10.0.0.1", **more)) == address


def test_a_socket_has_no_address(rf: RequestFactory) -> None:
    assert address_of(rf.get("/", REMOTE_ADDR="")) == NOWHERE


def test_the_name_is_what_was_typed(rf: RequestFactory) -> None:
    assert name_given(rf.post("/", {"login": " wang.min "})) == "wang.min"
    assert name_given(rf.post("/", {"login": "x"}), {"username": "wang.min"}) == "wang.min"
    assert name_given(rf.get("/")) == ""


@pytest.mark.parametrize(("given", "kept"), [("10.0.0.1", "10.0.0.1"), ("", "")])
def test_what_a_request_does_carries_its_address(rf: RequestFactory, given: str, kept: str) -> None:
    seen = []
    middleware = AddressMiddleware(lambda request: seen.append(address()) or HttpResponse())
    middleware(rf.get("/", REMOTE_ADDR=given))
    assert (seen, address()) == ([kept], "")


@given(st.text())
def test_any_description_is_short(agent: str) -> None:
    assert len(device(agent)) < 30
