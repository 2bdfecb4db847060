"""Documents and plans made by hand: a made-up district, every kind of value, and damage of every weight."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

from django.contrib.auth.models import User

from luoshi.apps.organization.models import Region, Role
from luoshi.apps.organization.operations import ensure_region, grant
from luoshi.apps.plan.models import Plan
from luoshi.apps.plan.operations.storing import import_document
from luoshi.core.document.model import Document
from luoshi.core.document.open import open_document
from luoshi.core.plan import model as core
from luoshi.core.source import Span

NOW = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
REGION = "990102"

HEAD = "云溪区社区服务重点任务分解方案\n一、完善社区服务\n"
TASK = (
    "{n}.办好第{n}项服务。每个社区至少有1个服务点,2026年底前覆盖率达到95%,落实《云溪区社区服务办法》,适时评估。\n"
    "牵头部门:区民政局\n"
    "责任部门:区教育局、区财正局、各镇\n"
)
TAIL = "二、保障措施\n{n}.加强宣传引导。持续开展宣传。\n"


def plan_text(tasks: int = 3) -> str:
    """A plan with `tasks` full tasks and one that names no body."""
    numbered = "".join(TASK.format(n=n) for n in range(1, tasks + 1))
    return HEAD + numbered + TAIL.format(n=tasks + 1)


def read_document(text: str, name: str = "云溪区方案.txt") -> Document:
    """The text as a document that was read from a file."""
    return open_document(text.encode(), name)


class _Finder:
    """Finds words in the text, from a place on."""

    def __init__(self, text: str) -> None:
        self.text = text

    def span(self, words: str, start: int = 0) -> Span:
        found = self.text.index(words, start)
        return Span(found, found + len(words))


def core_plan(document: Document) -> core.Plan:
    """The plan of `plan_text`, with every value at its place."""
    find = _Finder(document.text)
    first, second = find.span("一、完善社区服务"), find.span("二、保障措施")
    sections = (
        core.Section("s1", "一", "完善社区服务", 1, None, first),
        core.Section("s2", "二", "保障措施", 1, None, second),
    )
    tasks: list[core.Task] = []
    findings: list[core.Finding] = []
    at = first.end
    while (start := document.text.find("办好第", at)) >= 0:
        at = _task(document, find, start, tasks, findings)
    _bare_task(document, find, second.end, tasks, findings)
    metadata = core.Metadata(
        file=document.name,
        format=document.format,
        sha256=document.sha256,
        title="云溪区社区服务重点任务分解方案",
        issuer="云溪区民政局",
        date="2026-01-15",
        recipients=("各镇", "区直各部门"),
        spans={"title": Span(0, 15)},
    )
    return core.Plan(metadata, document.text, (), sections, tuple(tasks), tuple(findings))


def _task(
    document: Document, find: _Finder, start: int, tasks: list[core.Task], findings: list[core.Finding]
) -> int:
    number = str(len(tasks) + 1)
    start -= len(number) + 1
    odd = find.span("区财正局", start)
    towns = find.span("各镇", odd.start)
    vague = find.span("适时", start)
    span = Span(start, towns.end)
    people = find.span("区民政局", start)
    school = find.span("区教育局", start)
    service = find.span("至少有1个", start)
    share = find.span("达到95%", start)
    tasks.append(
        core.Task(
            f"t{number}",
            number,
            f"办好第{number}项服务",
            "s1",
            None,
            span.of(document.text),
            span,
            leads=(core.BodyMention("区民政局", "区民政局", people, False, "labelled-list"),),
            responsibles=(
                core.BodyMention("区教育局", "区教育局", school, False, "labelled-list"),
                core.BodyMention("区财正局", "区财正局", odd, False, "labelled-list"),
                core.BodyMention("各镇", "各镇", towns, True, "labelled-list"),
            ),
            measures=(core.Measure("办好服务", Span(start, share.end)),),
            targets=(
                core.Target("至少有1个", service, ">=", Decimal(1), "个", "服务点", "社区", None, "count"),
                core.Target(
                    "达到95%", share, ">=", Decimal(95), "%", "覆盖率", None, "2026-12-31", "percent"
                ),
            ),
            deadlines=(
                core.Deadline("2026年底前", find.span("2026年底前", start), "date", "2026-12-31", "date"),
                core.Deadline("适时", vague, "vague", "", "vague"),
            ),
            citations=(core.Citation("云溪区社区服务办法", find.span("《云溪区社区服务办法》", start)),),
            rule="numbered",
        )
    )
    findings += [
        core.Finding("unknown-organization", odd, {"name": "区财正局"}, ("区财政局", "区审计局")),
        core.Finding("vague-deadline", vague, {"number": number, "quote": "适时"}),
    ]
    return span.end


def _bare_task(
    document: Document, find: _Finder, at: int, tasks: list[core.Task], findings: list[core.Finding]
) -> None:
    number = str(len(tasks) + 1)
    body = find.span(f"{number}.加强宣传引导。持续开展宣传。", at)
    tasks.append(core.Task(f"t{number}", number, "加强宣传引导", "s2", None, body.of(document.text), body))
    findings.append(core.Finding("no-organization", body, {"number": number}))


def region(code: str = REGION, name: str = "云溪区") -> Region:
    """A district."""
    return ensure_region(code=code, name=name, level=3, by=None, at=NOW)


def office(name: str = "office", code: str = REGION) -> User:
    """A user of the coordinating office of a district."""
    return user_with(name, Role.Name.OFFICE, code)


def user_with(name: str, role: str | None, code: str = REGION) -> User:
    """A user with a role in a district, or with none."""
    user = User.objects.create_user(name, password="the-password-of-" + name)
    if role is not None:
        grant(user=user, region=region(code), role=role, by=None, at=NOW)
    return user


def stored_plan(
    tasks: int = 3, by: User | None = None, code: str = REGION, name: str = "云溪区方案.txt"
) -> Plan:
    """A plan in the database."""
    region(code)
    text = plan_text(tasks)
    document = read_document(text, name)
    return import_document(
        region=code, document=document, plan=core_plan(document), content=text.encode(), by=by, at=NOW
    )
