"""Why a change of an account is refused."""

from __future__ import annotations

from luoshi.core.errors import LuoshiError


class UserNameTaken(LuoshiError):
    code = "user-name-taken"
    zh = "用户名“{name}”已有人使用；请换一个。"
    en = "The user name “{name}” is taken; choose another."


class UserNameUnusable(LuoshiError):
    code = "user-name-unusable"
    zh = "用户名“{name}”不能用：应为 2 至 30 个小写字母、数字、点、横线，以字母开头；请改正。"
    en = (
        "The user name “{name}” cannot be used: 2 to 30 small letters, digits, dots, hyphens; a letter first."
    )


class PersonNameMissing(LuoshiError):
    code = "person-name-missing"
    zh = "还没有填写姓名，或超过 {limit} 个字；请改正。"
    en = "The person's name is missing or longer than {limit} characters; correct it."


class PasswordUnfit(LuoshiError):
    code = "password-unfit"
    zh = "新密码不合要求：{reason}"
    en = "The new password does not meet the rules: {reason}"


class PasswordWrong(LuoshiError):
    code = "password-wrong"
    zh = "现在的密码不对；请重新输入。"
    en = "The present password is wrong; type it again."


class AdministratorsThere(LuoshiError):
    code = "administrators-there"
    zh = "这里已经有管理员；新的管理员请由安全管理员在网页上任命。"
    en = "There are administrators already; the security administrator appoints more of them in the browser."


class SameNameTwice(LuoshiError):
    code = "administrators-not-three"
    zh = "三类管理员须是三个不同的用户名；请分别指定。"
    en = "The three administrators need three different user names; give one each."
