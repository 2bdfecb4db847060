"""ofd (GB/T 33190-2016), the Chinese national format for fixed pages: a zip container of XML parts."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from luoshi.core.document.container import Container, open_container
from luoshi.core.document.errors import DamagedDocument, EncryptedDocument, TooLarge
from luoshi.core.document.limits import Limits
from luoshi.core.document.model import Extract
from luoshi.core.document.ofd_objects import Painter, Resources
from luoshi.core.document.ofd_values import POINTS, box, child, children, local, resolve, text_of
from luoshi.core.document.page_checks import PageFacts, check_readable
from luoshi.core.document.page_drawn import Drawn, Settled, settle
from luoshi.core.document.page_geometry import Transform
from luoshi.core.document.page_model import Page
from luoshi.core.document.pages import lay_out
from luoshi.core.errors import Phrase

_ROOT = "OFD.xml"
# Parts that only an encrypted container has (GM/T 0099).
_ENCRYPTION_PARTS = ("encryptions.xml", "entriesmap.dat", "decryptseed.dat")
# Metadata of the file by the names that all readers share.
_DECLARED = {"Title": "title", "Author": "author", "Subject": "subject", "CreationDate": "created"}
_A4 = (0.0, 0.0, 210.0, 297.0)


def read(data: bytes, *, file: str, limits: Limits) -> Extract:
    """The paragraphs and tables of an ofd.

    Seals and signatures are pictures over the text and are not looked at; attachments are only noted.

    Args:
        data: the whole file.
        file: its name, for error messages.
        limits: `pages`, `characters`, `cells` and those of zip containers are kept here.

    Returns:
        Pieces and tables in reading order, each character with its page and box. The documents of a
        container follow one another; pages are counted through.

    Raises:
        EncryptedDocument: the container is encrypted.
        DamagedDocument: a part is missing or broken.
        ScannedDocument, GarbledDocument, EmptyDocument: there is no text that could be read.
        TooLarge: there are too many pages, characters, cells or parts, or they unpack too far.
        SuspiciousContent: the container is not what it seems.
    """
    container = open_container(data, file=file, limits=limits)
    root = container.xml(_ROOT)
    if _is_encrypted(container, root):
        raise EncryptedDocument(file=file)
    bodies = list(children(root, "DocBody"))
    reading = _Reading(container, file, limits)
    for body in bodies:
        reading.add_document(resolve(_ROOT, text_of(child(body, "DocRoot"))))
    if not bodies or not reading.pages:
        raise DamagedDocument(file=file, where=Phrase("没有页面", "it has no pages"))
    notes = reading.notes + check_readable(reading.facts, file=file)
    pieces = lay_out(reading.pages, file=file, limits=limits)
    return Extract("ofd", pieces, _declared(bodies[0]), tuple(notes))


def _is_encrypted(container: Container, root: etree._Element) -> bool:
    parts = {name.rpartition("/")[2].casefold() for name in container.names}
    return any(part in parts for part in _ENCRYPTION_PARTS) or any(
        local(element) == "Encryptions" for element in root.iter()
    )


def _declared(body: etree._Element) -> dict[str, str]:
    info = child(body, "DocInfo")
    values = {ours: text_of(child(info, theirs)) for theirs, ours in _DECLARED.items()}
    return {name: value for name, value in values.items() if value}


@dataclass(slots=True)
class _Reading:
    """The pages of a container as they are read, document by document."""

    container: Container
    file: str
    limits: Limits
    pages: list[Page] = field(default_factory=list)
    facts: list[PageFacts] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    characters: int = 0

    def add_document(self, part: str) -> None:
        """Read the document whose root part is `part`."""
        root = self.container.xml(part)
        common = child(root, "CommonData")
        resources = Resources()
        for entry in children(common, "PublicRes", "DocumentRes"):
            self._add_resources(resources, resolve(part, text_of(entry)))
        templates = {
            template.get("ID", ""): resolve(part, template.get("BaseLoc", ""))
            for template in children(common, "TemplatePage")
        }
        area = child(common, "PageArea")
        pages = [resolve(part, page.get("BaseLoc", "")) for page in children(child(root, "Pages"), "Page")]
        self._check("pages", Phrase("页数", "a number of pages"), len(self.pages) + len(pages))
        kept = {ident: self.container.xml(place) for ident, place in templates.items() if pages}
        for place in pages:
            page, facts, notes = self._read_page(place, kept, resources, area)
            self.characters += facts.characters
            self._check("characters", Phrase("字数", "a number of characters"), self.characters)
            self.pages.append(page)
            self.facts.append(facts)
            self.notes += notes
        if attachments := text_of(child(root, "Attachments")):
            self.notes.append(("attachments", attachments))

    def _add_resources(self, resources: Resources, part: str) -> None:
        # A missing resource file costs at most the look of the text.
        if part in self.container:
            resources.add(self.container.xml(part))

    def _check(self, setting: str, what: Phrase, size: int) -> None:
        limit = getattr(self.limits, setting)
        if size > limit:
            raise TooLarge(
                file=self.file, what=what, size=size, limit=limit, setting=f"LUOSHI_LIMIT_{setting.upper()}"
            )

    def _read_page(
        self,
        part: str,
        templates: dict[str, etree._Element],
        resources: Resources,
        common_area: etree._Element | None,
    ) -> Settled:
        root = self.container.xml(part)
        for place in children(root, "PageRes"):
            self._add_resources(resources, resolve(part, text_of(place)))
        left, top, wide, high = _page_box(child(root, "Area"), common_area)
        width, height = wide * POINTS, high * POINTS
        to_page = Transform(POINTS, 0, 0, POINTS, -left * POINTS, -top * POINTS)
        drawn = Drawn()
        painter = Painter(drawn, resources, width, height, self.file)
        for use in children(root, "Template"):
            template = templates.get(use.get("TemplateID", ""))
            if template is not None:
                _paint(painter, template, to_page)
        _paint(painter, root, to_page)
        return settle(drawn, number=len(self.pages) + 1, width=width, height=height)


def _paint(painter: Painter, root: etree._Element, to_page: Transform) -> None:
    content = child(root, "Content")
    if content is not None:
        painter.paint(content, to_page)


def _page_box(*areas: etree._Element | None) -> tuple[float, float, float, float]:
    """The paper of a page, in millimetres: its own area, else that of the document, else A4."""
    for area in areas:
        found = box(text_of(child(area, "PhysicalBox")))
        if found is not None and found[2] > 0 and found[3] > 0:
            return found
    return _A4
