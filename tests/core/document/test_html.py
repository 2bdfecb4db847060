"""Pages: what a reader of the page sees comes out, each character with its offset in the source."""

from __future__ import annotations

import contextlib
import html
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.core.document.encoding import decode_declared
from luoshi.core.document.errors import DamagedDocument, DocumentError, EmptyDocument, TooLarge
from luoshi.core.document.html import read
from luoshi.core.document.limits import Limits
from luoshi.core.document.model import Extract, FilePlace, Piece, RawTable

LIMITS = Limits()


def extract(source: str, limits: Limits = LIMITS) -> Extract:
    return read(source.encode(), file="a.html", limits=limits)


def pieces_of(found: Extract) -> list[Piece]:
    """All lines of an extract, those in tables too."""
    lines: list[Piece] = []
    for piece in found.pieces:
        if isinstance(piece, Piece):
            lines.append(piece)
        else:
            lines.extend(line for cell in piece.cells for line in cell.pieces)
    return lines


def words(source: str) -> list[str]:
    return [piece.text for piece in pieces_of(extract(source))]


def grid(table: RawTable) -> list[tuple[int, int, int, int, str]]:
    return [
        (c.row, c.column, c.row_span, c.column_span, "/".join(p.text for p in c.pieces)) for c in table.cells
    ]


def tables(source: str) -> list[RawTable]:
    return [piece for piece in extract(source).pieces if isinstance(piece, RawTable)]


def assert_places(found: Extract, source: str) -> None:
    """Every character stands at its offset: itself, the reference that means it, or its list item's tag."""
    for piece in pieces_of(found):
        at = 0
        for run in piece.runs:
            for index in range(run.length):
                place, character = run.at(index), piece.text[at]
                assert isinstance(place, FilePlace)
                there = source[place.offset]
                at += 1
                if there == "&" and character != "&":
                    assert character in html.unescape(source[place.offset : place.offset + 40])
                elif there == "<" and character != "<":
                    assert source[place.offset : place.offset + 3].lower() == "<li"
                else:
                    assert there == character or (character == " " and there in " \t\r\n\f")
        assert at == len(piece.text)


# --- lines ----------------------------------------------------------------------------------------


def test_blocks_and_breaks_end_lines() -> None:
    assert words("<div>一<p>二<br>三<BR/>四</p>五</div>六") == ["一", "二", "三", "四", "五", "六"]


def test_white_space_is_folded_as_in_a_browser() -> None:
    assert words("<p>\n  法治 \n 云溪  a\n b&nbsp; <b> 区</b> 委 </p>") == ["法治云溪 a b\xa0 区 委"]


def test_references_are_resolved_and_point_at_their_ampersand() -> None:
    source = "<p>达到&#37;&nbsp;&#x4E91;溪&lt;b&gt;&amp;lt;&unknown;</p>"
    found = extract(source)
    [piece] = pieces_of(found)
    assert piece.text == "达到%\xa0云溪<b>&lt;&unknown;"
    assert piece.runs[1].place == FilePlace(source.index("&#37;"))
    assert_places(found, source)


def test_what_does_not_show_is_left_out() -> None:
    assert words(
        "<p>显示<script>var a='<p>不显示</p>'</script><style>p{}</style><!-- 注 --><span hidden>藏</span>"
        "<i style='DISPLAY : none'>藏</i><select><option>甲</select>"
        "<b style='visibility:hidden'>藏</b>出来</p><nav>导航</nav>"
    ) == ["显示出来"]


def test_ruby_keeps_the_words_and_drops_their_reading() -> None:
    assert words("<ruby>落实<rp>(</rp><rt>luò shí</rt><rp>)</rp></ruby>方案") == ["落实方案"]


def test_preformatted_text_keeps_its_lines_and_may_hold_a_table() -> None:
    source = "<pre>说明\n| 序号 | 任务 |\n|---|---|\n|  1 | 建  清单 |</pre>"
    found = extract(source)
    assert [p.text for p in found.pieces if isinstance(p, Piece)] == ["说明"]
    assert grid(tables(source)[0])[-1] == (1, 1, 1, 1, "建  清单")
    assert_places(found, source)


def test_looks_are_seen() -> None:
    source = (
        "<h2>标题</h2><center><b>居中</b></center><p align=right>落款</p>"
        "<p style='text-align:center;font-size:24px;font-weight:700'>大字"
        "<span style='font-weight:normal'> </span></p>"
        "<p><b>半</b>粗</p>"
    )
    looks = [piece.style for piece in pieces_of(extract(source))]
    assert [look.heading for look in looks] == [2, 0, 0, 0, 0]
    assert [look.align for look in looks] == ["", "center", "right", "center", ""]
    assert [look.bold for look in looks] == [True, True, False, True, False]
    assert looks[3].size == 18.0


# --- lists ----------------------------------------------------------------------------------------


def test_ordered_lists_get_their_numbers_at_the_place_of_their_tags() -> None:
    source = (
        "<ol start=3><li>甲</li><li value='7'>乙<ol type=a><li>丙</ol></li><li>2022年</ol>"
        "<ol style='list-style-type: cjk-ideographic'><li>总体</ol><ul><li>点</ul>"
        "<ol style='list-style:none'><li>无</ol>"
        "<ol><li></li><li>1.自带编号</li></ol><ol reversed><li>末<li>首</ol>"
    )
    found = extract(source)
    assert [piece.text for piece in pieces_of(found)] == [
        "3.甲", "7.乙", "a.丙", "8. 2022年", "一、总体", "点", "无", "1.自带编号", "2.末", "1.首",
    ]  # fmt: skip
    assert_places(found, source)


# --- tables ---------------------------------------------------------------------------------------


def test_spans_are_resolved() -> None:
    source = (
        "<table><caption>表1</caption><tr><th>序号<th>任务<th colspan=2>责任单位</tr>"
        "<tr><td rowspan=2>1<td>建清单<td>区司法局<td>各镇<tr><td>办讲堂<td colspan='2'>区教体局</table>"
    )
    [table] = tables(source)
    assert (table.rows, table.columns) == (3, 4)
    assert grid(table) == [
        (0, 0, 1, 1, "序号"), (0, 1, 1, 1, "任务"), (0, 2, 1, 2, "责任单位"),
        (1, 0, 2, 1, "1"), (1, 1, 1, 1, "建清单"), (1, 2, 1, 1, "区司法局"), (1, 3, 1, 1, "各镇"),
        (2, 1, 1, 1, "办讲堂"), (2, 2, 1, 2, "区教体局"),
    ]  # fmt: skip
    assert words(source)[0] == "表1"
    assert_places(extract(source), source)


@given(
    st.lists(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), max_size=4), min_size=1, max_size=5)
)
def test_cells_never_overlap_or_leave_the_table(rows: list[list[tuple[int, int]]]) -> None:
    source = "".join(
        "<tr>" + "".join(f"<td rowspan={r} colspan={c}>任务" for r, c in row) + "</tr>" for row in rows
    )
    for table in tables(f"云溪<table>{source}</table>"):
        taken = [
            (row, column)
            for cell in table.cells
            for row in range(cell.row, cell.row + cell.row_span)
            for column in range(cell.column, cell.column + cell.column_span)
        ]
        assert len(taken) == len(set(taken))
        assert all(row < table.rows and column < table.columns for row, column in taken)


def test_tables_that_only_arrange_the_page_are_no_tables() -> None:
    inner = "<table><tr><td>序号<td>任务<tr><td>1<td>建清单</table>"
    source = f"<table><tr><td>一<p>二</td></tr></table><table><tr><td>左<td>{inner}右</td></tr></table>"
    found = extract(source)
    assert [p.text if isinstance(p, Piece) else "table" for p in found.pieces] == [
        "一",
        "二",
        "左",
        "table",
        "右",
    ]


def test_a_bare_fragment_of_a_table_is_read() -> None:
    source = (
        "<tbody>\n<tr>\n<td id='UCAP-CONTENT'><p>标题</p><p>正文</p></td>\n</tr>\n<tr><td></td></tr></tbody>"
    )
    assert words(source) == ["标题", "正文"]
    assert_places(extract(source), source)


def test_a_table_inside_a_data_cell_becomes_lines_of_the_cell() -> None:
    inner = "<table role=presentation><tr><td>甲<td>乙</table>"
    [table] = tables(f"<table><tr><td>序号<td>任务<tr><td>1<td>办事{inner}</table>")
    assert grid(table)[-1] == (1, 1, 1, 1, "办事/甲/乙")


def test_text_gone_astray_in_a_table_is_kept() -> None:
    source = "<table>迷路<tr>也迷路<td>序号<td>任务<tr><td>1<td>建清单</table>"
    assert sorted(words(source)) == sorted(["迷路", "也迷路", "序号", "任务", "1", "建清单"])


# --- pages ----------------------------------------------------------------------------------------

BODY = "".join(
    f"<p>{n}.建立任务清单，明确牵头部门、责任部门和完成时限。责任部门：区司法局</p>" for n in range(1, 9)
)
PAGE = """<!DOCTYPE html><html><head><meta charset="utf-8">
<title>云溪区重点任务分解方案_云溪区人民政府</title>
<meta name="ArticleTitle" content="云溪区重点任务分解方案">
</head><body><div class="top-nav"><a href="/">首页</a><a href="/a">政务公开</a></div>
<div class="wrap"><h1>云溪区重点任务分解方案</h1>
<table class="info"><tr><td>索 引 号：</td><td>YX/1</td><td>发布机构：</td><td>云溪区人民政府</td></tr>
<tr><td>文　　号：</td><td>云政发〔2022〕3号</td><td>成文日期：</td><td>2022-12-29</td></tr></table>
<div class="{name}">{body}</div>
<div class="share">分享到微信</div></div>
<div class="footer"><p>主办：云溪区人民政府办公室　地址：澄江市云溪区一号</p></div></body></html>"""


@pytest.mark.parametrize("name", ["TRS_Editor", "UCAP-CONTENT", "article-content", "x7", ""])
def test_the_document_is_found_on_its_page_with_heading_and_metadata(name: str) -> None:
    source = PAGE.replace("{name}", name).replace("{body}", BODY)
    found = extract(source)
    first, table, *rest = found.pieces
    assert isinstance(first, Piece)
    assert (first.text, first.style.heading) == ("云溪区重点任务分解方案", 1)
    assert isinstance(table, RawTable)
    assert (table.rows, table.columns) == (2, 4)
    assert len(rest) == 8
    assert "首页" not in "".join(p.text for p in pieces_of(found))
    assert "分享" not in "".join(p.text for p in pieces_of(found))
    assert found.declared["ArticleTitle"] == "云溪区重点任务分解方案"
    assert_places(found, source)


def test_a_heading_that_the_document_repeats_is_read_once() -> None:
    body = "<p style='text-align:center'>云溪区重点任务分解方案</p>" + BODY
    source = PAGE.replace("{name}", "TRS_Editor").replace("{body}", body)
    assert [w for w in words(source) if w == "云溪区重点任务分解方案"] == ["云溪区重点任务分解方案"]


def test_metadata_as_a_list_is_kept_as_lines() -> None:
    rows = "<ul><li><b>索引号：</b>YX/1</li><li><b>发布机构：</b>区政府</li><li><b>文号：</b>无</li></ul>"
    source = f"<html><body><div>{rows}</div><div id=zoom>{BODY}</div></body></html>"
    assert words(source)[:3] == ["索引号：YX/1", "发布机构：区政府", "文号：无"]


def test_a_document_parted_over_two_containers_is_read_whole() -> None:
    halves = f"<div class=TRS_Editor>{BODY}</div><div class=TRS_Editor><p>附件</p>{BODY}</div>"
    assert len(words(f"<html><body><div>{halves}</div><div class=foot>联系我们</div></body></html>")) == 17


def test_a_page_laid_out_with_tables() -> None:
    rows = f"<tr><td><a href=/>首页</a></td></tr><tr><td>位置</td><td>{BODY}</td></tr>"
    page = f"<html><body><table>{rows}</table></body></html>"
    assert len([w for w in words(page) if "牵头部门" in w]) == 8


# --- trouble --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "broken", ["<p>正文</p><script>var a", "<p>正文</p><!-- 注", "<p>正文</p><div class='a"]
)
def test_a_page_that_breaks_off_is_damaged(broken: str) -> None:
    with pytest.raises(DamagedDocument) as caught:
        extract(broken)
    assert "line 1" in caught.value.message("en")


@pytest.mark.parametrize("source", ["<html></html>", "<p>&nbsp;</p><br>", "<script>1</script>", "<!-- -->"])
def test_a_page_without_text_is_empty(source: str) -> None:
    with pytest.raises(EmptyDocument):
        extract(source)


@pytest.mark.parametrize("tag", ["div", "table><tr><td", "ul><li", "b", "font", "blockquote"])
def test_deep_nesting_is_refused_at_once(tag: str) -> None:
    begun = time.process_time()
    with pytest.raises(TooLarge) as caught:
        extract(f"<{tag}>" * 100_000 + "云溪区")
    assert time.process_time() - begun < 10
    assert "LUOSHI_LIMIT_NESTING" in caught.value.message("zh")


def test_a_table_that_claims_too_many_cells_is_refused() -> None:
    with pytest.raises(TooLarge):
        extract("<table>" + "<tr><td>任务<td colspan=1000 rowspan=60000>责任" * 20, Limits(cells=10_000))


@pytest.mark.parametrize(
    "unit",
    ["<", "<!", "<a <", '<a "', "<p a='", "&", "&#", "<!--", "</", "<td>", "<li>", "<title>", "<p><b>"],
)
def test_signs_repeated_take_no_more_time_than_there_are_more_of_them(unit: str) -> None:
    few, many = (_processor_seconds("<p>云溪区</p>" + unit * times) for times in (10_000, 40_000))
    # Four times as many; sixteen times as long if each sign looked at all the others.
    assert many < 10 * few + 0.2


def _processor_seconds(source: str) -> float:
    """What reading a page costs this process, whatever else the machine does: the best of two."""
    tries = []
    for _ in range(2):
        begun = time.process_time()
        with contextlib.suppress(DocumentError):
            extract(source)
        tries.append(time.process_time() - begun)
    return min(tries)


# What pages are made of, well and badly; blanks part the items.
TAGS = """
<p> </p> <b> </b> <br> <pre> </pre> <h1> <div> </div> <span> </span> <span/hidden> <div/class=share> <o:p>
<table> <tr> <td> </td> </table> <tbody> <td/rowspan=2/colspan=3> <table/role=none>
<ol> </ol> <ol/start=4/type=a> <ul> <li> <ruby> <rt> <a/href=x> </a> <select> <textarea>q</textarea>
<html> <body> </html> <title>甲</title> <frameset> <form> <script>x</script> <!--y--> <svg>z</svg>
< > &amp; &nbsp; &#65; &lt & &#0; 云溪区 任务 责任单位 序号 | a 1
"""
PARTS = st.sampled_from([*TAGS.split(), "\n", " ", "\t"])


@settings(max_examples=300)
@given(st.lists(PARTS, max_size=40).map("".join))
def test_any_page_gives_text_with_places_or_a_clear_error(source: str) -> None:
    try:
        found = extract(source)
    except DocumentError:
        return
    assert_places(found, source)


def test_the_real_pages_stand_where_they_say(corpus: Path) -> None:
    for path in sorted((corpus / "documents").glob("*.html")):
        data = path.read_bytes()
        found = read(data, file=path.name, limits=LIMITS)
        assert_places(found, decode_declared(data, file=path.name)[0])
        assert sum(len(piece.text) for piece in pieces_of(found)) > 500
