"""Why an operation on handing out, time or changes was refused: what, where, what to do."""

from __future__ import annotations

from luoshi.core.errors import LuoshiError, Phrase
from luoshi.core.work.machines import OCCURRENCE


class PlanNotConfirmed(LuoshiError):
    code = "work-plan-not-confirmed"
    zh = "《{title}》尚未确认；请先在审阅页面确认，再交办。"
    en = "“{title}” is not confirmed yet; confirm it on the review page, then issue it."


class PlanIssuedAlready(LuoshiError):
    code = "work-plan-issued-already"
    zh = "《{title}》已经交办；请在“交办情况”中查看。"
    en = "“{title}” has been issued already; see how it stands under “Issued”."


class NamesUnregistered(LuoshiError):
    code = "work-names-unregistered"
    zh = "有{count}个单位名称尚未对应到登记单位（{which}），不能交办；请逐一核对。"
    en = "{count} names do not belong to a registered body yet ({which}); match each of them before issuing."


class GroupsEmpty(LuoshiError):
    code = "work-groups-empty"
    zh = "统称{which}还没有成员，任务会无人承办；请先补充成员，或勾选“暂不交办给这些统称”。"
    en = (
        "{which} has no members yet, so nobody would get its tasks; "
        "add members, or tick “leave these groups out for now”."
    )


class NobodyToIssueTo(LuoshiError):
    code = "work-nobody-to-issue-to"
    zh = "《{title}》的任务没有任何承办单位；请先在任务中填写单位。"
    en = "No task of “{title}” names a body; add bodies to the tasks first."


class TermsUnusable(LuoshiError):
    code = "work-terms-unusable"
    zh = "“{field}”填写的{value}不可用：{why}。"
    en = "“{field}” cannot be {value}: {why}."


class NotConcerned(LuoshiError):
    code = "work-body-not-concerned"
    zh = "{which}没有在办“{task}”，不能要求其报送；请只选在办单位。"
    en = "{which} does not work on “{task}” now and cannot be asked; choose bodies that do."


class RequestRefused(LuoshiError):
    code = "work-request-refused"
    zh = "{body}：{why}"
    en = "{body}: {why}"


ANSWERED = Phrase("已报送", "answered")
OCCURRENCE_WORDS = {state.key: state.words for state in OCCURRENCE.states}
ADJUSTMENT_WORDS = {
    "asked": Phrase("待审批", "waiting"),
    "approved": Phrase("已批准", "approved"),
    "refused": Phrase("不批准", "refused"),
    "withdrawn": Phrase("已撤回", "withdrawn"),
}


class NothingToExtend(LuoshiError):
    code = "work-nothing-to-extend"
    zh = "{key}期当前为“{state}”，无需延期；只有正在填报的期次可以申请延期。"
    en = "{key} is “{state}” and needs no more time; only a period that is open can be extended."


class AdjustmentIncomplete(LuoshiError):
    code = "work-adjustment-incomplete"
    zh = "新表述、理由和依据都要填写；请补充后再提交。"
    en = "The new wording, the reason and the basis are all needed; add what is missing."


class AdjustmentChangesNothing(LuoshiError):
    code = "work-adjustment-changes-nothing"
    zh = "“{task}”的新表述与现在的表述相同；请修改后再提交。"
    en = "The new wording of “{task}” is the present one; change it, then send it."


class AdjustmentPending(LuoshiError):
    code = "work-adjustment-pending"
    zh = "“{task}”已有调整申请在审批；请等结果，或先撤回。"
    en = "An adjustment of “{task}” is waiting already; wait for the decision or withdraw it."


class AdjustmentDecided(LuoshiError):
    code = "work-adjustment-decided"
    zh = "这份调整申请当前为“{state}”，不能再办理；请刷新页面查看。"
    en = "This adjustment is “{state}” and can be decided no more; reload the page."


class AdjustmentBySamePerson(LuoshiError):
    code = "work-adjustment-by-same-person"
    zh = "调整须由申请人以外的人审批；请交办公室另一位同事办理。"
    en = "Somebody other than the person who proposed it has to decide; ask a colleague of the office."


class RefusalWithoutReason(LuoshiError):
    code = "work-refusal-without-reason"
    zh = "没有写明不批准的理由；请补充，申请人会看到。"
    en = "Say why it is refused; whoever asked will see it."


class LastLead(LuoshiError):
    code = "work-last-lead"
    zh = "{body}是“{task}”唯一的牵头单位，撤销后无人牵头；请移交给其他单位，或连同责任单位一并撤销。"
    en = (
        "{body} is the only lead of “{task}”; hand its task over, "
        "or cancel those of the responsible bodies with it."
    )


class ReceiverUnusable(LuoshiError):
    code = "work-receiver-unusable"
    zh = "不能移交给{receiver}：{why}。"
    en = "{receiver} cannot take over: {why}."


class NothingChosen(LuoshiError):
    code = "work-nothing-chosen"
    zh = "没有选中任何任务；请至少选一项。"
    en = "No task was chosen; choose one at least."


class TermsChangedMeanwhile(LuoshiError):
    code = "work-terms-changed-meanwhile"
    zh = "交办规则在您打开后已被他人修改；请核对现在的内容后再保存。"
    en = "Somebody has changed the terms since you opened them; compare them and save again."
