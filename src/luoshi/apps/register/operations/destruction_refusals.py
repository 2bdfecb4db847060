"""Why entries are not destroyed."""

from __future__ import annotations

from luoshi.core.errors import LuoshiError


class NothingDue(LuoshiError):
    """A sheet without entries."""

    code = "register-destruction-nothing-due"
    zh = "没有保存期已满、可以列入清册的条目。"
    en = "No entry has been kept for its time; there is nothing to draw up."


class OpinionTooShort(LuoshiError):
    """A sheet that does not say why nothing of it is worth keeping."""

    code = "register-destruction-opinion-short"
    zh = "请写明鉴定意见（至少{least}个字）：保存期限、有无继续保存价值。"
    en = "Say why none of it is worth keeping any longer, in {least} characters at least."


class SecondPersonNeeded(LuoshiError):
    """Somebody who would confirm what they drew up themselves."""

    code = "register-destruction-second-person"
    zh = "清册由您提出，须由另一名工作人员复核；请联系本办公室其他人员。"
    en = "You drew this sheet up; somebody else of the office has to confirm it."


class SheetSettled(LuoshiError):
    """A sheet that has been confirmed or withdrawn."""

    code = "register-destruction-settled"
    zh = "这份清册已经处理（{state}），不能再改。"
    en = "This sheet has been dealt with ({state}) and cannot be changed any more."
