"""The secret of a draw while it has to be kept: a copy of the database alone does not give it away."""

from __future__ import annotations

import base64

from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


def sealed(secret: bytes) -> str:
    """The secret as it is stored."""
    return _box().encrypt(secret).decode("ascii")


def opened(kept: str) -> bytes:
    """The secret again."""
    return _box().decrypt(kept.encode("ascii"))


def _box() -> Fernet:
    """Seals with a key that follows from the installation's own."""
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"luoshi draw")
    return Fernet(base64.urlsafe_b64encode(derived.derive(settings.SECRET_KEY.encode())))
