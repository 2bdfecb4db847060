"""What must never be committed: real documents, places on one machine, unfinished business."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

from tests.house.tree import ROOT, hold, name, text_files, text_of

FILES = text_files()
# Names of formats, licences, and machines that are this one or nobody's.
KNOWN_HOSTS = {
    "127.0.0.1",
    "json-schema.org",
    "localhost",
    "openoffice.org",
    "purl.oclc.org",
    "purl.org",
    "schemas.microsoft.com",
    "schemas.openxmlformats.org",
    "testserver",
    "www.apache.org",
    "www.ofdspec.org",
    "www.w3.org",
}
# "https://example.org/a": the host of an address.
ADDRESS = re.compile(r"\b(?:https?|ftp)://(?:[^/@\s\"']*@)?([a-z0-9][a-z0-9.-]*)", re.IGNORECASE)
# Names that are reserved for examples: "plans.example.gov.cn", "a.test".
NOBODYS_HOST = re.compile(r"(?:^|\.)example(?:\.|$)|\.(?:test|invalid)$")
# Paths of one machine: "/work/main/x", "/root/.venv", "/home/somebody/x".
MACHINE_PATH = re.compile(r"(?<![\w.])/(?:work/(?:main|shared)|root|home/\w+|tmp/team)/")
UNFINISHED = re.compile(r"\b(?:TO" r"DO|FIX" r"ME|XX" r"X)\b")
# "《…》": titles of laws and plans are the same everywhere.
QUOTED_TITLE = re.compile(r"《[^》]*》")
BODY_LIST = re.compile(r"^(?:牵头|责任|配合)(?:部门|单位)\s*[:：]")
SEPARATOR = re.compile(r"[、,\"|;]")
CHINESE = re.compile(r"[一-鿿]")
SHINGLE = 20


def test_no_machine_and_no_unfinished_business() -> None:
    hold(_no_machine_and_no_unfinished_business, [path for path in FILES if path != Path(__file__)])


def _no_machine_and_no_unfinished_business(path: Path) -> None:
    text = text_of(path).replace("\\.", ".")
    # The lock of the front-end kits keeps where its makers take donations.
    hosts = set() if path.name == "package-lock.json" else {host.lower() for host in ADDRESS.findall(text)}
    foreign = {
        host for host in hosts - KNOWN_HOSTS if not re.search(r"(^|\.)example(\.|$)|\.(test|invalid)$", host)
    }
    assert not foreign, f"{name(path)} names the hosts {foreign}"
    assert not MACHINE_PATH.search(text), f"{name(path)} names a path of one machine"
    assert not UNFINISHED.search(text), f"{name(path)} has unfinished business"


def test_locks_name_no_registry() -> None:
    assert '"resolved"' not in (ROOT / "package-lock.json").read_text(encoding="utf-8")
    for path in (ROOT / "requirements").glob("*.txt"):
        for line in path.read_text(encoding="utf-8").splitlines():
            assert not line.startswith(("-", "http")), f"{name(path)}: {line}"


def shingles(text: str) -> set[str]:
    """Every run of 20 characters of Chinese prose, whatever its spacing and width of punctuation.

    Lists of bodies are left out: the same offices stand in the same order everywhere.
    """
    found = set()
    for line in unicodedata.normalize("NFKC", text).splitlines():
        if BODY_LIST.match(line):
            continue
        for part in QUOTED_TITLE.split("".join(line.split())):
            found.update(part[start : start + SHINGLE] for start in range(len(part) - SHINGLE + 1))
    return {shingle for shingle in found if _is_prose(shingle)}


def _is_prose(shingle: str) -> bool:
    return len(CHINESE.findall(shingle)) >= SHINGLE // 2 and len(SEPARATOR.findall(shingle)) < 3


def test_no_text_of_real_documents(corpus: Path) -> None:
    real: set[str] = set()
    for path in corpus.rglob("*"):
        if path.suffix in {".txt", ".html", ".jsonl"}:
            real |= shingles(path.read_text(encoding="utf-8", errors="ignore").replace("\\n", "\n"))
    for path in FILES:
        copied = real & shingles(text_of(path))
        assert not copied, f"{name(path)} repeats a real document: {sorted(copied)[:3]}"
