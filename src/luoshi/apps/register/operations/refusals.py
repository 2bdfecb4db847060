"""Why a step is not taken, beside what `luoshi.core.register.refusals` says."""

from __future__ import annotations

from luoshi.core.errors import LuoshiError


class EntryChanged(LuoshiError):
    """Somebody else has changed the entry meanwhile."""

    code = "register-entry-changed"
    zh = "{who}刚刚更新了这一条目；您填写的内容已保留，请核对后再提交。"
    en = "{who} has just changed this entry; what you wrote is kept. Compare, then send it again."


class NotForBody(LuoshiError):
    """A body that does not keep such entries."""

    code = "register-not-for-body"
    zh = "{body}不办理“{mechanism}”；请选择：{bodies}。"
    en = "{body} does not keep “{mechanism}”; choose {bodies}."


class BodyUnknown(LuoshiError):
    """A value that names a body which the registry of the region does not have."""

    code = "register-body-unknown"
    zh = "“{field}”所填单位不在本地区名录中；请从列表中选择。"
    en = "{field} names a body that the registry of the region does not have; choose one from the list."


class LinkUnknown(LuoshiError):
    """A value that names an entry which there is not."""

    code = "register-link-unknown"
    zh = "“{field}”关联的条目不存在；请重新选择。"
    en = "{field} names an entry that does not exist; choose another."


class FileUnknown(LuoshiError):
    """A value that names a file which was not uploaded for it."""

    code = "register-file-unknown"
    zh = "“{field}”中的文件没有上传成功或者已经用于其他条目；请重新上传。"
    en = "A file of {field} was not received, or belongs to another entry; upload it again."
