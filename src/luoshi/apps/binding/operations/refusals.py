"""Why something was not bound: what, where, what to do."""

from __future__ import annotations

from luoshi.core.errors import LuoshiError


class PlanNotSettled(LuoshiError):
    code = "binding-plan-not-settled"
    zh = "《{plan}》尚未确认；请先在审阅页面确认，再绑定机制。"
    en = "“{plan}” is not confirmed yet; confirm it on the review page before mechanisms are bound to it."


class SettledMeanwhile(LuoshiError):
    code = "binding-settled-meanwhile"
    zh = "“{what}”刚刚由他人处理过；请刷新页面后再看。"
    en = "Somebody has just settled “{what}”; reload the page and look again."


class ListChanged(LuoshiError):
    code = "binding-list-changed"
    zh = "确定的建议现在有 {now} 项，您看到的是 {seen} 项；请核对后再次确认。"
    en = "There are {now} certain suggestions now, you saw {seen}; look at them and confirm again."


class TargetMeasured(LuoshiError):
    code = "binding-target-measured"
    zh = "这个目标已由指标“{indicator}”计算；请先撤销，再改用另一个指标。"
    en = "This target is computed by the indicator “{indicator}”; take that back before binding another."


class BoundAlready(LuoshiError):
    code = "binding-already"
    zh = "“{what}”已经绑定在这里；要改用别的，请先撤销。"
    en = "“{what}” is bound here already; take that back before binding something else."


class MechanismInUse(LuoshiError):
    code = "binding-mechanism-in-use"
    zh = "这项任务还在用“{mechanism}”的目标或定期事项：{parts}；请先撤销它们，再处理机制本身。"
    en = "The task still uses targets or duties of “{mechanism}”: {parts}; take these back first."


class MechanismDeclined(LuoshiError):
    code = "binding-mechanism-declined"
    zh = "“{mechanism}”已被否定用于这项任务；请先撤销否定，再确认它的目标或定期事项。"
    en = "“{mechanism}” was declined for this task; take that back before confirming its targets or duties."


class NoLongerDeclared(LuoshiError):
    code = "binding-no-longer-declared"
    zh = "机制“{mechanism}”中已没有“{part}”；请重新查找可用机制。"
    en = "The mechanism “{mechanism}” no longer declares “{part}”; look for mechanisms again."


class NoSuchRhythm(LuoshiError):
    code = "binding-no-such-rhythm"
    zh = "这项任务没有周期为“{recurrence}”的要求；请从页面所列的选项中选择。"
    en = "The task has no duty that recurs as “{recurrence}”; choose one of those on the page."
