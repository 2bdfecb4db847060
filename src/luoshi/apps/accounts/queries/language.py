"""In which language a person is written to."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.models import User


def language_of(user: User) -> str:
    """The language that a person has chosen, else that of the installation.

    The account of the user should be selected with it.
    """
    account = getattr(user, "account", None)
    return (account.language if account else "") or settings.LANGUAGE_CODE
