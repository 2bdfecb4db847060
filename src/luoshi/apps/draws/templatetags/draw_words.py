"""Words of draws: how somebody stands who was drawn, what happened, what a stratum is called."""

from __future__ import annotations

from django import template
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from luoshi.apps.draws.models import Candidate
from luoshi.apps.draws.queries.pools import option_labels
from luoshi.apps.draws.queries.showing import Happened, Place, Stratum
from luoshi.core.mechanism.drawing import Drawing, Pool

register = template.Library()

_ICONS = {"asked": "repeat", "accepted": "check", "refused": "close", "recused": "leave", "waiting": "next"}
_STANDINGS = {
    "asked": _("待应答"),
    "accepted": _("已接受"),
    "refused": _("不能参加"),
    "recused": _("已回避"),
    "waiting": _("候补"),
}
_HAPPENED = {
    "prepared": _("冻结名单"),
    "committed": _("公布承诺"),
    "drawn": _("填入公开值，抽取"),
    "accepted": _("接受"),
    "refused": _("不能参加，由候补递补"),
    "recused": _("回避，由候补递补"),
    "cancelled": _("公开撤销"),
}


@register.simple_tag
def standing(place: Place, pool: Pool) -> str:
    """How somebody stands, in a word."""
    if place.standing == "asked" and not pool.asked:
        return str(_("抽中"))
    return str(_STANDINGS[place.standing])


@register.simple_tag
def standing_icon(standing: str) -> str:
    """The shape that goes with it."""
    return _ICONS[standing]


@register.simple_tag
def happened_words(one: Happened) -> str:
    """What happened, in a few words."""
    return str(_HAPPENED[one.kind])


@register.simple_tag
def stratum_name(one: Stratum) -> str:
    """What a stratum is called."""
    return _named(one.key, one.pool)


@register.filter
def stratum_of(one: Candidate, drawing: Drawing) -> str:
    """The stratum of somebody on the list."""
    return _named(one.stratum, drawing.pool(one.pool))


def _named(key: str, pool: Pool) -> str:
    """The key of a stratum, as the proof has it; in English its pool and its options are named in English."""
    if not (get_language() or "").startswith("en"):
        return key
    words = option_labels(pool)
    options = [
        words[part].en if part in words else part for part in key.partition("·")[2].split("、") if part
    ]
    return f"{pool.label.en} · {', '.join(options)}" if options else pool.label.en


@register.filter
def in_words(reasons: list[str], drawing: Drawing) -> str:
    """Reasons in the language of the page, as the declaration words them; the list holds the Chinese."""
    words = {ground.message.zh: ground.message for pool in drawing.pools for ground in pool.eligible}
    language = get_language() or "zh"
    separator = "; " if language.startswith("en") else "；"
    return separator.join(words[one].said(language) if one in words else one for one in reasons)


@register.filter
def hash_parts(text: str) -> list[str]:
    """A hash in groups of eight characters, to be read and written down."""
    return [text[at : at + 8] for at in range(0, len(text), 8)]
