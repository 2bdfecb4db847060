"""Formats of word processors' own (doc, wps, rtf…), read through LibreOffice where it is installed."""

from __future__ import annotations

import hashlib
import os
import resource
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

from luoshi.core.document.errors import ConverterMissing, DamagedDocument
from luoshi.core.document.limits import Limits
from luoshi.core.document.model import Document
from luoshi.core.document.open import READABLE, open_as, open_document
from luoshi.core.document.sniff import sniff
from luoshi.core.errors import Phrase

# Format → what LibreOffice turns it into, for which there is a reader.
CONVERTED = {"doc": "docx", "wps": "docx", "rtf": "docx", "odt": "docx", "ods": "xlsx"}

# A converted document is opened by a program that could run macros and fetch what it links to: neither.
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution"
 oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks"
 oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link"
 oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Content/Update"><prop oor:name="Link"
 oor:op="fuse"><value>1</value></prop></item>
</oor:items>
"""


def open_any(data: bytes, name: str, limits: Limits, scratch: Path) -> Document:
    """As `open_document`, and also formats that must be converted first.

    Args:
        data: the whole file.
        name: its name without folders.
        limits: bounds; the clock is kept by whoever started this process, who ends the converter with it.
        scratch: a private folder, removed by its owner.

    Raises:
        ConverterMissing: LibreOffice is needed and not installed.
        DocumentError: as for `open_document`.
    """
    format = sniff(data, name)
    if format in READABLE or format not in CONVERTED:
        return open_document(data, name, limits)
    converted = convert(data, name, format, scratch)
    document = open_as(CONVERTED[format], converted, name, limits)
    return replace(document, format=format, sha256=hashlib.sha256(data).hexdigest())


def convert(data: bytes, name: str, format: str, scratch: Path) -> bytes:
    """What LibreOffice makes of `data`: docx or xlsx, as `CONVERTED` says.

    Raises:
        ConverterMissing: it is not installed.
        DamagedDocument: it cannot open the file.
    """
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        raise ConverterMissing(file=name, seen=format)
    profile, out = scratch / "profile", scratch / "out"
    (profile / "user").mkdir(parents=True, exist_ok=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_PROFILE, encoding="utf-8")
    source = scratch / f"source.{format}"
    result = out / f"source.{CONVERTED[format]}"
    source.write_bytes(data)
    try:
        subprocess.run(  # noqa: S603 (a fixed command; the document's name is not part of it)
            [program, "--headless", "--norestore", "--nolockcheck", "--nologo", "--nodefault",
             f"-env:UserInstallation={profile.as_uri()}", "--convert-to", CONVERTED[format],
             "--outdir", str(out), str(source)],
            env={**os.environ, "HOME": str(scratch), "TMPDIR": str(scratch), "SAL_USE_VCLPLUGIN": "svp"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            preexec_fn=_without_bounds,
            check=False,
        )  # fmt: skip
        if not result.is_file():
            where = Phrase("LibreOffice 打不开它", "LibreOffice cannot open it")
            raise DamagedDocument(file=name, where=where)
        return result.read_bytes()
    finally:
        source.unlink(missing_ok=True)
        shutil.rmtree(out, ignore_errors=True)


def _without_bounds() -> None:
    """LibreOffice maps more address space than a reader may have; the guard's clock still holds."""
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    resource.setrlimit(resource.RLIMIT_AS, (hard, hard))
