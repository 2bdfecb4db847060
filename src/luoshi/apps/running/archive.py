"""The file that a backup is: a zip with a manifest that knows the sum of everything in it."""

from __future__ import annotations

import hashlib
import json
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any

from luoshi.apps.running.refusals import BackupDamaged
from luoshi.core.errors import Phrase

FORMAT = "luoshi-backup/1"
MANIFEST = "manifest.json"
DATABASE, TABLES, KEYS = "database.sqlite3", "tables/", "keys/"
CHUNK = 2**20
# Whatever the library of zips says of a file that is none, or of one that was cut or changed.
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    KeyError,
    ValueError,
    TypeError,
    NotImplementedError,
    RuntimeError,
    IndexError,
    OSError,
)


@dataclass(frozen=True)
class Manifest:
    """What a backup says of itself.

    Attributes:
        version: of the product that took it.
        vendor: `sqlite` or `postgresql`.
        made: when, as ISO text.
        migrations: the newest migrations of every app.
        columns: of every table that was copied as text, in order.
        rows: how many rows every table had.
        key: the public key of its audit log.
        note: the newest checkpoint of that log.
        sums: SHA-256 of every member.
    """

    version: str
    vendor: str
    made: str
    migrations: list[tuple[str, str]]
    columns: dict[str, list[str]]
    rows: dict[str, int]
    key: str
    note: str
    sums: dict[str, str] = field(default_factory=dict)
    format: str = FORMAT


class Writer:
    """Puts members into a new backup and keeps their sums."""

    def __init__(self, target: IO[bytes]) -> None:
        self._zip = zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1)
        self._sums: dict[str, str] = {}

    @contextmanager
    def member(self, name: str) -> Iterator[_Summed]:
        """A member to write to, piece after piece."""
        with self._zip.open(name, "w", force_zip64=True) as stream:
            summed = _Summed(stream)
            yield summed
        self._sums[name] = summed.sum.hexdigest()

    def finish(self, **facts: Any) -> Manifest:
        """Write the manifest and close."""
        manifest = Manifest(**facts, sums=self._sums)
        self._zip.writestr(MANIFEST, json.dumps(asdict(manifest), ensure_ascii=False, indent=1))
        self._zip.close()
        return manifest


class _Summed:
    def __init__(self, stream: IO[bytes]) -> None:
        self.sum, self._stream = hashlib.sha256(), stream

    def write(self, data: Any) -> None:
        """Write and add to the sum."""
        self.sum.update(data)
        self._stream.write(data)


class Backup:
    """A backup whose every byte was held against its sums."""

    def __init__(self, file: Path, archive: zipfile.ZipFile, manifest: Manifest) -> None:
        self.file, self.manifest, self._zip = file, manifest, archive

    def pieces(self, name: str) -> Iterator[bytes]:
        """A member, piece after piece."""
        with self._zip.open(name) as stream:
            while piece := stream.read(CHUNK):
                yield piece

    def write(self, name: str, target: Path) -> None:
        """A member as a private file."""
        target.touch(mode=0o600)
        with target.open("wb") as file:
            file.writelines(self.pieces(name))

    def names(self, prefix: str) -> list[str]:
        """Names of the members that begin so."""
        return sorted(name for name in self.manifest.sums if name.startswith(prefix))


@contextmanager
def opened(file: Path) -> Iterator[Backup]:
    """A backup, once all of it was read and is whole.

    Raises:
        BackupDamaged: something in it is not what was written; nobody has seen any of it.
        FileNotFoundError: there is no such file.
    """
    with file.open("rb") as stream:
        try:
            archive = zipfile.ZipFile(stream)
            manifest = _read(archive)
        except _BROKEN as error:
            raise BackupDamaged(file=file.name, place=MANIFEST) from error
        backup = Backup(file, archive, manifest)
        if sorted({*manifest.sums, MANIFEST}) != sorted(archive.namelist()):
            raise BackupDamaged(file=file.name, place=Phrase("目录", "list of contents"))
        for name, wanted in manifest.sums.items():
            sum = hashlib.sha256()
            try:
                for piece in backup.pieces(name):
                    sum.update(piece)
            except _BROKEN as error:
                raise BackupDamaged(file=file.name, place=name) from error
            if sum.hexdigest() != wanted:
                raise BackupDamaged(file=file.name, place=name)
        yield backup


def _read(archive: zipfile.ZipFile) -> Manifest:
    facts = json.loads(archive.read(MANIFEST))
    manifest = Manifest(**facts)
    if manifest.format != FORMAT:
        raise ValueError(manifest.format)
    return manifest
