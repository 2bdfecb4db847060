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


class TooLong(LuoshiError):
    """Words that are longer than the record of a draw keeps."""

    code = "draw-too-long"
    zh = "“{field}”最多{most}个字，现有{n}个；请缩短后再提交。"
    en = "“{field}” takes up to {most} characters and has {n}; shorten it and send again."


class DayMissing(LuoshiError):
    """A day of the public value that is none."""

    code = "draw-day-missing"
    zh = "请填写公开值产生的日期，如2026-03-10。"
    en = "Say on which day the public value comes, like 2026-03-10."


class NothingOpened(LuoshiError):
    """A draw from whose result no entries are opened."""

    code = "draw-opens-nothing"
    zh = "“{drawing}”的声明没有写由抽取结果开启条目(opens)。"
    en = "The declaration of “{drawing}” opens no entries from the result (opens)."


class OpenedAlready(LuoshiError):
    """Everybody who holds a place has an entry."""

    code = "draw-opened-already"
    zh = "抽中的每个{pool}都已有“{mechanism}”，不再重复开启；请在本页打开。"
    en = "Each of “{pool}” has its entry of “{mechanism}”; none is opened twice. Open them on this page."


class PlacesUnanswered(LuoshiError):
    """Entries would be shared out among people who have not accepted yet."""

    code = "draw-places-unanswered"
    zh = "“{pool}”还有{n}个名额没有接受；请先登记应答，或者由候补递补。"
    en = "{n} of “{pool}” have not accepted yet; record their answers, or have substitutes move up."


class TooFewToShare(LuoshiError):
    """Fewer serve than one entry needs."""

    code = "draw-too-few-to-share"
    zh = "每个条目需要{number}名“{pool}”，现有{held}名；候补已用完的，请公开撤销后重新抽取。"
    en = "Each entry needs {number} of “{pool}”; {held} hold a place. If no substitute is left, cancel."


class EntriesOpen(LuoshiError):
    """A draw that would be called off while people work on what it opened."""

    code = "draw-entries-open"
    zh = "由这次抽取开启的条目还有{n}件没有办结，不能撤销抽取；请先办结或者取消它们。"
    en = "{n} entries that this draw opened are not finished; finish or drop them before it is cancelled."
