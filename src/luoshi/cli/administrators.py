"""`luoshi administrators`: the first three administrators of an installation."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from luoshi.cli.failure import told
from luoshi.cli.open import check_web
from luoshi.cli.options import DataOption, DebugOption, Language, LanguageOption
from luoshi.core.plan.export.wording import pick


def administrators(
    system: Annotated[
        str, typer.Option(help="系统管理员的用户名。/ User name of the system administrator.", metavar="NAME")
    ] = "system-admin",
    security: Annotated[
        str,
        typer.Option(help="安全管理员的用户名。/ User name of the security administrator.", metavar="NAME"),
    ] = "security-admin",
    audit: Annotated[
        str, typer.Option(help="审计管理员的用户名。/ User name of the audit administrator.", metavar="NAME")
    ] = "audit-admin",
    data: DataOption = None,
    language: LanguageOption = Language.zh,
    debug: DebugOption = False,
) -> None:
    """为新安装的系统建立三员:系统、安全、审计管理员。/ Make the first three administrators.

    临时密码只显示这一次,各人第一次登录时必须修改。已有管理员时不会执行。

    Each gets a temporary password, shown this once, to be changed at the first sign-in. Refused when there
    are administrators already; after that the security administrator appoints them in the browser.
    """
    with told(language, debug=debug):
        check_web()
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luoshi.settings.sqlite")
        if data is not None:
            data.mkdir(parents=True, exist_ok=True)
            os.environ["LUOSHI_DATA"] = str(data.resolve())
        import django

        django.setup()

        from django.core.management import call_command
        from django.utils import timezone
        from django.utils.translation import override

        from luoshi.apps.accounts.operations import check_different, create_administrators

        with override("en" if language == Language.en else "zh-hans"):
            check_different(system, security, audit)
            call_command("migrate", verbosity=0, interactive=False)
            passwords = create_administrators(
                system=system, security=security, audit=audit, at=timezone.now()
            )
        names = [("系统管理员", "System"), ("安全管理员", "Security"), ("审计管理员", "Audit")]
        for (username, password), words in zip(passwords.items(), names, strict=True):
            typer.echo(f"{pick(language, *words)}\t{username}\t{password}")
        typer.echo(
            pick(
                language,
                "以上是临时密码,只显示这一次;请分别交给三个人。",
                "These passwords are temporary and shown this once; hand them to three different people.",
            ),
            err=True,
        )
