"""Why linking or comparing was refused: what, where, what to do."""

from __future__ import annotations

from luoshi.core.errors import LuoshiError


class SamePlan(LuoshiError):
    code = "alignment-same-plan"
    zh = "两项任务都在《{plan}》中;请选择另一份方案的任务。"
    en = "Both tasks stand in “{plan}”; choose a task of another plan."


class PlanNotSettled(LuoshiError):
    code = "alignment-plan-not-settled"
    zh = "《{plan}》尚未确认;请先在审阅页面确认,再关联其中的任务。"
    en = "“{plan}” is not confirmed yet; confirm it on the review page before its tasks are linked."


class OtherRegion(LuoshiError):
    code = "alignment-other-region"
    zh = "《{plan}》属于另一个地区;只能关联本地区的任务。"
    en = "“{plan}” belongs to another region; only tasks of one region can be linked."


class SettledMeanwhile(LuoshiError):
    code = "alignment-settled-meanwhile"
    zh = "这一对({pair})刚刚由他人处理过;请刷新页面后再看。"
    en = "Somebody has just settled this pair ({pair}); reload the page and look again."


class NeedlessWithoutReason(LuoshiError):
    code = "alignment-needless-without-reason"
    zh = "没有写明本级为什么不需要任务；请用不超过 {limit} 个字写明理由。"
    en = "It is not said why no task is needed here; give the reason in at most {limit} characters."


class ClauseHasTask(LuoshiError):
    code = "alignment-clause-has-task"
    zh = "已确认由任务“{task}”落实这一条，不能再标为本级无需任务；请先撤销该对应。"
    en = (
        "The task “{task}” is confirmed to carry out this clause; take that back before saying it needs none."
    )


class ClauseNeedless(LuoshiError):
    code = "alignment-clause-needless"
    zh = "这一条已标为本级无需任务；请先撤销标记，再确认对应的任务。"
    en = (
        "This clause is marked as needing no task here; take the mark away before a task is confirmed for it."
    )


class NoClauses(LuoshiError):
    code = "alignment-no-clauses"
    zh = "{file}中没有读到任务或条款;请换一份文件。"
    en = "No task or clause was found in {file}; choose another file."


class ItsOwnText(LuoshiError):
    code = "alignment-its-own-text"
    zh = "{file}就是本方案的文件;请选择上级文件。"
    en = "{file} is the document of this very plan; choose the one from above."


class NotOfComparison(LuoshiError):
    code = "alignment-not-of-comparison"
    zh = "任务“{task}”不在本次对照的方案中;请从列表中选择。"
    en = "The task “{task}” is not in the plan that is compared here; choose one from the list."
