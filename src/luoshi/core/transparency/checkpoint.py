"""Checkpoints: what the log was at a moment, signed, in a text that can be handed out.

The text is a C2SP signed note with the body of a C2SP checkpoint:

    luoshi/990102
    3
    rra8/idLcKFPsGel5SJ42wT7qbUa9eC6FZFY8ynga3c=
    number 1
    time 2026-03-02T01:30:00.000000Z

    — luoshi/990102 hI2DJw…
"""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from binascii import Error as NoBase64
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from luoshi.core.errors import LuoshiError
from luoshi.core.transparency.canonical import written

# What a text may have at most; a checkpoint has some 300 characters.
LONGEST = 20_000
ED25519 = b"\x01"
# The body of a checkpoint. A sample stands above.
_BODY = re.compile(
    r"(?P<origin>[^\s+]+)\n"
    r"(?P<size>0|[1-9][0-9]{0,17})\n"
    r"(?P<root>[A-Za-z0-9+/]{43}=)\n"
    r"number (?P<number>[1-9][0-9]{0,17})\n"
    r"time (?P<time>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z)\n"
)
# A signature: "— luoshi/990102 hI2DJw…".
_SIGNATURE = re.compile(r"— (?P<name>[^\s+]+) (?P<hash>[A-Za-z0-9+/]+={0,2})")
# A key that checks signatures: "luoshi/990102+c74f20a3+ARpc2Q…".
_KEY = re.compile(r"(?P<name>[^\s+]+)\+(?P<id>[0-9a-f]{8})\+(?P<key>[A-Za-z0-9+/]+={0,2})")


class NoCheckpoint(LuoshiError):
    """A text that is no checkpoint."""

    code = "audit-no-checkpoint"
    zh = "{where}不是检查点,或已残缺;请使用“luoshi audit checkpoint”给出的原文,一字不改。"
    en = (
        "{where} is no checkpoint, or only part of one; use the text exactly as “luoshi audit checkpoint” "
        "gave it."
    )


class ForeignSignature(LuoshiError):
    """A checkpoint that this key did not sign."""

    code = "audit-signature"
    zh = "{where}的签名与公钥 {key} 不符:内容被改动过,或由另一把密钥签发;请向签发单位索取原文核对。"
    en = (
        "The signature of {where} does not fit the key {key}: the text was changed or another key signed it; "
        "ask the office that issued it for the original."
    )


class NoKey(LuoshiError):
    """A text that is no public key."""

    code = "audit-no-key"
    zh = "{where}不是本系统审计日志的公钥;请使用“luoshi audit key”给出的一行文字。"
    en = "{where} is no public key of an audit log; use the line that “luoshi audit key” gives."


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What the log was at a moment.

    Attributes:
        origin: name of the log.
        size: how many entries it had.
        root: of the tree over them.
        number: of the checkpoint, counted from 1.
        time: when it was made, as it is written.
    """

    origin: str
    size: int
    root: bytes
    number: int
    time: str

    @property
    def at(self) -> datetime:
        """When it was made."""
        return datetime.fromisoformat(self.time)

    def text(self) -> str:
        """What is signed."""
        root = b64encode(self.root).decode()
        return f"{self.origin}\n{self.size}\n{root}\nnumber {self.number}\ntime {self.time}\n"


@dataclass(frozen=True, slots=True)
class PublicKey:
    """The key that checks the signatures of a log.

    Example:
        >>> print(PublicKey("luoshi/990102", bytes(32)))
        luoshi/990102+a34c60d7+AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA
    """

    name: str
    key: bytes

    @property
    def id(self) -> bytes:
        """The four bytes that stand for it in a signature."""
        return sha256(self.name.encode() + b"\n" + ED25519 + self.key).digest()[:4]

    def __str__(self) -> str:
        return f"{self.name}+{self.id.hex()}+{b64encode(ED25519 + self.key).decode()}"


def new_checkpoint(*, origin: str, size: int, root: bytes, number: int, at: datetime) -> Checkpoint:
    """A checkpoint of the log as it is at `at`."""
    return Checkpoint(origin, size, root, number, written(at))


def note(checkpoint: Checkpoint, key: PublicKey, sign: Callable[[bytes], bytes]) -> str:
    """The checkpoint with its signature.

    Args:
        sign: makes an Ed25519 signature with the secret of `key`.
    """
    text = checkpoint.text()
    signature = b64encode(key.id + sign(text.encode())).decode()
    return f"{text}\n— {key.name} {signature}\n"


def read_note(text: str, where: object = "") -> Checkpoint:
    """The checkpoint in a signed note, whoever signed it.

    Args:
        where: what to call the text in a refusal.

    Raises:
        NoCheckpoint: it is none.
    """
    body, blank, _ = text.partition("\n\n")
    found = _BODY.fullmatch(body + "\n")
    if not blank or found is None or len(text) > LONGEST:
        raise NoCheckpoint(where=where)
    try:
        datetime.fromisoformat(found["time"])
    except ValueError:
        raise NoCheckpoint(where=where) from None
    return Checkpoint(
        found["origin"], int(found["size"]), b64decode(found["root"]), int(found["number"]), found["time"]
    )


def open_note(
    text: str, key: PublicKey, signed: Callable[[bytes, bytes], bool], where: object = ""
) -> Checkpoint:
    """The checkpoint in a note that `key` signed. Signatures of other keys are passed over.

    Args:
        signed: whether the first is the Ed25519 signature of `key` for the second.

    Raises:
        NoCheckpoint: the text is no checkpoint.
        ForeignSignature: none of its signatures is one of `key`.
    """
    checkpoint = read_note(text, where)
    _, _, signatures = text.partition("\n\n")
    message = checkpoint.text().encode()
    for line in signatures.split("\n"):
        found = _SIGNATURE.fullmatch(line)
        if found is None or found["name"] != key.name:
            continue
        given = _bytes(found["hash"])
        if given[:4] == key.id and signed(given[4:], message):
            return checkpoint
    raise ForeignSignature(where=where, key=key)


def read_key(text: str, where: object = "") -> PublicKey:
    """The public key that is written as `str` writes it.

    Raises:
        NoKey: it is none.
    """
    found = _KEY.fullmatch(text.strip())
    raw = _bytes(found["key"]) if found else b""
    if found is None or len(raw) != 33 or raw[:1] != ED25519:
        raise NoKey(where=where)
    key = PublicKey(found["name"], raw[1:])
    if key.id.hex() != found["id"]:
        raise NoKey(where=where)
    return key


def _bytes(text: str) -> bytes:
    try:
        return b64decode(text, validate=True)
    except NoBase64:
        return b""
