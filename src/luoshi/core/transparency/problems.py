"""What an examination of the log may find, each in a sentence that names the row and what proves it."""

from __future__ import annotations

from luoshi.core.errors import LuoshiError


class EventAltered(LuoshiError):
    """The content of a row is not what was sealed; its time may be what was changed."""

    code = "audit-altered"
    zh = "事件 {event}(日志第 {number} 条)被改动过,现在写的时间是 {at};{proof}可以证明。"
    en = "Event {event} (entry {number} of the log) was altered; it is now dated {at}; proved by {proof}."


class EventsReordered(LuoshiError):
    """Two rows have changed places."""

    code = "audit-reordered"
    zh = "事件 {event}(日志第 {number} 条)与事件 {other}(第 {place} 条)互换了位置;{proof}可以证明。"
    en = (
        "Event {event} (entry {number} of the log) and event {other} (entry {place}) changed places; "
        "proved by {proof}."
    )


class EventRemoved(LuoshiError):
    """A row is gone, its place in the tree is still there."""

    code = "audit-removed"
    zh = "事件 {event}(日志第 {number} 条)被删除;{proof}可以证明。"
    en = "Event {event} (entry {number} of the log) was removed; proved by {proof}."


class EntriesMissing(LuoshiError):
    """Places in the tree are gone, together with whatever stood there."""

    code = "audit-missing"
    zh = "日志第 {first} 条至第 {last} 条连同树中的位置被删除;{proof}可以证明。"
    en = "Entries {first} to {last} of the log were removed together with their places; proved by {proof}."


class EventInserted(LuoshiError):
    """A row that was not there when the log was sealed."""

    code = "audit-inserted"
    zh = "事件 {event}(写的时间是 {at})是后来插入的:{proof}签发时日志中没有它。"
    en = "Event {event} (dated {at}) was inserted later: it was not in the log at the time of {proof}."


class EventBackdated(LuoshiError):
    """A row whose time lies before a checkpoint that does not hold it."""

    code = "audit-backdated"
    zh = "事件 {event} 写的时间 {at} 被提前了:{proof}在此之后签发,其中没有它。"
    en = "Event {event} is back-dated to {at}: {proof} is later than that and does not hold it."


class LeafAltered(LuoshiError):
    """The row is as it was sealed, but its hash in the tree is not."""

    code = "audit-leaf"
    zh = "日志第 {number} 条在树中的散列值被改动过,事件 {event} 本身未变;{proof}可以证明。"
    en = (
        "The hash of entry {number} of the log was altered; event {event} itself is as it was; "
        "proved by {proof}."
    )


class NodeAltered(LuoshiError):
    """A hash inside the tree, kept to make proofs quickly, is wrong."""

    code = "audit-node"
    zh = (
        "树中用于出具证明的散列值(第 {level} 层第 {place} 个)被改动过或缺失;"
        "事件本身不受影响,{proof}可以证明。"
    )
    en = (
        "A hash kept for making proofs (level {level}, place {place}) was altered or is missing; the events "
        "are not affected, as {proof} proves."
    )


class RangeAltered(LuoshiError):
    """Rows and tree were both changed, so that only the range is known."""

    code = "audit-range"
    zh = "日志第 {first} 条至第 {last} 条之间连同树一起被改动过(改动、删除、插入或调换);{proof}可以证明。"
    en = (
        "Between entries {first} and {last} the log and its tree were changed together (altered, removed, "
        "inserted or reordered); proved by {proof}."
    )


class LogTruncated(LuoshiError):
    """The end of the log is gone."""

    code = "audit-truncated"
    zh = "日志末尾被删除:{proof}签发时有 {size} 条,现在只有 {have} 条。"
    en = "The end of the log was removed: at the time of {proof} it had {size} entries, now it has {have}."


class TailRemoved(LuoshiError):
    """Rows that were not sealed yet are gone."""

    code = "audit-tail"
    zh = "最后一批尚未封存的事件被删除:数据库曾写到事件 {reached},现在只到 {last}。"
    en = (
        "The last events, not sealed yet, were removed: the database once reached event {reached}, "
        "now it ends with {last}."
    )


class CheckpointsMissing(LuoshiError):
    """Checkpoints are gone from the database."""

    code = "audit-checkpoints-missing"
    zh = "第 {first} 号至第 {last} 号检查点被删除。"
    en = "Checkpoints {first} to {last} were removed."


class CheckpointMisfiled(LuoshiError):
    """The columns beside the text of a checkpoint say something else than it does."""

    code = "audit-checkpoint-misfiled"
    zh = "第 {number} 号检查点的编号、条数或时间被改动过,与其签名的原文不同。"
    en = "The number, size or time kept with checkpoint {number} was altered: its signed text says otherwise."


class Forked(LuoshiError):
    """A checkpoint with a good signature that this log never had."""

    code = "audit-forked"
    zh = "{proof}签名有效,却不属于这份日志:同一把密钥曾为另一份内容签发,请交由独立人员调查。"
    en = (
        "The signature of {proof} is good, but this log was never like that: the key signed another content; "
        "have someone independent look into it."
    )


class Uncovered(LuoshiError):
    """Entries behind the last good checkpoint."""

    code = "audit-uncovered"
    zh = "日志第 {first} 条至第 {last} 条没有有效的检查点:最后的检查点被删除或改动过。"
    en = "No good checkpoint holds entries {first} to {last}: the last ones were removed or altered."
