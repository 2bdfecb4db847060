"""Plain text: every line is a piece, and every character knows its offset in the file."""

from __future__ import annotations

from luoshi.core.document.encoding import decode
from luoshi.core.document.errors import EmptyDocument, TooLarge
from luoshi.core.document.limits import Limits
from luoshi.core.document.model import Extract, FilePlace, Piece, Run
from luoshi.core.document.piped import with_tables
from luoshi.core.document.records import records_of
from luoshi.core.errors import Phrase

# Everything that ends a line in files from Windows, Unix, old Macs, word processors and mainframes.
_LINE_ENDS = "\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029"


def read(data: bytes, *, file: str, limits: Limits) -> Extract:
    """The lines of a text file.

    Args:
        data: the whole file.
        file: its name, for error messages.
        limits: `characters` is kept here.

    Returns:
        One piece a line, empty lines included, each at its offset in the decoded file.

    Raises:
        EmptyDocument, DamagedDocument, UnknownFormat, TooLarge.
    """
    text, _ = decode(data, file=file)
    if len(text) > limits.characters:
        raise TooLarge(
            file=file,
            what=Phrase("字数", "a number of characters"),
            size=len(text),
            limit=limits.characters,
            setting="LUOSHI_LIMIT_CHARACTERS",
        )
    if not text.strip("\ufeff\x1a \t\u3000\xa0" + _LINE_ENDS):
        raise EmptyDocument(file=file)
    records = records_of(text)
    return Extract("txt", tuple(records or with_tables(lines(text))))


def lines(text: str) -> list[Piece]:
    """The lines of `text` as pieces without their line ends, placed at their offsets.

    Example:
        >>> [(piece.text, piece.runs[0].place.offset) for piece in lines("甲\\r\\n乙")]
        [('甲', 0), ('乙', 3)]
    """
    pieces = []
    offset = 0
    for line in text.splitlines(keepends=True):
        words = line.rstrip(_LINE_ENDS)
        runs = (Run(len(words), FilePlace(offset)),) if words else ()
        pieces.append(Piece(words, runs))
        offset += len(line)
    return pieces
