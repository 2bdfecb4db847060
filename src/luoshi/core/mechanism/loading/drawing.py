"""Reads draws: their pools, the conditions over candidates, and the steps that they take."""

from __future__ import annotations

from luoshi.core.errors import Phrase
from luoshi.core.expression.kinds import Choice, Choices, Scheme
from luoshi.core.mechanism.drawing import Conflict, Drawing, Ground, Openings, Pool, Share
from luoshi.core.mechanism.errors import unknown
from luoshi.core.mechanism.loading.context import Context
from luoshi.core.mechanism.loading.procedure import read_actors, read_opening
from luoshi.core.mechanism.reader import Reader


def read_draws(reader: Reader, context: Context) -> tuple[Drawing, ...]:
    """The draws, in the order of the file."""
    return tuple(_drawing(key, inner, context) for key, inner in reader.entries("draws"))


def _drawing(key: str, reader: Reader, context: Context) -> Drawing:
    pools = list(reader.entries("pools"))
    if not pools:
        reader.fail(Phrase("请写明从哪些名录中抽取(pools)。", "Say from which rosters is drawn (pools)."))
    schemes = {name: _roster(inner, context) for name, inner in pools}
    drawing = Drawing(
        key=key,
        label=reader.phrase("label"),
        who=read_actors(reader, "who"),
        cancelled_by=read_actors(reader, "cancelled-by"),
        pools=tuple(_pool(name, inner, schemes, context) for name, inner in pools),
        commits=reader.text("commits"),
        draws=reader.text("draws"),
        answers=reader.text("answers"),
        cancels=reader.text("cancels"),
        keeps=reader.words("keeps"),
        opens=reader.optional("opens", lambda inner: _openings(inner, schemes, context)),
    )
    reader.done()
    return drawing


def _openings(reader: Reader, pools: dict[str, Scheme], context: Context) -> Openings:
    return Openings(
        step=reader.text("step"),
        each=reader.one_of("each", pools),
        opening=read_opening(reader, context),
        candidate=reader.text("candidate", ""),
        takes=reader.words("takes"),
        shares={name: _share(inner, pools) for name, inner in reader.entries("shares")},
    )


def _share(reader: Reader, pools: dict[str, Scheme]) -> Share:
    share = Share(reader.one_of("pool", pools), reader.whole("number", 0))
    reader.done()
    return share


def _roster(reader: Reader, context: Context) -> Scheme:
    """What is known of the entries that are drawn from."""
    key, known = reader.text("from"), context.scheme.others
    if key not in known:
        reader.fail(unknown(key, known), "from")
    return known[key]


def _pool(name: str, reader: Reader, schemes: dict[str, Scheme], context: Context) -> Pool:
    scheme = schemes[name]
    pool = Pool(
        key=name,
        label=reader.phrase("label"),
        roster=scheme.key,
        number=context.required_number(reader, "number"),
        substitutes=reader.whole("substitutes", 0),
        multiple=reader.whole("multiple", 1),
        code=reader.text("code", ""),
        name=reader.text("name", ""),
        listed=reader.truth("listed"),
        asked=reader.truth("asked", default=True),
        strata=reader.text("strata", ""),
        weights=_weights(reader),
        eligible=reader.listed(
            "eligible",
            lambda inner: Ground(
                context.about_another(inner, "when", scheme, context.scheme), inner.phrase("message")
            ),
        ),
        recusal=reader.listed("recusal", lambda inner: _conflict(inner, scheme, schemes, context)),
        fills=reader.text("fills", ""),
        columns=reader.words("columns"),
        accepted=reader.text("accepted", ""),
        counted=reader.text("counted", ""),
    )
    _check_strata(pool, scheme, reader)
    reader.done()
    return pool


def _conflict(reader: Reader, scheme: Scheme, schemes: dict[str, Scheme], context: Context) -> Conflict:
    pool = reader.one_of("pool", schemes)
    when = context.about_another(reader, "when", scheme, schemes[pool])
    return Conflict(pool, when, reader.phrase("message"))


def _check_strata(pool: Pool, scheme: Scheme, reader: Reader) -> None:
    """A pool is split by one choice, and only its options have weights."""
    kind = scheme.fields.get(pool.strata)
    if pool.strata and (not isinstance(kind, Choice) or isinstance(kind, Choices)):
        reader.fail(
            Phrase("分层字段须是名录中的单选字段。", "Strata are the options of one choice of the roster."),
            "strata",
        )
    options = kind.options if isinstance(kind, Choice) else {}
    for name in pool.weights:
        if name not in options:
            reader.fail(unknown(name, options), "weights")


def _weights(reader: Reader) -> dict[str, int]:
    inner = reader.mapping("weights")
    if inner is None:
        return {}
    return {name: inner.whole(name) for name in inner.keys()}  # noqa: SIM118 (a list; it shrinks)
