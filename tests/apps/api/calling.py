"""Calls of the API in the name of somebody, as a program makes them."""

from __future__ import annotations

import json
from typing import Any

from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from luoshi.apps.api.models import Token
from luoshi.apps.api.operations.tokens import make_token
from luoshi.apps.api.queries.tokens import scopes_for


def token_for(user: User, scope: str) -> str:
    """The text of a new token; also one that the page would not offer."""
    now = timezone.now()
    user = User.objects.get(pk=user.pk)
    first = scopes_for(user)[0]
    made, text = make_token(user=user, name="测试程序", scope=first, days=5, by=user, at=now)
    Token.objects.filter(pk=made.pk).update(scope=scope)
    return text


class Caller:
    """A program with a token."""

    def __init__(self, token: str = "", **headers: str) -> None:
        self.client = Client()
        self.headers = {"Authorization": f"Bearer {token}", **headers} if token else headers

    def __call__(self, method: str, path: str, sent: Any = None, **headers: str) -> HttpResponse:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        content = b"" if sent is None else json.dumps(sent, ensure_ascii=False).encode()
        return self.client.generic(
            method,
            f"/api/v1{path}",
            content,
            content_type="application/json",
            headers={**self.headers, **named},
        )

    def get(self, path: str, **headers: str) -> Any:
        """The answer to a call that has to succeed."""
        response = self("GET", path, **headers)
        assert response.status_code == 200, response.content.decode()
        return response.json()

    def do(self, path: str, sent: Any = None, method: str = "POST", **headers: str) -> Any:
        """The same for a call that does something."""
        response = self(method, path, {} if sent is None else sent, **headers)
        assert response.status_code < 300, response.content.decode()
        return response.json() if response.content else None

    def send(self, path: str, name: str, content: bytes, part: str = "file", **headers: str) -> Any:
        """The answer to a file that was sent."""
        response = self.client.post(
            f"/api/v1{path}",
            {part: SimpleUploadedFile(name, content)},
            headers={**self.headers, **{name.replace("_", "-"): value for name, value in headers.items()}},
        )
        assert response.status_code < 300, response.content.decode()
        return response.json()

    def file(self, path: str) -> bytes:
        """A file that is handed out."""
        response = self("GET", path)
        assert response.status_code == 200, response.content.decode()
        assert response["Content-Disposition"].startswith("attachment")
        return response.getvalue()


def program(user: User, scope: str, **headers: str) -> Caller:
    """A program of a person."""
    return Caller(token_for(user, scope), **headers)


def problem(response: HttpResponse, status: int, code: str) -> dict[str, Any]:
    """The problem that a refused call was answered with."""
    assert response.status_code == status, response.content.decode()
    assert response["Content-Type"] == "application/problem+json"
    told: dict[str, Any] = json.loads(response.content)
    assert told["code"] == code, told
    assert told["status"] == status
    assert set(told["messages"]) == {"zh", "en"}
    return told
