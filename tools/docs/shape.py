"""JSON Schemas of `luoshi read --format json` and of the proof of a draw. Tests hold real output to both."""

from __future__ import annotations

from typing import Any

Shape = dict[str, Any]

SPAN: Shape = {
    "description": "Characters of `text`, end exclusive: text[start:end] is the quotation.",
    "type": "array",
    "items": {"type": "integer", "minimum": 0},
    "minItems": 2,
    "maxItems": 2,
}


def _text(description: str = "") -> Shape:
    return {"type": "string", "description": description} if description else {"type": "string"}


def _maybe(description: str) -> Shape:
    return {"type": ["string", "null"], "description": description}


def _object(properties: Shape) -> Shape:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _list(of: Shape) -> Shape:
    return {"type": "array", "items": of}


BODY = _object(
    {
        "name": _text("The body as it is to be read: 各街道 in “各镇、街道”."),
        "printed": _text("What stands at the span: 街道."),
        "span": SPAN,
        "collective": {"type": "boolean", "description": "Whether the name stands for several bodies."},
    }
)

MEASURE = _object({"text": _text("A sentence that asks for something."), "span": SPAN})

TARGET = _object(
    {
        "quote": _text(),
        "span": SPAN,
        "comparator": {"enum": [">=", "<=", "=", ">", "<"]},
        "value": {"type": "number"},
        "unit": _text("As printed: %, 个, 万元, 个工作日."),
        "of": _maybe("What is counted or measured."),
        "per": _maybe("The unit of distribution: 社区 in “每个社区至少1个”."),
        "by": _maybe("The date by which it is to be reached, YYYY-MM-DD."),
    }
)

DEADLINE = _object(
    {
        "quote": _text(),
        "span": SPAN,
        "kind": {"enum": ["date", "recurring", "standing", "vague"]},
        "value": _text("YYYY-MM-DD or --MM-DD; yearly, yearly:Q1, yearly:12-04, …; ongoing; the words."),
    }
)

TASK = _object(
    {
        "id": _text("Unique within the plan: t3."),
        "number": _maybe("As printed, without its point: 3, (一), 一是."),
        "title": _maybe("The first sentence where it reads as a heading."),
        "section": _maybe("The id of the section it stands in."),
        "parent": _maybe("The id of the task it is a part of."),
        "text": _text(),
        "span": SPAN,
        "leads": _list({"$ref": "#/$defs/body"}),
        "responsibles": _list({"$ref": "#/$defs/body"}),
        "measures": _list(MEASURE),
        "targets": _list(TARGET),
        "deadlines": _list(DEADLINE),
        "citations": _list(_object({"title": _text(), "span": SPAN})),
    }
)

SECTION = _object(
    {
        "id": _text("Unique within the plan: s2."),
        "number": _text(),
        "title": _text(),
        "level": {"type": "integer", "minimum": 1},
        "parent": _maybe("The id of the section above."),
        "span": SPAN,
    }
)

FINDING = _object(
    {
        "code": _text("See findings.md."),
        "severity": {"enum": ["error", "warning", "note"]},
        "message": _text(),
        "span": SPAN,
        "candidates": _list(_text()),
    }
)

SCHEMA: Shape = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "luoshi.plan/1",
    "$defs": {"body": BODY},
    **_object(
        {
            "schema": {"const": "luoshi.plan/1"},
            "document": _object(
                {
                    "file": _text("File name without folders."),
                    "format": {"enum": ["txt", "html", "docx", "pdf", "ofd", "xlsx", "doc", "wps"]},
                    "sha256": _text("Of the file's bytes, hexadecimal."),
                    "title": _text(),
                    "issuer": _text(),
                    "document_number": _text("发文字号."),
                    "index_number": _text("索引号."),
                    "date": _text("成文日期, YYYY-MM-DD."),
                    "recipients": _list(_text()),
                }
            ),
            "text": _text("The clean text. All spans count its characters (Unicode code points)."),
            "conventions": _list(_object({"kind": _text(), "span": SPAN, "quote": _text()})),
            "sections": _list(SECTION),
            "tasks": _list(TASK),
            "findings": _list(FINDING),
        }
    ),
}

MOMENT: Shape = {
    "description": "In UTC, to the microsecond: 2026-03-02T01:00:00.000000Z.",
    "type": "string",
    "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$",
}


def _hash(description: str) -> Shape:
    return {"type": "string", "description": description, "pattern": "^[0-9a-f]{64}$"}


def _number(description: str, least: int) -> Shape:
    return {"type": "integer", "description": description, "minimum": least}


ANNOUNCED = _object(
    {
        "purpose": _text("What is drawn for; nothing is drawn for twice."),
        "strata": {
            "description": "In the order of their keys.",
            **_list(
                _object(
                    {
                        "key": _text(),
                        "number": _number("How many are drawn.", 1),
                        "substitutes": _number("How many more are named, in drawn order.", 0),
                        "multiple": _number("So many times `number` had to be eligible.", 1),
                    }
                )
            ),
        },
        "public": _object(
            {
                "source": _text("Who publishes the public value, and which."),
                "date": _text("The day in China on which it is published, YYYY-MM-DD."),
                "form": _text("How it is written."),
            }
        ),
        "earlier": {
            "description": "Draws for this purpose that were cancelled, oldest first.",
            **_list(
                _object(
                    {
                        "commitment": _hash("Of the draw that was cancelled."),
                        "secret": _hash("Its secret, opened when it was cancelled."),
                        "reason": _text(),
                        "at": MOMENT,
                    }
                )
            ),
        },
        "at": MOMENT,
        "commitment": _hash("Over the secret, the list and all of this; published before the draw."),
    }
)

LOG: Shape = {
    "description": "What was done since the commitment, oldest first.",
    "type": "array",
    "minItems": 1,
    "items": {
        "oneOf": [
            _object(
                {
                    "kind": {"const": "drawn"},
                    "value": _text("The public value."),
                    "seed": _hash("From the secret, the commitment and the public value."),
                    "orders": {
                        "description": "For each stratum the keys in drawn order, substitutes last.",
                        "type": "object",
                        "additionalProperties": _list(_text()),
                    },
                    "at": MOMENT,
                }
            ),
            _object(
                {
                    "kind": {"enum": ["accepted", "refused", "recused"]},
                    "key": _text("Of one who holds a place at that moment."),
                    "reason": _text("Empty only with `accepted`."),
                    "at": MOMENT,
                }
            ),
            _object({"kind": {"const": "cancelled"}, "reason": _text(), "at": MOMENT}),
        ]
    },
}

DRAW: Shape = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "luoshi.draw/1",
    **_object(
        {
            "schema": {"const": "luoshi.draw/1"},
            "announced": ANNOUNCED,
            "secret": _hash("32 bytes of chance, opened with the draw."),
            "candidates": {
                "description": "Everybody who was considered, in the order of their keys.",
                **_list(
                    _object(
                        {
                            "key": _text("Unique in the draw."),
                            "stratum": _text(),
                            "name": _text("Empty where names stay sealed."),
                            "kept_out": {
                                "description": "Why it could not be drawn; empty when it could.",
                                **_list(_text()),
                            },
                        }
                    )
                ),
            },
            "list": _hash("Of `candidates`."),
            "log": LOG,
            "places": {
                "description": "For each stratum who holds its places now; empty when nothing was drawn.",
                "type": "object",
                "additionalProperties": _list(_object({"key": _text(), "accepted": {"type": "boolean"}})),
            },
            "head": _hash("Over the commitment and the log; published after each step."),
        }
    ),
}
