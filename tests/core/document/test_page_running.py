"""Running heads, running feet and page numbers are not part of the text."""

from __future__ import annotations

import pytest

from luoshi.core.document.page_model import Glyph, Page
from luoshi.core.document.page_running import PAGE_NUMBER
from tests.writers.pages import glyphs, paragraph, read, sheet

LONG = (
    "把任务讲清楚、责任分到位、结果看得见，推动法治云溪、法治政府、法治社会建设同步向前，让群众遇事有地方问。"
)


def book(count: int, head: str = "", foot: str = "") -> list[Page]:
    """Pages with three paragraphs each; `{}` in head and foot is the page's number."""
    pages = []
    for number in range(1, count + 1):
        drawn: list[Glyph] = []
        for index in range(3):
            text = f"{number * 3 + index - 2}.第{number}页" + LONG
            drawn += paragraph(text, 80, 130 + index * 3 * 28.8, room=27)
        if head:
            drawn += glyphs(head.format(number), 200, 50, 10)
        if foot:
            drawn += glyphs(foot.format(number), 270, 800, 14)
        pages.append(sheet(drawn, number=number))
    return pages


@pytest.mark.parametrize(
    "text", ["—1—", "-12-", "第3页共9页", "第3页,共9页", "3/9", "·5·", "Page3of9", "第十二页", "－7－"]
)
def test_the_many_looks_of_page_numbers(text: str) -> None:
    assert PAGE_NUMBER.fullmatch(text)


@pytest.mark.parametrize("text", ["2023年", "一、", "1.", "区司法局", "第3章", "100%"])
def test_what_is_no_page_number(text: str) -> None:
    assert not PAGE_NUMBER.fullmatch(text)


@pytest.mark.parametrize("foot", ["— {} —", "-{}-", "第{}页 共9页", "{}", "Page {} of 9"])
@pytest.mark.parametrize("count", [1, 2, 5])
def test_page_numbers_are_left_out(foot: str, count: int) -> None:
    assert read(*book(count, foot=foot)) == read(*book(count))


@pytest.mark.parametrize("count", [3, 5, 12])
def test_running_heads_are_left_out(count: int) -> None:
    assert read(*book(count, head="云溪区人民政府公报 2023年第{}期")) == read(*book(count))


def test_one_headline_is_no_running_head() -> None:
    pages = book(3)
    first = sheet(pages[0].glyphs + glyphs("云溪区人民政府文件", 200, 50, 10), number=1)
    assert read(first, *pages[1:])[0] == "云溪区人民政府文件"


def test_the_same_line_inside_the_text_of_many_pages_stays() -> None:
    pages = []
    for number in range(1, 4):
        drawn = paragraph(LONG, 80, 130, room=27) + glyphs("责任部门：区直各部门", 112, 130 + 3 * 28.8)
        pages.append(sheet(drawn, number=number))
    assert read(*pages).count("责任部门：区直各部门") == 3


def test_a_mark_under_the_text_of_every_page_is_left_out() -> None:
    pages = [sheet(page.glyphs + glyphs("内部资料", 260, 500, 30), number=page.number) for page in book(6)]
    assert read(*pages) == read(*book(6))


def test_a_number_alone_in_the_text_stays() -> None:
    drawn = paragraph(LONG, 80, 130, room=27) + glyphs("2025", 112, 400)
    assert "2025" in read(sheet(drawn))
