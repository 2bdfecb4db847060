"""Lines of text files stand where they say they stand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.core.document.errors import EmptyDocument, TooLarge
from luoshi.core.document.limits import Limits
from luoshi.core.document.model import FilePlace, Piece
from luoshi.core.document.txt import lines, read


def test_every_kind_of_line_end_parts_lines() -> None:
    text = "一\n二\r\n三\r四\u2028五\f六\v七\u2029八"
    assert [piece.text for piece in lines(text)] == list("一二三四五六七八")


@given(st.text(st.sampled_from("区局、 　|\t\n\r\f\u2028abc123\xa0"), max_size=60))
def test_every_character_is_found_at_its_offset(text: str) -> None:
    for piece in lines(text):
        at = 0
        for run in piece.runs:
            for index in range(run.length):
                place = run.at(index)
                assert isinstance(place, FilePlace)
                assert text[place.offset] == piece.text[at]
                at += 1
        assert at == len(piece.text)


def test_offsets_count_from_behind_the_byte_order_mark() -> None:
    piece = read("甲\n乙".encode("utf-8-sig"), file="a.txt", limits=Limits()).pieces[1]
    assert isinstance(piece, Piece)
    assert piece.runs[0].place == FilePlace(2)


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b" \r\n\t\x1a", "　\n".encode()])
def test_nothing_is_empty(data: bytes) -> None:
    with pytest.raises(EmptyDocument):
        read(data, file="a.txt", limits=Limits())


def test_too_many_characters_are_refused() -> None:
    with pytest.raises(TooLarge) as caught:
        read("区".encode() * 11, file="a.txt", limits=Limits(characters=10))
    assert "LUOSHI_LIMIT_CHARACTERS" in caught.value.message("en")
