"""Why a call is refused before the operation is asked, and what to do about it."""

from __future__ import annotations

from luoshi.core.errors import LuoshiError


class TokenMissing(LuoshiError):
    """A call without a token, or with one that opens nothing."""

    code = "api-token-missing"
    zh = "没有有效的令牌；请在“我的账号”生成令牌，放在请求头 Authorization: Bearer 之后。"
    en = "There is no valid token; make one under “My account” and send it as Authorization: Bearer."


class TokenTooNarrow(LuoshiError):
    """A token whose scope does not reach so far."""

    code = "api-token-too-narrow"
    zh = "令牌的范围是“{has}”，这里需要“{needs}”；请生成相应范围的令牌。"
    en = "The token has the scope “{has}”, but this needs “{needs}”; make a token with that scope."


class TokenNotForYou(LuoshiError):
    """A scope that the roles of the person do not carry."""

    code = "api-token-not-for-you"
    zh = "您的角色用不到范围“{scope}”；请选择页面上列出的范围。"
    en = "Your roles have no use for the scope “{scope}”; choose one that the page offers."


class TokenTooLong(LuoshiError):
    """A token that would live too long, or not at all."""

    code = "api-token-too-long"
    zh = "有效期须为1到{days}天；请改短。"
    en = "A token lives for 1 to {days} days; choose a shorter time."


class TooManyTokens(LuoshiError):
    """More tokens than anybody can keep an eye on."""

    code = "api-too-many-tokens"
    zh = "最多同时有{most}个有效令牌；请先停用不用的。"
    en = "No more than {most} tokens may be valid at a time; revoke those that are not used first."


class NotAllowed(LuoshiError):
    """Something that the person may not see or do."""

    code = "api-not-allowed"
    zh = "您的角色不能查看或办理这一项；请找统筹办公室或安全管理员核对角色。"
    en = (
        "Your roles do not let you see or do this; ask the coordinating office or the security administrator."
    )


class NotThere(LuoshiError):
    """An address or a thing that does not exist."""

    code = "api-not-there"
    zh = "没有这个地址或对象；请核对地址和编号，全部地址见 /api/v1/openapi.json。"
    en = "There is no such address or thing; check path and number, all paths are in /api/v1/openapi.json."


class MethodWrong(LuoshiError):
    """A method that the address does not have."""

    code = "api-method-wrong"
    zh = "这个地址不接受 {method}；可用的方法见响应头 Allow。"
    en = "This address does not take {method}; the header Allow lists the methods it takes."


class BodyUnreadable(LuoshiError):
    """Content that cannot be read at all."""

    code = "api-body-unreadable"
    zh = "请求内容无法读取；请按接口说明发送 UTF-8 编码的 JSON，文件用 multipart/form-data。"
    en = "The content cannot be read; send JSON in UTF-8 as described, and files as multipart/form-data."


class BodyTooLarge(LuoshiError):
    """Content over the limit."""

    code = "api-body-too-large"
    zh = "请求内容过大；请分几次发送。"
    en = "The content is too large; send it in several parts."


class BodyWrong(LuoshiError):
    """Content or parameters that do not fit the description."""

    code = "api-body-wrong"
    zh = "有{n}处不合接口说明，第一处在 {where}；请按 errors 逐处改正。"
    en = "{n} places do not fit the description, the first at {where}; correct each one listed in errors."


class FilterUnknown(LuoshiError):
    """A field or a view by which a register is not listed."""

    code = "api-filter-unknown"
    zh = "不能按“{given}”筛选；可用的有：{known}，按字段筛选写成“字段:值”。"
    en = "Nothing is listed by “{given}”; there are {known}. A field is written as “field:value”."


class VersionMissing(LuoshiError):
    """A change to something with versions, without saying which one was seen."""

    code = "api-version-missing"
    zh = "请在请求头 If-Match 中写明看到的版本，即读取时响应头 ETag 的值。"
    en = "Say in the header If-Match which version you saw: the value of the header ETag when you read it."


class VersionUnreadable(LuoshiError):
    """An If-Match that is no version of ours."""

    code = "api-version-unreadable"
    zh = 'If-Match “{given}”不是版本；请原样送回读取时的 ETag，如 "3"。'
    en = 'If-Match “{given}” is no version; send back the ETag as it was given, such as "3".'


class TooManyCalls(LuoshiError):
    """More calls than a token has in a minute."""

    code = "api-too-many-calls"
    zh = "这个令牌每分钟最多调用{most}次；请在{seconds}秒后再试。"
    en = "This token has {most} calls a minute; try again in {seconds} seconds."


class KeyReused(LuoshiError):
    """An idempotency key that stood for another call."""

    code = "api-key-reused"
    zh = "Idempotency-Key “{key}”已用于另一次调用；新的调用请用新的键。"
    en = "The Idempotency-Key “{key}” was used for another call; use a new key for a new call."


class KeyUnusable(LuoshiError):
    """An idempotency key that is too long or holds odd characters."""

    code = "api-key-unusable"
    zh = "Idempotency-Key 须为1到100个可见的 ASCII 字符；建议用 UUID。"
    en = "An Idempotency-Key has 1 to 100 visible ASCII characters; a UUID is a good one."


class ServerFault(LuoshiError):
    """A fault of ours."""

    code = "api-server-fault"
    zh = "系统出错，没有保存；请稍后重试，仍不行时把请求编号告诉系统管理员。"
    en = "Something broke and nothing was saved; try again later, or tell the administrator the request id."


class DatabaseAway(LuoshiError):
    """The database does not answer."""

    code = "api-database-away"
    zh = "数据库暂时不可用，没有保存；请稍后重试。"
    en = "The database is not available at the moment and nothing was saved; try again later."


class WebhookUnsafe(LuoshiError):
    """An address to which nothing is sent."""

    code = "api-webhook-unsafe"
    zh = "不能向“{url}”推送：{why}。"
    en = "Nothing is sent to “{url}”: {why}."


class WebhookWithoutEvents(LuoshiError):
    """A webhook that would never be told anything."""

    code = "api-webhook-without-events"
    zh = "没有选择事件；请至少选择一种。"
    en = "No events were chosen; choose one at least."
