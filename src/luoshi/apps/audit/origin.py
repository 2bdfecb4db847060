"""Where what is being done comes from: the address of the request, for as long as it is answered."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_address: ContextVar[str] = ContextVar("luoshi_audit_address", default="")


@contextmanager
def coming_from(address: str) -> Iterator[None]:
    """Events that are recorded inside carry this address; empty for one that is not known."""
    token = _address.set(address)
    try:
        yield
    finally:
        _address.reset(token)


def address() -> str:
    """The address that events carry now; empty outside a request."""
    return _address.get()
