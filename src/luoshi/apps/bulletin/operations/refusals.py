"""Why an operation on bulletins was refused: what, where, what to do."""

from __future__ import annotations

from luoshi.core.errors import LuoshiError


class BulletinInWork(LuoshiError):
    code = "bulletin-in-work"
    zh = "《{plan}》{period}的通报正在起草或待审定;请打开那一份继续。"
    en = "A bulletin on “{plan}” for {period} is in work already; go on with that one."


class BulletinNotEditable(LuoshiError):
    code = "bulletin-not-editable"
    zh = "通报当前为“{state}”,不能修改;待审定的请先退回修改,已发布的不再改动。"
    en = "The bulletin is “{state}” and cannot be changed: have it returned first; a published one stays."


class BulletinMovedOn(LuoshiError):
    code = "bulletin-moved-on"
    zh = "您打开后通报已被他人保存(您打开的是第{seen}版,现为第{latest}版);请把您的改动并入新版再保存。"
    en = (
        "Somebody saved the bulletin since (you opened version {seen}, it is {latest}); merge and save again."
    )


class NothingToCount(LuoshiError):
    code = "bulletin-nothing-to-count"
    zh = "《{plan}》在{period}没有到期的报送要求,无从通报;请换一个期次。"
    en = "Nothing of “{plan}” fell due in {period}; choose another period."


class SecondPersonNeeded(LuoshiError):
    code = "bulletin-second-person-needed"
    zh = "通报须由送审人和最后修改人以外的另一位同事审定;请转交。"
    en = "Somebody other than whoever submitted or last changed the bulletin has to approve it."


class AnswerMissing(LuoshiError):
    code = "bulletin-answer-missing"
    zh = "退回通报没有写明意见;请写明要改什么。"
    en = "The bulletin is returned without a word; say what has to be changed."


class NoPractice(LuoshiError):
    code = "bulletin-no-practice"
    zh = "典型做法只能从本期已采纳的报送中选用,并要有文字;请另选。"
    en = "Good practice comes from accepted reports of the period and needs words; choose another."
