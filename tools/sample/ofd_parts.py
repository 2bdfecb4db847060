"""Writes ofd containers (GB/T 33190-2016): texts and strokes on pages become parts of a zip file.

All lengths are millimetres from the top left corner of the page.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby
from xml.sax.saxutils import escape, quoteattr

NAMESPACE = "http://www.ofdspec.org/2016"
MOMENT = (2023, 3, 17, 9, 0, 0)
FONTS = {"宋体": "1", "黑体": "2", "仿宋": "3"}


@dataclass(frozen=True, slots=True)
class Text:
    """Characters on one baseline. `steps` are the distances from each character to the next."""

    text: str
    x: float
    baseline: float
    size: float
    steps: tuple[float, ...] = ()
    font: str = "仿宋"
    attributes: str = ""  # further attributes of the text object, as XML


@dataclass(frozen=True, slots=True)
class Stroke:
    """A straight line."""

    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(slots=True)
class Sheet:
    """What stands on a page. `template` names one of the templates of the document by its index."""

    marks: list[Text | Stroke] = field(default_factory=list)
    template: int | None = None


def pack(
    sheets: Sequence[Sheet],
    *,
    title: str = "",
    templates: Sequence[Sheet] = (),
    paper: tuple[float, float] = (210, 297),
    more: dict[str, bytes] | None = None,
) -> bytes:
    """The bytes of an ofd with these pages; the same pages give the same bytes.

    Args:
        sheets: the pages.
        title: of the document.
        templates: pages that lie under others.
        paper: width and height.
        more: further parts of the container by name.
    """
    parts = {"OFD.xml": _entry(title), "Doc_0/Document.xml": _document(sheets, templates, paper)}
    parts["Doc_0/PublicRes.xml"] = _fonts()
    ids = _Ids()
    for index, sheet in enumerate(templates):
        parts[f"Doc_0/Tpls/Tpl_{index}/Content.xml"] = _content(sheet, ids)
    for index, sheet in enumerate(sheets):
        parts[f"Doc_0/Pages/Page_{index}/Content.xml"] = _content(sheet, ids)
    return zipped({**{name: text.encode() for name, text in parts.items()}, **(more or {})})


def zipped(parts: dict[str, bytes]) -> bytes:
    """A zip container with these parts, all of one moment."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as container:
        for name, data in parts.items():
            part = zipfile.ZipInfo(name, MOMENT)
            part.compress_type = zipfile.ZIP_DEFLATED
            part.external_attr = 0o600 << 16
            container.writestr(part, data)
    return packed.getvalue()


@dataclass(slots=True)
class _Ids:
    """Every object of a document has a number of its own."""

    last: int = 100

    def next(self) -> int:
        self.last += 1
        return self.last


def _xml(name: str, inner: str) -> str:
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    return f'{head}<ofd:{name} xmlns:ofd="{NAMESPACE}">{inner}</ofd:{name}>'


def _entry(title: str) -> str:
    info = (
        "<ofd:DocID>0123456789abcdef0123456789abcdef</ofd:DocID>"
        f"<ofd:Title>{escape(title)}</ofd:Title><ofd:CreationDate>2023-03-17</ofd:CreationDate>"
    )
    body = f"<ofd:DocInfo>{info}</ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>"
    return _xml("OFD", f"<ofd:DocBody>{body}</ofd:DocBody>").replace(
        "<ofd:OFD ", '<ofd:OFD Version="1.1" DocType="OFD" '
    )


def _document(sheets: Sequence[Sheet], templates: Sequence[Sheet], paper: tuple[float, float]) -> str:
    area = f"<ofd:PageArea><ofd:PhysicalBox>0 0 {paper[0]:g} {paper[1]:g}</ofd:PhysicalBox></ofd:PageArea>"
    under = "".join(
        f'<ofd:TemplatePage ID="{20 + index}" BaseLoc="Tpls/Tpl_{index}/Content.xml"/>'
        for index in range(len(templates))
    )
    pages = "".join(
        f'<ofd:Page ID="{1000000 + index}" BaseLoc="Pages/Page_{index}/Content.xml"/>'
        for index in range(len(sheets))
    )
    common = (
        f"<ofd:MaxUnitID>2000000</ofd:MaxUnitID>{area}<ofd:PublicRes>PublicRes.xml</ofd:PublicRes>{under}"
    )
    return _xml("Document", f"<ofd:CommonData>{common}</ofd:CommonData><ofd:Pages>{pages}</ofd:Pages>")


def _fonts() -> str:
    fonts = "".join(f'<ofd:Font ID="{ident}" FontName="{name}"/>' for name, ident in FONTS.items())
    return _xml("Res", f"<ofd:Fonts>{fonts}</ofd:Fonts>").replace("<ofd:Res ", '<ofd:Res BaseLoc="Res" ')


def _content(sheet: Sheet, ids: _Ids) -> str:
    template = f'<ofd:Template TemplateID="{20 + sheet.template}"/>' if sheet.template is not None else ""
    marks = "".join(
        _text(mark, ids) if isinstance(mark, Text) else _stroke(mark, ids) for mark in sheet.marks
    )
    layer = f'<ofd:Layer ID="{ids.next()}" Type="Body">{marks}</ofd:Layer>'
    return _xml("Page", f"{template}<ofd:Content>{layer}</ofd:Content>")


def _text(text: Text, ids: _Ids) -> str:
    top = text.baseline - 0.88 * text.size
    wide = sum(text.steps) + text.size
    boundary = f"{text.x:.4f} {top:.4f} {wide:.4f} {text.size:.4f}"
    delta = f' DeltaX="{delta_list(text.steps)}"' if text.steps else ""
    return (
        f'<ofd:TextObject ID="{ids.next()}" Boundary="{boundary}" Font="{FONTS[text.font]}"'
        f' Size="{text.size:.4f}"{text.attributes}>'
        f'<ofd:TextCode X="0" Y="{0.88 * text.size:.4f}"{delta}>{escape(text.text)}</ofd:TextCode>'
        "</ofd:TextObject>"
    )


def _stroke(stroke: Stroke, ids: _Ids) -> str:
    left, top = min(stroke.x0, stroke.x1), min(stroke.y0, stroke.y1)
    boundary = f"{left:.4f} {top:.4f} {abs(stroke.x1 - stroke.x0):.4f} {abs(stroke.y1 - stroke.y0):.4f}"
    path = f"M {stroke.x0 - left:.4f} {stroke.y0 - top:.4f} L {stroke.x1 - left:.4f} {stroke.y1 - top:.4f}"
    return (
        f'<ofd:PathObject ID="{ids.next()}" Boundary={quoteattr(boundary)} LineWidth="0.2">'
        f"<ofd:AbbreviatedData>{path}</ofd:AbbreviatedData></ofd:PathObject>"
    )


def delta_list(steps: Sequence[float]) -> str:
    """Steps as ofd writes them: "g 3 5.5" for three times 5.5.

    Example:
        >>> delta_list([5.5, 5.5, 5.5, 2])
        'g 3 5.5 2'
    """
    words = []
    for step, group in groupby(f"{step:.4f}".rstrip("0").rstrip(".") for step in steps):
        count = len(list(group))
        words += [f"g {count} {step}"] if count > 2 else [step] * count
    return " ".join(words)
