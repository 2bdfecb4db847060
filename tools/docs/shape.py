"""The JSON Schema of `luoshi read --format json`. The tests hold real output against it."""

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
