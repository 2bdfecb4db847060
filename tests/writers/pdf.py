"""Writes small pdf files by hand, for what no typesetter would write, and changes those that typst wrote."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable

import pypdfium2 as pdfium

A4 = "/MediaBox [0 0 595 842]"


def raw_pdf(*objects: str, content: str = "", trailer: str = "") -> bytes:
    """A pdf with one A4 page that draws `content`.

    Objects 1 to 4 are the catalogue, the pages, the page and its content; `objects` are numbered from 5. An
    object that begins with "catalogue:" is put into the catalogue instead, "resources:" into the resources.
    """
    catalogue = " ".join(item[10:] for item in objects if item.startswith("catalogue:"))
    resources = " ".join(item[10:] for item in objects if item.startswith("resources:"))
    more = [item for item in objects if not item.startswith(("catalogue:", "resources:"))]
    stream = content.encode("latin-1")
    parts = [
        f"<< /Type /Catalog /Pages 2 0 R {catalogue} >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R {A4} /Contents 4 0 R /Resources << {resources} >> >>",
        f"<< /Length {len(stream)} >>\nstream\n{content}\nendstream",
        *more,
    ]
    out = io.BytesIO(b"%PDF-1.7\n")
    out.seek(0, io.SEEK_END)
    offsets = []
    for number, part in enumerate(parts, start=1):
        offsets.append(out.tell())
        out.write(f"{number} 0 obj\n{part}\nendobj\n".encode("latin-1"))
    start = out.tell()
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    size = len(parts) + 1
    out.write(f"xref\n0 {size}\n0000000000 65535 f \n{table}".encode())
    out.write(f"trailer\n<< /Size {size} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n".encode())
    return out.getvalue()


def changed(data: bytes, change: Callable[[pdfium.PdfPage], None]) -> bytes:
    """The same pdf after `change` was made to its first page."""
    document = pdfium.PdfDocument(data)
    page = document[0]
    change(page)
    page.gen_content()
    packed = io.BytesIO()
    document.save(packed)
    document.close()
    return packed.getvalue()


def picture() -> bytes:
    """A grey png of one pixel."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + check

    header = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    parts = chunk(b"IHDR", header), chunk(b"IDAT", zlib.compress(b"\0\x80")), chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def stream(text: str) -> str:
    """A stream object that holds `text`."""
    return f"<< /Length {len(text.encode('latin-1'))} >>\nstream\n{text}\nendstream"
