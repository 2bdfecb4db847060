"""XML that a stranger may have made."""

from __future__ import annotations

import pytest

from luoshi.core.document.errors import DamagedDocument, DocumentError, SuspiciousContent, TooLarge
from luoshi.core.document.limits import Limits
from luoshi.core.document.xml_parts import parse_xml, stream_xml

DEEP = Limits(nesting=20)


def parsed(data: bytes, limits: Limits = DEEP) -> str:
    return str(parse_xml(data, part="p.xml", file="甲.docx", limits=limits).tag)


def streamed(data: bytes, limits: Limits = DEEP) -> int:
    return len(
        [1 for _ in stream_xml(data, ("b",), under=("a",), part="p.xml", file="甲.docx", limits=limits)]
    )


@pytest.mark.parametrize("read", [parsed, streamed])
@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", DamagedDocument),
        (b"<a><b></a>", DamagedDocument),
        (b"<a><b>", DamagedDocument),
        (b"<a><b>&unknown;</b></a>", DamagedDocument),
        (b'<?xml version="1.0" encoding="klingon"?><a/>', DamagedDocument),
        (b"<!DOCTYPE a><a><b/></a>", SuspiciousContent),
        (b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a><b>&x;</b></a>', SuspiciousContent),
        ("<?xml version='1.0' encoding='UTF-16'?><!DOCTYPE a><a/>".encode("utf-16"), SuspiciousContent),
        (b'<?xml version="1.0" encoding="UTF-7"?>+ADwAIQ-DOCTYPE a+AD4-<a/>', SuspiciousContent),
        (b"<a>" * 21 + b"<b/>" + b"</a>" * 21, TooLarge),
        (b"<a>" * 400 + b"<b/>" + b"</a>" * 400, TooLarge),
        (b'<a><b c="' + b"x" * 10_000_001 + b'"/></a>', SuspiciousContent),
        (b"<a><b>" + b"x" * 10_000_001 + b"</b></a>", SuspiciousContent),
        (b"<a><b" + b"x" * 60_000 + b"/></a>", SuspiciousContent),
    ],
    ids=range(14),
)
def test_refused(data: bytes, error: type[DocumentError], read: object) -> None:
    with pytest.raises(error):
        read(data)  # type: ignore[operator]


def test_the_deepest_allowed() -> None:
    assert parsed(b"<a>" * 20 + b"</a>" * 20) == "a"


def test_a_stream_gives_only_what_was_asked_for() -> None:
    data = b"<r><a>" + b"<b><b/><c/></b><c/>" * 200 + b"</a><d><b/></d></r>"
    assert streamed(data) == 200


def test_a_stream_keeps_little_in_memory() -> None:
    data = b"<r><a>" + b"<b><c>text</c></b><other/>" * 20_000 + b"</a></r>"
    most = 0
    for element in stream_xml(data, ("b",), under=("a",), part="p", file="f", limits=DEEP):
        parent = element.getparent()
        assert parent is not None
        assert element.findtext("c") == "text"
        most = max(most, len(parent))
    assert most < 5_000


def test_comments_and_instructions_are_not_there() -> None:
    root = parse_xml(b"<a><!-- x --><?y?><b/></a>", part="p", file="f", limits=DEEP)
    assert [child.tag for child in root] == ["b"]
