"""Docx files for tests, put together from snippets of WordprocessingML.

Word writes many things that python-docx cannot; here a test says exactly what stands in the file.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_NAMESPACES = (
    f'xmlns:w="{_W}" xmlns:r="{_REL}" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'


def run(text: str, properties: str = "") -> str:
    """A run of text; `properties` is what stands in `w:rPr`."""
    inner = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{inner}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(
    content: str = "", *, style: str = "", num: tuple[int, int] | None = None, props: str = ""
) -> str:
    """A paragraph of plain text, or of runs where `content` begins with an element."""
    inner = content if content.startswith("<") or not content else run(content)
    numbering = f'<w:numPr><w:ilvl w:val="{num[1]}"/><w:numId w:val="{num[0]}"/></w:numPr>' if num else ""
    named = f"<w:pStyle w:val={quoteattr(style)}/>" if style else ""
    properties = named + numbering + props
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{inner}</w:p>"


def cell(*content: str, props: str = "") -> str:
    """A table cell of plain texts or of paragraphs and tables."""
    blocks = [block if block.startswith("<") else paragraph(block) for block in content or ("",)]
    return f"<w:tc>{f'<w:tcPr>{props}</w:tcPr>' if props else ''}{''.join(blocks)}</w:tc>"


def row(*cells: str, props: str = "") -> str:
    """A table row of plain texts or of cells."""
    inner = "".join(text if text.startswith("<w:") else cell(text) for text in cells)
    return f"<w:tr>{f'<w:trPr>{props}</w:trPr>' if props else ''}{inner}</w:tr>"


def table(*rows: str) -> str:
    """A table of rows."""
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def level(index: int, format: str, text: str, *, start: int | None = 1, more: str = "") -> str:
    """A level of an abstract list."""
    begin = f'<w:start w:val="{start}"/>' if start is not None else ""
    return (
        f'<w:lvl w:ilvl="{index}">{begin}<w:numFmt w:val="{format}"/>{more}'
        f"<w:lvlText w:val={quoteattr(text)}/></w:lvl>"
    )


def abstract(identifier: int, *levels: str) -> str:
    """An abstract list."""
    return f'<w:abstractNum w:abstractNumId="{identifier}">{"".join(levels)}</w:abstractNum>'


def numbered(identifier: int, abstract_id: int, overrides: str = "") -> str:
    """A list that refers to an abstract list."""
    return f'<w:num w:numId="{identifier}"><w:abstractNumId w:val="{abstract_id}"/>{overrides}</w:num>'


def style(
    identifier: str, *, kind: str = "paragraph", name: str = "", base: str = "", props: str = ""
) -> str:
    """A style; `props` holds its `w:pPr` and `w:rPr`."""
    based = f'<w:basedOn w:val="{base}"/>' if base else ""
    return (
        f'<w:style w:type="{kind}" w:styleId="{identifier}"><w:name w:val="{name or identifier}"/>{based}'
        f"{props}</w:style>"
    )


def note(identifier: int, *content: str, kind: str = "footnote") -> str:
    """A footnote or endnote of plain texts or paragraphs."""
    blocks = [block if block.startswith("<") else paragraph(block) for block in content]
    return f'<w:{kind} w:id="{identifier}">{"".join(blocks)}</w:{kind}>'


def document(*body: str, **parts: str) -> bytes:
    """A docx whose body holds these blocks (plain texts become paragraphs).

    Args:
        body: blocks in order.
        parts: what stands in `numbering`, `styles`, `footnotes`, `endnotes`; or `core` for the properties.
    """
    return pack(files(*body, **parts))


def files(*body: str, **parts: str) -> dict[str, str]:
    """The parts of such a docx, by name."""
    blocks = "".join(block if block.startswith("<") else paragraph(block) for block in body)
    core = parts.pop("core", "")
    head = [("officeDocument", "word/document.xml"), ("core-properties", "docProps/core.xml")]
    found = {
        "[Content_Types].xml": f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types"/>',
        "_rels/.rels": _relations(head),
        "word/document.xml": f"{_HEAD}<w:document {_NAMESPACES}><w:body>{blocks}</w:body></w:document>",
        "word/_rels/document.xml.rels": _relations([(kind, f"{kind}.xml") for kind in parts]),
        "docProps/core.xml": (
            f'{_HEAD}<cp:coreProperties xmlns:cp="urn:core" xmlns:dc="http://purl.org/dc/elements/1.1/">'
            f"{core}</cp:coreProperties>"
        ),
    }
    for kind, content in parts.items():
        found[f"word/{kind}.xml"] = f"{_HEAD}<w:{kind} {_NAMESPACES}>{content}</w:{kind}>"
    return found


def pack(parts: dict[str, str] | dict[str, bytes]) -> bytes:
    """A zip container of these parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def _relations(targets: Iterable[tuple[str, str]]) -> str:
    inner = "".join(
        f'<Relationship Id="rId{index}" Type="{_REL}/{kind}" Target="{target}"/>'
        for index, (kind, target) in enumerate(targets, 1)
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{inner}</Relationships>'
