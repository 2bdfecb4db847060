"""Why something from outside is not taken."""

from __future__ import annotations

from luoshi.core.errors import LuoshiError


class TooManyTries(LuoshiError):
    """One address that tries too often."""

    code = "register-outside-too-many"
    zh = "从同一网络地址提交的次数过多；请{minutes}分钟后再试，急用时请到窗口办理。"
    en = "Too many tries from one network address; try again in {minutes} minutes, or turn to the counter."


class QuestionStale(LuoshiError):
    """A form whose question has run out, or was used before."""

    code = "register-outside-question-stale"
    zh = "验证问题已失效或者已用过；您填写的内容还在，请回答新的问题后再提交。"
    en = "The question has expired or was used before; what you wrote is still here. Answer the new one."


class AnswerWrong(LuoshiError):
    """A wrong answer to the question of a form."""

    code = "register-outside-answer-wrong"
    zh = "验证问题回答不对；请重新计算后填写数字。"
    en = "The answer to the question is wrong; work it out again and write the number."


class NoticeUnread(LuoshiError):
    """A form whose notice was not confirmed."""

    code = "register-outside-notice-unread"
    zh = "请先阅读个人信息告知，并勾选“已阅读”。"
    en = "Read what is said about your personal data first, and tick that you have read it."


class BodyNotChosen(LuoshiError):
    """A form that is for none of the bodies that take it."""

    code = "register-outside-body-not-chosen"
    zh = "请选择由哪个单位受理。"
    en = "Choose the body that is to take it."


class TooManyFiles(LuoshiError):
    """More files, or larger ones, than one filing may bring."""

    code = "register-outside-too-many-files"
    zh = "一次最多上传{most}个文件，合计不超过{megabytes} MB；请合并或者压缩后再上传。"
    en = "At most {most} files of {megabytes} MB together can be sent at once; make them fewer or smaller."


class ReceiptRefused(LuoshiError):
    """A number and a code that open no receipt. It says the same whatever is wrong with them."""

    code = "register-receipt-refused"
    zh = "回执编号或者查询码不正确。连续输错{tries}次后该回执锁定{minutes}分钟，期间正确的查询码也不能使用。"
    en = (
        "The number or the code is wrong. After {tries} wrong codes in a row a receipt is closed for "
        "{minutes} minutes, to the right code, too."
    )


class CorrectionTooShort(LuoshiError):
    """A request for a correction that does not say what."""

    code = "register-correction-too-short"
    zh = "请写明哪里不对、应当是什么（至少{least}字）。"
    en = "Say what is wrong and what is right, in at least {least} characters."


class CorrectionAnswered(LuoshiError):
    """A request that somebody has answered before."""

    code = "register-correction-answered"
    zh = "这一更正请求已经答复；请刷新页面。"
    en = "This request was answered before; reload the page."


class PurposeTooShort(LuoshiError):
    """A look at personal data without a purpose that one can check later."""

    code = "register-purpose-too-short"
    zh = "请写明查看个人信息的用途（至少{least}字）。"
    en = "Say for what you need the personal data, in at least {least} characters."
