"""Why a backup is not taken or not brought back."""

from __future__ import annotations

from luoshi.core.errors import LuoshiError


class BackupDamaged(LuoshiError):
    """The file is not what was written."""

    code = "backup-damaged"
    zh = "备份 {file} 已损坏或不是本系统的备份({place});没有恢复任何内容,请换用另一份备份。"
    en = "The backup {file} is damaged or none of ours ({place}); nothing was restored, use another copy."


class NothingToBackUp(LuoshiError):
    """A database that was never used."""

    code = "backup-of-nothing"
    zh = "这里没有数据可备份({where});请用 --data 或 LUOSHI_DATABASE_URL 指明数据。"
    en = "There is nothing to back up here ({where}); name the data with --data or LUOSHI_DATABASE_URL."


class BackupForeign(LuoshiError):
    """It comes from the other kind of database."""

    code = "backup-foreign"
    zh = "备份 {file} 来自 {theirs},这里是 {ours};请用 LUOSHI_DATABASE_URL 指明同类数据库。"
    en = (
        "The backup {file} comes from {theirs}, and this is {ours}; name a database of its kind with "
        "LUOSHI_DATABASE_URL."
    )


class BackupNewer(LuoshiError):
    """It was taken by a later version."""

    code = "backup-newer"
    zh = "备份 {file} 由更新的版本({version})生成;请先安装该版本再恢复。"
    en = "The backup {file} was taken by a later version ({version}); install that version first."


class DataInTheWay(LuoshiError):
    """There is something that a restored copy would replace."""

    code = "restore-in-the-way"
    zh = "这里已有数据({where});确认要用备份替换时请加 --replace,原数据会另存保留。"
    en = (
        "There is data here ({where}); add --replace to put the backup in its place, and what is there is "
        "kept aside."
    )


class BackupUnverified(LuoshiError):
    """The audit log of the restored copy is not what was signed."""

    code = "backup-unverified"
    zh = "备份 {file} 中的审计日志核验不通过:{first} 没有恢复任何内容,请换用另一份备份。"
    en = "The audit log in the backup {file} does not verify: {first} Nothing was restored; use another copy."


class RestoreFailed(LuoshiError):
    """The copy could not be built."""

    code = "restore-failed"
    zh = "无法用备份 {file} 建立副本({reason});原有数据没有改动。"
    en = "No copy could be built from the backup {file} ({reason}); the data that was there is unchanged."


class DatabaseBusy(LuoshiError):
    """Others never let go of the tables for long enough."""

    code = "restore-busy"
    zh = "数据库一直有人占用,副本没有换入,原有数据没有改动;请停止服务和其他连接后重新运行。"
    en = (
        "Others kept the database busy; the copy was not put in place, and what was there is unchanged. Stop "
        "the server and other connections, and run it again."
    )
