"""Zip containers that a stranger may have made."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.core.document.container import Container, open_container
from luoshi.core.document.errors import (
    DamagedDocument,
    DocumentError,
    EncryptedDocument,
    SuspiciousContent,
    TooLarge,
)
from luoshi.core.document.limits import Limits


def packed(parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def opened(data: bytes, **bounds: int) -> Container:
    return open_container(data, file="甲.docx", limits=Limits(**bounds))  # type: ignore[arg-type]


def renamed(before: bytes, after: bytes) -> bytes:
    """A container whose part is called otherwise than zipfile would allow."""
    assert len(before) == len(after)
    return packed({before.decode(): b"x"}).replace(before, after)


def test_parts_are_read_whole() -> None:
    container = opened(
        packed({"word/document.xml": b"<a>" + b"x" * 3_000_000 + b"</a>", "b/": b"", "c": b""})
    )
    assert container.names == ("word/document.xml", "c")
    assert len(container.read("word/document.xml")) == 3_000_007
    assert container.read("c") == b""
    assert container.xml("word/document.xml").tag == "a"


def test_names_are_found_in_any_case_and_with_either_slash() -> None:
    container = opened(renamed(b"word/a.xml", b"word\\a.xml"))
    assert container.names == ("word/a.xml",)
    assert "Word/A.xml" in container
    assert container.read("WORD/a.xml") == b"x"


def test_a_missing_part_is_damage() -> None:
    with pytest.raises(DamagedDocument, match=r"缺少"):
        opened(packed({"a": b""})).read("b")


@pytest.mark.parametrize("name", [b"../../xx", b"/etc/aaa", b"C:/aaaaa", b"a/../../", b"..\\..\\xx"])
def test_names_that_lead_outside(name: bytes) -> None:
    before = b"b" * len(name)
    if name.endswith(b"/"):
        name = name[:-1] + b"x"
    with pytest.raises(SuspiciousContent, match="越界"):
        opened(renamed(before, name))


def test_two_parts_of_one_name() -> None:
    with pytest.raises(SuspiciousContent, match="重名"):
        opened(packed({"a.xml": b"1", "b.xml": b"2"}).replace(b"b.xml", b"A.xml"))


@pytest.mark.parametrize("name", ["word/vbaProject.bin", "xl/VBAPROJECT.BIN", "xl/macrosheets/sheet1.xml"])
def test_macros(name: str) -> None:
    with pytest.raises(SuspiciousContent, match="宏"):
        opened(packed({name: b""}))


def test_an_encrypted_office_file_is_an_ole_file() -> None:
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1016)
    with pytest.raises(EncryptedDocument):
        opened(head + "EncryptedPackage".encode("utf-16-le"))
    with pytest.raises(DamagedDocument):
        opened(head)


def test_an_encrypted_part() -> None:
    data = bytearray(packed({"a": b"secret"}))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(EncryptedDocument):
        opened(bytes(data))


def test_methods_that_inflate_without_bound() -> None:
    with pytest.raises(SuspiciousContent, match="压缩方式"):
        opened(packed({"a": b"x" * 100}, zipfile.ZIP_BZIP2))


def test_a_bomb_is_found_by_its_growth() -> None:
    data = packed({"a": bytes(20_000_000)})
    with pytest.raises(SuspiciousContent, match="压缩炸弹"):
        opened(data).read("a")
    assert len(opened(data, ratio=2_000).read("a")) == 20_000_000


def test_a_bomb_that_lies_about_its_size() -> None:
    data = packed({"a": bytes(20_000_000)}).replace(struct.pack("<I", 20_000_000), struct.pack("<I", 10))
    with pytest.raises(DocumentError):
        opened(data).read("a")


def test_unpacked_size_counts_all_parts_once() -> None:
    data = packed({name: bytes(range(256)) * 40 for name in "abc"}, zipfile.ZIP_STORED)
    container = opened(data, unpacked_bytes=31_000)
    for _ in range(3):
        for name in "abc":
            assert len(container.read(name)) == 10_240
    with pytest.raises(TooLarge, match="解压"):
        opened(data, unpacked_bytes=30_000)
    # The same container, whose directory denies what the parts inflate to.
    lying = opened(data, unpacked_bytes=31_000)
    lying.limits = Limits(unpacked_bytes=30_000)
    lying.read("a")
    lying.read("b")
    with pytest.raises(TooLarge, match="解压"):
        lying.read("c")


def test_the_number_of_parts() -> None:
    data = packed({f"{n}.xml": b"" for n in range(11)})
    assert len(opened(data, parts=11).names) == 11
    with pytest.raises(TooLarge, match="部件数"):
        opened(data, parts=10)


def test_a_truncated_container() -> None:
    data = packed({"a.xml": bytes(range(256)) * 100, "b.xml": b"x"})
    for length in range(0, len(data), 7):
        with pytest.raises(DamagedDocument):
            opened(data[:length])


def test_a_part_whose_checksum_is_wrong() -> None:
    data = packed({"a": b"the text"}, zipfile.ZIP_STORED).replace(b"the text", b"the test")
    with pytest.raises(DamagedDocument, match="无法解压"):
        opened(data).read("a")


@given(st.data())
def test_flipped_bytes_raise_nothing_but_document_errors(data: st.DataObject) -> None:
    raw = bytearray(packed({"a.xml": b"<a>" + bytes(range(48, 58)) * 40 + b"</a>", "b/c.xml": b"<b/>"}))
    for _ in range(data.draw(st.integers(1, 4))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    try:
        container = opened(bytes(raw))
        for name in container.names:
            container.xml(name)
    except DocumentError:
        pass
