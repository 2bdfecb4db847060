"""The table of an order, from proposal to archive.

An order goes out by a second person. A periodic one steps back to being worked on with every accepted reply,
until a reply is accepted as the last. Overdue signing and lights are computed, never states.
"""

from __future__ import annotations

from luoshi.core.errors import Phrase
from luoshi.core.work.states import Machine, Role, State, Transition

_AT_WORK = ("issued", "signed", "replied", "returned", "accepted")
_WORKERS: tuple[Role, ...] = ("liaison", "head")

ORDER = Machine(
    "supervision-order",
    Phrase("督办件", "the order"),
    (
        State("draft", Phrase("拟办", "draft"), editable=True),
        State("proposed", Phrase("待批准", "to be approved")),
        State("issued", Phrase("待签收", "issued")),
        State("signed", Phrase("办理中", "being worked on")),
        State("replied", Phrase("待审核", "reply to be reviewed")),
        State("returned", Phrase("退回重办", "returned")),
        State("accepted", Phrase("待办结", "reply accepted")),
        State("suspended", Phrase("已中止", "suspended")),
        State("closed", Phrase("已办结", "closed")),
        State("renewed", Phrase("另行交办", "followed by a new order")),
        State("cancelled", Phrase("已撤销", "cancelled")),
        State("archived", Phrase("已归档", "archived"), final=True),
    ),
    (
        Transition(
            "propose", ("draft",), "proposed", ("office",), Phrase("送批准", "send for approval"), ("basis",)
        ),
        Transition(
            "send-back",
            ("proposed",),
            "draft",
            ("office",),
            Phrase("退回修改", "send back"),
            ("reason",),
        ),
        Transition(
            "issue",
            ("proposed",),
            "issued",
            ("office",),
            Phrase("批准并发出", "approve and issue"),
            ("basis", "second-person"),
        ),
        Transition("sign", ("issued",), "signed", _WORKERS, Phrase("签收", "sign for")),
        Transition("reply", ("signed", "returned"), "replied", _WORKERS, Phrase("反馈", "reply")),
        Transition(
            "return", ("replied",), "returned", ("office",), Phrase("退回重办", "return"), ("reason",)
        ),
        Transition(
            "continue", ("replied",), "signed", ("office",), Phrase("采纳，继续办理", "accept and continue")
        ),
        Transition(
            "accept", ("replied",), "accepted", ("office",), Phrase("采纳，准备办结", "accept as the last")
        ),
        Transition("close", ("accepted",), "closed", ("office",), Phrase("办结", "close"), ("acceptance",)),
        Transition(
            "renew",
            ("accepted",),
            "renewed",
            ("office",),
            Phrase("另行交办", "issue a new order"),
            ("acceptance", "reason"),
        ),
        Transition(
            "suspend", _AT_WORK, "suspended", ("office",), Phrase("中止", "suspend"), ("reason",), keeps=True
        ),
        Transition("resume", ("suspended",), None, ("office",), Phrase("恢复", "resume")),
        Transition(
            "cancel",
            ("draft", "proposed", *_AT_WORK, "suspended"),
            "cancelled",
            ("office",),
            Phrase("撤销", "cancel"),
            ("reason",),
        ),
        Transition(
            "archive",
            ("closed", "renewed", "cancelled"),
            "archived",
            ("office",),
            Phrase("归档", "archive"),
        ),
    ),
)
"""One matter of one lead. `acceptance` is a last reply that was accepted; helpers contribute to the reply and
take no step of their own."""

RUNNING = ("issued", "signed", "replied", "returned", "accepted", "suspended")
"""States in which an order is out and not done."""

OPEN = ("draft", "proposed", *RUNNING)
"""States in which a second order for the same matter is refused."""

WAITING = ("issued", "signed", "returned")
"""States in which the lead is to do something, so that its clock runs."""
