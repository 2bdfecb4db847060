"""Why a change of the registry or of what people may do is refused."""

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


class RegionInACircle(LuoshiError):
    code = "region-in-a-circle"
    zh = "{parent}就是{region}或在它之下,不能作为它的上级;请另选一个地区。"
    en = "{parent} is {region} or lies beneath it and cannot be above it; choose another region."


class RegionNotAbove(LuoshiError):
    code = "region-not-above"
    zh = "{parent}的级别不比{region}高，不能作为它的上级；请另选一个地区，或留空。"
    en = (
        "{parent} is of no higher level than {region} and cannot be above it; choose another region, or none."
    )


class RegionCodeUnusable(LuoshiError):
    code = "region-code-unusable"
    zh = "“{code}”不是行政区划代码：应为 6、9 或 12 位数字；请按国家标准填写。"
    en = "“{code}” is no code of a region: those have 6, 9 or 12 digits; take it from the national standard."


class RegionCodeTaken(LuoshiError):
    code = "region-code-taken"
    zh = "代码 {code} 已经是“{region}”；请打开该地区修改，或核对代码。"
    en = "The code {code} is that of “{region}” already; open that region to change it, or check the code."


class RegionUnknown(LuoshiError):
    code = "region-unknown"
    zh = "没有代码为“{code}”的地区;请核对“地区”页面上的代码。"
    en = "No region has the code “{code}”; check the codes on the page of regions."


class RegionNameUnusable(LuoshiError):
    code = "region-name-unusable"
    zh = "地区名称应有 1 至 {limit} 个字，这里是 {length} 个；请改正。"
    en = "The name of a region has 1 to {limit} characters, this one has {length}; correct it."


class NotForOneself(LuoshiError):
    code = "not-for-oneself"
    zh = "“{user}”不能更改自己的权限或账号；请由另一位管理员办理。"
    en = "“{user}” cannot change their own rights or account; ask another administrator."


class AdministratorWithRole(LuoshiError):
    code = "administrator-with-role"
    zh = "管理员不能同时担任业务角色（“{user}”）；请先撤销原有的一项，或换一个账号。"
    en = "An administrator holds no role as well (“{user}”); take the other away, or use another account."


class AdministratorAlready(LuoshiError):
    code = "administrator-already"
    zh = "“{user}”已是另一类管理员，三类管理员不能由一人兼任；请换一个账号。"
    en = "“{user}” is an administrator of another kind; nobody may be two of the three. Use another account."


class LastAdministrator(LuoshiError):
    code = "last-administrator"
    zh = "“{user}”是这一类管理员中最后一个可用的账号；请先任命另一位，再作此操作。"
    en = "“{user}” is the last administrator of this kind who can sign in; appoint another one first."


class RoleWithoutBody(LuoshiError):
    code = "role-without-body"
    zh = "“{role}”要写明为哪个单位担任；请选择单位。"
    en = "The role “{role}” is held for a body; choose which."


class RoleWithBody(LuoshiError):
    code = "role-with-body"
    zh = "“{role}”面向整个地区，不属于某个单位；请去掉单位。"
    en = "The role “{role}” is held for the whole region; leave the body out."


class BodyElsewhere(LuoshiError):
    code = "body-elsewhere"
    zh = "“{body}”不在“{region}”的名录中；请选择本地区的单位。"
    en = "“{body}” is not in the registry of “{region}”; choose a body of that region."
