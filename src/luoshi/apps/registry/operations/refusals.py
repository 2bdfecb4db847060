"""Why a workbook is not taken over."""

from __future__ import annotations

from luoshi.core.errors import LuoshiError


class UploadHasFaults(LuoshiError):
    code = "registry-upload-has-faults"
    zh = "工作簿还有 {count} 处问题，没有写入；请按问题清单改正后重新上传。"
    en = "The workbook has {count} faults and nothing was written; correct them and upload it again."


class UploadApplied(LuoshiError):
    code = "registry-upload-applied"
    zh = "{file}已经写入名录；如需再改，请重新导出。"
    en = "{file} is in the registry already; export the registry again to change more."


class RegistryChangedMeanwhile(LuoshiError):
    code = "registry-changed-meanwhile"
    zh = "您查看之后名录有了变动，这次没有写入；下面是按现在的名录重新核对的结果，请确认后再写入。"
    en = (
        "The registry changed after you looked, so nothing was written; "
        "check what would change now and confirm again."
    )
