"""Zip containers (docx, xlsx, ofd) opened without trusting them.

A container is read from memory, never unpacked to a disk. What its headers say of sizes is not believed:
bounds are kept while a part is inflated.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from dataclasses import dataclass, field

from lxml import etree

from luoshi.core.document.errors import (
    DamagedDocument,
    EncryptedDocument,
    SuspiciousContent,
    TooLarge,
)
from luoshi.core.document.limits import Limits
from luoshi.core.document.xml_parts import parse_xml, shortened, where_in
from luoshi.core.errors import Phrase

# Office programs wrap an encrypted docx or xlsx in an OLE compound file that holds a stream of this name.
_COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_CENTRAL_ENTRY = b"PK\x01\x02"
# Bits of an entry's flags: encrypted, strongly encrypted, central directory encrypted.
_ENCRYPTED_FLAGS = 0x0001 | 0x0040 | 0x2000
# The two methods that the standards allow; others also inflate without a bound on each step.
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_CHUNK = 1 << 20
# Below this size a part may be as repetitive as it likes: it cannot do harm.
_RATIO_FLOOR = 4 << 20
_ZIP_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    KeyError,
    IndexError,
    OverflowError,
    NotImplementedError,
    RuntimeError,
)


@dataclass(slots=True)
class Container:
    """A zip container that passed the checks of `open_container`.

    Attributes:
        file: name of the document, for errors.
        limits: as given to `open_container`.
        names: the parts, in the order of the container, with `/` between folders. Parts are found by their
            names without regard to upper and lower case, as the packaging standard wants it.
    """

    file: str
    limits: Limits
    names: tuple[str, ...]
    _archive: zipfile.ZipFile
    _entries: dict[str, zipfile.ZipInfo]
    _sizes: dict[str, int] = field(default_factory=dict)

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and name.casefold() in self._entries

    def read(self, name: str) -> bytes:
        """The bytes of a part.

        Raises:
            DamagedDocument: there is no such part, or it cannot be inflated whole.
            TooLarge: all parts read so far come to more than `limits.unpacked_bytes`.
            SuspiciousContent: the part grows by more than `limits.ratio`.
        """
        entry = self._entries.get(name.casefold())
        if entry is None:
            raise DamagedDocument(file=self.file, where=where_in(name, "缺少", "is missing"))
        self._sizes.pop(entry.filename, None)
        room = self.limits.unpacked_bytes - sum(self._sizes.values())
        chunks, size = [], 0
        try:
            with self._archive.open(entry) as part:
                while chunk := part.read(_CHUNK):
                    chunks.append(chunk)
                    size += len(chunk)
                    self._check(entry, size, room)
        except _ZIP_ERRORS:
            raise DamagedDocument(
                file=self.file, where=where_in(name, "无法解压", "cannot be inflated")
            ) from None
        self._sizes[entry.filename] = size
        return b"".join(chunks)

    def xml(self, name: str) -> etree._Element:
        """The root element of an XML part; see `parse_xml`."""
        return parse_xml(self.read(name), part=name, file=self.file, limits=self.limits)

    def _check(self, entry: zipfile.ZipInfo, size: int, room: int) -> None:
        if size > room:
            raise _unpacks_too_far(self.file, self.limits)
        if size > _RATIO_FLOOR and size > self.limits.ratio * max(entry.compress_size, 1):
            what = Phrase(
                f"压缩炸弹 {shortened(entry.filename)}", f"the zip bomb {shortened(entry.filename)}"
            )
            raise SuspiciousContent(file=self.file, what=what)


def open_container(data: bytes, *, file: str, limits: Limits) -> Container:
    """The zip container in `data`, checked before anything in it is inflated.

    Args:
        data: the whole file.
        file: its name, for errors.
        limits: `parts`, `unpacked_bytes`, `ratio` and `nesting` are kept here.

    Raises:
        EncryptedDocument: the container or one of its parts is encrypted.
        DamagedDocument: it is no whole zip file.
        TooLarge: it has too many parts, or they unpack too far.
        SuspiciousContent: it holds macros, or names that lie about where they are.
    """
    if data.startswith(_COMPOUND_FILE) and _ENCRYPTED_STREAM in data:
        raise EncryptedDocument(file=file)
    # Counted before the directory is read: each entry becomes an object of some hundred bytes.
    if (count := data.count(_CENTRAL_ENTRY)) > limits.parts:
        raise _too_many_parts(file, count, limits)
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except _ZIP_ERRORS:
        raise DamagedDocument(
            file=file, where=Phrase("压缩包结构不完整", "the zip container is not whole")
        ) from None
    infos = archive.infolist()
    if len(infos) > limits.parts:
        raise _too_many_parts(file, len(infos), limits)
    entries = _entries(infos, file)
    # What the headers admit to is enough to refuse; what they do not is found while inflating.
    if sum(entry.file_size for entry in entries.values()) > limits.unpacked_bytes:
        raise _unpacks_too_far(file, limits)
    names = tuple(entry.filename for entry in entries.values())
    return Container(file, limits, names, archive, entries)


def _entries(infos: list[zipfile.ZipInfo], file: str) -> dict[str, zipfile.ZipInfo]:
    entries: dict[str, zipfile.ZipInfo] = {}
    for info in infos:
        if info.flag_bits & _ENCRYPTED_FLAGS:
            raise EncryptedDocument(file=file)
        # Some programs write the separator of Windows, which no archive standard knows.
        name = info.filename = info.filename.replace("\\", "/")
        if name.endswith("/"):
            continue
        _check_name(name, file)
        if name.casefold() in entries:
            raise SuspiciousContent(
                file=file, what=Phrase(f"重名部件 {shortened(name)}", f"two parts named {shortened(name)}")
            )
        if info.compress_type not in _METHODS:
            what = Phrase(f"压缩方式 {info.compress_type}", f"compression method {info.compress_type}")
            raise SuspiciousContent(file=file, what=what)
        entries[name.casefold()] = info
    return entries


def _check_name(name: str, file: str) -> None:
    lower = name.casefold()
    if not name or name.startswith("/") or ".." in name.split("/") or ":" in name.split("/")[0]:
        what = Phrase(f"越界路径 {shortened(name)}", f"the path {shortened(name)}, which leads outside")
        raise SuspiciousContent(file=file, what=what)
    if lower.endswith("vbaproject.bin") or lower.startswith("xl/macrosheets/"):
        raise SuspiciousContent(file=file, what=Phrase("宏", "macros"))


def _too_many_parts(file: str, count: int, limits: Limits) -> TooLarge:
    what = Phrase("部件数", "a number of parts of")
    return TooLarge(file=file, what=what, size=count, limit=limits.parts, setting="LUOSHI_LIMIT_PARTS")


def _unpacks_too_far(file: str, limits: Limits) -> TooLarge:
    what, size = Phrase("解压后的字节数", "an unpacked size in bytes of"), f">{limits.unpacked_bytes}"
    return TooLarge(
        file=file, what=what, size=size, limit=limits.unpacked_bytes, setting="LUOSHI_LIMIT_UNPACKED_BYTES"
    )
