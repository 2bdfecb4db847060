"""What the names of bodies are built of, and which line a body belongs to.

The lexicon helps to recognise a body; it never invents one. A name is printed as a level or place ("区", "市",
"澄江市云溪区"), a stem ("发展改革", "公安") and an ending ("局", "委"); `known_bodies` lists stems with their endings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from luoshi.core.plan import known_bodies
from luoshi.core.plan.rules import one_of

# Lines, as in the organization registry.
PARTY, GOVERNMENT, CONGRESS, CONSULTATIVE = "party", "government", "congress", "consultative"
COURT, PROCURATORATE, MASS, VERTICAL = "court", "procuratorate", "mass", "vertical"
INSTITUTION, ENTERPRISE = "institution", "enterprise"

_LINES = {
    PARTY: known_bodies.PARTY,
    GOVERNMENT: known_bodies.GOVERNMENT,
    CONGRESS: known_bodies.CONGRESS,
    CONSULTATIVE: known_bodies.CONSULTATIVE,
    COURT: known_bodies.COURT,
    PROCURATORATE: known_bodies.PROCURATORATE,
    MASS: known_bodies.MASS,
    VERTICAL: known_bodies.VERTICAL,
    ENTERPRISE: known_bodies.ENTERPRISE,
    INSTITUTION: known_bodies.INSTITUTION,
}

# Units of administration. Sample: 区
_PLACES = "省 自治区 自治州 市 州 盟 区 县 旗 镇 乡 街道"
# What stands before a stem. Sample: 区, 国家, 开发区
_LEVEL = one_of(
    _PLACES,
    "国家 中央 中国 全国 街 村 新区 开发区 高新区 经开区 园区 示范区 本级 直属 兵团 师市 团场 我",
)
# Endings by which a phrase may be a body though its stem is unknown. Sample: 区营商环境促进中心
_ENDINGS = one_of(
    "委员会 办公室 办公厅 管委会 党工委 党委 党组 党支部 工委 组委 部 委 办 协调办 推进办 总部",
    "领导小组 协调小组 工作组 专责组 专班 指挥部 联席会议 成员单位",
    "局 总局 分局 支局 厅 署 总署 院 处 科 室 所 站 队 总队 支队 大队 中队 科室 股室 处室",
    "法院 检察院 研究院 研究所 学院 大学 学校 党校 校 医院 卫生院 馆 台 社 总社 园 中心 平台 基金会",
    "公司 分公司 集团 银行 企业 园区 机构 组织 机关 海关 单位 部门 各方",
    "协会 学会 商会 联合会 总工会 工会 妇联 团委 残联 科协 文联 侨联 工商联 红十字会",
    "人民政府 政府 办事处 街道办 街道 镇街 街镇 居委会 村委会 社区 派出所 司法所 工商所 税务所",
    "镇 乡 县 区 市 旗 州 盟 地区",
)

# A place and a level, or one of them. Sample: 澄江市云溪区
_PREFIX = re.compile(rf"(?:[一-鿿]{{2,6}}?{one_of(_PLACES)})?{_LEVEL}?直?")
# How the name of a body ends, with a note in brackets. Sample: 市交通委(市道运局)
_ENDING = re.compile(rf"{_ENDINGS}(?:\([^()]*\))?$")
# A level or place that opens a name. Sample: 区…, 云溪街道…
_LEVELLED = re.compile(rf"(?:{_LEVEL}|[一-鿿]{{2,4}}{one_of('省 市 州 盟 县 区 旗 镇 乡 街道')})(?=[一-鿿(])")
# A note in brackets behind a name. Sample: 市交通委(市道运局)
_NOTE = re.compile(r"\([^()]*\)$")
# A branch of a body; whatever the branch, the line is that of the body. Sample: 市公安局云溪分局
_BRANCH = re.compile(rf"(局|行|关|公司)[一-鿿]{{1,6}}{one_of('分局 支局 分行 支行 分公司 办事处')}$")
# Words of many bodies. Sample: 各县市区, 区直有关单位
COLLECTIVE = re.compile(
    r"(?:区|市|县|省|州|旗|镇)[直级](?:机关|部门|单位)|乡镇\(?街道|"
    + one_of(
        "各 有关 相关 相应 其他 全体 所有 所属 等部门 成员单位 镇街 试点 属地",
        "职能部门 主管部门 监管部门 执法单位 执法部门",
    )
)
# What no body's name holds: points of sentences, digits, verbs of duty. Sample: 落实到位
_NOT_A_NAME = re.compile(
    r"[,;:。!?、“”《》\d%]|的(?!士)|"
    + one_of("是否 应当 不得 达到 超过 以上 以下 包括 按照 根据 以及 或者 其中 例如 详见 附件 下同")
)


def _entries(listing: str) -> Iterator[list[str]]:
    """The names of each body of a listing; an indented line goes on the one above."""
    for entry in listing.replace("\n    ", " ").splitlines():
        if entry:
            yield entry.split()


# Every name with its line and the first-listed name of the same body.
_KNOWN = {
    name: (line, names[0])
    for line, listing in _LINES.items()
    for names in _entries(listing)
    for name in names
}
# No known name, and no level or place before one, is longer than this many characters.
_LONGEST_PREFIX = 14


@lru_cache(maxsize=65536)
def line_of(name: str) -> str | None:
    """The line of a body that the lexicon knows by its stem, else None.

    Args:
        name: in simplified characters, as printed, with or without level and place.

    Example:
        >>> line_of("区发改委"), line_of("市公安局云溪分局"), line_of("区工作推进中心")
        ('government', 'government', None)
    """
    found = _known(name)
    return found[0] if found else None


@lru_cache(maxsize=65536)
def full_name(name: str) -> str | None:
    """The first-listed spelling of a known body, without level and place, else None.

    Example:
        >>> full_name("区发改委") == full_name("市发展和改革委员会")
        True
    """
    found = _known(name)
    return found[1] if found else None


def names() -> tuple[str, ...]:
    """Every spelling that the lexicon knows, without level and place."""
    return tuple(_KNOWN)


@lru_cache(maxsize=65536)
def _known(name: str) -> tuple[str, str] | None:
    bare = _NOTE.sub("", name)
    if bare in _KNOWN:
        return _KNOWN[bare]
    branch = _BRANCH.sub(r"\1", bare)
    for cut in range(min(len(branch) - 1, _LONGEST_PREFIX), 0, -1):
        if branch[cut:] in _KNOWN and _PREFIX.fullmatch(branch, 0, cut):
            return _KNOWN[branch[cut:]]
    return None


@lru_cache(maxsize=65536)
def looks_like_body(name: str) -> bool:
    """Whether a phrase has the shape of a body's name, known or not.

    Example:
        >>> looks_like_body("区营商环境促进中心"), looks_like_body("限时办结"), looks_like_body("含电子烟")
        (True, False, False)
    """
    if not 2 <= len(name) <= 40 or _NOT_A_NAME.search(name):
        return False
    return _known(name) is not None or _ENDING.search(name) is not None


@lru_cache(maxsize=65536)
def is_certain_body(name: str) -> bool:
    """Whether a phrase can only be a body: a known one, a level with a body's ending, or a collective.

    Example:
        >>> [is_certain_body(n) for n in ("工信部", "区工作推进中心", "全社会", "居民委员会")]
        [True, True, False, False]
    """
    if not looks_like_body(name):
        return False
    if _known(name) is not None or COLLECTIVE.search(name):
        return True
    return _LEVELLED.match(name) is not None and _ENDING.search(name) is not None
