"""What tags and their attributes say: hidden or shown, block or inline, how it looks, how it is numbered."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from luoshi.core.document.html_lines import Look
from luoshi.core.document.ordinals import ordinal

Element = Any  # lxml elements; the stubs name a private class

BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog",
    "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4",
    "h5", "h6", "header", "hr", "html", "legend", "li", "main", "menu", "nav", "ol", "p", "pre", "section",
    "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
))  # fmt: skip
# Elements that never hold text of the document: controls, readings of ruby, what the head says.
UNREAD = frozenset((
    "head", "title", "meta", "link", "base", "script", "style", "noscript", "nav", "select", "option",
    "datalist", "button", "input", "textarea", "rt", "rp", "rtc", "audio", "video", "canvas", "map",
    "area", "frameset", "frame", "applet", "embed", "param", "dialog",
))  # fmt: skip

# Properties of a style attribute that the reading uses. Sample: "text-align: center", "font-size:18pt"
_PROPERTY = re.compile(
    r"(?:^|;)\s*(text-align|font-weight|font-size|display|visibility|list-style(?:-type)?|white-space)\s*:\s*([^;]+)",
    re.IGNORECASE,
)
# A font size in points or pixels. Sample: "18pt", "10.0000pt", "24px"
_SIZE = re.compile(r"([0-9]{1,3}(?:\.[0-9]+)?)(pt|px)")
_HEADING = {f"h{level}": level for level in range(1, 7)}
_ALIGNS = frozenset({"left", "center", "right"})


def properties(element: Element) -> dict[str, str]:
    """The properties of an element's style attribute that matter here."""
    style = element.get("style")
    if not style:
        return {}
    return {name.lower(): value.strip().lower() for name, value in _PROPERTY.findall(style[:2000])}


def is_hidden(element: Element) -> bool:
    """Whether an element, with all that it holds, shows nothing or nothing of the document."""
    if element.tag in UNREAD or element.get("hidden") is not None:
        return True
    style = element.get("style")
    if not style or ("none" not in style.lower() and "hidden" not in style.lower()):
        return False
    found = properties(element)
    return found.get("display", "").startswith("none") or found.get("visibility", "").startswith("hidden")


def look_inside(element: Element, around: Look) -> Look:
    """The look of words inside `element`, given the look around it."""
    tag = element.tag
    found = properties(element)
    align = found.get("text-align", "") or (element.get("align") or "").lower()
    if tag == "center" or (tag == "th" and not align):
        align = "center"
    weight = found.get("font-weight", "")
    bold = around.bold or tag in ("b", "strong", "th") or tag in _HEADING
    if weight:
        bold = weight.startswith("bold") or (weight[:3].isdigit() and int(weight[:3]) >= 600)
    size = _SIZE.match(found.get("font-size", ""))
    points = around.size
    if size:
        points = round(float(size.group(1)) * (0.75 if size.group(2) == "px" else 1.0), 2)
    new = replace(
        around,
        heading=_HEADING.get(tag, around.heading),
        bold=bold,
        size=points,
        pre=around.pre or tag == "pre" or found.get("white-space", "").startswith("pre"),
    )
    if align in _ALIGNS or align == "justify":
        new = replace(new, align="" if align == "justify" else align)
    return new


# --- automatic numbers of ordered lists ---------------------------------------------------------------

# What pages call a kind of number → what word processors call it.
_TYPES = {
    "1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman",
    "decimal": "decimal", "lower-alpha": "lowerLetter", "upper-alpha": "upperLetter",
    "lower-latin": "lowerLetter", "upper-latin": "upperLetter", "lower-roman": "lowerRoman",
    "upper-roman": "upperRoman", "cjk-ideographic": "chineseCountingThousand", "none": "none",
    "simp-chinese-informal": "chineseCountingThousand", "trad-chinese-informal": "chineseCountingThousand",
}  # fmt: skip


def list_type(element: Element) -> str:
    """How an `ol` or `li` wants its numbers (see `ordinal`), or "" when it does not say."""
    style = properties(element)
    named = style.get("list-style-type") or style.get("list-style", "")
    return next(
        (_TYPES[word] for word in named.split() if word in _TYPES), _TYPES.get(element.get("type") or "", "")
    )


def list_number(value: int, kind: str) -> str:
    """The number that a browser would print before a list item.

    Example:
        >>> [list_number(4, kind) for kind in ("decimal", "upperRoman", "chineseCountingThousand")]
        ['4.', 'IV.', '四、']
    """
    if kind == "none":
        return ""
    return f"{value}." if value < 0 else ordinal(value, kind) + ("、" if kind.startswith("chinese") else ".")
