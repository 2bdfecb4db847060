"""The Word file: page, styles, numbers and tables."""

from __future__ import annotations

from io import BytesIO

import pytest
from docx import Document
from docx.shared import Mm

from luoshi.apps.bulletin.operations.writing import choose_practice
from luoshi.apps.bulletin.queries.counting import by_body, totals
from luoshi.apps.bulletin.queries.paper import word_file
from luoshi.apps.work.models import Report
from tests.apps.bulletin.factories import COUNTED, COURT, drafted, quarter

pytestmark = pytest.mark.django_db


def test_the_file_says_what_the_page_says() -> None:
    world = quarter()
    bulletin = drafted(world)
    report = Report.objects.get(occurrence=world.occurrence(4, COURT))
    choose_practice(bulletin=bulletin, report=report, words="把活动办进社区。", by=world.office, at=COUNTED)
    paper = Document(BytesIO(word_file(bulletin)))
    words = "\n".join(one.text for one in paper.paragraphs)
    numbers = totals(bulletin)
    assert f"应报送{numbers['asked']}项" in words
    assert f"逾期未报{numbers['overdue']}项" in words
    assert f"{COURT}：把活动办进社区。" in words
    assert "未经审定" in words
    assert "2026年4月8日" in words
    assert "{" not in words
    rows = paper.tables[1].rows
    assert [cell.text for cell in rows[0].cells][:2] == ["单位", "应报送"]
    assert len(rows) == 1 + len(by_body(bulletin))


def test_the_page_is_that_of_official_papers() -> None:
    paper = Document(BytesIO(word_file(drafted(quarter()))))
    page = paper.sections[0]
    assert page.page_width is not None
    assert (round(page.page_width.mm), round(page.top_margin.mm), round(page.left_margin.mm)) == (210, 37, 28)  # type: ignore[union-attr]
    text = paper.styles["Bulletin Text"]
    assert text.font.size.pt == 16
    assert "仿宋_GB2312" in text.element.xml
    assert round(text.paragraph_format.line_spacing.pt, 2) == 28.95
    assert abs(page.page_height - Mm(297)) < Mm(1)
