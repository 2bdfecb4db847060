"""The language a person chose is known without their browser."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from luoshi.apps.accounts.models import Account
from luoshi.apps.accounts.queries.language import language_of
from luoshi.apps.audit.models import Event
from tests.apps.accounts.conftest import PASSWORD, sign_in

CHOOSE = reverse("interface:preferences")


def chosen(user: User) -> str:
    return language_of(User.objects.select_related("account").get(pk=user.pk))


def test_what_is_chosen_is_kept_once(client: Client, person: User) -> None:
    assert chosen(person) == "zh-hans"
    client.force_login(person)
    for _ in range(2):
        client.post(CHOOSE, {"language": "en"})
    client.post(CHOOSE, {"text": "large"})
    client.post(CHOOSE, {"language": "fr"})
    assert chosen(person) == "en"
    (event,) = Event.objects.filter(type="accounts.language.chosen")
    assert (event.detail["before"], event.detail["after"]) == ("", "en")


def test_what_was_chosen_before_signing_in_counts_then(client: Client, person: User) -> None:
    client.post(CHOOSE, {"language": "en"})
    assert chosen(person) == "zh-hans"
    sign_in(client, "wang.min", PASSWORD)
    assert chosen(person) == "en"


def test_a_browser_without_a_choice_changes_nothing(person: User) -> None:
    Account.objects.filter(user=person).update(language="en")
    sign_in(Client(), "wang.min", PASSWORD)
    assert chosen(person) == "en"


@pytest.mark.django_db
def test_strangers_choose_for_their_browser_only(client: Client) -> None:
    client.post(CHOOSE, {"language": "en"})
    assert not Account.objects.exists()
