"""Why an operation on handing out, time or changes was refused: what, where, what to do."""

from __future__ import annotations

from luoshi.core.errors import LuoshiError


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
