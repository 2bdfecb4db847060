"""Reading pdf files: typeset ones, strange ones, and those that must be refused."""

from __future__ import annotations

from contextlib import suppress

import pypdfium2 as pdfium
import pypdfium2.raw as raw
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.core.document.errors import (
    DamagedDocument,
    DocumentError,
    EmptyDocument,
    EncryptedDocument,
    GarbledDocument,
    ScannedDocument,
    TooLarge,
)
from luoshi.core.document.limits import Limits
from luoshi.core.document.model import Extract, Piece, RawTable
from luoshi.core.document.pdf import read
from tests.writers.pages import boxes, said
from tests.writers.pdf import changed, picture, raw_pdf, stream
from tools.sample.pdf import compile_pdf

# The baseline of what is placed stands exactly where it is placed.
BARE = """
#set page(paper: "a4", margin: 0pt)
#set text(font: "Noto Serif CJK SC", size: 20pt, lang: "zh", top-edge: "baseline", bottom-edge: "baseline")
"""
BOOK = """
#set page(paper: "a4", margin: (x: 28mm, y: 30mm), numbering: "— 1 —")
#set text(font: "Noto Serif CJK SC", size: 12pt, lang: "zh")
#set par(first-line-indent: (amount: 2em, all: true), justify: true)
"""
HELVETICA = ("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>", "resources:/Font << /F1 5 0 R >>")
HELLO = "BT /F1 12 Tf 72 700 Td (A plan for the rule of law) Tj ET"
LONG = (
    "把任务讲清楚、责任分到位、结果看得见，推动法治云溪、法治政府、法治社会建设同步向前，让群众遇事有地方问。"
)


def placed(text: str, x: float, y: float) -> str:
    """Typst that puts the baseline of `text` at a point of the page."""
    return f"#place(top + left, dx: {x}pt, dy: {y}pt)[{text}]\n"


def extract(data: bytes, limits: Limits | None = None) -> Extract:
    return read(data, file="方案.pdf", limits=limits or Limits())


# --- places -------------------------------------------------------------------------------------------


def test_characters_have_boxes_where_they_are_drawn() -> None:
    found = extract(compile_pdf(BARE + placed("云溪区", 100, 200) + placed("司法局", 300, 700)))
    drawn = [part for piece in found.pieces if isinstance(piece, Piece) for part in boxes(piece)]
    assert [char for char, _, _ in drawn] == list("云溪区司法局")
    for index, (_, page, box) in enumerate(drawn):
        left, baseline = (100 + 20 * index, 200) if index < 3 else (300 + 20 * (index - 3), 700)
        assert page == 1
        assert box == pytest.approx((left, baseline - 17.6, left + 20, baseline + 2.4), abs=0.8)


@pytest.mark.parametrize(
    ("turn", "box"),
    [
        (90, (841.9 - 202.4, 100, 841.9 - 182.4, 160)),
        (180, (595.3 - 160, 841.9 - 202.4, 595.3 - 100, 841.9 - 182.4)),
        (270, (182.4, 595.3 - 160, 202.4, 595.3 - 100)),
    ],
)
def test_a_turned_page_is_read_and_placed_as_displayed(turn: int, box: tuple[float, ...]) -> None:
    data = changed(compile_pdf(BARE + placed("云溪区", 100, 200)), lambda page: page.set_rotation(turn))
    (piece,) = extract(data).pieces
    assert isinstance(piece, Piece)
    assert piece.text == "云溪区"
    # Text that does not run from left to right has one box for its whole line.
    assert [found for _, _, found in boxes(piece)] == [pytest.approx(box, abs=1.5)] * 3


def test_a_cropped_page_counts_from_its_visible_corner() -> None:
    data = changed(
        compile_pdf(BARE + placed("云溪区", 100, 200) + placed("裁掉", 10, 200)),
        lambda page: page.set_cropbox(50, 0, 595, 800),
    )
    found = extract(data)
    (piece,) = found.pieces
    assert isinstance(piece, Piece)
    assert piece.text == "云溪区"
    assert boxes(piece)[0][2][0] == pytest.approx(50, abs=0.8)
    assert ("hidden-text", "1: 裁掉") in found.notes


def test_text_that_stands_turned_on_its_page() -> None:
    table = "#table(columns: (50pt, 200pt), [序号], [任务], [1], [推进法治云溪])"
    found = extract(
        compile_pdf(BOOK.replace(', numbering: "— 1 —"', "") + f"#rotate(90deg, reflow: true)[{table}]")
    )
    assert said(found) == [[["序号", "任务"], ["1", "推进法治云溪"]]]


# --- text ---------------------------------------------------------------------------------------------


def test_paragraphs_over_pages_columns_and_footnotes() -> None:
    source = (
        BOOK
        + f"{LONG * 30}#footnote[数据来自区统计局。]\n\n#columns(2, gutter: 2em)[{(LONG + chr(10) * 2) * 20}]"
    )
    found = said(extract(compile_pdf(source)))
    assert found[0] == LONG * 30 + "¹"
    assert sorted(str(item) for item in found[1:]) == sorted([LONG] * 20 + ["¹数据来自区统计局。"])


def test_a_table_over_two_pages() -> None:
    rows = [(str(number), f"{LONG}第{number}项。", "区司法局、区农业农村局") for number in range(1, 25)]
    cells = "".join(f"[{cell}], " for row in rows for cell in row)
    table = f"#table(columns: (3em, 1fr, 6em), table.header([序号], [任务], [责任单位]), {cells})"
    (found,) = said(extract(compile_pdf(BOOK + table)))
    assert found == [["序号", "任务", "责任单位"], *[list(row) for row in rows]]


def test_merged_cells() -> None:
    cells = "table.cell(colspan: 2)[任务], [单位], table.cell(rowspan: 2)[1], [甲], [乙], [丙], [丁]"
    (table,) = extract(compile_pdf(BOOK + f"#table(columns: 3, {cells})")).pieces
    assert isinstance(table, RawTable)
    assert [(c.row, c.column, c.row_span, c.column_span) for c in table.cells] == [
        (0, 0, 1, 2),
        (0, 2, 1, 1),
        (1, 0, 2, 1),
        (1, 1, 1, 1),
        (1, 2, 1, 1),
        (2, 1, 1, 1),
        (2, 2, 1, 1),
    ]


def test_generated_spaces_between_chinese_and_latin_are_not_text() -> None:
    (piece,) = extract(compile_pdf(BOOK + "到2025年达到100%以上")).pieces
    assert isinstance(piece, Piece)
    assert piece.text == "到2025年达到100%以上"


def test_hyphens_at_line_ends() -> None:
    narrow = "#set page(width: 200pt, height: 300pt, margin: 40pt)\n"
    look = '#set text(font: "Noto Serif CJK SC", size: 12pt, hyphenate: false)\n'
    text = "The well-known state-owned company 2020-2025 plan"
    assert said(extract(compile_pdf(narrow + look + text))) == [text]


def test_the_letters_of_a_ligature_share_its_box() -> None:
    mapping = "1 begincodespacerange <00> <ff> endcodespacerange 1 beginbfchar <41> <006600660069> endbfchar"
    cmap = f"/CIDInit /ProcSet findresource begin begincmap {mapping} endcmap end"
    font = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 6 0 R >>"
    objects = (font, stream(cmap), "resources:/Font << /F1 5 0 R >>")
    (piece,) = extract(raw_pdf(*objects, content="BT /F1 12 Tf 72 700 Td (oAce) Tj ET")).pieces
    assert isinstance(piece, Piece)
    assert piece.text == "office"
    edges = piece.runs[0].edges
    assert len(set(edges)) == len(edges)


def test_text_drawn_twice_is_read_once() -> None:
    twice = placed("个个叠词", 72, 100) + placed("个个叠词", 72.4, 100)
    assert said(extract(compile_pdf(BARE + twice))) == ["个个叠词"]


def test_bold_fonts_and_sizes() -> None:
    title, body = extract(compile_pdf(BARE + placed("*方案*", 72, 100) + placed("正文", 72, 300))).pieces
    assert isinstance(title, Piece)
    assert isinstance(body, Piece)
    assert (title.style.bold, body.style.bold, body.style.size) == (True, False, 20.0)


def test_turned_words_beside_the_text_are_noted() -> None:
    aside = "#place(top + left, dx: 200pt, dy: 400pt, rotate(-45deg)[水印])"
    found = extract(compile_pdf(BARE + placed("正文有更多的字", 72, 100) + aside))
    assert said(found) == ["正文有更多的字"]
    assert found.notes == (("turned-text", "1: 水印"),)


def make_invisible(page: pdfium.PdfPage) -> None:
    """Draw the last text of a page without ink."""
    texts = [item for item in page.get_objects() if item.type == raw.FPDF_PAGEOBJ_TEXT]
    raw.FPDFTextObj_SetTextRenderMode(texts[-1].raw, raw.FPDF_TEXTRENDERMODE_INVISIBLE)


def test_hidden_text_is_left_out_and_noted() -> None:
    found = extract(
        changed(compile_pdf(BARE + placed("正文", 72, 100) + placed("藏", 72, 300)), make_invisible)
    )
    assert said(found) == ["正文"]
    assert found.notes == (("hidden-text", "1: 藏"),)


def test_recognised_text_under_a_scan_is_read_and_noted() -> None:
    found = extract(changed(compile_pdf(BARE + placed("识别出来的文字一共十几个", 72, 100)), make_invisible))
    assert said(found) == ["识别出来的文字一共十几个"]
    assert found.notes == (("recognised-text", "1"),)


def test_what_the_file_declares() -> None:
    source = '#set document(title: "重点任务分解方案", author: "云溪区")\n' + BARE + placed("正文", 72, 100)
    found = extract(compile_pdf(source))
    assert found.format == "pdf"
    assert (found.declared["title"], found.declared["author"]) == ("重点任务分解方案", "云溪区")


# --- notes and refusals -------------------------------------------------------------------------------


def test_scripts_and_attachments_are_noted() -> None:
    script = "catalogue:/Names << /JavaScript << /Names [(a) << /S /JavaScript /JS (app.alert) >>] >> >>"
    assert extract(raw_pdf(*HELVETICA, script, content=HELLO)).notes == (("active-content", "JavaScript"),)
    attached = compile_pdf('#pdf.attach("a.txt", bytes("x"))\n' + BARE + placed("正文", 72, 100))
    assert extract(attached).notes == (("attachments", "1"),)


def test_a_password_is_needed() -> None:
    lock = f"<< /Filter /Standard /V 2 /R 3 /Length 128 /P -4 /O <{'41' * 32}> /U <{'42' * 32}> >>"
    trailer = "/Encrypt 6 0 R /ID [<31> <31>]"
    with pytest.raises(EncryptedDocument):
        extract(raw_pdf(*HELVETICA, lock, content=HELLO, trailer=trailer))


def test_a_picture_without_text_is_a_scan() -> None:
    image = f"#image(bytes(({', '.join(map(str, picture()))})), width: 100%, height: 100%)"
    with pytest.raises(ScannedDocument) as caught:
        extract(compile_pdf(BARE + image))
    assert "方案.pdf第1页" in caught.value.message()


def test_fonts_without_characters_are_garbled() -> None:
    font = "<< /Type /Font /Subtype /Type0 /BaseFont /A+X /Encoding /Identity-H /DescendantFonts [6 0 R] >>"
    system = "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>"
    shapes = f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /A+X {system} /FontDescriptor 7 0 R >>"
    metrics = "<< /Type /FontDescriptor /FontName /A+X /Flags 4 /Ascent 800 /Descent -200 /StemV 80 >>"
    content = f"BT /F1 12 Tf 72 700 Td <{'0123456789ABCDEF' * 4}> Tj ET"
    with pytest.raises(GarbledDocument):
        extract(raw_pdf(font, shapes, metrics, "resources:/Font << /F1 5 0 R >>", content=content))


def test_private_characters_are_garbled() -> None:
    private = "".join(chr(0xE000 + index) for index in range(30))
    with pytest.raises(GarbledDocument):
        extract(compile_pdf(BARE + placed(private, 72, 100)))


@pytest.mark.parametrize("keep", [0.3, 0.8, 0.99])
def test_a_file_cut_short_is_damaged(keep: float) -> None:
    data = compile_pdf(BOOK + LONG * 9)
    with pytest.raises(DamagedDocument):
        extract(data[: int(len(data) * keep)])


def test_a_linearised_file_cut_short_is_damaged() -> None:
    whole = raw_pdf(*HELVETICA, content=HELLO)
    with pytest.raises(DamagedDocument):
        extract(whole.replace(b"%PDF-1.7\n", b"%PDF-1.7\n% << /Linearized 1 /L 999999 >>\n", 1))


def test_white_space_behind_the_end_is_no_damage() -> None:
    assert said(extract(raw_pdf(*HELVETICA, content=HELLO) + b"\r\n\0\0")) == ["A plan for the rule of law"]


def test_a_blank_file_is_empty() -> None:
    with pytest.raises(EmptyDocument):
        extract(raw_pdf())


def test_something_else_is_damaged() -> None:
    with pytest.raises(DamagedDocument):
        extract(b"%PDF-1.7\n\xe6\xad\xa3\n%%EOF")


@pytest.mark.parametrize("limits", [Limits(pages=1), Limits(characters=50), Limits(cells=3)])
def test_limits_are_kept(limits: Limits) -> None:
    table = "#table(columns: 2, [甲], [乙], [丙], [丁])"
    with pytest.raises(TooLarge):
        extract(compile_pdf(BOOK + table + LONG + "#pagebreak()" + LONG), limits)


WHOLE = raw_pdf(*HELVETICA, content=HELLO + " 72 600 m 300 600 l S 72 500 100 50 re S")


@settings(max_examples=150)
@given(st.lists(st.tuples(st.integers(0, len(WHOLE) - 1), st.binary(max_size=6)), min_size=1, max_size=6))
def test_mutated_files_are_read_or_refused(changes: list[tuple[int, bytes]]) -> None:
    data = bytearray(WHOLE)
    for at, new in changes:
        data[at : at + len(new)] = new
    with suppress(DocumentError):
        assert extract(bytes(data)).pieces
