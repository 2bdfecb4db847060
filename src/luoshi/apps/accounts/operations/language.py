"""The language in which a person is written to: the one they chose last."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction

from luoshi.apps.accounts.models import Account
from luoshi.apps.audit.operations import record
from luoshi.apps.organization.operations.roles import EVERYWHERE


@transaction.atomic
def keep_language(*, user: User, language: str, by: User, at: datetime) -> None:
    """Keep which language a person has chosen; the same again changes nothing.

    Args:
        language: of `settings.LANGUAGES`; anything else is no choice.
    """
    if language not in dict(settings.LANGUAGES):
        return
    account, _made = Account.objects.select_for_update().get_or_create(
        user=user, defaults={"created_at": user.date_joined}
    )
    if account.language != language:
        before, account.language = account.language, language
        account.save(update_fields=["language"])
        record(
            type="accounts.language.chosen",
            object=user,
            region=EVERYWHERE,
            by=by,
            at=at,
            user=user.get_username(),
            before=before,
            after=language,
        )
