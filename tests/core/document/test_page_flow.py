"""Which line ends are the width of the page, and which end a paragraph."""

from __future__ import annotations

from luoshi.core.document.limits import Limits
from luoshi.core.document.model import Piece
from luoshi.core.document.page_model import Glyph
from luoshi.core.document.pages import lay_out
from tests.writers.pages import A4, boxes, glyphs, paragraph, read, sheet

LONG = (
    "把任务讲清楚、责任分到位、结果看得见，推动法治云溪、法治政府、法治社会建设同步向前，让群众遇事有地方问。"
)
LEFT, ROOM, PITCH = 77.5, 27, 28.8


def stack(*paragraphs: str, indent: float = 2, top: float = 100, gap: float = 0) -> list[Glyph]:
    """Paragraphs under one another, `gap` points further apart than their lines."""
    drawn: list[Glyph] = []
    y = top
    for text in paragraphs:
        lines = paragraph(text, LEFT, y, room=ROOM, indent=indent)
        drawn += lines
        y = lines[-1].baseline + PITCH + gap
    return drawn


def pieces(*pages: list[Glyph]) -> list[Piece]:
    drawn = [sheet(page, number=number) for number, page in enumerate(pages, start=1)]
    found = lay_out(drawn, file="页面", limits=Limits())
    return [piece for piece in found if isinstance(piece, Piece)]


def test_lines_of_a_paragraph_are_joined_without_a_space() -> None:
    assert read(sheet(stack(LONG * 2, LONG))) == [LONG * 2, LONG]


def test_an_indent_begins_a_paragraph_even_after_a_full_line() -> None:
    full = "务" * (ROOM * 2 - 2)
    assert read(sheet(stack(full, LONG, full, LONG))) == [full, LONG, full, LONG]


def test_a_short_line_ends_a_paragraph() -> None:
    assert read(sheet(stack("一、总体要求", "牵头部门：区司法局", LONG))) == [
        "一、总体要求",
        "牵头部门：区司法局",
        LONG,
    ]


def test_a_gap_ends_a_paragraph_of_flush_text() -> None:
    texts = [LONG, "务" * ROOM, LONG, LONG]
    assert read(sheet(stack(*texts, indent=0, gap=14))) == texts


def test_flush_text_without_gaps_is_doubtful_after_a_sentence() -> None:
    full = "务" * (ROOM - 1) + "。"
    found = pieces(stack(LONG * 2, full, LONG * 2, indent=0))
    assert [piece.text for piece in found] == [LONG * 2, full, LONG * 2]
    assert [piece.wrapped for piece in found] == [False, True, False]


def test_a_number_after_a_full_sentence_is_doubtful() -> None:
    drawn = stack(LONG * 2, "务" * (ROOM - 3) + "。")
    drawn += glyphs("2.工作目标", LEFT, drawn[-1].baseline + PITCH)
    found = pieces(drawn)
    assert [piece.text for piece in found][1:] == ["务" * (ROOM - 3) + "。", "2.工作目标"]
    assert found[1].wrapped


def test_ragged_lines_go_on_where_paragraphs_are_indented() -> None:
    drawn = glyphs("3.健全工作制度，把任务讲清楚、责任分到位、", LEFT + 32, 100)
    drawn += glyphs("结果看得见，群众遇事有地方问、办事有规矩可依，权利受", LEFT, 100 + PITCH)
    drawn += glyphs("损有渠道可找。", LEFT, 100 + 2 * PITCH)
    drawn += stack(LONG, LONG, top=100 + 3 * PITCH)
    assert len(read(sheet(drawn))) == 3


def test_a_hanging_number_holds_its_paragraph_together() -> None:
    first = glyphs("1.", LEFT, 100) + glyphs("务" * 25, LEFT + 32, 100)
    rest = glyphs("项" * 25, LEFT + 32, 100 + PITCH) + glyphs("完。", LEFT + 32, 100 + 2 * PITCH)
    second = glyphs("2.", LEFT, 100 + 3 * PITCH) + glyphs("区司法局", LEFT + 32, 100 + 3 * PITCH)
    found = read(sheet(first + rest + second))
    assert [str(text).replace(" ", "") for text in found] == [
        "1." + "务" * 25 + "项" * 25 + "完。",
        "2.区司法局",
    ]


def test_a_paragraph_goes_on_over_the_page() -> None:
    drawn = stack(LONG * 3)
    middle = 100 + 2.5 * PITCH
    first = [glyph for glyph in drawn if glyph.baseline < middle]
    second = [
        glyph._replace(baseline=glyph.baseline - 3 * PITCH) for glyph in drawn if glyph.baseline > middle
    ]
    (only,) = pieces(first, second)
    assert only.text == LONG * 3
    assert {page for _, page, _ in boxes(only)} == {1, 2}


def test_words_are_parted_at_line_ends_and_numbers_are_not() -> None:
    drawn = glyphs("plan of the rule of law and the " + "rule of law in the rural society of", 72, 100)
    drawn += glyphs("Yunxi", 72, 128)
    drawn += glyphs("务" * 33 + "到20", 72, 160, 16) + glyphs("25年", 72, 188)
    found = read(sheet(drawn))
    assert "society of Yunxi" in str(found)
    assert "到2025年" in str(found)


def test_a_soft_hyphen_at_a_line_end_is_dropped() -> None:
    drawn = glyphs("the plan of the rule of law society and its infor\u00ad", 72, 100) + glyphs(
        "mation", 72, 128
    )
    assert read(sheet(drawn)) == ["the plan of the rule of law society and its information"]


def test_a_centred_title_may_take_several_lines() -> None:
    drawn: list[Glyph] = []
    for index, text in enumerate(("云溪区关于贯彻落实法治社会建设", "重点任务分解方案")):
        drawn += glyphs(text, (A4[0] - len(text) * 22) / 2, 90 + index * 36, 22)
    drawn += glyphs("（征求意见稿）", (A4[0] - 7 * 16) / 2, 165)
    drawn += stack(LONG, LONG, top=200)
    found = pieces(drawn)
    assert found[0].text == "云溪区关于贯彻落实法治社会建设重点任务分解方案"
    assert (found[0].style.align, found[0].style.size) == ("center", 22.0)
    assert [piece.text for piece in found[1:]] == ["（征求意见稿）", LONG, LONG]


def test_signature_lines_stay_apart_and_stand_at_the_right() -> None:
    drawn = stack(LONG, LONG)
    y = max(glyph.baseline for glyph in drawn)
    for index, text in enumerate(("中共云溪区委", "全面依法治区委员会", "2023年3月16日")):
        drawn += glyphs(
            text,
            LEFT + ROOM * 16 - sum(g.right - g.left for g in glyphs(text, 0, 0)),
            y + (index + 1) * PITCH,
        )
    found = pieces(drawn)[2:]
    assert [piece.text for piece in found] == ["中共云溪区委", "全面依法治区委员会", "2023年3月16日"]
    assert {piece.style.align for piece in found} == {"right"}


def test_another_size_is_another_paragraph() -> None:
    small = glyphs("（此件公开发布）", LEFT, 100 + 3 * PITCH, 12)
    assert read(sheet(stack(LONG) + small))[-1] == "（此件公开发布）"


def test_every_character_has_its_own_box() -> None:
    drawn = stack(LONG * 2)
    (only,) = pieces(drawn)
    assert len(boxes(only)) == len(drawn)
    for (char, page, box), glyph in zip(boxes(only), drawn, strict=True):
        assert (char, page) == (glyph.text, 1)
        assert box[0] == round(glyph.left, 2)
        assert box[1] < glyph.baseline < box[3]
