"""The bodies of 云溪区, as far as its sample plan names them, and who is in which group."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.models import User

from luoshi.apps.organization.models import Body, Region
from luoshi.apps.organization.operations import (
    AliasValues,
    add_members,
    add_rule,
    create_body,
    ensure_region,
)

CODE, NAME = "990102", "云溪区"

# By line; a name after a stroke is an alias.
LINES = {
    Body.Line.PARTY: (
        "区委办|区委办公室 区纪委监委机关 区委组织部 区委宣传部 区委政法委 区委编办 区委网信办"
        " 区委依法治区办|区委全面依法治区委员会办公室 区文明办 区委党校"
    ),
    Body.Line.CONGRESS: "区人大常委会办公室",
    Body.Line.COURT: "区法院|云溪区人民法院",
    Body.Line.PROCURATORATE: "区检察院|云溪区人民检察院",
    Body.Line.MASS: "区总工会 团区委 区妇联 区工商联 区残联 区红十字会 区法学会",
    Body.Line.GOVERNMENT: (
        "区政府办 区司法局 区发改委|区发展和改革委员会 区教体局|区教育和体育局 区民政局 区财政局"
        " 区人社局|区人力资源和社会保障局 区住建局 区交通局 区农业农村局 区文旅局 区卫健委"
        " 区退役军人局 区应急管理局 区审计局 区市场监管局|区市场监督管理局 区统计局 区数据局"
        " 区行政审批局 区信访局"
    ),
    Body.Line.VERTICAL: "区税务局 市公安局云溪分局 市自然资源局云溪分局 市生态环境局云溪分局",
    Body.Line.INSTITUTION: "区融媒体中心 区社区建设促进中心",
    Body.Line.OTHER: "区志愿服务联合会 区律师协会",
}
TOWNS = ("柳河镇", "青石镇", "白鹭镇")
STREETS = ("城东街道", "城西街道", "云门街道")
SCHOOLS = ("云溪中学", "城东中学", "云溪实验小学", "柳河镇中心小学")

ENFORCEMENT = "区应急管理局 区市场监管局 区住建局 区农业农村局 区卫健委 区交通局 区文旅局"
CREDIT = "区发改委 区市场监管局 区税务局 区人社局 区住建局 区财政局 区法院 区文旅局"
SAFETY = "区委政法委 区法院 区检察院 市公安局云溪分局 区司法局 区信访局 区应急管理局 区民政局"


def make_district(*, by: User, at: datetime, code: str = CODE, name: str = NAME) -> dict[str, Body]:
    """The region with its bodies and groups; the bodies by name."""
    region = ensure_region(code=code, name=name, level=Region.Level.COUNTY, by=by, at=at)
    bodies: dict[str, Body] = {}

    def add(name: str, line: str, kind: str = "", *aliases: str) -> None:
        names = [AliasValues(alias) for alias in aliases]
        values: dict[str, Any] = {"kind": kind} if kind else {}
        bodies[name] = create_body(
            region=region.pk, name=name, line=line, aliases=names, by=by, at=at, **values
        )

    for line, listed in LINES.items():
        for one in listed.split():
            name, *aliases = one.split("|")
            add(name, line, "", *aliases)
    for kind, names in ((Body.Kind.TOWN, TOWNS), (Body.Kind.STREET, STREETS)):
        for name in names:
            add(name, Body.Line.TOWNSHIP, kind)
    for name in SCHOOLS:
        add(name, Body.Line.INSTITUTION, Body.Kind.SCHOOL)
    for name in ("区社会信用体系建设联席会议", "平安云溪建设领导小组"):
        add(name, Body.Line.LEADING_GROUP)
    for name in ("各镇", "各街道", "各中小学校", "区直各部门", "区直各有关执法部门"):
        add(name, Body.Line.OTHER, Body.Kind.GROUP)
    _fill_groups(bodies, by=by, at=at)
    return bodies


def _fill_groups(bodies: dict[str, Body], *, by: User, at: datetime) -> None:
    add_rule(group=bodies["各镇"], kind=Body.Kind.TOWN, by=by, at=at)
    add_rule(group=bodies["各街道"], kind=Body.Kind.STREET, by=by, at=at)
    add_rule(group=bodies["各中小学校"], kind=Body.Kind.SCHOOL, by=by, at=at)
    add_rule(group=bodies["区直各部门"], kind=Body.Kind.ORGAN, line=Body.Line.GOVERNMENT, by=by, at=at)
    for group, names in (
        ("区直各有关执法部门", ENFORCEMENT),
        ("区社会信用体系建设联席会议", CREDIT),
        ("平安云溪建设领导小组", SAFETY),
    ):
        add_members(group=bodies[group], members=[bodies[name] for name in names.split()], by=by, at=at)
