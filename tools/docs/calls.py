"""The page of the API: every call with what it does, for whom it is, and what it answers."""

from __future__ import annotations

from typing import Any

TITLE = """# Calls of the API

How tokens, versions, problems and webhooks work stands in [concepts/api.md](../concepts/api.md). The whole
description with every field is `/api/v1/openapi.json` (OpenAPI 3.1). *Version*: the call wants `If-Match`.
"""
HEAD = """
## {area}

| call | what it does | scope | permission | answers |
|---|---|---|---|---|
"""


def call_page() -> str:
    """All calls, area by area. Django has to be set up before."""
    from luoshi.apps.api.service import schema

    areas: dict[str, list[str]] = {}
    for path, calls in schema()["paths"].items():
        for method, call in calls.items():
            areas.setdefault(call["tags"][0], []).append(_row(method, path, call))
    return TITLE + "".join(
        HEAD.format(area=area.capitalize()) + "".join(rows) for area, rows in areas.items()
    )


def _row(method: str, path: str, call: dict[str, Any]) -> str:
    versioned = " *Version.*" if call.get("x-luoshi-if-match") else ""
    scopes = ", ".join(call["x-luoshi-scopes"])
    answers = ", ".join(sorted({str(one) for one in call["responses"] if int(one) < 300}))
    what, permission = call["summary"] + versioned, call["x-luoshi-permission"]
    return f"| `{method.upper()} {path}` | {what} | {scopes} | `{permission}` | {answers} |\n"
