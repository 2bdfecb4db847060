"""One way in: every format ends in the same kind of document."""

from __future__ import annotations

import hashlib
import subprocess
import sys

import pytest

from luoshi.core.document.errors import EmptyDocument, TooLarge, UnknownFormat
from luoshi.core.document.limits import Limits
from luoshi.core.document.model import FilePlace
from luoshi.core.document.open import READABLE, open_as, open_document

WORDS = "云溪区任务分解方案\n一、总体要求\n1.建立清单。\n责任部门：区司法局\n"


def test_the_same_words_give_the_same_text_in_every_encoding_and_as_a_page() -> None:
    page = "<html><body>" + "".join(f"<p>{line}</p>" for line in WORDS.splitlines()) + "</body></html>"
    texts = {open_document(WORDS.encode(code), "a.txt").text for code in ("utf-8", "gb18030", "utf-16")}
    assert texts | {open_document(page.encode(), "a.html").text} == {WORDS}


def test_a_document_knows_its_file() -> None:
    data = WORDS.encode("utf-8-sig")
    document = open_document(data, "方案.txt")
    assert (document.name, document.format) == ("方案.txt", "txt")
    assert document.sha256 == hashlib.sha256(data).hexdigest()
    assert document.origin.at(document.text.index("区司法局")) == FilePlace(WORDS.index("区司法局"))


def test_the_size_is_bounded() -> None:
    with pytest.raises(TooLarge) as caught:
        open_document(b"x" * 11, "a.txt", Limits(bytes=10))
    assert "LUOSHI_LIMIT_BYTES" in caught.value.message("en")


def test_what_has_no_reader_is_told() -> None:
    with pytest.raises(UnknownFormat, match="rtf"):
        open_document(b"{\\rtf1 x}", "a.rtf")
    with pytest.raises(EmptyDocument):
        open_document("\u200b\u3000\n".encode(), "a.txt")


@pytest.mark.parametrize("format", READABLE)
def test_every_format_has_a_reader(format: str) -> None:
    with pytest.raises(Exception, match=r"a\.x"):
        open_as(format, b"\x00\x01 no such thing", "a.x", Limits())


def test_a_text_loads_no_heavy_engine() -> None:
    code = """
import sys
from luoshi.core.document.open import open_document
open_document('一、任务'.encode(), 'a.txt')
print(sorted({'lxml', 'pypdfium2', 'python_calamine', 'multiprocessing', 'asyncio'} & set(sys.modules)))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
