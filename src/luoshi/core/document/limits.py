"""How much a document may cost. Every value is a setting; the defaults fit an office machine."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Upper bounds for reading one document. A document over a bound is refused, never cut.

    Attributes:
        bytes: size of the file.
        unpacked_bytes: sum of the sizes of all parts of a zip container (docx, xlsx, ofd) once unpacked.
        ratio: unpacked size over packed size of one part; beyond it the file is taken for a zip bomb.
        parts: number of parts in a container.
        pages: pages of a pdf or ofd.
        cells: cells of all tables and sheets together.
        nesting: depth of elements in xml and html, and of tables in tables.
        characters: length of the clean text.
        seconds: wall time of one reading; kept by the process that starts the reader.
        memory_bytes: address space of the child process that reads.
    """

    bytes: int = 50 * 1024 * 1024
    unpacked_bytes: int = 300 * 1024 * 1024
    ratio: int = 200
    parts: int = 5_000
    pages: int = 2_000
    cells: int = 500_000
    nesting: int = 200
    characters: int = 5_000_000
    seconds: float = 60.0
    memory_bytes: int = 2 * 1024 * 1024 * 1024
