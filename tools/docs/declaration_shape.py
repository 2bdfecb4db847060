"""The JSON Schema of declarations, for editors: what may stand where. The loader says more, with the line."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, get_args

from luoshi.core.calendar.limits import Unit
from luoshi.core.indicator.declaration import Empty, Measure
from luoshi.core.mechanism.declaration import THEMES
from luoshi.core.mechanism.drawing import Fact
from luoshi.core.register.declaration import Per
from luoshi.core.register.fields import FieldType
from luoshi.core.register.procedure import Actor, Tone

Shape = dict[str, Any]

TEXT: Shape = {"type": "string"}
TRUTH: Shape = {"type": "boolean"}
WHOLE: Shape = {"type": "integer", "minimum": 0}
NUMBER: Shape = {"type": ["number", "string"]}
DAY: Shape = {"type": "string", "format": "date", "description": "2026-03-01"}
KEYS: Shape = {"type": "array", "items": TEXT}
EXPRESSION: Shape = {"type": "string", "description": "An expression; see docs/concepts/expressions.md."}


def _ref(name: str) -> Shape:
    return {"$ref": f"#/$defs/{name}"}


def _object(required: Shape, optional: Shape) -> Shape:
    return {
        "type": "object",
        "properties": {**required, **optional},
        "required": list(required),
        "additionalProperties": False,
    }


def _named(of: Shape) -> Shape:
    """A mapping whose keys are names."""
    return {"type": "object", "additionalProperties": of}


def _words(of: type[StrEnum] | tuple[str, ...]) -> Shape:
    return {"enum": [str(one) for one in of]}


def declaration_schema() -> Shape:
    """The schema of a file `KEY.yaml`; of later versions only key, version and in-force are needed."""
    whole = _object(
        {"key": TEXT, "version": WHOLE, "in-force": _object({"start": DAY}, {"to": DAY})},
        {
            "extends": WHOLE,
            "name": _ref("phrase"),
            "purpose": _ref("phrase"),
            "theme": _words(THEMES),
            "serves": KEYS,
            "sources": {"type": "array", "items": _ref("source")},
            "keeper": _ref("bodies"),
            "roles": _named(_ref("phrase")),
            "numbering": _object({"pattern": TEXT}, {"per": _words(get_args(Per)), "digits": WHOLE}),
            "retention": _object({}, {"years": WHOLE, "personal-years": WHOLE}),
            "fields": _named(_nullable(_ref("field"))),
            "states": _named(_nullable(_ref("state"))),
            "transitions": _named(_nullable(_ref("transition"))),
            "limits": _named(_nullable(_ref("limit"))),
            "indicators": _named(_nullable(_ref("indicator"))),
            "duties": _named(_ref("duty")),
            "intake": _object(
                {"start": TEXT, "fields": KEYS, "welcome": _ref("phrase")},
                {"shows": KEYS, "limits": KEYS, "actions": KEYS},
            ),
            "publication": _object({"when": EXPRESSION, "columns": KEYS}, {"title": TEXT}),
            "views": _ref("views"),
            "draws": _named(_nullable(_ref("draw"))),
            "aims": {"type": "array", "items": _object({"indicator": TEXT, "words": KEYS}, {"unit": TEXT})},
        },
    )
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Declaration of a mechanism",
        **whole,
        "$defs": _definitions(),
    }


def _nullable(of: Shape) -> Shape:
    """A later version removes a key by null, and changes only some of it."""
    return {"anyOf": [of, {"type": "null"}, {"type": "object"}]}


def _definitions() -> Shape:
    return {
        "phrase": _object({"zh": TEXT, "en": TEXT}, {}),
        "source": _object({"law": TEXT}, {"article": TEXT, "verified": TRUTH}),
        "bodies": _object({}, {"kinds": KEYS, "lines": KEYS, "words": KEYS}),
        "options": _named(
            {
                "anyOf": [
                    _ref("phrase"),
                    _object({"label": _ref("phrase")}, {"options": _ref("options"), "retired": TRUTH}),
                ]
            }
        ),
        "field": _field(),
        "state": _object(
            {"label": _ref("phrase")},
            {"final": TRUTH, "public": TRUTH, "tone": _words(get_args(Tone)), "outside": _ref("phrase")},
        ),
        "transition": _transition(),
        "limit": _limit(),
        "indicator": _indicator(),
        "duty": _object(
            {"label": _ref("phrase"), "recurrence": TEXT},
            {"who": _ref("bodies"), "answered": EXPRESSION, "source": _ref("source"), "due-after": WHOLE},
        ),
        "draw": _draw(),
        "pool": _pool(),
        "views": _object(
            {"title": TEXT, "columns": KEYS},
            {
                "filters": KEYS,
                "saved": _named(_object({"label": _ref("phrase"), "where": EXPRESSION}, {})),
                "board": TRUTH,
                "steps": {
                    "type": "array",
                    "items": _object({"label": _ref("phrase"), "fields": KEYS}, {"help": _ref("phrase")}),
                },
                "printed": KEYS,
            },
        ),
    }


def _draw() -> Shape:
    return _object(
        {
            "label": _ref("phrase"),
            "who": {"type": "array", "items": _words(Actor)},
            "cancelled-by": {"type": "array", "items": _words(Actor)},
            "pools": _named(_nullable(_ref("pool"))),
            **dict.fromkeys(("commits", "draws", "answers", "cancels"), TEXT),
        },
        {"keeps": _object({}, {str(one): TEXT for one in Fact}), "opens": _openings()},
    )


def _openings() -> Shape:
    return _object(
        {"step": TEXT, "mechanism": TEXT, "link": TEXT, "each": TEXT},
        {
            "copies": _named(EXPRESSION),
            "candidate": TEXT,
            "takes": _named(TEXT),
            "shares": _named(_object({"pool": TEXT}, {"number": WHOLE})),
        },
    )


def _pool() -> Shape:
    ground = {"when": EXPRESSION, "message": _ref("phrase")}
    return _object(
        {"label": _ref("phrase"), "from": TEXT, "number": EXPRESSION},
        {
            "substitutes": WHOLE,
            "multiple": WHOLE,
            **dict.fromkeys(("code", "name", "strata", "fills", "accepted", "counted"), TEXT),
            "listed": TRUTH,
            "asked": TRUTH,
            "weights": _named(WHOLE),
            "eligible": {"type": "array", "items": _object(ground, {})},
            "recusal": {"type": "array", "items": _object({"pool": TEXT, **ground}, {})},
            "columns": _named(TEXT),
        },
    )


def _field() -> Shape:
    return _object(
        {"type": _words(FieldType), "label": _ref("phrase")},
        {
            "help": _ref("phrase"),
            "required": {"anyOf": [TRUTH, EXPRESSION]},
            "shown": EXPRESSION,
            "public": TRUTH,
            "personal": TRUTH,
            "sensitive": TRUTH,
            "unit": TEXT,
            "least": NUMBER,
            "most": NUMBER,
            "options": _ref("options"),
            "to": TEXT,
            "columns": _named(_ref("field")),
            "formula": EXPRESSION,
            "indexed": TRUTH,
            "source": _ref("source"),
        },
    )


def _transition() -> Shape:
    expressions = _named(EXPRESSION)
    share = {"type": "string", "pattern": r"^\d+/\d+$"}
    return _object(
        {"label": _ref("phrase"), "who": {"type": "array", "items": _words(Actor)}},
        {
            "from": KEYS,
            "to": TEXT,
            "stay": TRUTH,
            "asks": KEYS,
            "needs": KEYS,
            "sets": expressions,
            "guards": {
                "type": "array",
                "items": _object({"when": EXPRESSION, "message": _ref("phrase")}, {"source": _ref("source")}),
            },
            "when": EXPRESSION,
            "apart-from": KEYS,
            "recusal": EXPRESSION,
            "vote": _object(
                {
                    "due": EXPRESSION,
                    "present": EXPRESSION,
                    "in-favour": EXPRESSION,
                    "quorum": share,
                    "majority": share,
                },
                {"above": TRUTH, "of": {"enum": ["due", "present"]}, "source": _ref("source")},
            ),
            "hands-to": TEXT,
            "takes-over": TRUTH,
            "gives-back": TRUTH,
            "brings": _named(_object({"mechanism": TEXT, "link": TEXT, "columns": _named(TEXT)}, {})),
            "opens": _object({"mechanism": TEXT, "link": TEXT}, {"copies": expressions}),
            **dict.fromkeys(("starts", "stops", "pauses", "resumes", "drops"), KEYS),
            "extends": TEXT,
            "by": TEXT,
            "reason": TRUTH,
            "told": TRUTH,
            "help": _ref("phrase"),
            "source": _ref("source"),
        },
    )


def _limit() -> Shape:
    return _object(
        {
            "label": _ref("phrase"),
            "amount": WHOLE,
            "unit": _words(get_args(Unit)),
            "source": _ref("source"),
        },
        {
            "extension": WHOLE,
            "times": WHOLE,
            "in-force": _object({}, {"start": DAY, "to": DAY}),
            "rolls-on": TRUTH,
            "minimum": TRUTH,
            "holds": KEYS,
            "waived": EXPRESSION,
            "start-field": TEXT,
            "applies": EXPRESSION,
            "warn": WHOLE,
            "at-end": TEXT,
        },
    )


def _indicator() -> Shape:
    return _object(
        {"label": _ref("phrase"), "measure": _words(Measure), "unit": TEXT},
        {
            **dict.fromkeys(("where", "of", "value", "base", "start", "end", "on"), EXPRESSION),
            "working-days": TRUTH,
            "limit": TEXT,
            "roster": _ref("bodies"),
            "at-least": WHOLE,
            "covers": TEXT,
            "standing": TRUTH,
            "direction": {"enum": ["up", "down", "none"]},
            "baseline": NUMBER,
            "goals": {"type": "array", "items": _object({"by": DAY, "value": NUMBER}, {})},
            "empty": _words(get_args(Empty)),
            "public": TRUTH,
            "help": _ref("phrase"),
        },
    )
