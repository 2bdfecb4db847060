"""The people of the account pages: three administrators and a person with an account."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from luoshi.apps.accounts.operations import change_password, create_account
from luoshi.apps.organization.models import Administrator
from luoshi.apps.organization.operations import appoint

PASSWORD = "Yunxi-2026-autumn"


@dataclass(frozen=True)
class Staff:
    """The three administrators, each with a browser of their own in which they are signed in."""

    system: User
    security: User
    audit: User
    browsers: dict[str, Client]


@pytest.fixture
def staff(db: None) -> Staff:
    """The three administrators."""
    users, browsers = {}, {}
    for kind in Administrator.Kind.values:
        users[kind] = User.objects.create_user(f"{kind}-admin", first_name=kind)
        appoint(user=users[kind], kind=kind, by=None, at=timezone.now())
        browsers[kind] = Client()
        browsers[kind].force_login(users[kind])
    return Staff(**users, browsers=browsers)


@pytest.fixture
def person(db: None) -> User:
    """Somebody with an account and a password of their own."""
    user, temporary = create_account(username="wang.min", name="王敏", by=None, at=timezone.now())
    change_password(user=user, present=temporary, password=PASSWORD, by=user, at=timezone.now())
    return user


def sign_in(client: Client, name: str, password: str, **more: str) -> int:
    """Try to sign in; the status of the answer."""
    response = client.post("/login/", {"login": name, "password": password}, **more)
    return int(response.status_code)


def is_in(client: Client) -> bool:
    """Whether the browser is signed in."""
    return client.get("/account/").status_code == 200
