"""Requests that no database could keep."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from tests.apps.register.factories import make_place

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/plans/?q=a%00b", "/plans/?%00=1", "/plans/1/bodies/a%00b/"])
def test_an_address_with_nul_is_no_request(client: Client, office: User, path: str) -> None:
    client.force_login(office)
    answer = client.get(path)
    assert answer.status_code == 400
    assert "请求无法识别" in answer.content.decode()


@pytest.mark.parametrize("field", ["f.name", "reason", "action"])
def test_a_form_with_nul_is_no_request(client: Client, field: str) -> None:
    client.force_login(make_place().stranger)
    path = reverse("register:new", args=["culture-venues", "register"])
    assert client.post(path, {field: "北门\x00长廊"}).status_code == 400
    assert client.post(path, {field: "北门长廊"}).status_code != 400
