"""What a token opens: the scope of the token and the rules of the person, both.

A call that says neither is refused: the service as a whole has `REFUSED` as its way of signing in.
"""

from __future__ import annotations

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from ninja.security import HttpBearer
from rules.permissions import has_perm

from luoshi.apps.api import refusals
from luoshi.apps.api.models import Token
from luoshi.apps.api.queries.tokens import REACHES
from luoshi.core.errors import Phrase


def token_of(request: HttpRequest) -> Token | None:
    """The token with which `request` came, once `transport` has found it good."""
    found: Token | None = getattr(request, "luoshi_token", None)
    return found


class Bearer(HttpBearer):
    """A token, for calls that say by permission and scope for whom they are.

    Args:
        permission: of the person; what it is asked of is checked again by the call.
        scopes: of which the token has to reach one.
    """

    def __init__(self, permission: str, scopes: frozenset[str]) -> None:
        super().__init__()
        self.permission = permission
        self.scopes = scopes

    def __call__(self, request: HttpRequest) -> User:
        """Who calls.

        Raises:
            TokenMissing, TokenTooNarrow: the token does not do.
            PermissionDenied: the person may do this to nothing.
        """
        token = token_of(request)
        if token is None:
            raise refusals.TokenMissing()
        if not REACHES[token.scope] & self.scopes:
            words = {scope.value: str(scope.label) for scope in Token.Scope}
            needs = sorted(self.scopes)
            raise refusals.TokenTooNarrow(
                has=Phrase(words[token.scope], token.scope),
                needs=Phrase("、".join(words[one] for one in needs), ", ".join(needs)),
            )
        if not has_perm(self.permission, token.user):
            raise PermissionDenied
        return token.user

    def authenticate(self, request: HttpRequest, token: str) -> User:
        """As above; the base class wants it."""
        return self(request)


class Refused(HttpBearer):
    """For calls that do not say for whom they are: nobody."""

    def __call__(self, request: HttpRequest) -> None:
        """Refuse.

        Raises:
            PermissionDenied: always.
        """
        raise PermissionDenied

    def authenticate(self, request: HttpRequest, token: str) -> None:
        """As above; the base class wants it."""
        self(request)


REFUSED = Refused()
