"""The key that signs checkpoints, and the last checkpoint, kept in the data folder beside the database.

Whoever can only write to the database can neither sign nor take the last checkpoint back.
"""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings

from luoshi.core.errors import LuoshiError, Phrase
from luoshi.core.transparency.checkpoint import Checkpoint, PublicKey, note, open_note

KEY_FILE, WITNESS_FILE = "audit-key", "audit-checkpoint"
WITNESS = Phrase("数据文件夹中保存的检查点", "the checkpoint kept in the data folder")


class KeyDamaged(LuoshiError):
    """The file with the key cannot be used."""

    code = "audit-key-damaged"
    zh = "数据文件夹中的签名密钥 {file} 已残缺;请从备份恢复该文件,不要删除:删除后将产生新的密钥。"
    en = (
        "The signing key {file} in the data folder is damaged; restore the file from a backup and do not "
        "delete it: a new key would be made."
    )


@dataclass(frozen=True, slots=True)
class SigningKey:
    """The name of the log and the secret that signs for it."""

    name: str
    secret: Ed25519PrivateKey

    @property
    def public(self) -> PublicKey:
        """What checks its signatures."""
        return PublicKey(self.name, self.secret.public_key().public_bytes_raw())

    def note(self, checkpoint: Checkpoint) -> str:
        """The checkpoint, signed."""
        return note(checkpoint, self.public, self.secret.sign)


class KeyMissing(LuoshiError):
    """Checkpoints were signed, and the key that signed them is not there."""

    code = "audit-key-missing"
    zh = "数据文件夹中没有签名密钥 {file},而日志已有检查点;请从备份恢复该文件,或用 --key 给出公钥后再核验。"
    en = (
        "The data folder has no signing key {file}, yet the log has checkpoints; restore the file from a "
        "backup, or verify with the public key given by --key."
    )


def signing_key(*, make: bool) -> SigningKey:
    """The key of this installation. The log takes its name from the region at the time it is made.

    Args:
        make: whether to make one if there is none, because nothing was ever signed.

    Raises:
        KeyMissing: there is none and none is to be made.
        KeyDamaged: the file is there and holds no key.
    """
    file = settings.LUOSHI_DATA / KEY_FILE
    if not file.is_file():
        if not make:
            raise KeyMissing(file=KEY_FILE)
        secret = Ed25519PrivateKey.generate().private_bytes_raw().hex()
        _put(file, f"luoshi/{settings.LUOSHI_REGION} {secret}\n", replace=False)
    try:
        name, secret = file.read_text(encoding="ascii").split()
        return SigningKey(name, Ed25519PrivateKey.from_private_bytes(bytes.fromhex(secret)))
    except ValueError:
        raise KeyDamaged(file=KEY_FILE) from None


def opened(text: str, key: PublicKey, where: object) -> Checkpoint:
    """The checkpoint that `key` signed.

    Raises:
        NoCheckpoint, ForeignSignature: it is none, or not signed so.
    """
    public = Ed25519PublicKey.from_public_bytes(key.key)

    def signed(signature: bytes, message: bytes) -> bool:
        try:
            public.verify(signature, message)
        except InvalidSignature:
            return False
        return True

    return open_note(text, key, signed, where)


def words(number: int) -> Phrase:
    """What a checkpoint of the database is called."""
    return Phrase(f"第 {number} 号检查点", f"checkpoint {number}")


def keep_witness(text: str) -> None:
    """Keep the newest checkpoint beside the database, where it can contradict it."""
    _put(settings.LUOSHI_DATA / WITNESS_FILE, text, replace=True)


def witness() -> str | None:
    """The newest checkpoint that was kept beside the database."""
    file = settings.LUOSHI_DATA / WITNESS_FILE
    return file.read_text(encoding="utf-8", errors="replace") if file.is_file() else None


def _put(file: Path, text: str, *, replace: bool) -> None:
    """Write a private file, whole or not at all; of two that are made at once the first stays."""
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
    with os.fdopen(handle, "w", encoding="utf-8") as part:
        part.write(text)
        part.flush()
        os.fsync(part.fileno())
    if replace:
        Path(name).replace(file)
        return
    try:
        os.link(name, file)
    except FileExistsError:
        pass
    finally:
        Path(name).unlink()
