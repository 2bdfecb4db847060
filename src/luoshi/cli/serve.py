"""`luoshi serve` and `luoshi migrate`: the product for the offices of a region."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from luoshi.cli.failure import told
from luoshi.cli.open import check_web
from luoshi.cli.options import DataOption, DebugOption, Language, LanguageOption
from luoshi.core.plan.export.wording import pick

# The kernel hands a connection to any process, busy or not: with two processes a core few people wait behind
# three others while a core is idle. Each holds about 150 MB.
WORKERS_A_CORE, MOST_WORKERS = 2, 8


BindOption = Annotated[
    str,
    typer.Option(
        help="监听地址;默认只有本机可达,由反向代理转发。/ Address to listen on; by default this machine "
        "only, for a proxy.",
        metavar="ADDRESS",
    ),
]
ServerPortOption = Annotated[int, typer.Option(min=1, max=65_535, help="端口。/ Port.")]
WorkersOption = Annotated[
    int | None,
    typer.Option(
        min=1,
        help="进程数;默认 PostgreSQL 每个处理器核 2 个(至多 8),SQLite 为 1。/ Processes; by default two a "
        "core, at most 8, with PostgreSQL, and one with SQLite.",
        show_default=False,
    ),
]
ThreadsOption = Annotated[
    int, typer.Option(min=1, help="每个进程同时处理的请求数。/ Requests that a process answers at a time.")
]
WaitingOption = Annotated[
    int,
    typer.Option(
        min=1,
        help="每个进程可排队的请求数,超出的暂不接受。/ Requests of a process that may wait; more are not "
        "accepted yet.",
    ),
]
MigrateOption = Annotated[
    bool,
    typer.Option(
        "--migrate/--no-migrate",
        help="启动前升级数据库;否则未升级时拒绝启动。/ Bring the database up to date first, or refuse to "
        "start when it is not.",
    ),
]


def serve(
    bind: BindOption = "127.0.0.1",
    port: ServerPortOption = 8000,
    workers: WorkersOption = None,
    threads: ThreadsOption = 8,
    waiting: WaitingOption = 64,
    migrate: MigrateOption = True,
    data: DataOption = None,
    language: LanguageOption = Language.zh,
    debug: DebugOption = False,
) -> None:
    """为各单位提供服务,直到停止。/ Serve the offices of a region until stopped.

    设置见环境变量 LUOSHI_*;/health/、/ready/、/metrics/ 供监控使用。收到 SIGTERM 后先答完正在处理的请求。

    Settings are the environment variables LUOSHI_*; /health/, /ready/ and /metrics/ are there for monitoring.
    On SIGTERM requests that run are answered first.
    """
    with told(language, debug=debug):
        check_web()
        from luoshi.apps import serving

        chosen = serving.free_port(port, bind)
        # Before the settings are read, here and in the processes that serve.
        os.environ.setdefault("LUOSHI_LOG_REQUESTS", "true")
        serving.set_up(data)
        serving.bring_up_to_date(change=migrate)
        listening = serving.Listening(
            address=bind,
            port=chosen,
            workers=workers or _workers(),
            threads=threads,
            waiting=waiting,
            kill_seconds=serving.SERVER_STOP_SECONDS,
        )
        shown = f"[{bind}]" if ":" in bind else bind
        serving.serve_offices(listening, ready=lambda: _announce(f"http://{shown}:{chosen}/", language))


def migrate(
    data: DataOption = None,
    language: LanguageOption = Language.zh,
    debug: DebugOption = False,
) -> None:
    """把数据库升级到本版本;请先运行 luoshi backup。/ Bring the database up to date; back it up first."""
    with told(language, debug=debug):
        check_web()
        from luoshi.apps import serving

        serving.set_up(data)
        done = serving.migrate()
        typer.echo(
            pick(
                language,
                f"数据库已是本版本(执行了{len(done)}步)。",
                f"The database is up to date; steps: {len(done)}.",
            )
        )


def _workers() -> int:
    """Two processes a core with PostgreSQL; one with SQLite, which lets one process write at a time."""
    from django.db import connection

    return 1 if connection.vendor == "sqlite" else min((os.cpu_count() or 1) * WORKERS_A_CORE, MOST_WORKERS)


def _announce(address: str, language: str) -> None:
    typer.echo(pick(language, f"正在服务:{address}", f"Serving at {address}"))
    sys.stdout.flush()
