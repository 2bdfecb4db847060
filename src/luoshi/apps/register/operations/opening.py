"""What a procedure inside another begins with: a new entry of another mechanism that links back."""

from __future__ import annotations

from dataclasses import dataclass

from luoshi.apps.organization.models import Body
from luoshi.apps.register import models
from luoshi.apps.register.declared import catalogue
from luoshi.apps.register.queries.keepers import keepers
from luoshi.core.errors import LuoshiError
from luoshi.core.expression import Expression, Occasion, evaluate
from luoshi.core.expression.nodes import Field
from luoshi.core.register.acting import Setting
from luoshi.core.register.entry import Entry
from luoshi.core.register.filling import plain
from luoshi.core.register.procedure import Actor, Opening
from luoshi.core.register.view import View


class OpeningNeedsKeeper(LuoshiError):
    """A procedure that nobody in the region keeps."""

    code = "register-opening-needs-keeper"
    zh = "本地区没有办理“{mechanism}”的单位；请先在单位名录中登记。"
    en = "No body of the region keeps “{mechanism}”; register one first."


@dataclass(frozen=True, slots=True)
class Beginning:
    """The first step of an entry that is to be made."""

    mechanism: str
    body: Body
    transition: str
    actor: Actor
    given: dict[str, object]


def beginning(row: models.Entry, entry: Entry, opening: Opening, setting: Setting) -> Beginning:
    """How the procedure inside begins: with the holder of this entry, or else the first body that keeps such.

    Its first step is the one that asks for the link.

    Raises:
        OpeningNeedsKeeper: nobody keeps such entries.
    """
    declared = catalogue().current(opening.mechanism, entry.steps[-1].on)
    keeper = declared.register.keeper
    body = row.holder
    if not keeper.admits(kind=body.kind, line=body.line, name=body.name):
        found = keepers(declared, row.region_id).first()
        if found is None:
            raise OpeningNeedsKeeper(mechanism=declared.name)
        body = found
    occasion = setting.occasion(entry.steps[-1].on)
    view = View(setting.register, entry, occasion, setting.world)
    given = {key: _copied(one, entry, view, occasion) for key, one in opening.copies.items()}
    given[opening.link] = str(row.pk)
    starts = list(declared.register.starts())
    start = next((one for one in starts if opening.link in one.asks), starts[0])
    actor = Actor.HANDLER if Actor.HANDLER in start.who else start.who[0]
    return Beginning(declared.key, body, start.key, actor, given)


def _copied(expression: Expression, entry: Entry, view: View, occasion: Occasion) -> object:
    """What an expression gives; a field by itself gives all that it holds, of a person the telephone, too."""
    node = expression.node
    if isinstance(node, Field) and node.key in entry.values:
        return entry.values[node.key]
    return plain(evaluate(expression, view, occasion))
