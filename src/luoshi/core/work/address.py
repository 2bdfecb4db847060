"""How a body is addressed: ordered, or asked by letter.

A government may follow up only on its own departments, lower governments, and bodies that a law or it itself
entrusts with public affairs. Courts, procuratorates, the people's congress, party organs and mass bodies are
no objects of its supervision; the committee of the party and its office for the rule of law reach them.
Bodies led from above, and enterprises, belong to neither.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from luoshi.core.errors import Phrase

IssuingLine = Literal["government", "party", "rule-of-law"]
Form = Literal["order", "letter"]

_FORMS: dict[Form, tuple[Phrase, Phrase]] = {
    "order": (Phrase("交办单", "work order"), Phrase("交办", "assign")),
    "letter": (Phrase("商请函", "letter of request"), Phrase("商请", "ask for support")),
}

REGULATION = Phrase("政府督查工作条例第5条", "Regulations on Government Supervision, art. 5")
PARTY_RULES = Phrase("党委对所辖各方面工作的统一领导", "the party committee leads all work of its area")
RULE_OF_LAW_RULES = Phrase(
    "法治政府建设与责任落实督察工作规定",
    "Provisions on Inspection of Building a Law-Based Government",
)
LED_FROM_ABOVE = Phrase("垂直管理单位由上级主管", "vertical bodies are led by the level above")


@dataclass(frozen=True, slots=True)
class Address:
    """How a body is addressed, and why.

    Attributes:
        form: `order` for bodies that the line may instruct, `letter` for all others.
        reason: one sentence.
        source: what it rests on.
    """

    form: Form
    reason: Phrase
    source: Phrase

    @property
    def title(self) -> Phrase:
        """What the paper is called."""
        return _FORMS[self.form][0]

    @property
    def verb(self) -> Phrase:
        """What it does."""
        return _FORMS[self.form][1]


_NAMES: dict[IssuingLine, Phrase] = {
    "government": Phrase("政府", "the government"),
    "party": Phrase("党委", "the party committee"),
    "rule-of-law": Phrase("依法治区(县)办", "the office for the rule of law"),
}
# Lines of bodies (`luoshi.apps.organization.models.Body.Line`) that each issuing line may instruct.
_SUBJECT: dict[IssuingLine, frozenset[str]] = {
    "government": frozenset({"government", "township", "institution"}),
    "party": frozenset(
        {
            *("party", "government", "congress", "consultative", "court", "procuratorate", "mass"),
            *("township", "institution", "leading-group"),
        }
    ),
    "rule-of-law": frozenset(
        {
            *("party", "government", "congress", "consultative", "court", "procuratorate", "mass"),
            *("township", "institution", "leading-group"),
        }
    ),
}
_OUTSIDE: dict[str, Phrase] = {
    "party": Phrase("党的机关不是政府督查对象", "party organs are no objects of a government's supervision"),
    "congress": Phrase("人大机关不是政府督查对象", "the congress is no object of a government's supervision"),
    "consultative": Phrase(
        "政协机关不是政府督查对象", "the consultative conference is no object of a government's supervision"
    ),
    "court": Phrase("法院不是政府督查对象", "courts are no objects of a government's supervision"),
    "procuratorate": Phrase(
        "检察院不是政府督查对象", "procuratorates are no objects of a government's supervision"
    ),
    "mass": Phrase("群团组织不是政府督查对象", "mass bodies are no objects of a government's supervision"),
    "leading-group": Phrase(
        "议事协调机构不是政府所属部门", "a coordinating body is no department of the government"
    ),
}
_ALWAYS_OUTSIDE: dict[str, Phrase] = {
    "vertical": Phrase("垂直管理单位由上级主管,不受本级指令", "a vertical body is led by the level above"),
    "enterprise": Phrase("企业不是机关所属单位", "an enterprise is not part of the administration"),
}
_UNKNOWN = Phrase(
    "所属系统未登记,先按商请办理;登记后自动改正",
    "its line is not registered, so it is asked by letter until it is",
)
_SOURCES: dict[IssuingLine, Phrase] = {
    "government": REGULATION,
    "party": PARTY_RULES,
    "rule-of-law": RULE_OF_LAW_RULES,
}


def address(issuing: IssuingLine, body_line: str) -> Address:
    """How a body is addressed by whoever issues a plan.

    Args:
        issuing: in whose name the plan goes out.
        body_line: the line of the body, as the registry keeps it.

    Example:
        >>> address("government", "court").form, address("rule-of-law", "court").form
        ('letter', 'order')
        >>> print(address("government", "court").source.en)
        Regulations on Government Supervision, art. 5
    """
    source = _SOURCES[issuing]
    if body_line in _SUBJECT[issuing]:
        name = _NAMES[issuing]
        reason = Phrase(f"属于{name.zh}可以交办的单位", f"{name.en} may instruct it")
        return Address("order", reason, source)
    outside = _ALWAYS_OUTSIDE.get(body_line)
    if outside is not None:
        return Address("letter", outside, LED_FROM_ABOVE if body_line == "vertical" else source)
    return Address("letter", _OUTSIDE.get(body_line, _UNKNOWN), source)
