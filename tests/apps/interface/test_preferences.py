"""Language and text size: kept in cookies, changed by a form, and never a way out of the site."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

ADDRESS = reverse("interface:preferences")


@pytest.mark.django_db
def test_language_and_size_are_kept(client: Client) -> None:
    response = client.post(ADDRESS, {"language": "en", "text": "large", "next": "/help/"})
    assert response["Location"] == "/help/"
    html = client.get("/help/").content.decode()
    assert 'lang="en"' in html
    assert 'class="text-large"' in html
    assert "Keyboard shortcuts" in html
    client.post(ADDRESS, {"language": "zh-hans", "text": "normal"})
    html = client.get("/help/").content.decode()
    assert 'lang="zh-Hans"' in html
    assert "text-large" not in html


@pytest.mark.django_db
@pytest.mark.parametrize(
    "elsewhere",
    ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "help/", "", "/\\evil.example"],
)
def test_next_stays_here(client: Client, elsewhere: str) -> None:
    assert client.post(ADDRESS, {"text": "large", "next": elsewhere})["Location"] == "/"


@pytest.mark.django_db
@pytest.mark.parametrize("wrong", [{"language": "xx-klingon"}, {"language": "fr"}, {"text": "huge"}, {}])
def test_wrong_wishes_change_nothing(client: Client, wrong: dict[str, str]) -> None:
    response = client.post(ADDRESS, wrong)
    assert response.status_code == 302
    assert not response.cookies


def test_only_a_form_changes_preferences(client: Client) -> None:
    assert client.get(ADDRESS).status_code == 405


@pytest.mark.django_db
def test_form_needs_its_token() -> None:
    strict = Client(enforce_csrf_checks=True)
    response = strict.post(ADDRESS, {"text": "large"})
    assert response.status_code == 403
    assert "表单已过期" in response.content.decode()
