"""The template says what the form says, and what comes back is read as it was written."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

import pytest
from django.utils import translation

from luoshi.apps.bulk.models import Row
from luoshi.apps.bulk.queries.books import book_of
from luoshi.apps.bulk.queries.columns import Layout, layout_of
from luoshi.apps.register.declared import catalogue
from luoshi.core.register.procedure import Actor
from luoshi.intake.sent import sent_rows
from tests.apps.bulk.factories import VENUE, filled_in, layout, sent
from tests.apps.register.factories import Place, make_place

pytestmark = pytest.mark.django_db
# A list of choices of a column. Sample: <dataValidation type="list" … sqref="C3:C100002">
_LISTS = re.compile(r'<dataValidation type="list"[^>]*sqref="([A-Z]+)3:')


@pytest.fixture
def place() -> Place:
    return make_place()


def parts(content: bytes) -> dict[str, str]:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist() if name.endswith("xml")}


def every_layout() -> list[Layout]:
    # A step that only the system begins with is offered to nobody.
    people = set(Actor) - {Actor.SYSTEM}
    return [
        layout_of(one, step) for one in catalogue() for step in one.register.starts() if people & {*step.who}
    ]


def test_headings_lists_and_notes(place: Place) -> None:
    found = parts(filled_in([]))
    sheet = found["xl/worksheets/sheet1.xml"]
    for words in ("阵地名称 *", "类型 *", "地点 *", "建成日期 *", "开放时间"):
        assert words in sheet
    assert 'hidden="1"' in sheet
    assert "luoshi-bulk/1 culture-venues@1 register" in sheet
    # The kind, the body and the level are chosen from lists.
    assert _LISTS.findall(sheet) == ["C", "D", "F"]
    options = found["xl/worksheets/sheet2.xml"]
    assert "法治宣传教育基地" in options
    assert "区民政局" in options
    assert 'state="hidden"' in found["xl/workbook.xml"]
    assert "“照片”不能用表格导入" in found["xl/worksheets/sheet3.xml"]


def test_english(place: Place) -> None:
    with translation.override("en"), book_of(layout(), "990110", "en") as file:
        assert "Name of the venue *" in parts(file.read())["xl/worksheets/sheet1.xml"]


@pytest.mark.parametrize("of", every_layout(), ids=lambda of: f"{of.mechanism.key}/{of.step.key}")
def test_every_mechanism_has_sheets_that_are_read_again(of: Layout) -> None:
    with book_of(of, "990110", "zh") as file, sent_rows("a.xlsx", file.read()) as found:
        main = dict(found.rows(0))
        assert main[1][1] == of.main_mark()
        assert list(main[1].values())[1:] == of.main_keys()
        for place, (field, columns) in enumerate(of.inner, start=1):
            inner = dict(found.rows(place))
            assert inner[1][1] == of.inner_mark(field)
            assert list(inner[1].values())[2:] == [one.key for one in columns]


def test_rows_of_a_field_stand_in_a_sheet_of_their_own(place: Place) -> None:
    of = next((one for one in every_layout() if one.inner and one.possible), None)
    if of is None:
        pytest.skip("no step that begins an entry asks for rows")
    field, columns = of.inner[0]
    rows = [{"#": "甲", of.columns[0].key: "一"}, {"#": "乙", of.columns[0].key: "二"}]
    lines = [{columns[0].key: "x"}, {columns[0].key: "y"}]
    content = filled_in(rows, of, **{field.key: lines})
    upload = sent(place, content, of, body=place.centre, by=place.office)
    first, second = Row.objects.filter(upload=upload).order_by("number")
    assert [texts for _number, texts in first.parts[field.key]] == lines
    assert (second.ref, second.parts) == ("乙", {})


def test_text_stays_text(place: Place) -> None:
    """What looks like a formula or a number is neither."""
    odd = {**VENUE, "name": "=1+1", "address": "000123456789012345678"}
    upload = sent(place, filled_in([odd]))
    texts = upload.rows.get().texts
    assert (texts["name"], texts["address"]) == ("=1+1", "000123456789012345678")
