"""What a draw refuses."""

from __future__ import annotations

from luoshi.core.errors import LuoshiError


class UnfitText(LuoshiError):
    """A name, key or reason that is empty or more than one line."""

    code = "draw-text"
    zh = "{what}须是一行文字,首尾不留空白,现为“{text}”;请改写后再抽取。"
    en = "{what} has to be one line of text without blanks around it, not “{text}”; reword it."


class UnfitNumber(LuoshiError):
    """Numbers of a stratum that ask for nothing."""

    code = "draw-number"
    zh = "分层“{stratum}”的抽取数、候补数、倍数须分别不少于1、0、1;请改正抽取规则。"
    en = (
        "Stratum “{stratum}” has to draw at least 1, name at least 0 substitutes and ask for at least once "
        "the number; correct the rules."
    )


class ListedTwice(LuoshiError):
    """A candidate or a stratum that is named more than once."""

    code = "draw-twice"
    zh = "“{key}”在名单或分层中出现不止一次;一个对象只能列一次,请去掉重复的。"
    en = "“{key}” is listed more than once; everybody may stand in the list once, so remove the others."


class StratumUnknown(LuoshiError):
    """A candidate in a stratum that the rules do not draw from."""

    code = "draw-stratum-unknown"
    zh = "“{key}”属于分层“{stratum}”,抽取规则中没有这一层;请改正名单或补充规则。"
    en = "“{key}” is in stratum “{stratum}”, which the rules do not know; correct the list or add it."


class PoolTooSmall(LuoshiError):
    """Fewer candidates than the rules ask for."""

    code = "draw-pool-small"
    zh = (
        "分层“{stratum}”共列{listed}名,符合条件的{eligible}名,按规则至少要有{needed}名,不能抽取;"
        "请补充名单或调整规则。"
    )
    en = (
        "Stratum “{stratum}” lists {listed} and {eligible} of them are eligible, but the rules ask for at "
        "least {needed}, so nothing can be drawn; add to the list or correct the rules."
    )


class CommittedTooLate(LuoshiError):
    """A commitment when the public value may be known already."""

    code = "draw-late"
    zh = "承诺须在公开值产生之前公布:公开值定于{date}产生,今天是{today};请改用更晚的公开值。"
    en = (
        "The commitment has to be out before the public value is: that comes on {date}, and today is "
        "{today}; choose a later public value."
    )


class DrawnTooEarly(LuoshiError):
    """A draw before the public value can be known."""

    code = "draw-early"
    zh = "公开值定于{date}产生,今天是{today};请到期再抽取。"
    en = "The public value comes on {date}, and today is {today}; draw when it is there."


class DrawnBefore(LuoshiError):
    """A second draw for one purpose."""

    code = "draw-second"
    zh = "“{purpose}”已有抽取(承诺 {commitment}),同一事项不得重抽;确需重抽的,先公开撤销并说明理由。"
    en = (
        "There is a draw for “{purpose}” already (commitment {commitment}), and nothing is drawn for twice; "
        "if it has to be, cancel the first in public, with a reason."
    )


class WrongSecret(LuoshiError):
    """A secret that is not the one committed to."""

    code = "draw-secret"
    zh = "密值与承诺 {commitment} 不符,不能用于这次抽取;请使用作出承诺时保存的密值。"
    en = "The secret does not open the commitment {commitment}; use the one that was kept when it was made."


class OutOfOrder(LuoshiError):
    """A step that is dated before the one it follows."""

    code = "draw-order"
    zh = "这一步的时间({at})早于上一步({before});请核对时间。"
    en = "This step is dated {at}, before the one it follows ({before}); check the time."


class HoldsNoPlace(LuoshiError):
    """An answer of somebody who was not asked."""

    code = "draw-no-place"
    zh = "“{key}”目前没有被抽中:不在结果中、尚未递补,或已经退出;请核对名单。"
    en = (
        "“{key}” holds no place: it was not drawn, has not moved up yet or is out already; look at the list "
        "of who was drawn."
    )


class AcceptedBefore(LuoshiError):
    """A place that is accepted a second time."""

    code = "draw-accepted"
    zh = "“{key}”已经接受,不必重复登记。"
    en = "“{key}” has accepted already; there is nothing to record again."


class NoDraw(LuoshiError):
    """A text that is no proof of a draw."""

    code = "draw-no-proof"
    zh = "{where}不是抽取证明,或已残缺;请使用发布的原文件,一字不改。"
    en = "{where} is no proof of a draw, or only part of one; use the file exactly as it was published."


class DrawDiffers(LuoshiError):
    """A proof that does not come out when it is computed again."""

    code = "draw-differs"
    zh = "{where}不成立:{why}。请向抽取单位索取公布的原文件核对。"
    en = "{where} does not hold: {why}. Ask whoever drew for the file as it was published."
