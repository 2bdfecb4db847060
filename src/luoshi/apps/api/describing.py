"""What the description says beyond the calls themselves: problems, headers, and what leads where."""

from __future__ import annotations

from typing import Any

from luoshi.apps.api.area import SEEN
from luoshi.apps.api.problems import MEDIA, Problem

# Refusals that any call may be answered with, in the words of the description.
ALWAYS = {
    400: "The content cannot be read.",
    401: "There is no valid token.",
    403: "The scope of the token or the roles of the person do not reach so far.",
    404: "There is no such thing, or none that the person may know of.",
    422: "What was sent does not fit the description.",
    429: "The token has no calls left in this minute; see Retry-After.",
    500: "A fault of ours; nothing was saved.",
    503: "The database does not answer; see Retry-After.",
}
CHANGING = {
    409: "The state of things stands against it; the problem says what to do.",
    412: "Somebody else was faster; `present` holds what it is now.",
    413: "The content is too large.",
    428: "The header If-Match is missing.",
}
IDEMPOTENCY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "schema": {"type": "string", "minLength": 1, "maxLength": 100, "pattern": "^[!-~]+$"},
    "description": "A name of your own for this call: sent again, it gets the same answer.",
}
IF_MATCH = {
    "name": "If-Match",
    "in": "header",
    "required": True,
    "schema": {"type": "string", "pattern": '^"[0-9]{1,9}"$'},
    "description": "The ETag with which the thing was read.",
}
# What a call tells, and which calls take it: path parameter by the field of the answer. A call that takes
# several stands there once for each.
LINKS: dict[str, tuple[tuple[str, str, str], ...]] = {
    "registry-create": (("registry-one", "body", "id"), ("registry-change", "body", "id")),
    "reports-open-it": (("reports-one", "occurrence", "occurrence_id"),),
    "extensions-ask": (("extensions-one", "extension", "id"),),
    "adjustments-propose": (("adjustments-one-wording", "adjustment", "id"),),
    "evidence-add": (("evidence-one", "evidence", "id"), ("evidence-file", "evidence", "id")),
    "orders-draft": (("orders-one", "order", "id"), ("orders-take", "order", "id")),
    "bulletins-draft": (("bulletins-one", "bulletin", "id"), ("bulletins-edit", "bulletin", "id")),
    "registry-receive-one": (("registry-upload", "upload", "id"), ("registry-apply", "upload", "id")),
    "workbooks-receive": (("workbooks-one", "upload", "id"), ("workbooks-apply", "upload", "id")),
    "comparisons-compare": (
        ("comparisons-one", "comparison", "id"),
        ("comparisons-pairs", "comparison", "id"),
    ),
    "comparisons-pair": (("comparisons-settle", "pair", "id"),),
    "links-link": (("links-settle", "link", "id"),),
    "registers-begin": (
        ("registers-entry", "key", "mechanism"),
        ("registers-entry", "entry", "id"),
        ("registers-history", "key", "mechanism"),
        ("registers-history", "entry", "id"),
        ("registers-take", "key", "mechanism"),
        ("registers-take", "entry", "id"),
    ),
    "bulk-receive": tuple(
        (call, *part)
        for call in ("bulk-upload", "bulk-rows", "bulk-confirm", "bulk-drop")
        for part in (("key", "mechanism"), ("upload", "id"))
    ),
    "draws-freeze": tuple(
        (call, "draw", "id")
        for call in ("draws-one", "draws-names", "draws-commit", "draws-commitment", "draws-cancel")
    ),
    "bulk-act": tuple(
        (call, *part)
        for call in ("bulk-action", "bulk-deeds")
        for part in (("key", "mechanism"), ("job", "id"))
    ),
    "webhooks-make": (("webhooks-one", "webhook", "id"), ("webhooks-end", "webhook", "id")),
    "accounts-create": (("accounts-one", "user", "user_id"), ("accounts-change", "user", "user_id")),
    "installation-new-region": (("installation-region", "code", "code"),),
}


def described(schema: dict[str, Any]) -> dict[str, Any]:
    """The description with everything that all calls share."""
    schema.setdefault("components", {}).setdefault("schemas", {}).update(_problem())
    for path in schema["paths"].values():
        for method, call in path.items():
            _complete(method, call)
    return schema


def _problem() -> dict[str, Any]:
    own = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    inner = own.pop("$defs", {})
    return {**inner, "Problem": own}


def _complete(method: str, call: dict[str, Any]) -> None:
    changes = method != "get"
    refused = {MEDIA: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    for status, words in {**ALWAYS, **(CHANGING if changes else {409: CHANGING[409]})}.items():
        call["responses"].setdefault(status, {"description": words, "content": refused})
    parameters = call.setdefault("parameters", [])
    if changes:
        parameters.append(IDEMPOTENCY)
    if call.get(SEEN):
        parameters.append(IF_MATCH)
    links: dict[str, dict[str, Any]] = {}
    for target, part, field in LINKS.get(call.get("operationId", ""), ()):
        link = links.setdefault(target, {"operationId": target, "parameters": {}})
        link["parameters"][part] = f"$response.body#/{field}"
    for status, response in call["responses"].items():
        if links and int(status) < 300:
            response["links"] = links
