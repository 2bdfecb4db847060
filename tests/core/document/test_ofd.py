"""Reading ofd containers: places, layouts, resources, and those that must be refused."""

from __future__ import annotations

import zipfile
from contextlib import suppress
from io import BytesIO
from random import Random

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
    SuspiciousContent,
    TooLarge,
)
from luoshi.core.document.limits import Limits
from luoshi.core.document.model import Extract, Piece
from luoshi.core.document.ofd import read
from luoshi.core.document.ofd_values import steps
from tests.writers.damage import damaged
from tests.writers.pages import boxes, said
from tools.sample.content import Grid, Line
from tools.sample.ofd import build_ofd
from tools.sample.ofd_parts import Sheet, Stroke, Text, delta_list, pack, zipped
from tools.sample.pdf import build_pdf

MM = 72 / 25.4
LONG = (
    "把任务讲清楚、责任分到位、结果看得见，推动法治云溪、法治政府、法治社会建设同步向前，让群众遇事有地方问。"
)


def extract(data: bytes, limits: Limits | None = None) -> Extract:
    return read(data, file="方案.ofd", limits=limits or Limits())


def text(words: str, x: float = 30, baseline: float = 50, size: float = 5, attributes: str = "") -> Text:
    """Characters one font size apart."""
    return Text(words, x, baseline, size, (size,) * (len(words) - 1), attributes=attributes)


def page(*objects: str) -> bytes:
    """An ofd whose page holds these objects, written as XML."""
    return edited(
        pack([Sheet()]), "Doc_0/Pages/Page_0/Content.xml", "</ofd:Layer>", "".join(objects) + "</ofd:Layer>"
    )


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as container:
        return {name: container.read(name) for name in container.namelist()}


def edited(data: bytes, part: str, old: str, new: str) -> bytes:
    """The same container with a part changed; `old` must be there."""
    parts = parts_of(data)
    assert old.encode() in parts[part]
    parts[part] = parts[part].replace(old.encode(), new.encode())
    return zipped(parts)


def first_box(data: bytes) -> tuple[str, tuple[float, float, float, float]]:
    piece = extract(data).pieces[0]
    assert isinstance(piece, Piece)
    char, _, box = boxes(piece)[0]
    return char, box


# --- places -------------------------------------------------------------------------------------------


def test_characters_have_boxes_where_they_are_drawn() -> None:
    found = extract(pack([Sheet([text("云溪区"), text("司法局", 100, 200)])]))
    drawn = [part for piece in found.pieces if isinstance(piece, Piece) for part in boxes(piece)]
    assert [char for char, _, _ in drawn] == list("云溪区司法局")
    for index, (_, number, box) in enumerate(drawn):
        left, baseline = (30 + 5 * index, 50) if index < 3 else (100 + 5 * (index - 3), 200)
        expected = (left * MM, (baseline - 4.4) * MM, (left + 5) * MM, (baseline + 0.6) * MM)
        assert number == 1
        assert box == pytest.approx(expected, abs=0.02)


def test_repeated_steps() -> None:
    assert steps("g 3 5.5 2 g 2 1", 9) == [5.5, 5.5, 5.5, 2, 1, 1]
    assert steps("g -3 5.5 g x 2 g 2", 9) == [2.0]


@given(st.lists(st.sampled_from([0.5, 2.0, 5.6438]), max_size=30))
def test_steps_are_read_as_they_are_written(values: list[float]) -> None:
    assert steps(delta_list(values), len(values)) == values


def test_a_matrix_and_a_boundary_place_their_text() -> None:
    code = '<ofd:TextCode X="1" Y="2">云</ofd:TextCode>'
    look = 'Boundary="10 20 50 50" CTM="2 0 0 2 3 4" Font="1" Size="5"'
    drawn = f'<ofd:TextObject ID="9" {look}>{code}</ofd:TextObject>'
    left, baseline = 10 + 3 + 2, 20 + 4 + 4
    expected = (left * MM, (baseline - 8.8) * MM, (left + 10) * MM, (baseline + 1.2) * MM)
    char, box = first_box(page(drawn))
    assert char == "云"
    assert box == pytest.approx(expected, abs=0.02)


def test_the_paper_may_begin_elsewhere() -> None:
    data = edited(pack([Sheet([text("云溪区")])]), "Doc_0/Document.xml", "0 0 210 297", "10 20 210 297")
    assert first_box(data)[1][:1] == pytest.approx((20 * MM,), abs=0.02)


def test_characters_without_steps_follow_by_their_widths() -> None:
    assert said(extract(pack([Sheet([Text("到2025年底前", 30, 50, 5)])]))) == ["到2025年底前"]


def test_columns_of_upright_characters_are_noted() -> None:
    down = '<ofd:TextCode X="0" Y="4" DeltaY="g 2 5">装订线</ofd:TextCode>'
    aside = f'<ofd:TextObject ID="9" Boundary="5 100 5 20" Font="1" Size="5">{down}</ofd:TextObject>'
    code = '<ofd:TextCode X="0" Y="4" DeltaX="g 5 5">区司法局办公</ofd:TextCode>'
    body = f'<ofd:TextObject ID="8" Boundary="30 50 50 5" Font="1" Size="5">{code}</ofd:TextObject>'
    found = extract(page(aside, body))
    assert said(found) == ["区司法局办公"]
    assert found.notes == (("turned-text", "1: 装订线"),)


def test_a_page_of_columns_is_read_from_right_to_left() -> None:
    objects = []
    for column, words in enumerate(("推进法治云溪建设把任务讲清", "楚把责任分到位让结果看得见")):
        code = f'<ofd:TextCode X="0" Y="4" DeltaY="g 12 5">{words}</ofd:TextCode>'
        boundary = f"{150 - column * 9} 50 5 70"
        objects.append(
            f'<ofd:TextObject ID="{column}" Boundary="{boundary}" Font="1" Size="5">{code}</ofd:TextObject>'
        )
    assert (
        "".join(str(item) for item in said(extract(page(*objects))))
        == "推进法治云溪建设把任务讲清楚把责任分到位让结果看得见"
    )


# --- structure ----------------------------------------------------------------------------------------


def test_the_same_blocks_as_pdf_and_ofd_give_the_same_pieces() -> None:
    blocks = [
        Grid((("文 号", "云依法委发〔2023〕5号"), ("成文日期", "2023-03-17"))),
        Line("recipients", "各镇党委、人民政府，区直各部门："),
        Line("title", "云溪区关于贯彻落实《法治社会建设实施纲要(2020—2025年)》重点任务分解方案"),
        *[Line("body", f"{number}.{LONG * (number % 4)}到2025年达到 100%。") for number in range(1, 40)],
        Line("signature", "中共云溪区委"),
        Line("signature", "2023年3月16日"),
    ]
    wanted = [
        [list(row) for row in block.rows] if isinstance(block, Grid) else block.text for block in blocks
    ]
    assert said(extract(build_ofd(blocks))) == wanted
    from luoshi.core.document.pdf import read as read_pdf

    assert said(read_pdf(build_pdf(blocks), file="方案.pdf", limits=Limits())) == wanted


def test_ruled_tables() -> None:
    xs, ys = (30, 60, 180), (40, 50, 60)
    lines = [Stroke(30, y, 180, y) for y in ys] + [Stroke(x, 40, x, 60) for x in xs]
    words = [text("序号", 32, 47), text("任务", 62, 47), text("1", 32, 57), text("推进法治", 62, 57)]
    assert said(extract(pack([Sheet([*lines, *words])]))) == [[["序号", "任务"], ["1", "推进法治"]]]


def test_templates_lie_under_their_pages() -> None:
    head = Sheet([text("云溪区人民政府公报", 80, 15, 3.5)])
    sheets = [Sheet([text(f"第{word}页的正文在这里", 30, 60)], template=0) for word in "一二三四五"]
    found = said(extract(pack(sheets, templates=[head])))
    assert "".join(str(item) for item in found) == "".join(f"第{word}页的正文在这里" for word in "一二三四五")
    assert said(extract(pack(sheets[:1], templates=[head])))[0] == "云溪区人民政府公报"


def test_blocks_units_and_layers_are_opened() -> None:
    code = '<ofd:TextCode X="0" Y="4" DeltaX="5">单元</ofd:TextCode>'
    inner = f'<ofd:TextObject ID="1" Boundary="0 0 20 5" Font="1" Size="5">{code}</ofd:TextObject>'
    content = f"<ofd:Content>{inner}</ofd:Content>"
    unit = f'<ofd:CompositeGraphicUnit ID="77" Width="50" Height="9">{content}</ofd:CompositeGraphicUnit>'
    use = '<ofd:CompositeObject ID="4" ResourceID="77" Boundary="30 40 50 9"/>'
    use = f'<ofd:PageBlock ID="3">{use}</ofd:PageBlock>'
    resources = f"<ofd:CompositeGraphicUnits>{unit}</ofd:CompositeGraphicUnits></ofd:Res>"
    data = edited(page(use), "Doc_0/PublicRes.xml", "</ofd:Res>", resources)
    char, box = first_box(data)
    assert char == "单"
    assert box[0] == pytest.approx(30 * MM, abs=0.02)


def test_units_that_hold_themselves_are_refused() -> None:
    use = '<ofd:CompositeObject ID="4" ResourceID="77" Boundary="30 40 50 9"/>'
    unit = (
        f'<ofd:CompositeGraphicUnit ID="77"><ofd:Content>{use * 9}</ofd:Content></ofd:CompositeGraphicUnit>'
    )
    resources = f"<ofd:CompositeGraphicUnits>{unit}</ofd:CompositeGraphicUnits></ofd:Res>"
    with pytest.raises(SuspiciousContent):
        extract(edited(page(use), "Doc_0/PublicRes.xml", "</ofd:Res>", resources))


def test_several_documents_follow_one_another() -> None:
    first, second = parts_of(pack([Sheet([text("第一份")])])), parts_of(pack([Sheet([text("第二份")])]))
    more = {name.replace("Doc_0", "Doc_1"): part for name, part in second.items() if name != "OFD.xml"}
    body = "<ofd:DocBody><ofd:DocRoot>/Doc_1/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"
    entry = first["OFD.xml"].replace(b"</ofd:OFD>", body.encode())
    found = extract(zipped({**first, **more, "OFD.xml": entry}))
    assert [part[:2] for piece in found.pieces if isinstance(piece, Piece) for part in boxes(piece)][::3] == [
        ("第", 1),
        ("第", 2),
    ]


def test_metadata_bold_and_hidden_text() -> None:
    data = pack(
        [
            Sheet(
                [
                    text("粗体标题", 30, 50, attributes=' Weight="700"'),
                    text("正文文字在这里", 30, 80),
                    text("看不见", 30, 120, attributes=' Visible="false"'),
                ]
            )
        ],
        title="重点任务分解方案",
    )
    found = extract(data)
    assert found.declared == {"title": "重点任务分解方案", "created": "2023-03-17"}
    assert [piece.style.bold for piece in found.pieces if isinstance(piece, Piece)] == [True, False]
    assert found.notes == (("hidden-text", "1: 看不见"),)


def test_seals_are_not_looked_at_and_attachments_noted() -> None:
    plain = pack([Sheet([text("正文")])], more={"Doc_0/Signs/Sign_0/Seal.esl": b"\0\1"})
    note = "</ofd:CommonData><ofd:Attachments>Attachs/Attachments.xml</ofd:Attachments>"
    found = extract(edited(plain, "Doc_0/Document.xml", "</ofd:CommonData>", note))
    assert said(found) == ["正文"]
    assert found.notes == (("attachments", "Attachs/Attachments.xml"),)


# --- refusals -----------------------------------------------------------------------------------------


def test_encrypted_containers() -> None:
    with pytest.raises(EncryptedDocument):
        extract(pack([Sheet([text("正文")])], more={"Encrypts/Encryptions.xml": b"<a/>"}))
    mark = "<ofd:Encryptions>E.xml</ofd:Encryptions></ofd:OFD>"
    with pytest.raises(EncryptedDocument):
        extract(edited(pack([Sheet([text("正文")])]), "OFD.xml", "</ofd:OFD>", mark))


@pytest.mark.parametrize("part", ["OFD.xml", "Doc_0/Document.xml", "Doc_0/Pages/Page_0/Content.xml"])
def test_a_missing_part_is_damage(part: str) -> None:
    parts = parts_of(pack([Sheet([text("正文")])]))
    del parts[part]
    with pytest.raises(DamagedDocument):
        extract(zipped(parts))


def test_a_missing_resource_file_costs_only_the_look() -> None:
    parts = parts_of(pack([Sheet([text("正文")])]))
    del parts["Doc_0/PublicRes.xml"]
    assert said(extract(zipped(parts))) == ["正文"]


def test_no_pages_no_document() -> None:
    with pytest.raises(DamagedDocument):
        extract(pack([]))


def test_scans_garbled_and_empty_files() -> None:
    with pytest.raises(ScannedDocument):
        extract(page('<ofd:ImageObject ID="1" Boundary="0 0 210 297" ResourceID="5"/>'))
    with pytest.raises(GarbledDocument):
        extract(pack([Sheet([text("\ue001\ue002\ue003\ue004")])]))
    with pytest.raises(EmptyDocument):
        extract(pack([Sheet()]))


def test_placeholders_of_a_converter_are_garbled() -> None:
    drawn = (
        '<ofd:CGTransform CodePosition="0" GlyphCount="9"/><ofd:TextCode X="0" Y="4">¤¤¤¤¤¤¤¤¤</ofd:TextCode>'
    )
    with pytest.raises(GarbledDocument):
        extract(
            page(f'<ofd:TextObject ID="9" Boundary="9 9 50 9" Font="1" Size="5">{drawn}</ofd:TextObject>')
        )


@pytest.mark.parametrize("limits", [Limits(pages=1), Limits(characters=9)])
def test_limits_are_kept(limits: Limits) -> None:
    with pytest.raises(TooLarge) as caught:
        extract(pack([Sheet([text("推进法治建设")]), Sheet([text("推进法治建设")])]), limits)
    assert "LUOSHI_LIMIT_" in caught.value.message()


@settings(max_examples=150)
@given(st.integers(0, 2**32))
def test_damaged_containers_are_read_or_refused(seed: int) -> None:
    xs, ys = (30, 60, 180), (40, 50, 60)
    lines = [Stroke(30, y, 180, y) for y in ys] + [Stroke(x, 40, x, 60) for x in xs]
    whole = pack(
        [Sheet([*lines, text("1", 32, 47), text(LONG, 10, 200, 4)], template=0)], templates=[Sheet()]
    )
    with suppress(DocumentError):
        assert extract(damaged(parts_of(whole), Random(seed))).pieces
