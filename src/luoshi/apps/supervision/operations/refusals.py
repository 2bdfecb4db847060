"""Why an operation on orders was refused: what, where, what to do."""

from __future__ import annotations

from luoshi.core.errors import LuoshiError


class MatterOrderedAlready(LuoshiError):
    code = "supervision-matter-ordered-already"
    zh = "“{matter}”已有未办结的督办件({which});同一事项不重复督办,请在原件中催办。"
    en = "“{matter}” has an open order already ({which}); one matter is ordered once: urge it there."


class LeadHelpsToo(LuoshiError):
    code = "supervision-lead-helps-too"
    zh = "{body}既是牵头单位又是配合单位;请只选一处。"
    en = "{body} is lead and helper at once; choose one of them."


class BodyNotOfRegion(LuoshiError):
    code = "supervision-body-not-of-region"
    zh = "{body}不是本地区可交办的单位;请从名录中选择具体单位,不要选统称。"
    en = "{body} is no single body of this region; choose one from the registry, not a group."


class OrderMovedOn(LuoshiError):
    code = "supervision-order-moved-on"
    zh = "督办件已被他人修改(您打开的是第{seen}版,现为第{latest}版);请刷新后再改。"
    en = "Somebody changed the order (you opened version {seen}, it is {latest} now); reload and try again."


class NotOutToReply(LuoshiError):
    code = "supervision-not-out"
    zh = "督办件当前为“{state}”,不能反馈或催办;请查看办理进程。"
    en = "The order is “{state}”: nothing can be answered or urged now; see its timeline."


class SignedAlready(LuoshiError):
    code = "supervision-signed-already"
    zh = "{body}已经签收;无需再次签收。"
    en = "{body} has signed for it already; nothing more is needed."


class ReplyEmpty(LuoshiError):
    code = "supervision-reply-empty"
    zh = "没有填写办理情况;请写明做了什么、结果如何。"
    en = "The reply says nothing; write what was done and with what result."


class AuthorityMissing(LuoshiError):
    code = "supervision-authority-missing"
    zh = "督办件没有写明“{field}”;没有依据或授权的督办不能发出,请补充。"
    en = "The order does not state its “{field}”; none goes out without, so add it."
