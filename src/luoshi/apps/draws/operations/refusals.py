"""Why a step of a draw is not taken, beside what `luoshi.core.draw.errors` says."""

from __future__ import annotations

from luoshi.core.errors import LuoshiError


class NotAtThisStage(LuoshiError):
    """A step that does not follow from where the draw stands."""

    code = "draw-stage"
    zh = "本次抽取现为“{stage}”，不能这样办理；请刷新页面查看。"
    en = "The draw is “{stage}”; this cannot be done now. Reload the page."


class AnotherDraw(LuoshiError):
    """A list that is frozen anew while the entry goes on without it, or was committed to."""

    code = "draw-not-here"
    zh = "“{entry}”现为“{state}”，不能冻结抽取名单。"
    en = "“{entry}” is “{state}”; no list can be frozen for it now."


class NotAsked(LuoshiError):
    """A place that nobody accepts."""

    code = "draw-not-asked"
    zh = "“{pool}”不需要接受；不能参加的，请登记理由，由候补递补。"
    en = "“{pool}” are not asked to accept; if one cannot take part, record why and a substitute moves up."


class MustRecuse(LuoshiError):
    """Somebody with an interest who would accept."""

    code = "draw-must-recuse"
    zh = "{key}应当回避：{reason}（{other}）；请登记回避，由候补递补。"
    en = "{key} has to be recused: {reason} ({other}); record the recusal and a substitute moves up."


class NoAnswer(LuoshiError):
    """An answer that is none of those there are."""

    code = "draw-no-answer"
    zh = "请选择：接受、不能参加或者回避。"
    en = "Choose one: accepts, cannot take part, or is recused."


class DayMissing(LuoshiError):
    """A day of the public value that is none."""

    code = "draw-day-missing"
    zh = "请填写公开值产生的日期，如2026-03-10。"
    en = "Say on which day the public value comes, like 2026-03-10."
