"""An outside provider of identities, played by this test: it says who somebody is, and makes no account.

The setting decides which apps there are, so the product runs in a process of its own.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import urlsplit

import pytest

from tests.migrated import copied, folder_of_all, sqlite_file

VISIT = """
import sys
import django
django.setup()
from urllib.parse import parse_qs, urlsplit
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from luoshi.apps.accounts.operations import create_account
from luoshi.apps.audit.models import Event
from django.contrib.auth.models import User

call_command("check", fail_level="WARNING", stdout=sys.stderr)
call_command("migrate", verbosity=0)
create_account(username="wang.min", name="王敏", by=None, at=timezone.now())
client = Client()
assert "用统一身份认证登录" in client.get("/login/").content.decode()
assert "继续" in client.get("/login/with/office/").content.decode()
away = client.post("/login/with/office/", {"next": "/help/"})["Location"]
state = parse_qs(urlsplit(away).query)["state"][0]
back = client.get("/login/with/office/callback/", {"code": "a", "state": state})
page = client.get(back["Location"], follow=True)
print(back["Location"], page.wsgi_request.user.get_username(), User.objects.count())
print("没有可用的账号" in page.content.decode())
begun = Event.objects.filter(type="accounts.session.begun")
print([event.detail["way"] for event in begun])
"""


class Provider(BaseHTTPRequestHandler):
    """As much of a provider as is asked for."""

    claims: dict[str, str] = {}  # noqa: RUF012 - one provider a test

    def do_GET(self) -> None:
        base = f"http://{self.headers['Host']}"
        answers = {
            "/.well-known/openid-configuration": {
                "issuer": base,
                "authorization_endpoint": f"{base}/authorize",
                "token_endpoint": f"{base}/token",
                "userinfo_endpoint": f"{base}/userinfo",
                "jwks_uri": f"{base}/keys",
            },
            "/userinfo": self.claims,
        }
        self._say(answers[urlsplit(self.path).path])

    def do_POST(self) -> None:
        self._say({"access_token": "token", "token_type": "Bearer"})

    def _say(self, answer: object) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(answer).encode())

    def log_message(self, format: str, *arguments: object) -> None:
        """Quiet."""


@pytest.fixture
def provider() -> Iterator[str]:
    """The address of a provider."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Provider)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def visit(provider: str, data: Path) -> list[str]:
    """What the product says to a person whom the provider knows."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("LUOSHI_")}
    settings = {
        "DJANGO_SETTINGS_MODULE": "luoshi.settings.sqlite",
        "LUOSHI_DATA": str(data),
        "LUOSHI_HOSTS": '["testserver"]',
        "LUOSHI_OIDC_URL": provider,
        "LUOSHI_OIDC_CLIENT": "luoshi",
        "LUOSHI_OIDC_SECRET": "secret",
    }
    done = subprocess.run(
        [sys.executable, "-c", VISIT],
        env={**kept, **settings},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


@pytest.fixture
def data(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an installation whose database has but the tables of the provider to be made."""
    copied(sqlite_file(folder_of_all(tmp_path_factory)), tmp_path)
    return tmp_path


def test_a_known_user_name_signs_in(provider: str, data: Path) -> None:
    Provider.claims = {"sub": "42", "preferred_username": "wang.min"}
    assert visit(provider, data) == ["/help/ wang.min 1", "False", "['provider']"]


def test_anybody_else_is_sent_back_and_gets_no_account(provider: str, data: Path) -> None:
    Provider.claims = {"sub": "43", "preferred_username": "somebody"}
    assert visit(provider, data) == ["/login/  1", "True", "[]"]
