"""How the calls of an area are declared, and what they share: keys, pages, versions."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Annotated, Any, Generic, TypeVar

from django.contrib.auth.models import User
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from ninja import Path, Query, Router, Schema
from pydantic import ConfigDict, Field, model_validator

from luoshi.apps.api import refusals
from luoshi.apps.api.access import Bearer

T = TypeVar("T")
View = TypeVar("View", bound=Callable[..., Any])
LARGEST_KEY, LARGEST_NUMBER = 2**63 - 1, 2**31 - 1
# Methods that change something of which several versions are known name the one that was seen.
SEEN = "x-luoshi-if-match"

# A version as `ETag` gives it. `"12"`.
_VERSION = re.compile(r'"?(\d{1,9})"?')

Key = Annotated[int, Path(ge=1, le=LARGEST_KEY)]
AnyKey = Annotated[int, Field(ge=1, le=LARGEST_KEY)]
Number = Annotated[int, Field(ge=0, le=LARGEST_NUMBER)]
Words = Annotated[str, Field(max_length=20_000)]
Name = Annotated[str, Field(max_length=200)]
Said = Annotated[str, Field(min_length=1, max_length=20_000)]
Keys = Annotated[list[AnyKey], Field(min_length=1, max_length=1000)]


def _sound(value: Any) -> None:
    """Refuse what no database can keep: NUL, and halves of characters."""
    if isinstance(value, str):
        if "\x00" in value or any(0xD800 <= ord(one) <= 0xDFFF for one in value):
            raise ValueError("holds characters that cannot be kept")
    elif isinstance(value, dict):
        for key, one in value.items():
            _sound(key)
            _sound(one)
    elif isinstance(value, list | tuple):
        for one in value:
            _sound(one)


class Sent(Schema):
    """What a call sends; nothing that is not described."""

    model_config = ConfigDict(extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def keepable(cls, values: Any) -> Any:
        """Refuse what cannot be kept."""
        given = getattr(values, "_obj", values)
        _sound(given if isinstance(given, dict) else None)
        return values


class Paging(Sent):
    """Which page of a list."""

    model_config = ConfigDict(extra="ignore")

    page: int = Field(1, ge=1, le=100_000, description="From 1; beyond the last one the list is empty.")
    size: int = Field(50, ge=1, le=200, description="Rows of a page.")


class InRegion(Sent):
    """For which of one's regions; the first when it is not said."""

    model_config = ConfigDict(extra="ignore")

    region: str = Field(
        "", max_length=12, description="Code of the region; empty for the first of one's own."
    )


class Listing(Paging):
    """A page of a list that can be searched."""

    q: str = Field("", max_length=80, description="Words to look for.")


class Paged(Schema, Generic[T]):
    """A page of a list, and how long the whole list is."""

    items: list[T]
    count: int
    page: int
    pages: int


def paged(rows: QuerySet[Any] | list[Any], asked: Paging) -> dict[str, Any]:
    """The page that was asked for."""
    found = Paginator(rows, asked.size)
    items = list(found.page(asked.page)) if asked.page <= found.num_pages else []
    return {"items": items, "count": found.count, "page": asked.page, "pages": found.num_pages}


def caller(request: HttpRequest) -> User:
    """Who calls."""
    assert isinstance(request.user, User)  # noqa: S101 - `Bearer` lets nobody else through
    return request.user


def shown_once(request: HttpRequest, *fields: str) -> None:
    """Say which fields of the answer are secrets: it is never kept with them, nor given again."""
    request.luoshi_secrets = fields  # type: ignore[attr-defined]


def afterwards(request: HttpRequest, deed: Callable[[], object]) -> None:
    """Let something be done although the call is refused and everything in its transaction taken back."""
    request.luoshi_afterwards = deed  # type: ignore[attr-defined]


def mark(response: HttpResponse, version: int) -> None:
    """Tell with which version a change has to come back."""
    response["ETag"] = f'"{version}"'


def seen(request: HttpRequest) -> int:
    """The version that the caller saw.

    Raises:
        VersionMissing, VersionUnreadable: the call does not say.
    """
    given = request.headers.get("If-Match")
    if given is None:
        raise refusals.VersionMissing()
    found = _VERSION.fullmatch(given.strip().removeprefix("W/"))
    if found is None:
        raise refusals.VersionUnreadable(given=given[:40])
    return int(found[1])


class Area(Router):
    """The calls of an area. Each says for which permission and which scopes of tokens it is there."""

    def __init__(self, name: str) -> None:
        super().__init__(tags=[name])
        self.name = name

    def _call(
        self, method: str, path: str, permission: str, scopes: frozenset[str], response: Any, versioned: bool
    ) -> Callable[[View], View]:
        told: dict[str, Any] = {"x-luoshi-permission": permission, "x-luoshi-scopes": sorted(scopes)}
        if versioned:
            told[SEEN] = True

        def declare(view: View) -> View:
            name = f"{self.name}-{view.__name__.replace('_', '-')}"
            declared = self.api_operation(
                [method],
                path,
                auth=Bearer(permission, scopes),
                response=response if isinstance(response, dict) else {200: response},
                operation_id=name,
                url_name=name,
                summary=(view.__doc__ or "").strip().split("\n")[0],
                description="",
                openapi_extra=dict(told),
            )
            declared(view)
            return view

        return declare

    def read(self, path: str, permission: str, response: Any, *scopes: str) -> Callable[[View], View]:
        """A call that changes nothing."""
        return self._call("GET", path, permission, frozenset(scopes or ("read",)), response, False)

    def do(
        self,
        path: str,
        permission: str,
        response: Any,
        *scopes: str,
        method: str = "POST",
        versioned: bool = False,
    ) -> Callable[[View], View]:
        """A call that does something."""
        return self._call(method, path, permission, frozenset(scopes), response, versioned)


Asked = Annotated[Paging, Query()]
Where = Annotated[InRegion, Query()]
Searched = Annotated[Listing, Query()]
