"""`luoshi simulate`: made-up districts and years, to try how the product behaves when there is much of it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from luoshi.cli.failure import told
from luoshi.cli.open import check_web
from luoshi.cli.options import DataOption, DebugOption, Language, LanguageOption
from luoshi.core.plan.export.wording import pick


def simulate(
    districts: Annotated[int, typer.Option(min=1, help="区县个数。/ Districts.")] = 1,
    years: Annotated[int, typer.Option(min=1, max=20, help="到今天为止的年数。/ Years up to today.")] = 1,
    seed: Annotated[
        int, typer.Option(help="随机种子;相同种子结果相同。/ The same seed, the same world.")
    ] = 1,
    plan: Annotated[
        Path | None,
        typer.Option(
            help="各区县承接的方案,默认用样例方案。/ The plan they work on; by default the sample plan.",
            metavar="FILE",
        ),
    ] = None,
    data: DataOption = None,
    language: LanguageOption = Language.zh,
    debug: DebugOption = False,
) -> None:
    """在数据库中建立虚构的区县和若干年的工作,用于试验和测速。/ Make up districts and years of work.

    请用单独的数据库。中断后再次运行会接着做;已有的区县不重做。

    Use a database of its own. A run that was stopped goes on where it was; districts are not made twice.
    """
    with told(language, debug=debug):
        check_web()
        from luoshi.apps import serving

        serving.set_up(data)
        serving.migrate()
        from django.utils import timezone

        from luoshi.apps.audit.operations import seal
        from luoshi.apps.simulation.story import simulate as make

        def tell(name: str, reports: int) -> None:
            typer.echo(pick(language, f"{name}:{reports}份报送", f"{name}: reports: {reports}"), err=True)

        now = timezone.now()
        made = make(districts=districts, years=years, seed=seed, at=now, plan=plan, tell=tell)
        note = seal(at=timezone.now())
        typer.echo(
            pick(
                language,
                f"已有{districts}个区县,新生成{made}份报送;审计日志{note.size}条已封存。",
                f"Districts: {districts}, new reports: {made}; audit log sealed at {note.size} entries.",
            )
        )
