"""The catalogue of findings: every kind of defect or doubt, with its weight and its wording.

`error`: the plan cannot be issued until a person has settled it. `warning`: the reading may be wrong.
`note`: damage that was repaired in the only way possible, or something worth knowing.
"""

from __future__ import annotations

from dataclasses import dataclass

from luoshi.core.plan.model import Finding


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of finding: its code, weight and message templates."""

    code: str
    severity: str
    zh: str
    en: str


KINDS = {
    kind.code: kind
    for kind in (
        Kind(
            "duplicated-text",
            "warning",
            "“{was}”处文字重复，已按“{read}”读取。",
            "“{was}” repeats itself; read as “{read}”.",
        ),
        Kind(
            "broken-line",
            "note",
            "句中硬换行，已接为“{read}”。",
            "A hard line break inside a sentence or name; joined to “{read}”.",
        ),
        Kind(
            "stray-space",
            "note",
            "字间多余空格，已去除：“{was}”。",
            "Stray white space between characters was removed: “{was}”.",
        ),
        Kind(
            "stray-separator",
            "note",
            "名单首尾或中间有多余的分隔符：“{was}”。",
            "A list of bodies has a stray separator: “{was}”.",
        ),
        Kind(
            "mixed-separator",
            "note",
            "同一名单混用分隔符：“{was}”。",
            "A list of bodies mixes separators: “{was}”.",
        ),
        Kind(
            "mismatched-quotes",
            "note",
            "引号或括号不配对：“{was}”。",
            "Quotation marks or brackets do not match: “{was}”.",
        ),
        Kind(
            "unknown-organization",
            "warning",
            "未登记的单位名称“{name}”，请核对。",
            "“{name}” is no known body; please check.",
        ),
        Kind("no-lead", "warning", "任务{number}没有写明牵头部门。", "Task {number} names no lead body."),
        Kind(
            "no-organization",
            "error",
            "任务{number}没有写明任何部门。",
            "Task {number} names no body at all.",
        ),
        Kind(
            "number-gap",
            "warning",
            "编号不连续：{before}之后是{after}。",
            "A gap in the numbering: {before} is followed by {after}.",
        ),
        Kind(
            "number-repeated",
            "warning",
            "编号{number}重复出现。",
            "The number {number} is used more than once.",
        ),
        Kind(
            "metadata-conflict",
            "warning",
            "{field}前后不一致：“{first}”与“{second}”。",
            "{field} differs: “{first}” and “{second}”.",
        ),
        Kind(
            "vague-deadline",
            "note",
            "任务{number}的时限“{quote}”不明确，请在下达时明确。",
            "The deadline “{quote}” of task {number} is vague; make it definite when the plan is issued.",
        ),
        Kind(
            "truncated",
            "warning",
            "文字在“{quote}”处中断，可能不完整。",
            "The text breaks off at “{quote}” and may be incomplete.",
        ),
        Kind(
            "garbled-text",
            "warning",
            "文字疑似混入乱码或注音：“{was}”。",
            "The text seems garbled or glossed: “{was}”.",
        ),
        Kind(
            "table-empty",
            "warning",
            "表格“{quote}”没有内容或单元格缺失。",
            "The table “{quote}” has no content, or cells are missing.",
        ),
        # What a reader saw in the file itself; these stand at no place of the text.
        Kind(
            "file-scanned-page",
            "warning",
            "第{quote}页只有图像，没有读入；请核对原件。",
            "Page {quote} is an image only and was not read; check the original.",
        ),
        Kind(
            "file-garbled",
            "warning",
            "文件中有无法辨认的文字（{quote}），请核对原件。",
            "Some text of the file cannot be made out ({quote}); check the original.",
        ),
        Kind(
            "file-recognised-text",
            "note",
            "第{quote}页的文字来自扫描识别，请留意错字。",
            "The text of page {quote} comes from character recognition; look out for slips.",
        ),
        Kind(
            "file-hidden-text",
            "note",
            "隐藏的文字没有读入（{quote}）。",
            "Hidden text was left out ({quote}).",
        ),
        Kind(
            "file-turned-text",
            "note",
            "竖排或旋转的文字没有读入（{quote}）。",
            "Turned text was left out ({quote}).",
        ),
        Kind(
            "file-attachments",
            "note",
            "文件附带的其他文件没有读入（{quote}）。",
            "Files attached to the file were left out ({quote}).",
        ),
        Kind(
            "file-active-content",
            "note",
            "文件含有脚本或动作，没有执行（{quote}）。",
            "The file holds scripts or actions; none was run ({quote}).",
        ),
        Kind(
            "file-hidden-sheet",
            "note",
            "隐藏的工作表“{quote}”没有读入。",
            "The hidden sheet “{quote}” was left out.",
        ),
        Kind(
            "file-hidden-rows",
            "note",
            "工作表中有隐藏的行，已一并读入（{quote}）。",
            "The sheet has hidden rows; they were read, too ({quote}).",
        ),
        Kind(
            "file-hidden-cell",
            "note",
            "隐藏的单元格没有读入（{quote}）。",
            "A hidden cell was left out ({quote}).",
        ),
        Kind(
            "file-cell-error",
            "warning",
            "单元格是错误值，按空白读取（{quote}）。",
            "A cell holds an error and was read as empty ({quote}).",
        ),
        Kind(
            "file-formula-without-value",
            "warning",
            "公式没有保存结果，按空白读取（{quote}）；请在表格软件中重新保存。",
            "A formula has no stored result and was read as empty ({quote}); save the file again in a spreadsheet program.",
        ),
        Kind(
            "file-nested-table",
            "note",
            "表格中的表格已并入单元格（“{quote}”）。",
            "A table inside a table was read as text of its cell (“{quote}”).",
        ),
        Kind(
            "file-embedded-part",
            "warning",
            "嵌入的文档没有读入（{quote}）。",
            "An embedded document was left out ({quote}).",
        ),
        Kind(
            "file-missing-note",
            "note",
            "脚注没有内容（{quote}）。",
            "A footnote has no text ({quote}).",
        ),
    )
}

WEIGHT = {"error": 0, "warning": 1, "note": 2}


def severity(finding: Finding) -> str:
    """`error`, `warning` or `note`."""
    return KINDS[finding.code].severity


def message(finding: Finding, language: str = "zh") -> str:
    """The sentence that tells a person about the finding.

    Example:
        >>> from luoshi.core.source import Span
        >>> print(message(Finding("no-lead", Span(0, 1), {"number": "7"}), "en"))
        Task 7 names no lead body.
    """
    kind = KINDS[finding.code]
    template = kind.en if language.startswith("en") else kind.zh
    return template.format(**finding.details)
