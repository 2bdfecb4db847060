"""The number of the request that is being answered, which every line of the log carries.

Imported while the log is set up, before any app is there: it knows nothing of the product.
"""

from __future__ import annotations

import logging
import re
import secrets
from contextvars import ContextVar

HEADER = "X-Request-ID"

# What a proxy may call a request: nothing that could break a line or a header. `7f3c-01`.
_GIVEN = re.compile(r"[A-Za-z0-9._-]{4,64}")

_current: ContextVar[str] = ContextVar("luoshi_request_id", default="")


def begin(given: str = "") -> str:
    """Start a request.

    Args:
        given: how a proxy of our own called it; anything unfit is replaced.

    Returns:
        Its number.

    Example:
        >>> begin("7f3c-01"), len(begin("two\\nlines"))
        ('7f3c-01', 16)
    """
    number = given if _GIVEN.fullmatch(given) else secrets.token_hex(8)
    _current.set(number)
    return number


def end() -> None:
    """The request is answered."""
    _current.set("")


def current() -> str:
    """The number of the request that is being answered; empty outside of one."""
    return _current.get()


class RequestFilter(logging.Filter):
    """Puts the number into every record that is made while a request is answered."""

    def filter(self, record: logging.LogRecord) -> bool:
        if number := _current.get():
            record.request_id = number
        return True
