"""Draws as declarations say them, and what is wrong with one."""

from __future__ import annotations

import pytest

from luoshi import mechanisms
from luoshi.core.mechanism.catalogue import load
from luoshi.core.mechanism.drawing import Drawing
from luoshi.core.mechanism.errors import DeclarationWrong
from luoshi.core.register.procedure import Actor

NAMES = (
    "random-inspection",
    "inspection-items",
    "inspection-objects",
    "inspection-staff",
    "inspection-records",
)


def texts(**changed: tuple[str, str]) -> dict[str, str]:
    """The declarations, with one place of the first one changed."""
    found = {f"{name}.yaml": mechanisms.declarations()[f"{name}.yaml"] for name in NAMES}
    for old, new in changed.values():
        assert old in found["random-inspection.yaml"]
        found["random-inspection.yaml"] = found["random-inspection.yaml"].replace(old, new, 1)
    return found


def refusal(file: str, old: str, new: str) -> str:
    """Why the declarations are refused with one place of a file changed, in English."""
    found = texts()
    assert old in found[file]
    with pytest.raises(DeclarationWrong) as refused:
        load(found | {file: found[file].replace(old, new, 1)})
    return refused.value.message("en")


def drawing() -> Drawing:
    return load(texts()).latest("random-inspection").drawing["selection"]


def test_what_a_draw_says() -> None:
    found = drawing()
    assert found.who == (Actor.HANDLER,)
    assert found.cancelled_by == (Actor.HEAD,)
    assert found.steps == ("commit", "record-draw", "answer", "cancel-draw", "open-records")
    objects, inspectors = found.pools
    assert (objects.roster, objects.code, objects.name, objects.listed) == (
        "inspection-objects",
        "code",
        "name",
        True,
    )
    assert objects.weights == {"a": 1, "b": 2, "c": 4, "d": 8}
    assert not objects.asked
    assert inspectors.name == ""
    assert not inspectors.listed
    assert inspectors.asked
    assert inspectors.recusal[0].pool == "objects"
    assert found.pool("inspectors") is inspectors


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("from: inspection-staff", "from: inspection-stuff", "inspection-staff"),
        ("kind == this.object_kind", "kind == this.object_knd", "object_kind"),
        ("certificate_until >= this", "certificate_untill >= this", "certificate_until"),
        ("strata: risk", "strata: name", "strata"),
        ("weights: {a: 1", "weights: {e: 1", "“e”"),
        ("commits: commit", "commits: visit", "commit"),
        ("fills: objects", "fills: title", "objects"),
        ("accepted: accepted", "accepted: acepted", "accepted"),
        ("columns: {name: name, body: body}", "columns: {name: nam, body: body}", "name"),
        ("keeps: {commitment: commitment", "keeps: {commitmnt: commitment", "commitment"),
        ("pool: objects\n", "pool: objekts\n", "objects"),
        ("who: [handler]\n    cancelled-by: [head]", "who: [handler]\n    cancelled-by: [boss]", "boss"),
        ("any(interests, code == this.code)", "count(interests)", "yes or no"),
    ],
)
def test_what_is_wrong_is_told(old: str, new: str, said: str) -> None:
    with pytest.raises(DeclarationWrong) as refused:
        load(texts(change=(old, new)))
    assert said in refused.value.message("en")
    assert "random-inspection.yaml" in refused.value.message("en")


def test_a_step_of_the_system_needs_somebody_to_take_it() -> None:
    """Without the draw nobody would ever take its steps."""
    text = texts()["random-inspection.yaml"]
    start, end = text.index("\ndraws:"), text.index("\naims:")
    with pytest.raises(DeclarationWrong):
        load(texts() | {"random-inspection.yaml": text[:start] + text[end:]})
