"""Characters come out as they went in, or not at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.core.document.encoding import decode, decode_declared
from luoshi.core.document.errors import DamagedDocument, UnknownFormat

TEXT = "云溪区重点任务分解方案\r\n一、总体要求\n1.建立清单,达到100%。\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gbk", "gb2312", "gb18030"]
)
def test_every_usual_encoding_gives_the_same_text(encoding: str) -> None:
    assert decode(TEXT.encode(encoding), file="a.txt")[0] == TEXT


@pytest.mark.parametrize("words", ["落实", "联通", "区司法局", "责任部门:区司法局", "一"])
def test_short_gbk_is_not_mistaken(words: str) -> None:
    read, _ = decode((words + "牵头").encode("gbk"), file="a.txt")
    assert read == words + "牵头"


def test_a_mark_decides_before_everything_else() -> None:
    assert decode(b"\xff\xfe" + "落实".encode("utf-16-le"), file="a.txt") == ("落实", "utf-16-le")
    assert decode(b"\xff\xfe\x00\x00" + "落".encode("utf-32-le"), file="a.txt") == ("落", "utf-32-le")


@pytest.mark.parametrize("encoding", ["utf-8", "gbk"])
def test_a_text_cut_inside_a_character_is_damaged(encoding: str) -> None:
    data = (TEXT * 20).rstrip().encode(encoding) + "区".encode(encoding)[:-1]
    with pytest.raises(DamagedDocument) as caught:
        decode(data, file="a.txt")
    assert "第60行" in caught.value.message("zh")
    assert "line 60" in caught.value.message("en")


def test_a_wrong_byte_inside_utf8_never_turns_the_text_into_other_characters() -> None:
    data = bytearray((TEXT * 20).encode())
    data[100] = 0xFF
    with pytest.raises(DamagedDocument):
        decode(bytes(data), file="a.txt")


@pytest.mark.parametrize(
    "data", [bytes(range(256)) * 8, b"\x00\x01" * 99, b"text\x00text", b"\x07" * 50 + b"a"]
)
def test_noise_is_no_text(data: bytes) -> None:
    with pytest.raises(UnknownFormat):
        decode(data, file="a.txt")


@given(st.text(st.characters(codec="gb18030", exclude_categories=["Cc", "Co", "Cn", "Cs"]), min_size=1))
def test_what_is_decoded_as_gb18030_encodes_to_the_same_bytes(text: str) -> None:
    data = text.encode("gb18030")
    try:
        read, encoding = decode(data, file="a.txt")
    except (DamagedDocument, UnknownFormat):
        return
    assert read.encode(encoding) == data


def test_a_page_is_decoded_as_it_declares() -> None:
    page = '<meta charset="{}"><p>澄江市雲溪區任務分解方案</p>'
    assert "雲溪區" in decode_declared(page.format("big5").encode("big5"), file="a.html")[0]
    assert "雲溪區" in decode_declared(page.format("gb2312").encode("gbk"), file="a.html")[0]


def test_a_page_that_declares_what_it_is_not_is_decoded_as_what_it_is() -> None:
    page = '<meta charset="gb2312"><p>澄江市云溪区人民政府办公室关于印发任务分解方案的通知</p>'
    assert decode_declared(page.encode(), file="a.html") == (page, "utf-8")
    assert decode_declared(page.replace("gb2312", "utf-8").encode("gbk"), file="a.html")[1] == "gb18030"
