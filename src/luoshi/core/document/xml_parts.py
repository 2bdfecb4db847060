"""XML of a stranger, parsed without entities, document types or network, and with bounds.

libxml2 keeps its own bounds on the length of names, texts and attributes; its words become our errors.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import lru_cache

from lxml import etree

from luoshi.core.document.errors import DamagedDocument, SuspiciousContent, TooLarge
from luoshi.core.document.limits import Limits
from luoshi.core.errors import Phrase

# Elements of a long part that are checked and dropped together.
_BATCH = 64
_DOCTYPE = tuple(
    mark.encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be") for mark in ("<!DOCTYPE", "<!ENTITY")
)
# What libxml2 says when it stops at one of its own bounds: names, comments, texts, attributes too long.
_RESOURCE_ERRORS = (
    etree.ErrorTypes.ERR_NAME_TOO_LONG,
    etree.ErrorTypes.ERR_COMMENT_NOT_FINISHED,
    etree.ErrorTypes.ERR_RESOURCE_LIMIT,
)


def parse_xml(data: bytes, *, part: str, file: str, limits: Limits) -> etree._Element:
    """The root element of an XML part, without comments and processing instructions.

    Raises:
        DamagedDocument: the XML is not well-formed.
        SuspiciousContent: it has a document type or entities, or a name, text or attribute of absurd length.
        TooLarge: elements stand more than `limits.nesting` deep.
    """
    _refuse_doctype(data, file)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise _xml_error(error, part, file, limits) from None
    except (ValueError, LookupError):
        raise _not_well_formed(part, file) from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise _doctype(file)
    _check_depth(root, file=file, limits=limits)
    return root


def stream_xml(
    data: bytes, tags: tuple[str, ...], *, under: tuple[str, ...], part: str, file: str, limits: Limits
) -> Iterator[etree._Element]:
    """The elements `tags` right under elements `under` of a long XML part, which is never whole in memory.

    An element is to be read before the next is asked for.

    Raises:
        DocumentError: as `parse_xml`.
    """
    _refuse_doctype(data, file)
    events = etree.iterparse(
        io.BytesIO(data),
        events=("end",),
        tag=tags,
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
    )
    try:
        batch: list[etree._Element] = []
        for _, element in events:
            parent = element.getparent()
            if parent is not None and parent.tag in under:
                batch.append(element)
                if len(batch) == _BATCH:
                    yield from _passing(batch, file, limits)
                    batch = []
        yield from _passing(batch, file, limits)
    except etree.XMLSyntaxError as error:
        raise _xml_error(error, part, file, limits) from None
    except (ValueError, LookupError):
        raise _not_well_formed(part, file) from None
    if events.root is not None and events.root.getroottree().docinfo.internalDTD is not None:
        raise _doctype(file)


def _passing(batch: list[etree._Element], file: str, limits: Limits) -> Iterator[etree._Element]:
    if not batch:
        return
    _check_depth(batch[-1].getroottree().getroot(), file=file, limits=limits)
    yield from batch
    for element in batch:
        element.clear()
        parent = element.getparent()
        # Emptied elements before this one would still pile up in their parent.
        while parent is not None and element.getprevious() is not None:
            del parent[0]


def _check_depth(root: etree._Element, *, file: str, limits: Limits) -> None:
    """Refuse a tree whose elements stand more than `limits.nesting` deep."""
    if _deeper_than(limits.nesting)(root):
        raise _too_deep(file, limits)


@lru_cache(maxsize=8)
def _deeper_than(depth: int) -> etree.XPath:
    # A path of so many steps is evaluated level by level, in one pass over the tree and without Python.
    return etree.XPath("boolean(" + "/".join([".", *["*"] * depth]) + ")")


def _refuse_doctype(data: bytes, file: str) -> None:
    if any(mark in data for mark in _DOCTYPE):
        raise _doctype(file)


def _doctype(file: str) -> SuspiciousContent:
    return SuspiciousContent(
        file=file, what=Phrase("XML 文档类型或实体声明", "an XML document type or entity")
    )


def _xml_error(
    error: etree.XMLSyntaxError, part: str, file: str, limits: Limits
) -> DamagedDocument | SuspiciousContent | TooLarge:
    if "depth" in str(error.msg):
        return _too_deep(file, limits)
    if getattr(error, "code", 0) in _RESOURCE_ERRORS:
        what = Phrase(
            f"{shortened(part)} 中超长的名称、属性或文字",
            f"a name, attribute or text too long in {shortened(part)}",
        )
        return SuspiciousContent(file=file, what=what)
    return _not_well_formed(part, file)


def _not_well_formed(part: str, file: str) -> DamagedDocument:
    return DamagedDocument(file=file, where=where_in(part, "不是完整的 XML", "is not well-formed XML"))


def _too_deep(file: str, limits: Limits) -> TooLarge:
    what = Phrase("元素嵌套层数", "an element nesting of")
    size = f">{limits.nesting}"
    return TooLarge(file=file, what=what, size=size, limit=limits.nesting, setting="LUOSHI_LIMIT_NESTING")


def where_in(name: str, zh: str, en: str) -> Phrase:
    """Where a container is damaged: a part, and what is wrong with it."""
    return Phrase(f"部件 {shortened(name)} {zh}", f"the part {shortened(name)} {en}")


def shortened(name: str) -> str:
    """A part's name as an error quotes it."""
    return name if len(name) <= 80 else name[:79] + "…"
