"""What docx and xlsx have in common: parts that refer to each other, namespaces, and declared properties."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from luoshi.core.document.container import Container
from luoshi.core.document.errors import DamagedDocument
from luoshi.core.document.xml_parts import parse_xml, stream_xml
from luoshi.core.errors import Phrase

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"

# "Strict" files use other namespaces for the same elements. Sample: http://purl.oclc.org/ooxml/drawingml/main
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/(\w+)")
_TRANSITIONAL = rb"http://schemas.openxmlformats.org/\1/2006/\2"

# Element of docProps/core.xml → key of `Extract.declared`.
_PROPERTIES = {
    "title": "title",
    "subject": "subject",
    "creator": "creator",
    "keywords": "keywords",
    "description": "description",
    "category": "category",
    "lastModifiedBy": "last_modified_by",
    "created": "created",
    "modified": "modified",
}


@dataclass(frozen=True, slots=True)
class Relation:
    """A reference to another part: its identifier, its kind (`styles`, `worksheet`…), and the part."""

    id: str
    kind: str
    target: str


@dataclass(slots=True)
class Package:
    """The parts of a docx or xlsx and how they hang together."""

    container: Container
    _relations: dict[str, tuple[Relation, ...]] = field(default_factory=dict)

    def main_part(self, usual: str) -> str:
        """The part that holds the document itself; `usual` where the package does not say."""
        return self.related("", "officeDocument") or usual

    def related(self, part: str, kind: str) -> str:
        """The first part of that kind that `part` refers to, or an empty string."""
        return next((relation.target for relation in self.relations(part) if relation.kind == kind), "")

    def relations(self, part: str) -> tuple[Relation, ...]:
        """The references of a part (of the whole package for an empty name) that stay inside the package."""
        if part not in self._relations:
            folder, name = posixpath.split(part)
            rels = posixpath.join(folder, "_rels", f"{name}.rels")
            self._relations[part] = (
                tuple(self._read_relations(rels, folder)) if rels in self.container else ()
            )
        return self._relations[part]

    def read(self, part: str) -> bytes:
        """The XML of a part, in the usual (transitional) namespaces."""
        return _STRICT.sub(_TRANSITIONAL, self.container.read(part))

    def xml(self, part: str) -> etree._Element:
        """The root element of a part; see `parse_xml`."""
        return parse_xml(self.read(part), part=part, file=self.container.file, limits=self.container.limits)

    def stream(self, part: str, tags: tuple[str, ...], *, under: tuple[str, ...]) -> Iterator[etree._Element]:
        """The elements `tags` right under `under` of a long part, one at a time; see `stream_xml`."""
        limits, file = self.container.limits, self.container.file
        return stream_xml(self.read(part), tags, under=under, part=part, file=file, limits=limits)

    def damaged(self, zh: str, en: str) -> DamagedDocument:
        """The error that says where the package is damaged."""
        return DamagedDocument(file=self.container.file, where=Phrase(zh, en))

    def properties(self) -> dict[str, str]:
        """What the file declares of itself: `title`, `creator`, `created`… where they are not empty."""
        part = self.related("", "core-properties")
        if part not in self.container:
            return {}
        found: dict[str, str] = {}
        for element in self.xml(part):
            key = _PROPERTIES.get(etree.QName(element).localname)
            value = " ".join((element.text or "").split())
            if key and value:
                found[key] = value
        return found

    def _read_relations(self, rels: str, folder: str) -> Iterator[Relation]:
        for element in self.xml(rels).iter(_RELATION):
            if element.get("TargetMode") == "External":
                continue
            target = element.get("Target", "")
            path = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
            kind = element.get("Type", "").rsplit("/", 1)[-1]
            yield Relation(element.get("Id", ""), kind, posixpath.normpath(path))


def number(text: str | None, default: int = 0, *, least: int = 0, most: int = 32_767) -> int:
    """A whole number of an attribute, kept between two bounds; `default` where there is none.

    Example:
        >>> number("12"), number(None), number("x", 1), number("99999999999")
        (12, 0, 1, 32767)
    """
    try:
        value = int(text or "")
    except ValueError:
        return default
    return min(max(value, least), most)


def is_on(element: etree._Element) -> bool:
    """Whether a switch like `<w:b/>` is on: it is, unless it says that it is not."""
    return means_on(element.get(f"{W}val", "1"))


def means_on(value: str) -> bool:
    """Whether the value of a switch says that it is on."""
    return value not in ("0", "false", "off", "none")
