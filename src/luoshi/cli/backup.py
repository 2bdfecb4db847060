"""`luoshi backup` and `luoshi restore`: everything that the database holds, out and back in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from luoshi.cli.failure import told
from luoshi.cli.open import check_web
from luoshi.cli.options import DataOption, DebugOption, Language, LanguageOption
from luoshi.cli.output import binary_output
from luoshi.core.plan.export.wording import pick


def backup(
    file: Annotated[Path, typer.Argument(help="要写的备份文件。/ The backup to write.", metavar="FILE")],
    keys: Annotated[
        bool,
        typer.Option(
            "--keys",
            help="一并备份签名密钥和会话密钥;拿到备份的人即可代签,请分开保管。/ Take the keys along; "
            "whoever has the backup can then sign, so keep it apart.",
        ),
    ] = False,
    data: DataOption = None,
    language: LanguageOption = Language.zh,
    debug: DebugOption = False,
) -> None:
    """备份全部数据(含佐证材料和审计日志),服务不必停止。/ Back up everything while it runs.

    备份前先封存日志,写完才出现在所给文件名下。

    The log is sealed first. The file appears under its name only when all of it is written.
    """
    with told(language, debug=debug):
        check_web()
        from luoshi.apps import serving

        serving.set_up(data)
        from django.utils import timezone

        from luoshi.apps.running.operations.backing_up import back_up

        with binary_output(file) as target:
            made = back_up(target=target, beside=file.resolve().parent, keys=keys, by=None, at=timezone.now())
        file.chmod(0o600)
        rows = sum(made.rows.values())
        typer.echo(pick(language, f"已备份{rows}行:{file}", f"{rows} rows backed up to {file}"))


def restore(
    file: Annotated[Path, typer.Argument(help="备份文件。/ The backup.", metavar="FILE")],
    replace: Annotated[
        bool,
        typer.Option("--replace", help="替换现有数据,原数据另存。/ Replace what is there; it is kept aside."),
    ] = False,
    check: Annotated[
        bool,
        typer.Option("--check", help="只演练并核验,不改动现有数据。/ Only build and verify a copy."),
    ] = False,
    data: DataOption = None,
    language: LanguageOption = Language.zh,
    debug: DebugOption = False,
) -> None:
    """从备份恢复:先另建副本并核验审计日志,通过后才替换。/ Restore a backup, verified before it counts.

    损坏或核验不通过的备份不会恢复任何内容。较早版本的备份会升级到本版本。

    A backup that is damaged or does not verify changes nothing. One of an earlier version is brought up to
    date.
    """
    with told(language, debug=debug):
        check_web()
        from luoshi.apps import serving

        serving.set_up(data)
        from django.utils import timezone

        from luoshi.apps.running.operations.restoring import restore as bring_back

        done = bring_back(file=file, replace=replace, check=check, at=timezone.now())
        zh, en = ("演练完成", "A copy was built and thrown away") if check else ("已恢复", "Restored")
        typer.echo(
            pick(
                language,
                f"{zh}:{done.made} 的备份,审计日志{done.entries}条核验无误。",
                f"{en}: the backup of {done.made}; all {done.entries} entries of its audit log verify.",
            )
        )
        if done.kept:
            typer.echo(pick(language, f"原数据保存在:{done.kept}", f"What was there is kept in: {done.kept}"))
        if not (check or done.key):
            typer.echo(
                pick(
                    language,
                    "这里没有签名密钥 audit-key;放回该文件后才能继续封存日志。",
                    "The signing key audit-key is not here; put the file back, or the log cannot be sealed.",
                ),
                err=True,
            )
