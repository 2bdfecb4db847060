"""Readers of office formats on the sample plan: the same content in each format."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median

import pypdfium2  # type: ignore[import-untyped]

from benchmarks.material import SAMPLES, Material
from benchmarks.measure import Result, alternate, median_ratio
from luoshi.core.document.open import open_document


def bench(material: Material, *, quick: bool) -> Iterator[Result]:
    """Milliseconds a page and the ratio to plain text, for each format that the sample plan comes in."""
    del material  # Formats are compared on the one content that exists in all of them.
    files = {path.suffix[1:]: path.read_bytes() for path in sorted(SAMPLES.glob("yunxi.*"))}
    pages = _pages(files["pdf"]) if "pdf" in files else 1
    works = {
        format: (lambda data=data, format=format: open_document(data, f"yunxi.{format}"))
        for format, data in files.items()
    }
    seconds = alternate(3 if quick else 9, **works)
    for format, found in seconds.items():
        yield Result(
            f"format/{format}",
            median(found) * 1000 / pages,
            "ms/page",
            "lower",
            f"from the bytes of {format} to clean text with the place of every character, {pages} pages",
        )
        if format != "txt":
            yield Result(
                f"format/{format}/txt",
                median_ratio(found, seconds["txt"]),
                "×",
                "lower",
                "the same over plain text of the same content",
            )


def _pages(data: bytes) -> int:
    document = pypdfium2.PdfDocument(data)
    try:
        return len(document)
    finally:
        document.close()
