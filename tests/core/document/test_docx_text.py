"""The text inside a paragraph of a Word file."""

from __future__ import annotations

import pytest

from luoshi.core.document.docx import read
from luoshi.core.document.limits import Limits
from luoshi.core.document.model import Piece
from tests.writers.docx import document, paragraph, run, style


def text(content: str, **parts: str) -> str:
    pieces = read(document(paragraph(content), **parts), file="a.docx", limits=Limits()).pieces
    return "⏎".join(piece.text for piece in pieces if isinstance(piece, Piece))


def alternative(choice: str, fallback: str) -> str:
    return (
        f"<mc:AlternateContent><mc:Choice Requires='w14'>{choice}</mc:Choice>"
        f"<mc:Fallback>{fallback}</mc:Fallback></mc:AlternateContent>"
    )


FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r>{code}'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r>{result}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)


@pytest.mark.parametrize(
    ("content", "seen"),
    [
        (run("甲") + "<w:r><w:tab/></w:r>" + run("乙"), "甲\t乙"),
        (run("甲") + "<w:r><w:br/></w:r>" + run("乙"), "甲⏎乙"),
        (run("甲") + "<w:r><w:cr/></w:r>" + run("乙"), "甲⏎乙"),
        (run("12") + "<w:r><w:softHyphen/></w:r>" + run("34"), "1234"),
        (run("12") + "<w:r><w:noBreakHyphen/></w:r>" + run("34"), "12-34"),
        ("<w:r><w:t>  两边空格  </w:t></w:r>" + run("乙"), "两边空格乙"),
        (run(" 甲 ") + run("乙"), " 甲 乙"),
        (run("甲\n乙"), "甲 乙"),
        (run("见") + f'<w:hyperlink r:id="rId1">{run("链接")}</w:hyperlink>', "见链接"),
        (
            run("留") + f"<w:ins>{run('增')}</w:ins><w:del><w:r><w:delText>删</w:delText></w:r></w:del>",
            "留增",
        ),
        (
            f"<w:del>{run('删')}</w:del><w:moveFrom>{run('移走')}</w:moveFrom><w:moveTo>{run('移来')}</w:moveTo>",
            "移来",
        ),
        (f"<w:sdt><w:sdtPr/><w:sdtContent>{run('控件')}</w:sdtContent></w:sdt>", "控件"),
        (f"<w:smartTag>{run('标签')}</w:smartTag><w:customXml>{run('定制')}</w:customXml>", "标签定制"),
        (run("显") + run("隐", "<w:vanish/>") + run("现", '<w:vanish w:val="0"/>'), "显现"),
        (
            f"<w:r><w:ruby><w:rt>{run('yún')}</w:rt><w:rubyBase>{run('云')}</w:rubyBase></w:ruby></w:r>{run('溪')}",
            "云溪",
        ),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>' + run("已完成"), "☑已完成"),
        ('<w:r><w:sym w:font="宋体" w:char="2605"/></w:r>' + run("重点"), "★重点"),
        ('<w:r><w:sym w:font="Other" w:char="F041"/></w:r>' + run("乙"), "\uf041乙"),
        ('<w:r><w:sym w:font="Other" w:char="zz"/><w:sym w:char="D800"/></w:r>' + run("乙"), "乙"),
        (alternative(run("新"), run("旧")), "新"),
        (alternative("<w:other/>", run("旧")), "旧"),
        (alternative("<w:other/>", ""), ""),
        (run("达到") + "<m:oMath><m:r><m:t>x≥</m:t></m:r><m:r><m:t>5</m:t></m:r></m:oMath>", "达到x≥5"),
        (f'<w:fldSimple w:instr=" DATE ">{run("2022年")}</w:fldSimple>', "2022年"),
        (f'<w:fldSimple w:instr="TOC">{run("目录")}</w:fldSimple>{run("乙")}', "乙"),
    ],
)
def test_inline_content(content: str, seen: str) -> None:
    assert text(content) == seen


def test_of_a_field_the_result_is_read() -> None:
    inner = FIELD.format(code="<w:r><w:instrText>REF b</w:instrText></w:r>", result=run("丙"))
    code = "<w:r><w:instrText>IF </w:instrText></w:r>" + inner + run("条件")
    assert text(run("甲") + FIELD.format(code=code, result=run("乙") + inner) + run("丁")) == "甲乙丙丁"


def test_stray_field_marks_do_no_harm() -> None:
    assert (
        text('<w:r><w:fldChar w:fldCharType="end"/><w:fldChar w:fldCharType="separate"/></w:r>' + run("甲"))
        == "甲"
    )


def test_text_hidden_by_a_style_does_not_exist() -> None:
    styles = style("h", kind="character", props="<w:rPr><w:vanish/></w:rPr>")
    assert text(run("显") + run("隐", '<w:rStyle w:val="h"/>'), styles=styles) == "显"


def test_a_hidden_reference_brings_no_note() -> None:
    hidden = '<w:r><w:rPr><w:vanish/></w:rPr><w:footnoteReference w:id="1"/></w:r>'
    assert text(run("甲") + hidden, footnotes='<w:footnote w:id="1"><w:p/></w:footnote>') == "甲"
