"""Whole Word files: order of the parts, places of characters, notes, text boxes, and what is refused."""

from __future__ import annotations

import io
import time
import zipfile

import docx
import pytest
from docx.shared import Pt

from luoshi.core.document.docx import read
from luoshi.core.document.errors import DamagedDocument, ScannedDocument, TooLarge
from luoshi.core.document.limits import Limits
from luoshi.core.document.model import Extract, ParagraphPlace, Piece, RawTable, Run
from tests.writers.docx import cell, document, files, note, pack, paragraph, row, run, style, table


def extract(data: bytes, **bounds: int) -> Extract:
    return read(data, file="方案.docx", limits=Limits(**bounds))  # type: ignore[arg-type]


def texts(found: Extract) -> list[str]:
    return [piece.text for piece in found.pieces if isinstance(piece, Piece)]


def box(*blocks: str) -> str:
    """A run with a text box, as Word writes it: once for new and once for old programs."""
    inner = f"<w:txbxContent>{''.join(blocks)}</w:txbxContent>"
    return (
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:wsp><wps:txbx>"
        f"{inner}</wps:txbx></wps:wsp></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:shape><v:textbox>{inner}</v:textbox></v:shape></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )


def test_every_character_knows_its_paragraph() -> None:
    found = extract(document("云溪区实施方案", "", paragraph(run("一、") + run("总体要求"))))
    assert texts(found) == ["云溪区实施方案", "一、总体要求"]
    last = found.pieces[-1]
    assert isinstance(last, Piece)
    assert last.runs == (Run(6, ParagraphPlace("body", 2, 0)),)
    assert last.runs[0].at(4) == ParagraphPlace("body", 2, 4)


def test_a_break_ends_a_piece_but_not_the_paragraph() -> None:
    found = extract(document(paragraph(f'{run("上一行")}<w:r><w:br w:type="page"/></w:r>{run("下一行")}')))
    assert texts(found) == ["上一行", "下一行"]
    assert [piece.runs[0].place for piece in found.pieces if isinstance(piece, Piece)] == [
        ParagraphPlace("body", 0, 0),
        ParagraphPlace("body", 0, 4),
    ]


def test_footnotes_follow_the_body_in_the_order_of_their_marks() -> None:
    marks = "".join(f'<w:r><w:footnoteReference w:id="{n}"/></w:r>' for n in (3, 2))
    found = extract(
        document(
            paragraph(run("由区司法局牵头") + marks + run("。")),
            "结束。",
            footnotes=note("0", "分隔线")
            + note("2", "第二条注。")
            + note("3", "第一条注。")
            + note("9", "无人提及。"),
        )
    )
    assert texts(found) == ["由区司法局牵头。", "结束。", "第一条注。", "第二条注。"]
    assert [p.runs[0].place.part for p in found.pieces] == ["body", "body", "footnotes", "footnotes"]  # type: ignore[union-attr]


def test_endnotes_are_read_and_missing_notes_are_told() -> None:
    marks = '<w:r><w:endnoteReference w:id="2"/><w:endnoteReference w:id="7"/></w:r>'
    found = extract(document(paragraph(run("正文") + marks), endnotes=note("2", "尾注。", kind="endnote")))
    assert texts(found) == ["正文", "尾注。"]
    assert found.notes == (("missing-note", "7"),)


def test_a_text_box_is_read_once_and_stands_behind_its_paragraph() -> None:
    found = extract(
        document(paragraph(run("标题") + box(paragraph("内部资料"), paragraph("注意保存"))), "正文")
    )
    assert texts(found) == ["标题", "内部资料", "注意保存", "正文"]
    assert found.pieces[2].runs[0].place == ParagraphPlace("textbox", 1, 0)  # type: ignore[union-attr]


def test_an_old_text_box_and_one_inside_another_are_read() -> None:
    inner = f"<w:txbxContent>{paragraph(run('外框') + box(paragraph('内框')))}</w:txbxContent>"
    old = f"<w:r><w:pict><v:shape><v:textbox>{inner}</v:textbox></v:shape></w:pict></w:r>"
    assert texts(extract(document(paragraph(run("正文") + old)))) == ["正文", "外框", "内框"]


def test_a_table_in_a_text_box_stays_a_table() -> None:
    found = extract(document(paragraph(box(table(row("甲", "乙")), paragraph("")))))
    assert [type(piece) for piece in found.pieces] == [RawTable]


def test_a_deleted_paragraph_end_joins_the_next_paragraph() -> None:
    gone = "<w:rPr><w:del/></w:rPr>"
    found = extract(
        document(paragraph("推动区", props=gone), paragraph("司法局落实", props="<w:jc w:val='center'/>"))
    )
    assert texts(found) == ["推动区司法局落实"]
    piece = found.pieces[0]
    assert isinstance(piece, Piece)
    assert piece.runs == (Run(3, ParagraphPlace("body", 0, 0)), Run(5, ParagraphPlace("body", 1, 0)))
    assert piece.style.align == "center"


def test_what_a_deleted_end_holds_is_not_lost_before_a_table_or_the_end() -> None:
    gone = "<w:rPr><w:del/></w:rPr>"
    found = extract(document(paragraph("甲", props=gone), table(row("乙")), paragraph("丙", props=gone)))
    assert [piece.text if isinstance(piece, Piece) else "表" for piece in found.pieces] == ["甲", "表", "丙"]


def test_content_controls_and_alternatives_hold_paragraphs() -> None:
    control = f"<w:sdt><w:sdtPr/><w:sdtContent>{paragraph('控件内')}</w:sdtContent></w:sdt>"
    other = (
        f"<mc:AlternateContent><mc:Choice Requires='w14'>{paragraph('新')}</mc:Choice>"
        f"<mc:Fallback>{paragraph('旧')}</mc:Fallback></mc:AlternateContent>"
    )
    assert texts(extract(document(control, f"<w:ins>{paragraph('新增段')}</w:ins>", other))) == [
        "控件内",
        "新增段",
        "新",
    ]


def test_tables_of_contents_are_left_out() -> None:
    gallery = (
        "<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val='Table of Contents'/></w:docPartObj></w:sdtPr>"
        f"<w:sdtContent>{paragraph('目录')}{paragraph('一、总体要求 1')}</w:sdtContent></w:sdt>"
    )
    field = [
        paragraph(
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC \\o </w:instrText></w:r>'
            f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run("一、总体要求 1")}'
        ),
        paragraph("二、重点任务 2"),
        paragraph('<w:r><w:fldChar w:fldCharType="end"/></w:r>'),
    ]
    styled = paragraph("三、保障 3", style="a1")
    data = document(gallery, *field, styled, "一、总体要求", styles=style("a1", name="toc 1"))
    assert texts(extract(data)) == ["一、总体要求"]


def test_a_field_without_end_swallows_nothing() -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    contents = paragraph(f"{begin}<w:r><w:instrText>TOC</w:instrText></w:r>")
    assert texts(extract(document(contents, "一、正文", paragraph(begin + run("条件")), "二、正文"))) == [
        "一、正文",
        "二、正文",
    ]


def test_a_table_of_contents_ended_by_a_stray_mark_is_damage() -> None:
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    stray, begin = (
        paragraph(mark.format("end")),
        paragraph(mark.format("begin") + "<w:r><w:instrText>TOC</w:instrText></w:r>"),
    )
    with pytest.raises(DamagedDocument, match="目录域没有结束"):
        extract(document(stray, begin, "一、正文"))


def test_declared_properties() -> None:
    core = "<dc:title> 云溪区 方案 </dc:title><dc:creator>区司法局</dc:creator><dc:subject/>"
    assert extract(document("正文", core=core)).declared == {"title": "云溪区 方案", "creator": "区司法局"}


def test_an_embedded_document_is_told() -> None:
    assert extract(document("正文", '<w:altChunk r:id="rId9"/>')).notes == (("embedded-part", "altChunk"),)


def test_strict_files_read_like_others() -> None:
    parts = files(paragraph("正文"), table(row("甲")))
    strict = {
        name: content.replace(
            "http://schemas.openxmlformats.org/wordprocessingml/2006/",
            "http://purl.oclc.org/ooxml/wordprocessingml/",
        )
        for name, content in parts.items()
    }
    assert b"purl" in strict["word/document.xml"].encode()
    assert extract(pack(strict)) == extract(pack(parts))


def test_only_pictures_is_a_scan() -> None:
    picture = "<w:r><w:drawing><a:graphic><a:blip r:embed='rId1'/></a:graphic></w:drawing></w:r>"
    with pytest.raises(ScannedDocument):
        extract(document(paragraph(picture)))
    assert texts(extract(document(paragraph(picture), "正文"))) == ["正文"]


def test_nothing_at_all_is_an_empty_extract() -> None:
    assert extract(document()).pieces == ()


def test_a_part_that_is_referred_to_must_be_there() -> None:
    parts = files(paragraph("甲", num=(1, 0)), numbering="")
    del parts["word/numbering.xml"]
    with pytest.raises(DamagedDocument, match="numbering"):
        extract(pack(parts))
    with pytest.raises(DamagedDocument):
        extract(pack({"word/other.xml": "<a/>"}))


def test_parts_are_found_without_relations() -> None:
    parts = files(
        paragraph("甲", style="h"), styles=style("h", props='<w:pPr><w:outlineLvl w:val="1"/></w:pPr>')
    )
    del parts["word/_rels/document.xml.rels"], parts["_rels/.rels"]
    assert extract(pack(parts)).pieces[0].style.heading == 2  # type: ignore[union-attr]


def test_limits() -> None:
    with pytest.raises(TooLarge, match="字数"):
        extract(document("正文正文", "正文"), characters=5)
    with pytest.raises(TooLarge, match="单元格"):
        extract(document(table(row("甲", "乙"), row("丙", "丁"))), cells=3)
    with pytest.raises(TooLarge, match="单元格"):
        extract(document(table(row(cell("甲", props='<w:gridSpan w:val="999999"/>')), row("乙"))), cells=500)
    with pytest.raises(TooLarge, match="嵌套"):
        extract(document(table(row(cell(table(row("甲")), "")))), nesting=8)


@pytest.mark.parametrize("wrap", ["cell", "control", "insertion"])
def test_the_deepest_nesting_allowed_is_read(wrap: str) -> None:
    block, depth = paragraph("最里层"), 0
    deepest = 190
    while depth < deepest:
        if wrap == "cell":
            block, depth = table(row(cell(block, paragraph("")))), depth + 3
        elif wrap == "control":
            block, depth = f"<w:sdt><w:sdtContent>{block}</w:sdtContent></w:sdt>", depth + 2
        else:
            block, depth = f"<w:ins>{block}</w:ins>", depth + 1
    found = extract(document(block))
    assert "最里层" in repr(found.pieces)


def test_python_docx_files_read_as_written() -> None:
    made = docx.Document()
    made.add_heading("一、总体要求", level=2)
    made.add_paragraph("第一步", style="List Number")
    made.add_paragraph("第二步", style="List Number")
    plain = made.add_paragraph()
    plain.add_run("加粗").bold = True
    plain.runs[0].font.size = Pt(16)
    buffer = io.BytesIO()
    made.save(buffer)
    found = extract(buffer.getvalue())
    assert texts(found) == ["一、总体要求", "1.第一步", "2.第二步", "加粗"]
    heading, _, _, last = (piece.style for piece in found.pieces if isinstance(piece, Piece))
    assert heading.heading == 2
    assert (last.bold, last.size) == (True, 16.0)


def test_a_thousand_paragraphs_are_quick_and_large_files_grow_evenly() -> None:
    def spent(count: int) -> float:
        body = paragraph(
            "".join(run("推动区司法局落实依法治区工作,", '<w:sz w:val="32"/>') for _ in range(3))
        )
        data = document(*[body] * count)
        best = 9.0
        for _ in range(3):
            start = time.perf_counter()
            extract(data)
            best = min(best, time.perf_counter() - start)
        return best

    few = spent(1_000)
    assert few < 0.5  # 50 ms on a quiet machine
    assert spent(8_000) < 8 * 2 * few


def test_compressed_size_does_not_matter_to_the_text() -> None:
    stored = io.BytesIO()
    with zipfile.ZipFile(stored, "w", zipfile.ZIP_STORED) as archive:
        for name, content in files("正文").items():
            archive.writestr(name, content)
    assert extract(stored.getvalue()) == extract(document("正文"))
