"""One POST to somebody else's server: signed, to a checked address, without following anybody anywhere."""

from __future__ import annotations

import hashlib
import hmac
import http.client
import socket
import ssl
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

from luoshi.apps.api.refusals import WebhookUnsafe
from luoshi.core.errors import Phrase

SECONDS = 10
# As much of an answer as is read: only its status counts.
ENOUGH = 4096
SIGNATURE, STAMP, KIND, NUMBER = "Luoshi-Signature", "Luoshi-Timestamp", "Luoshi-Event", "Luoshi-Delivery"
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
NO_ADDRESS = Phrase("不是完整的网址", "it is no complete address")
NOT_SECURE = Phrase("须用 https（本机除外）", "it has to be https, except on this machine")
PRIVATE = Phrase(
    "它指向内部网络或本机，本系统未允许", "it leads into a private network, which is not allowed here"
)
UNKNOWN = Phrase("找不到这台主机", "there is no such host")


@dataclass(frozen=True, slots=True)
class Target:
    """Where to send: the host as it is called, the very address that was checked, and the rest."""

    host: str
    address: str
    port: int
    path: str
    secure: bool


def signature(secret: str, stamp: int, content: bytes) -> str:
    """What proves that the content is ours and when it was sent.

    Example:
        >>> signature("whsec_x", 0, b"{}")[:10]
        'v1=03b54ab'
    """
    return "v1=" + hmac.new(secret.encode(), f"{stamp}.".encode() + content, hashlib.sha256).hexdigest()


def refuse_unsafe(url: str) -> None:
    """Refuse an address to which nothing is sent.

    Raises:
        WebhookUnsafe: it is no https address, or leads into a private network.
    """
    target(url)


def target(url: str) -> Target:
    """The address behind `url`, looked up now; to send to another one than was checked is impossible.

    Raises:
        WebhookUnsafe: nothing may be sent there.
    """
    parts, port = _split(url)
    host = parts.hostname or ""
    secure = parts.scheme == "https"
    if not secure and not (parts.scheme == "http" and host in LOOPBACK):
        raise WebhookUnsafe(url=url, why=NOT_SECURE)
    try:
        found = {str(one[4][0]) for one in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
    except (OSError, UnicodeError):
        raise WebhookUnsafe(url=url, why=UNKNOWN) from None
    if not settings.LUOSHI_WEBHOOKS_INSIDE and not all(_is_public(ip_address(one)) for one in found):
        raise WebhookUnsafe(url=url, why=PRIVATE)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(host, min(found), port, path, secure)


def _split(url: str) -> tuple[SplitResult, int]:
    try:
        parts = urlsplit(url)
        port = parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError:
        raise WebhookUnsafe(url=url, why=NO_ADDRESS) from None
    odd = parts.username or parts.password or any(ord(one) <= 32 or ord(one) > 126 for one in url)
    if not parts.hostname or odd:
        raise WebhookUnsafe(url=url, why=NO_ADDRESS)
    return parts, port


def _is_public(address: IPv4Address | IPv6Address) -> bool:
    """Whether anybody may be there: no private network, no machine of ours, no multicast.

    Example:
        >>> _is_public(ip_address("10.0.0.1")), _is_public(ip_address("::ffff:127.0.0.1"))
        (False, False)
        >>> _is_public(ip_address("1.1.1.1"))
        True
    """
    inner = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    if inner is not None:
        return _is_public(inner)
    return address.is_global and not address.is_multicast


class _Pinned(http.client.HTTPConnection):
    """A connection to the address that was checked, whatever the name means by now."""

    def __init__(self, to: Target) -> None:
        super().__init__(to.host, to.port, timeout=SECONDS)
        self._to = to

    def connect(self) -> None:
        self.sock = socket.create_connection((self._to.address, self._to.port), SECONDS)
        if self._to.secure:
            self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self._to.host)


def post(url: str, content: bytes, headers: dict[str, str]) -> int:
    """Send, and return the status. Redirects are statuses like others: nothing is followed.

    Raises:
        WebhookUnsafe: nothing may be sent there.
        OSError, HTTPException: it did not arrive.
    """
    to = target(url)
    connection = _Pinned(to)
    try:
        connection.request("POST", to.path, body=content, headers=headers)
        response = connection.getresponse()
        response.read(ENOUGH)
        return response.status
    finally:
        connection.close()
