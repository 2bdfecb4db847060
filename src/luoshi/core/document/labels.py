"""The labels by which official documents and pages name their own metadata."""

from __future__ import annotations

import re
from functools import lru_cache

# Field of `Metadata` → the labels seen for it, without the spaces that set them to equal width.
LABELS = {
    "index_number": ("索引号", "索取号", "信息索引号", "信息索取号", "索引编号"),
    "issuer": ("发布机构", "发文机关", "发文单位", "发布单位", "制发机关", "发文机构", "公开主体", "发布机关",
               "制定机关"),
    "document_number": ("文号", "发文字号", "发文号", "文件编号", "公文文号", "文件号", "文件文号"),
    "title": ("标题", "名称", "信息名称", "文件名称", "公文名称", "文件标题"),
    "date": ("成文日期", "成文时间", "生成日期", "发文日期", "发文时间", "签发日期", "制发日期"),
    "published": ("发布日期", "发布时间", "公开日期", "公开时间", "公布日期", "信息发布日期"),
    "validity": ("公文时效", "有效性", "时效性", "时效", "文件状态", "效力状态", "有效状态",
                 "是否有效", "公文状态"),
    "recipients": ("主送", "主送机关", "主送单位"),
}  # fmt: skip

# Labels that stand in the same tables and say nothing that a plan needs.
OTHER = frozenset((
    "主题分类", "信息分类", "公开方式", "公开范围", "体裁分类", "服务对象", "组配分类", "主题词", "关键词",
    "内容概述", "来源", "作者", "责任编辑", "公开目录", "所属主题", "文件类型", "文种", "公文种类",
    "生效日期", "废止日期", "失效日期", "统一编号", "统一登记号", "信息来源", "主题", "分类", "有效期",
    "语种", "载体类型", "记录形式", "浏览次数", "字号", "密级", "紧急程度", "签发人", "抄送", "抄报",
))  # fmt: skip

FIELD = {label: field for field, labels in LABELS.items() for label in labels}

# Traditional characters of the labels, for pages that were converted whole.
_SIMPLIFIED = str.maketrans(
    "號發佈機構關單標題稱時間開類統編錄來載體態認", "号发布机构关单标题称时间开类统编录来载体态认"
)

# White space and marks inside or behind a label. Sample: "索 引 号：", "【文　　号】"
_MARKS = re.compile(r"[\s　\xa0:：\[\]【】]+")


def plain_label(text: str) -> str:
    """`text` without the spacing, colons and brackets that labels wear, in simplified characters.

    Example:
        >>> plain_label("發 文 字 號：")
        '发文字号'
    """
    return _plain(text) if len(text) <= 24 else ""


@lru_cache(maxsize=4096)
def _plain(label: str) -> str:
    # A cell is asked again and again whether it is a label, and the same labels stand in page after page.
    return _MARKS.sub("", label).translate(_SIMPLIFIED)


def is_label(text: str) -> bool:
    """Whether `text` is a label of metadata and nothing else."""
    plain = plain_label(text)
    return plain in FIELD or plain in OTHER


# The header of a column of a task table. Sample: 序号, 重点任务, 牵头单位, 完成时限, 具体工作标准
_HEADER = re.compile(
    r"(?:序号|编号|类别|领域|领导|备注|进展|成效|联系人|联系电话|目标|"
    r"(?:重点|主要|工作|具体|目标|年度|改革|创建|整改|实事|项目|任务|问题|落实|推进|预期|考核|主 ?要)*"
    r"(?:任务|工作|事项|措施|举措|内容|要求|标准|项目|指标|目标|清单|成果|成效)(?:名称|内容|分解|目标|要求|情况|描述)?|"
    r"(?:第一|共同|主要|直接)?(?:牵头|责任|配合|主办|协办|承办|指导|参加|参与|负责|主管|实施|协同|联合|分管)+"
    r"(?:市|区|县|旗|镇|局)?(?:单位|部门|科室|处室|股室|机构|领导|人|主体)|责任分工|"
    r"(?:完成|办理|整改|推进|实施|计划|年度|工作)?(?:时限|时间|期限|进度|节点|计划)(?:要求|安排|节点)?|"
    r"(?:进展|完成|落实|推进|整改)(?:落实)?情况|第?[一二三四]季度|\d{4}年(?:计划|目标|任务))"
)
_SIMPLIFIED_HEADERS = str.maketrans(
    "務牽頭責單門時進標題項內號類別導間節點負書應", "务牵头责单门时进标题项内号类别导间节点负书应"
)

# A character that no header holds; most cells are ruled out by it alone. Sample: 局
_STRANGE = re.compile(
    f"[^{re.escape(''.join(sorted({*_HEADER.pattern, *map(chr, _SIMPLIFIED_HEADERS)})))}"
    r"\d\s　\xa0:：\[\]【】]"
)


def is_header(text: str) -> bool:
    """Whether `text` is the header of a column of a task table and nothing else.

    Example:
        >>> [is_header(t) for t in ("序 号", "牽頭單位", "完成时限", "加强普法工作。", "1")]
        [True, True, True, False, False]
    """
    if not 1 < len(text) <= 24 or _STRANGE.search(text) is not None:
        return False
    return _HEADER.fullmatch(_MARKS.sub("", text).translate(_SIMPLIFIED_HEADERS)) is not None
