"""What a document says of itself, and the conflicts in it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from luoshi.core.document.head import head_lines, recipients, split_recipients
from luoshi.core.document.metadata_entries import entries
from luoshi.core.document.model import Document
from luoshi.core.document.open import open_document
from luoshi.core.plan.findings import message
from luoshi.core.plan.metadata import read_metadata
from luoshi.core.plan.model import Finding, Metadata

NOTICE = """云溪区人民政府办公室文件
云政办发〔2022〕7号
云溪区人民政府办公室关于印发《云溪区市容
整治任务分解方案》的通知
各镇人民政府、各街道办事处，区直各部门，各有关单位：
现将《云溪区市容整治任务分解方案》印发给你们，请认真落实。
云溪区人民政府办公室
2022年12月29日
（此件公开发布）
云溪区市容整治任务分解方案
为整治市容，制定本方案。
一、总体要求
1.清理占道。责任单位：区城管局
"""


def document(text: str, name: str = "a.txt") -> Document:
    return open_document(text.encode(), name)


def read(text: str) -> tuple[Metadata, tuple[Finding, ...]]:
    found = document(text)
    metadata, findings = read_metadata(found)
    for span in (*metadata.spans.values(), *(finding.span for finding in findings)):
        assert 0 <= span.start <= span.end <= len(found.text)
    return metadata, findings


def test_a_covering_notice_gives_way_to_its_plan() -> None:
    metadata, findings = read(NOTICE)
    assert metadata.title == "云溪区市容整治任务分解方案"
    assert metadata.issuer == "云溪区人民政府办公室"
    assert metadata.document_number == "云政办发〔2022〕7号"
    assert metadata.date == "2022-12-29"
    assert metadata.recipients == ("各镇人民政府", "各街道办事处", "区直各部门", "各有关单位")
    assert findings == ()


def test_spans_lead_to_the_words() -> None:
    found = document(NOTICE)
    metadata, _ = read_metadata(found)
    assert metadata.spans["document_number"].of(found.text) == "云政办发〔2022〕7号"
    assert metadata.spans["date"].of(found.text) == "2022年12月29日"
    assert metadata.spans["title"].of(found.text) == metadata.title
    assert metadata.spans["recipients"].of(found.text).startswith("各镇人民政府")


def test_a_notice_without_a_plan_keeps_its_own_title() -> None:
    metadata, _ = read(NOTICE[: NOTICE.index("（此件")])
    assert metadata.title == "云溪区人民政府办公室关于印发《云溪区市容整治任务分解方案》的通知"
    head = "云溪区人民政府关于整治市容的\n实施意见\n云政发〔2022〕3号\n各镇、街道：\n现提出以下意见。\n"
    metadata, _ = read(head + "一、总体要求\n附件\n市容标准清单")
    assert metadata.title == "云溪区人民政府关于整治市容的实施意见"
    assert metadata.issuer == "云溪区人民政府"
    assert metadata.recipients == ("各镇、街道",)


def test_an_attachment_does_not_take_the_place_of_a_decision() -> None:
    decision = "云溪区人民政府关于同意设立市容委的批复\n区城管局：\n同意设立。\n附件：市容委组成方案\n"
    text = decision + "云溪区人民政府\n2022年5月3日\n市容委组成方案\n一、职责\n"
    assert read(text)[0].title == "云溪区人民政府关于同意设立市容委的批复"


def test_the_metadata_table_printed_twice_is_compared() -> None:
    head = (
        "索 引 号 | YX/1 | 文 号 | 云政办发〔2022〕7号 |\n成文日期 | 2022-12-28 | 公文时效 | 有效 |\n"
        "索 引 号 | YX/2 |\n文 号 | 云政办发[2022]7 號 |\n公文时效 |\n"
    )
    metadata, findings = read(head + NOTICE)
    assert (metadata.index_number, metadata.validity, metadata.date) == ("YX/1", "有效", "2022-12-28")
    assert [(f.details["field"], f.details["first"], f.details["second"]) for f in findings] == [
        ("索引号", "YX/1", "YX/2"),
        ("成文日期", "2022-12-28", "2022-12-29"),
        ("公文时效", "有效", ""),
    ]
    assert all(f.code == "metadata-conflict" and message(f) and message(f, "en") for f in findings)


def test_a_number_that_differs_from_the_table_is_told() -> None:
    _, findings = read("文 号 | 云政办发〔2022〕8号 | 索引号 | YX/1 |\n" + NOTICE)
    assert [f.details["second"] for f in findings] == ["云政办发〔2022〕7号"]


def test_a_title_that_the_notice_gives_otherwise_is_told() -> None:
    _, findings = read(NOTICE.replace("现将《云溪区市容整治", "现将《云溪区市容综合整治"))
    assert [f.details["field"] for f in findings] == ["标题"]
    assert read(NOTICE.replace("\n云溪区市容整治任务", "\n云溪区《市容整治》任务"))[1] == ()


ONE_A_LINE = """索 引 号：YX/1
发布机构：云溪区司法局
文　　号：无
成文日期：二〇二二年十二月二十九日
公文时效：有效
发布日期：2023-01-03 10:20"""
SEVERAL_A_LINE = """索引号:YX/1 发布机构:云溪区司法局
发文字号：无 成文日期：2022.12.29
【时效性】有效 发布时间:2023/1/3"""


@pytest.mark.parametrize("lines", [ONE_A_LINE, SEVERAL_A_LINE])
def test_labels_on_lines(lines: str) -> None:
    metadata, findings = read(lines + "\n云溪区普法要点\n一、总体要求")
    assert (metadata.index_number, metadata.issuer, metadata.validity) == ("YX/1", "云溪区司法局", "有效")
    assert (metadata.document_number, metadata.date, metadata.published) == ("", "2022-12-29", "2023-01-03")
    assert (metadata.title, findings) == ("云溪区普法要点", ())


def test_a_signature_broken_over_two_lines_is_one_issuer() -> None:
    signature = "现将方案印发给你们。\n中共云溪区委\n全面依法治区委员会\n2022年12月29日\n"
    text = signature + "云溪区普法任务分解方案\n一、总体要求\n"
    metadata, _ = read(text)
    assert metadata.issuer == "中共云溪区委全面依法治区委员会"
    assert metadata.title == "云溪区普法任务分解方案"
    joint = text.replace("中共云溪区委\n全面依法治区委员会", "云溪区司法局\n云溪区民政局")
    assert read(joint)[0].issuer == "云溪区司法局、云溪区民政局"


def test_an_excerpt_says_nothing_of_itself() -> None:
    metadata, findings = read("一、总体要求\n1.清理占道。责任单位：区城管局\n2022年底前完成。")
    assert metadata == Metadata(file="a.txt", format="txt", sha256=metadata.sha256)
    assert findings == ()


def test_a_remark_below_the_title_belongs_to_it() -> None:
    assert read("云溪区普法规划\n（2022—2025年）\n一、总体要求")[0].title == "云溪区普法规划（2022—2025年）"
    assert read("云溪区普法规划\n（此件公开发布）\n一、总体要求")[0].title == "云溪区普法规划"


def test_the_head_of_a_page_speaks_where_its_text_is_silent() -> None:
    head = "<title>普法台账 - 云溪区</title><meta name='pubdate' content='2023-01-05 09:30'>"
    page = f"<html><head>{head}</head><body><p>正文一句。</p></body></html>"
    metadata, _ = read_metadata(document(page, "a.html"))
    assert (metadata.title, metadata.published) == ("普法台账 - 云溪区", "2023-01-05")


def test_a_heading_in_markdown_is_a_title_without_its_marks() -> None:
    assert read("# 云溪区普法任务分解方案\n一、总体要求")[0].title == "云溪区普法任务分解方案"


def test_a_notice_gives_the_name_of_a_plan_that_is_not_there() -> None:
    text = "《云溪区普法责任分解》已经区政府同意，现印发给你们。\n云溪区人民政府\n2022年5月20日"
    metadata, _ = read(text)
    assert (metadata.title, metadata.issuer) == ("云溪区普法责任分解", "云溪区人民政府")


@pytest.mark.parametrize(
    ("words", "bodies"),
    [
        ("各镇、街道，区直各部门", ("各镇、街道", "区直各部门")),
        ("区司法局、区民政局（区社会组织局、区慈善局）", ("区司法局", "区民政局（区社会组织局、区慈善局）")),
        ("澄江市人民政府", ("澄江市人民政府",)),
    ],
)
def test_addresses_are_parted_without_inventing_names(words: str, bodies: tuple[str, ...]) -> None:
    assert split_recipients(words) == bodies


def test_an_introduction_is_no_address() -> None:
    lines = head_lines(document("云溪区要点\n现将有关任务分工明确如下：\n一、区司法局："))
    assert recipients(lines, 2) is None


def test_labels_without_a_value_take_no_label_for_one() -> None:
    found = entries(document("索引号 | 发布机构 | 文号 | 无 |\n成文日期 | 2022-12-29 | 公文时效 |"))
    assert [(e.field, e.value) for e in found] == [
        ("index_number", ""), ("issuer", ""), ("document_number", "无"),
        ("date", "2022-12-29"), ("validity", ""),
    ]  # fmt: skip


def test_the_real_documents(corpus: Path) -> None:
    for line in (corpus / "documents/gold.jsonl").read_text("utf-8").splitlines():
        gold = json.loads(line)
        path = corpus / "documents" / gold["file"]
        metadata, findings = read_metadata(open_document(path.read_bytes(), path.name))
        assert metadata.title == gold["title"]
        assert metadata.document_number == gold.get("document_number", metadata.document_number)
        assert findings == ()
