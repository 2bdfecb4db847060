"""Bytes of a text file become characters, or the file is refused: nothing is replaced, nothing dropped.

Office text files come as UTF-8 (with or without a byte order mark), as UTF-16 from Windows programs, and as
GB18030 with its subsets GBK and GB2312. Statistical guessing fails on short Chinese texts, so the decoders
are tried strictly, in that order, and the result must look like text.
"""

from __future__ import annotations

import codecs
import contextlib
import re

from luoshi.core.document.errors import DamagedDocument, UnknownFormat
from luoshi.core.errors import Phrase

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # starts with the UTF-16 mark, so it stands before it
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

# Control characters no text editor writes; tab, line ends, form feed and the DOS end mark 1A are left out.
# Sample: "\x00", "\x07"
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x19\x1b-\x1f\x7f]")

# Code points that text in any script leaves unused: noncharacters, lone surrogates, private use.
# GB18030 gives every four-byte combination one of these or a rare character. Sample: "\ufdd0"
_UNLIKELY = re.compile(r"[\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufffe\uffff\U000f0000-\U0010ffff]")

# Either of them; most texts hold none.
_ODD = re.compile(f"{_CONTROL.pattern}|{_UNLIKELY.pattern}")

# What a page says of its encoding, in a meta element or an xml declaration. Sample: charset="gb2312"
_DECLARED = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([a-zA-Z0-9_-]{2,20})")

# Encodings a page may declare. Browsers read gb2312 and gbk as GB18030, which holds both.
_DECLARABLE = {"gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030", "big5": "big5hkscs"}

_SAMPLE = 65_536


def decode(data: bytes, *, file: str) -> tuple[str, str]:
    """The characters of a text file, without its byte order mark, and the name of its encoding.

    Args:
        data: the whole file.
        file: its name, for error messages.

    Raises:
        DamagedDocument: the text breaks off inside a character, or single bytes of it are corrupt.
        UnknownFormat: the bytes are no text.

    Example:
        >>> decode("落实".encode("gbk"), file="a.txt")
        ('落实', 'gb18030')
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _checked(_strict(data[len(mark) :], encoding, file), file), encoding
    wide = _wide(data)
    if wide:
        return _checked(_strict(data, wide, file), file), wide
    try:
        text = data.decode("utf-8")
        if not _is_disguised(data, text):
            return _checked(text, file), "utf-8"
    except UnicodeDecodeError as error:
        if _mostly(data, "utf-8"):
            raise DamagedDocument(file=file, where=_place(data, error.start)) from None
    return _checked(_strict(data, "gb18030", file), file), "gb18030"


def decode_declared(data: bytes, *, file: str) -> tuple[str, str]:
    """As `decode`, for a page that may declare its encoding; a wrong declaration is passed over.

    Example:
        >>> decode_declared('<meta charset="big5"><p>落實'.encode("big5"), file="a.html")[1]
        'big5hkscs'
    """
    found = _DECLARED.search(data[:4096])
    encoding = _DECLARABLE.get(found.group(1).decode("ascii").lower()) if found else None
    if encoding and not any(data.startswith(mark) for mark, _ in _MARKS):
        # Pages moved from one system to another often keep the declaration of the old one: whoever wrote
        # more than a few characters that happen to be valid UTF-8 wrote UTF-8.
        with contextlib.suppress(UnicodeDecodeError):
            text = data.decode("utf-8")
            if len(data) - len(text) > 40:
                return _checked(text, file), "utf-8"
        with contextlib.suppress(UnicodeDecodeError, UnknownFormat):
            return _checked(data.decode(encoding), file), encoding
    return decode(data, file=file)


def _strict(data: bytes, encoding: str, file: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        if _mostly(data, encoding):
            raise DamagedDocument(file=file, where=_place(data, error.start)) from None
        raise UnknownFormat(file=file, seen=BINARY) from None


BINARY = Phrase("二进制数据", "binary data")

# A character that takes three bytes or more in UTF-8. Sample: 区
_THREE_BYTES = re.compile("[\u0800-\U0010ffff]")


def _wide(data: bytes) -> str:
    """`utf-16-le` or `utf-16-be` when the zero bytes of `data` stand where that encoding puts them."""
    sample = data[:_SAMPLE]
    if len(data) % 2 or 0 not in sample:
        return ""
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    # ASCII letters, digits and line ends have a zero half; some ideographs (U+4E00) on the other side.
    if odd > 8 * even:
        return "utf-16-le"
    return "utf-16-be" if even > 8 * odd else ""


def _is_disguised(data: bytes, text: str) -> bool:
    """Whether `data` is a few Chinese words in GBK whose bytes happen to be valid UTF-8.

    Such bytes read as letters of other scripts (two bytes each), never as ideographs (three).
    """
    if text.isascii() or _THREE_BYTES.search(text):
        return False
    try:
        other = [character for character in data.decode("gb18030") if character > "\x7f"]
    except UnicodeDecodeError:
        return False
    return all("\u4e00" <= character <= "\u9fff" or character in "，。、：；（）" for character in other)


def _mostly(data: bytes, encoding: str) -> bool:
    """Whether `data` is text in `encoding` but for a few bytes: then it is damaged, not something else."""
    text = data.decode(encoding, "replace")
    wrong = text.count("\ufffd")
    beyond_ascii = sum(1 for character in text if character > "\x7f") - wrong
    return beyond_ascii > 20 * wrong and not _noise(text)


def _noise(text: str) -> bool:
    """Whether more than one character in a hundred can stand in no text."""
    sample = text[:_SAMPLE]
    if sample.replace("\n", "").isprintable():
        return False  # Nothing odd is printable, and that is quicker to see.
    return len(_ODD.findall(sample)) * 100 > len(sample)


def _checked(text: str, file: str) -> str:
    if "\x00" in text or _noise(text):
        raise UnknownFormat(file=file, seen=BINARY)
    return text


def _place(data: bytes, offset: int) -> Phrase:
    line = data.count(b"\n", 0, offset) + 1
    return Phrase(
        f"第{line}行,第{offset}字节处的字符不完整", f"line {line}, incomplete character at byte {offset}"
    )
