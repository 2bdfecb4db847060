"""`luoshi audit`: seal the audit log, hand out what proves it, and hold it against what was handed out."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from luoshi.cli.failure import told
from luoshi.cli.open import check_web
from luoshi.cli.options import DataOption, DebugOption, Language, LanguageOption
from luoshi.cli.output import binary_output, text_output
from luoshi.core.errors import LuoshiError
from luoshi.core.plan.export.wording import pick

if TYPE_CHECKING:
    from luoshi.apps.audit.queries.examining import Report
    from luoshi.core.transparency.checkpoint import PublicKey

# The exit code when the log is not what was signed.
ALTERED = 1


class LogMissing(LuoshiError):
    """A database without an audit log."""

    code = "audit-log-missing"
    zh = (
        "这里没有审计日志({where});请用 --data 或 LUOSHI_DATABASE_URL 指明数据,并先启动一次系统以更新数据库。"
    )
    en = (
        "There is no audit log here ({where}); name the data with --data or LUOSHI_DATABASE_URL, and start "
        "the product once so that its database is up to date."
    )


OutputOption = Annotated[
    Path | None,
    typer.Option("--output", "-o", help="写入此文件(默认显示)。/ Write to this file.", metavar="PATH"),
]
KeyOption = Annotated[
    str | None,
    typer.Option(
        help="留存的公钥,默认用数据文件夹中的。/ The public key as noted; by default the one kept here.",
        metavar="KEY",
    ),
]

audit = typer.Typer(no_args_is_help=True, rich_markup_mode=None)


@audit.callback()
def group() -> None:
    """审计日志的封存、证明与核验。/ Seal, prove and verify the audit log."""


@audit.command()
def checkpoint(
    output: OutputOption = None,
    data: DataOption = None,
    language: LanguageOption = Language.zh,
    debug: DebugOption = False,
) -> None:
    """封存新的事件,给出签名的检查点。/ Seal what is new and give the signed checkpoint.

    请定时运行,并把检查点交给本单位以外的人保存:此后任何改动都可以凭它查出。

    Run it by the clock, and give checkpoints to people outside the office: with one of them whatever is
    changed later can be found.
    """
    with told(language, debug=debug):
        _ready(data)
        from django.utils import timezone

        from luoshi.apps.audit.operations import seal

        made = seal(at=timezone.now())
        with text_output(output) as stream:
            stream.write(made.note)


@audit.command()
def key(data: DataOption = None, language: LanguageOption = Language.zh, debug: DebugOption = False) -> None:
    """显示核验签名的公钥。/ Show the public key that checks the signatures."""
    with told(language, debug=debug):
        _ready(data)
        typer.echo(str(_own_key()))


@audit.command()
def verify(
    checkpoint: Annotated[
        list[Path] | None,
        typer.Option(
            help="以前交出的检查点,可以有多个。/ A checkpoint handed out earlier; may be given often.",
            metavar="FILE",
        ),
    ] = None,
    key: KeyOption = None,
    data: DataOption = None,
    language: LanguageOption = Language.zh,
    debug: DebugOption = False,
) -> None:
    """逐条核验审计日志,指出被改动、删除、插入、调换或提前的事件。/ Verify every event of the audit log.

    日志完好时退出码为 0,有改动时为 1,无法核验时为 2。

    Names every event that was altered, removed, inserted, reordered or back-dated, and the checkpoint that
    proves it. Exit code 0: the log is as it was signed; 1: it is not; 2: it could not be verified.
    """
    with told(language, debug=debug):
        _ready(data)
        from django.utils import timezone

        from luoshi.apps.audit.queries.examining import examine
        from luoshi.core.transparency.checkpoint import read_key

        outside = [(file.name, _text(file)) for file in checkpoint or []]
        report = examine(at=timezone.now(), key=read_key(key, "--key") if key else None, outside=outside)
        _tell(report, language)
        if report.problems:
            raise typer.Exit(ALTERED)


@audit.command()
def export(
    file: Annotated[Path, typer.Argument(help="要写的 zip 文件。/ The zip to write.", metavar="FILE")],
    data: DataOption = None,
    language: LanguageOption = Language.zh,
    debug: DebugOption = False,
) -> None:
    """导出全部日志,附检查点、公钥和核验程序。/ Export the whole log with what is needed to check it.

    收到的人只需 Python 即可核验:python3 verify_audit.py FILE。导出本身也记入日志。

    Whoever receives it needs Python alone to check it. The export is itself an event of the log.
    """
    with told(language, debug=debug):
        _ready(data)
        from django.utils import timezone

        from luoshi.apps.audit.operations import begin_export
        from luoshi.apps.audit.queries.exporting import write_export

        with binary_output(file) as target:
            begin_export(by=None, at=timezone.now())
            size = write_export(target)
        typer.echo(pick(language, f"已导出{size}条:{file}", f"{size} entries exported to {file}"))


@audit.command()
def prove(
    event: Annotated[int, typer.Argument(help="事件编号。/ Number of the event.", metavar="EVENT")],
    output: OutputOption = None,
    data: DataOption = None,
    language: LanguageOption = Language.zh,
    debug: DebugOption = False,
) -> None:
    """出具一个事件在日志中的证明。/ Prove that an event is in the log."""
    with told(language, debug=debug):
        _ready(data)
        from luoshi.apps.audit.queries.proving import inclusion

        proof = inclusion(event=event)
        with text_output(output) as stream:
            stream.write(proof)


@audit.command()
def growth(
    checkpoint: Annotated[
        Path,
        typer.Argument(help="以前交出的检查点。/ A checkpoint handed out earlier.", metavar="CHECKPOINT"),
    ],
    output: OutputOption = None,
    data: DataOption = None,
    language: LanguageOption = Language.zh,
    debug: DebugOption = False,
) -> None:
    """出具日志自某检查点以来只增不改的证明。/ Prove that the log only grew since a checkpoint."""
    with told(language, debug=debug):
        _ready(data)
        from luoshi.apps.audit.queries.proving import consistency

        proof = consistency(old=_text(checkpoint), where=checkpoint.name)
        with text_output(output) as stream:
            stream.write(proof)


@audit.command()
def check(
    proof: Annotated[Path, typer.Argument(help="证明文件。/ The proof.", metavar="PROOF")],
    checkpoint: Annotated[
        Path | None,
        typer.Option(
            help="只增不改的证明所自的检查点。/ The checkpoint that a proof of growth starts from.",
            metavar="FILE",
        ),
    ] = None,
    key: KeyOption = None,
    data: DataOption = None,
    language: LanguageOption = Language.zh,
    debug: DebugOption = False,
) -> None:
    """核验一份证明;给出 --key 时不需要任何数据。/ Check a proof; with --key it needs no data at all."""
    with told(language, debug=debug):
        check_web()
        # Only now, so that `luoshi --help` is quick.
        from luoshi.core.transparency.checkpoint import read_key
        from luoshi.core.transparency.proof_texts import check_proof

        if key is None:
            _ready(data)
        public = read_key(key, "--key") if key else _own_key()
        from luoshi.apps.audit.keys import opened

        old = opened(_text(checkpoint), public, checkpoint.name) if checkpoint else None
        proved = check_proof(
            _text(proof), lambda note: opened(note, public, proof.name), old, where=proof.name
        )
        now = proved.checkpoint
        zh = f"成立:{now.time} 的日志({now.size} 条)"
        en = f"It holds: the log of {now.time} ({now.size} entries)"
        if proved.entry is not None:
            zh, en = f"{zh}第 {proved.number} 条是", f"{en} has as entry {proved.number}"
            typer.echo(pick(language, zh, en))
            typer.echo(proved.entry.decode("utf-8", "backslashreplace"))
        elif proved.old is not None:
            zh = f"{zh}自 {proved.old.time} 的 {proved.old.size} 条以来只增不改。"
            en = f"{en} only grew since {proved.old.time}, when it had {proved.old.size}."
            typer.echo(pick(language, zh, en))


def _ready(data: Path | None) -> None:
    """Set the product up, as far as its database.

    Raises:
        LogMissing: there is none, or it holds no log.
    """
    check_web()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luoshi.settings.sqlite")
    if data is not None:
        os.environ["LUOSHI_DATA"] = str(data.resolve())
    import django

    django.setup()
    from django.db import connection

    from luoshi.apps.audit.models import Checkpoint

    where = str(connection.settings_dict["NAME"])
    # Asking a file that is not there would make it; "file:" and ":memory:" are databases without one.
    filed = connection.vendor == "sqlite" and not where.startswith(("file:", ":memory:"))
    lost = filed and not Path(where).is_file()
    if lost or Checkpoint._meta.db_table not in connection.introspection.table_names():
        raise LogMissing(where=where)


def _own_key() -> PublicKey:
    from luoshi.apps.audit.keys import signing_key
    from luoshi.apps.audit.queries.proving import newest

    return signing_key(make=newest() is None).public


def _text(file: Path) -> str:
    """The text of a file; whatever is no text in it is left to be refused."""
    return file.read_text(encoding="utf-8", errors="replace")


def _tell(report: Report, language: str) -> None:
    for problem in report.problems:
        typer.echo(problem.message(language))
    if report.cut:
        typer.echo(pick(language, "……问题过多,不再列出。", "… and more than can be listed."))
    counts = pick(
        language,
        f"{report.entries}条、{report.checkpoints}个检查点相符,{report.waiting}个事件待封存",
        f"entries: {report.entries}, checkpoints that agree: {report.checkpoints}, "
        f"events to be sealed: {report.waiting}",
    )
    if report.problems:
        found = len(report.problems)
        zh = f"日志与签名不符:发现{found}处({counts})。"
        en = f"The log is not what was signed; problems: {found} ({counts})."
    else:
        zh, en = f"日志完好:{counts}。", f"The log is intact; {counts}."
    typer.echo(pick(language, zh, en))
