"""Values of the entry that asks, written into a condition about others."""

from __future__ import annotations

from luoshi.core.expression import Reference, Scheme, parse
from luoshi.core.expression.binding import bound
from luoshi.core.expression.kinds import Body, Choice, Text
from luoshi.core.expression.nodes import Constant, Field, OverOthers, Own, children
from luoshi.core.expression.values import Value

SCHEMES: dict[str, Scheme] = {}
SCHEMES["returns"] = Scheme(
    "returns", {"centre": Body(), "period": Text(), "kind": Choice.of("a", "b")}, ("open",), others=SCHEMES
)
TEXT = "exists('returns', same(centre, this.centre) and period == this.period and not kind == 'a')"


def _read(node: Field | Own) -> Value:
    return {"centre": Reference("7", "云溪数据中心"), "period": "2026H1"}[
        node.key if isinstance(node, Field) else ""
    ]


def test_what_is_read_from_the_asking_entry_becomes_a_constant() -> None:
    asked = parse(TEXT, SCHEMES["returns"]).node
    assert isinstance(asked, OverOthers)
    found = bound(asked.condition, _read)
    constants = [one.value for part in children(found) for one in _all(part) if isinstance(one, Constant)]
    assert constants == ["7", "2026H1", "a"]
    assert not any(isinstance(one, Field) and one.whose == "this" for one in _all(found))


def _all(node: object) -> list[object]:
    return [node, *(one for child in children(node) for one in _all(child))]  # type: ignore[arg-type]
