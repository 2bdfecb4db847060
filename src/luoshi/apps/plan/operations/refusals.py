"""Why an operation was refused: one sentence each, saying what, where and what to do."""

from __future__ import annotations

from luoshi.core.errors import LuoshiError


class PlanIsConfirmed(LuoshiError):
    code = "plan-is-confirmed"
    zh = "《{title}》已经确认，不能再改；请先重新打开。"
    en = "“{title}” is confirmed and cannot be changed; reopen it first."


class PlanIsIssued(LuoshiError):
    code = "plan-is-issued"
    zh = "《{title}》已经交办，不能重新打开或修改；任务表述有变化时，请在任务页面申请调整。"
    en = (
        "“{title}” has been issued and can be neither reopened nor changed; "
        "ask for an adjustment on the task's page instead."
    )


class ErrorsOpen(LuoshiError):
    code = "plan-errors-open"
    zh = "还有 {count} 处错误没有处理（{which}），暂不能确认；请逐条处理后再确认。"
    en = "{count} errors are still open ({which}); settle each of them, then confirm."


class AlreadySettled(LuoshiError):
    code = "finding-already-settled"
    zh = "这一条已由{who}处理为“{state}”；页面已更新，如需改动请先撤销。"
    en = (
        "{who} has already settled this as “{state}”; the page is up to date now, undo it first to change it."
    )


class NoSuchCandidate(LuoshiError):
    code = "finding-no-such-candidate"
    zh = "“{value}”不在这一条的候选之中；请从候选中选择，或直接填写。"
    en = "“{value}” is none of the candidates; choose one of them, or write your own."


class AnswerMissing(LuoshiError):
    code = "finding-answer-missing"
    zh = "没有填写修改结果；请填写后再提交。"
    en = "No wording was given; write it and send it again."


class AnswerUnusable(LuoshiError):
    code = "finding-answer-unusable"
    zh = "“{value}”不能用作{field}；请改为 2025-12-31 这样的日期。"
    en = "“{value}” cannot be the {field}; write a date such as 2025-12-31."


class EditedMeanwhile(LuoshiError):
    code = "task-edited-meanwhile"
    zh = "任务{number}在您打开之后被他人改过；下面并列了现在的内容和您填写的内容，请核对后再保存。"
    en = (
        "Somebody has changed task {number} since you opened it; "
        "both texts are below, compare them and save again."
    )


class NothingToUndo(LuoshiError):
    code = "settlement-nothing-to-undo"
    zh = "没有可以撤销的操作。"
    en = "There is nothing to undo."


class ChangedSince(LuoshiError):
    code = "settlement-changed-since"
    zh = "这一步之后同一处又有改动，不能单独撤销；请先撤销后面的操作。"
    en = "The same place was changed again after this step; undo the later step first."


class ImportActive(LuoshiError):
    code = "import-still-running"
    zh = "{file}仍在导入中；请等待完成。"
    en = "{file} is still being imported; wait until it is done."
