"""White space and invisible characters: which lines hold none."""

from __future__ import annotations

import sys

from luoshi.core.document.spacing import SUSPECT, is_plain


def test_a_plain_text_is_one_without_any_suspect_character_whichever_that_is() -> None:
    characters = [chr(code) for code in range(sys.maxunicode + 1)]
    wrong = [char for char in characters if is_plain(f"云{char}溪") is (SUSPECT.match(char) is not None)]
    assert wrong == []
