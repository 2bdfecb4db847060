"""Events on their way: signed, tried again, never doubled, never lost, and only to where they may go."""

from __future__ import annotations

import hashlib
import hmac
import json
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from ipaddress import ip_address
from threading import Thread

import pytest
from django.contrib.auth.models import User
from pytest_django import Settings

from luoshi.apps.api import refusals, sending
from luoshi.apps.api.models import Delivery, Webhook
from luoshi.apps.api.operations.delivering import WAITS, deliver
from luoshi.apps.api.operations.webhooks import EVENTS, WORDS, end_webhook, make_webhook, secret_of
from luoshi.apps.audit.catalogue import TYPES
from tests.apps import factories
from tests.apps.work.factories import World, issued_plan, morning

pytestmark = pytest.mark.django_db
NOW = morning(2026, 3, 2)
# By number: one of the network of documentation, three of private ones, where clouds keep secrets, and none.
PUBLIC = ip_address(0xC0000201)
PRIVATE = [str(ip_address(n)) for n in (0x0A010203, 0xAC100001, 0xC0A80001, 0xA9FEA9FE, 0)]


@pytest.fixture(autouse=True)
def inside(settings: Settings) -> None:
    settings.LUOSHI_WEBHOOKS_INSIDE = True


class Receiver:
    """Somebody else's server, without a network."""

    def __init__(self, *statuses: int) -> None:
        self.statuses, self.got = list(statuses), []  # type: ignore[var-annotated]

    def __call__(self, url: str, content: bytes, headers: dict[str, str]) -> int:
        self.got.append((url, content, headers))
        status = self.statuses.pop(0) if len(self.statuses) > 1 else self.statuses[0]
        if status == 0:
            raise ConnectionRefusedError("nobody there")
        return status


@pytest.fixture
def hook(office: User) -> Webhook:
    return make_webhook(
        region=factories.REGION, url="http://127.0.0.1:9/x", events=["plan.issued"], by=office, at=NOW
    )[0]


@pytest.fixture
def world(hook: Webhook) -> World:
    """A plan was issued while somebody wanted to know."""
    return issued_plan()


def test_an_event_arrives_signed_and_once(hook: Webhook, world: World) -> None:
    receiver = Receiver(204)
    done = deliver(at=NOW, post=receiver)
    assert (done.made, done.sent, done.failed) == (1, 1, 0)
    url, content, headers = receiver.got[0]
    assert url == hook.url
    told = json.loads(content)
    assert told["event"] == headers["Luoshi-Event"] == "plan.issued"
    assert told["region"] == factories.REGION
    signed = headers["Luoshi-Timestamp"].encode() + b"." + content
    wanted = hmac.new(secret_of(hook).encode(), signed, hashlib.sha256).hexdigest()
    assert headers["Luoshi-Signature"] == f"v1={wanted}"
    assert deliver(at=NOW, post=receiver).made == 0
    assert len(receiver.got) == 1


def test_what_does_not_arrive_is_tried_again_and_given_up_in_the_end(hook: Webhook, world: World) -> None:
    receiver, at = Receiver(0, 500, 302), NOW
    tries = 0
    while Delivery.objects.filter(state="waiting").exists() or tries == 0:
        deliver(at=at, post=receiver)
        tries += 1
        at += timedelta(days=1)
        assert tries < 50
    found = Delivery.objects.get()
    assert (found.state, found.tries, found.status) == ("failed", len(WAITS) + 1, 302)


def test_nothing_is_sent_before_its_time(hook: Webhook, world: World) -> None:
    receiver = Receiver(503, 200)
    deliver(at=NOW, post=receiver)
    assert deliver(at=NOW + timedelta(minutes=9), post=receiver).sent == 0
    assert deliver(at=NOW + timedelta(minutes=10), post=receiver).sent == 1


def test_killed_while_sending_it_is_sent_again(hook: Webhook, world: World) -> None:
    def killed(url: str, content: bytes, headers: dict[str, str]) -> int:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        deliver(at=NOW, post=killed)
    later = NOW + timedelta(minutes=6)
    assert deliver(at=later, post=Receiver(200)).sent == 1
    assert Delivery.objects.count() == 1


def test_an_ended_webhook_gets_nothing(hook: Webhook, world: World) -> None:
    end_webhook(webhook=hook, by=world.office, at=NOW)
    receiver = Receiver(200)
    assert deliver(at=NOW, post=receiver).made == 0
    assert not receiver.got


def test_it_reaches_a_real_server(office: User) -> None:
    got: list[tuple[str, bytes]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            content = self.rfile.read(int(self.headers["Content-Length"]))
            got.append((self.headers["X-Test"], content))
            self.send_response(302)
            self.send_header("Location", "http://127.0.0.1:1/elsewhere")
            self.end_headers()

        def log_message(self, format: str, *arguments: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.handle_request, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_port}/in?x=1"
    assert sending.post(url, b"{}", {"X-Test": "yes"}) == 302
    server.server_close()
    assert got == [("yes", b"{}")]


@pytest.mark.parametrize(
    "url",
    [
        f"http://{PUBLIC}/",
        "ftp://127.0.0.1/",
        "https://user:word@127.0.0.1/",
        "https:///nothing",
        "https://127.0.0.1:99999/",
        "https://例子.中国/",
        "https://127.0.0.1/\nHost: x",
    ],
)
def test_odd_addresses_are_refused(url: str) -> None:
    with pytest.raises(refusals.WebhookUnsafe):
        sending.refuse_unsafe(url)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", *PRIVATE, f"[::ffff:{PRIVATE[0]}]"])
def test_private_addresses_are_refused_unless_allowed(host: str, settings: Settings) -> None:
    url = f"https://{host}/"
    sending.refuse_unsafe(url)
    settings.LUOSHI_WEBHOOKS_INSIDE = False
    with pytest.raises(refusals.WebhookUnsafe):
        sending.refuse_unsafe(url)


def test_a_name_that_leads_inside_later_is_refused_then(
    hook: Webhook, world: World, settings: Settings
) -> None:
    settings.LUOSHI_WEBHOOKS_INSIDE = False
    assert deliver(at=NOW).failed == 1
    assert "内部网络" in Delivery.objects.get().error


def test_events_are_known_to_the_log_and_have_words() -> None:
    assert set(EVENTS) == set(WORDS)
    assert set(EVENTS.values()) <= set(TYPES)


def test_a_webhook_wants_something(office: User) -> None:
    with pytest.raises(refusals.WebhookWithoutEvents):
        make_webhook(region=factories.REGION, url="https://127.0.0.1/", events=[], by=office, at=NOW)


def test_the_secret_is_in_no_row(hook: Webhook) -> None:
    kept = json.dumps(list(Webhook.objects.values()), default=str)
    assert secret_of(hook).removeprefix("whsec_") not in kept
