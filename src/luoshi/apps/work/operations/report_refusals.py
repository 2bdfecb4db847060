"""Why something about a report was refused: one sentence each, saying what, where and what to do."""

from __future__ import annotations

from luoshi.core.errors import LuoshiError


class ReportNotOpen(LuoshiError):
    code = "work-report-not-open"
    zh = "“{task}”{period}当前为“{state}”,不能填报;请看任务页面的说明。"
    en = "“{task}” for {period} is “{state}” and cannot be reported on; see the page of the task."


class ReportNotEditable(LuoshiError):
    code = "work-report-not-editable"
    zh = "“{task}”的报送为“{state}”,不能再改;如需修改,请先撤回或更正。"
    en = "The report on “{task}” is “{state}” and cannot be changed; withdraw or correct it first."


class FirstReport(LuoshiError):
    code = "work-no-change-first-report"
    zh = "“{task}”还没有报送过{fields};第一次请填写。"
    en = "“{task}” has no {fields} from an earlier report; fill it in the first time."


class DraftHoldsChanges(LuoshiError):
    code = "work-no-change-draft"
    zh = "“{task}”本期已有人填写了内容;请打开核对后提交。"
    en = "Somebody has already written something on “{task}” for this period; open it and submit it."


class ContributionsChanged(LuoshiError):
    code = "work-no-change-contributions"
    zh = "“{task}”有{count}个单位报送了新情况({which});请汇总后提交。"
    en = "{count} bodies reported something new on “{task}” ({which}); bring it together and submit."


class NoSuchRevision(LuoshiError):
    code = "work-no-such-revision"
    zh = "这份报送没有第{number}版;请刷新页面后再试。"
    en = "This report has no version {number}; reload the page and try again."


class NothingToQuote(LuoshiError):
    code = "work-nothing-to-quote"
    zh = "{body}本期没有已提交的这一项内容;请在其提交后再引用。"
    en = "{body} has submitted nothing for this field; quote it once it has."


class EvidenceNotYours(LuoshiError):
    code = "work-evidence-not-yours"
    zh = "只能使用本单位的佐证材料;请从本单位的材料中选择,或另行上传。"
    en = "Only your own body's evidence can be used; choose from it, or upload the file."


class EvidenceTooLarge(LuoshiError):
    code = "work-evidence-too-large"
    zh = "{name}有{size} MB,超过上限{limit} MB;请压缩或拆分后再上传。"
    en = "{name} has {size} MB, more than the limit of {limit} MB; make it smaller or split it."


class EvidenceReplaced(LuoshiError):
    code = "work-evidence-replaced"
    zh = "{name}已有新版({newer});请替换新版。"
    en = "{name} already has a newer version ({newer}); replace that one."


class EvidenceSame(LuoshiError):
    code = "work-evidence-same"
    zh = "{name}与要替换的文件内容完全相同,没有替换。"
    en = "{name} has the very content of the file it would replace; nothing was replaced."


class NotOneClick(LuoshiError):
    code = "work-accept-has-changes"
    zh = "“{task}”的报送有变化,不能批量采纳;请打开阅读后采纳。"
    en = "The report on “{task}” says something new and cannot be accepted in bulk; read it first."


class StepOfOtherReports(LuoshiError):
    """A step that reports of this kind do not have."""

    code = "work-step-of-other-reports"
    zh = "这份报送没有“{step}”这一步：会签、异议和送会签只用于牵头报告，负责人审核只用于本单位报送。"
    en = "This report has no step “{step}”: leads sign and object to joint reports, heads approve own ones."
