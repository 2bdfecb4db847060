"""What the made-up bodies report: plain sentences, drawn by what is reported on and never by chance."""

from __future__ import annotations

from zlib import crc32

from luoshi.apps.work.models import Occurrence

PROGRESS = (
    "制定了本期工作安排，明确了责任科室和完成时间；开展专题活动{n}次，参加{m}人次。",
    "完成{n}个点位的现场核查，发现的问题已列出清单，其中{k}项已经整改。",
    "与有关单位会商{k}次，形成分工意见；修订制度{k}项，已在单位网站公开。",
    "受理相关事项{m}件，办结{n}件，其余均在办理时限之内。",
    "组织业务培训{k}期，{m}人参加；新增服务点{k}处，已对外公布地址和电话。",
)
PROBLEMS = (
    "",
    "",
    "基层力量不足，{k}个村、社区还没有配齐人员。",
    "部门之间的数据口径不一致，需要逐项核对。",
    "",
)
NEXT_STEPS = (
    "下一期重点检查薄弱环节，争取全部达到目标。",
    "继续按计划推进，月底前完成复核。",
    "汇总各镇、街道情况后统一部署。",
)
CONCLUSIONS = (
    "各责任单位均已开展工作，总体符合进度要求；共开展活动{m}次，解决问题{n}个。",
    "任务按计划推进，{n}项具体工作已完成，其余明确了完成时间。",
    "各单位情况见引文。主要指标较上期有所提高，薄弱环节集中在基层一线。",
)


def number_of(one: Occurrence) -> int:
    """A number that is always the same for a body, a task and a period.

    Keys of rows are not: PostgreSQL never gives one twice, and a story told by them would differ each time.
    """
    return crc32(f"{one.body.name}/{one.task.key}/{one.key}".encode())


def report_values(number: int) -> dict[str, str]:
    """The fields of an own report."""
    fields = {
        "progress": _said(PROGRESS, number),
        "problems": _said(PROBLEMS, number),
        "next_step": _said(NEXT_STEPS, number),
    }
    return {key: words for key, words in fields.items() if words}


def joint_values(number: int) -> dict[str, str]:
    """The fields of a joint report."""
    return {"progress": _said(CONCLUSIONS, number), "next_step": _said(NEXT_STEPS, number)}


def _said(sentences: tuple[str, ...], number: int) -> str:
    words = sentences[number % len(sentences)]
    return words.format(n=number % 17 + 3, m=number % 61 + 24, k=number % 4 + 1)
