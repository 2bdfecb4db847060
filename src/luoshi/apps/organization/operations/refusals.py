"""Why a change of the registry is refused."""

from __future__ import annotations

from luoshi.core.errors import LuoshiError


class BodyNameTaken(LuoshiError):
    code = "body-name-taken"
    zh = "“{name}”已经是“{body}”的名称或别名；请改用该单位，或换一个名称。"
    en = "“{name}” is already a name of “{body}”; use that body, or another name."


class BodyNameUnusable(LuoshiError):
    code = "body-name-unusable"
    zh = "单位名称应有 1 至 {limit} 个字，这里是 {length} 个；请改正。"
    en = "The name of a body has 1 to {limit} characters, this one has {length}; correct it."


class CreditCodeTaken(LuoshiError):
    code = "credit-code-taken"
    zh = "统一社会信用代码 {given} 已登记在“{body}”名下；请核对是哪一个单位的代码。"
    en = "The unified social credit code {given} belongs to “{body}” already; check whose it is."


class DaysOutOfOrder(LuoshiError):
    code = "days-out-of-order"
    zh = "“{name}”的截止日期 {end} 早于起始日期 {start}；请改正其中一个。"
    en = "The last day {end} of “{name}” comes before its first day {start}; correct one of them."


class BodyChangedMeanwhile(LuoshiError):
    code = "body-changed-meanwhile"
    zh = "“{body}”在您打开之后已被他人修改；请对照最新内容，再次保存。"
    en = "“{body}” was changed by somebody else meanwhile; compare with what it is now and save again."


class BodyAboveItself(LuoshiError):
    code = "body-above-itself"
    zh = "“{parent}”是“{body}”的下级，不能同时作为它的上级；请另选上级单位。"
    en = "“{parent}” stands below “{body}” and cannot be above it as well; choose another."


class BodyHasMembers(LuoshiError):
    code = "body-has-members"
    zh = "“{body}”还有成员或规则，不能改为没有成员的类别；请先移除成员和规则。"
    en = "“{body}” still has members or rules and must stay of a kind that has them; remove those first."


class NoGroup(LuoshiError):
    code = "group-without-members"
    zh = "“{body}”不是统称或议事协调机构，不能有成员；请先修改它的类别。"
    en = "“{body}” is neither a group nor a leading group and has no members; change its kind first."


class GroupInItself(LuoshiError):
    code = "group-in-itself"
    zh = "“{member}”已经直接或间接包含“{group}”，不能再作为它的成员；请改选其他成员。"
    en = "“{member}” contains “{group}” already and cannot be a member of it; choose another."


class MemberTwice(LuoshiError):
    code = "member-twice"
    zh = "“{member}”在这段时间已是“{group}”的成员或除外单位；请修改原有的一条。"
    en = "“{member}” is a member of “{group}” or left out of it in that time; change that entry instead."


class RuleEmpty(LuoshiError):
    code = "group-rule-empty"
    zh = "“{group}”的规则没有任何条件；请至少选择类别、系统、级别中的一项。"
    en = "The rule of “{group}” sets nothing; choose a kind, a line or a level."


class RuleTwice(LuoshiError):
    code = "group-rule-twice"
    zh = "“{group}”已有相同的规则；不必重复添加。"
    en = "“{group}” has the same rule already; there is no need to add it again."


class CannotReorganize(LuoshiError):
    code = "reorganization-impossible"
    zh = "“{body}”不能这样调整：{reason}；请检查单位和日期。"
    en = "“{body}” cannot be reorganized like this: {reason}; check the bodies and the day."
