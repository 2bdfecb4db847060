"""Tokens of a person, and what scopes are of any use to them."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User
from django.db.models import QuerySet

from luoshi.apps.api.models import Token
from luoshi.apps.organization.rules import (
    Visitor,
    is_audit_administrator,
    is_member,
    is_office,
    is_security_administrator,
    is_system_administrator,
    roles_of,
)

READ, REPORT, OFFICE, AUDIT, SYSTEM, SECURITY = Token.Scope.values
# What a token of each scope may be used for.
REACHES = {
    READ: frozenset({READ}),
    REPORT: frozenset({READ, REPORT}),
    OFFICE: frozenset({READ, OFFICE}),
    AUDIT: frozenset({AUDIT}),
    SYSTEM: frozenset({SYSTEM}),
    SECURITY: frozenset({SECURITY}),
}


def scopes_for(user: Visitor) -> list[str]:
    """The scopes in which a person may do anything at all."""
    found = [READ] if roles_of(user) else []
    found += [REPORT] if is_member(user) else []
    found += [OFFICE] if is_office(user) else []
    found += [AUDIT] if is_audit_administrator(user) else []
    found += [SYSTEM] if is_system_administrator(user) else []
    found += [SECURITY] if is_security_administrator(user) else []
    return found


def tokens_of(user: User) -> QuerySet[Token]:
    """Every token of a person, the newest first."""
    return Token.objects.filter(user=user)


def valid_tokens(user: User, *, at: datetime) -> QuerySet[Token]:
    """Those that open something at `at`."""
    return tokens_of(user).filter(revoked_at=None, expires_at__gt=at)


def opened_by(hash: str, *, at: datetime) -> Token | None:
    """The valid token with this hash, of a person who may sign in."""
    valid = Token.objects.filter(hash=hash, revoked_at=None, expires_at__gt=at, user__is_active=True)
    return valid.exclude(user__account__password_due=True).select_related("user").first()
