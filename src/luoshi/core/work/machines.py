"""The five tables of work: assignment, occurrence, report, joint report, extension.

The task of a body and the report for a period are two machines: a standing duty never closes, but each of its
occurrences does. Lights and overdue signing are computed, never states.
"""

from __future__ import annotations

from luoshi.core.errors import Phrase
from luoshi.core.work.states import Machine, Need, State, Transition

_AT_WORK = ("issued", "signed", "in-progress")

_SUBMIT = Phrase("提交", "submit")
_ACCEPT = Phrase("采纳", "accept")
_RETURN = Phrase("退回", "return")
_WITHDRAW = Phrase("撤回", "withdraw")
_CORRECT = Phrase("更正", "correct")
_COSIGN = Phrase("会签", "co-sign")
_PROPOSE = Phrase("送会签", "propose")
_ENDORSE = Phrase("同意申请", "endorse")
_REASON: tuple[Need, ...] = ("reason",)
_UNENDORSED: tuple[Need, ...] = ("second-person", "nobody-endorses")
_REFUSED_UNENDORSED: tuple[Need, ...] = ("reason", "nobody-endorses")

ASSIGNMENT = Machine(
    "assignment",
    Phrase("交办任务", "the assignment"),
    (
        State("issued", Phrase("待签收", "issued")),
        State("signed", Phrase("已签收", "signed for")),
        State("in-progress", Phrase("办理中", "in progress")),
        State("suspended", Phrase("已中止", "suspended")),
        State("handed-over", Phrase("已移交", "handed over"), final=True),
        State("cancelled", Phrase("已撤销", "cancelled"), final=True),
        State("closed", Phrase("已办结", "closed")),
    ),
    (
        Transition("sign", ("issued",), "signed", ("liaison", "head"), Phrase("签收", "sign for")),
        Transition(
            "begin", ("signed",), "in-progress", ("liaison", "head", "system"), Phrase("开始办理", "begin")
        ),
        Transition(
            "suspend", _AT_WORK, "suspended", ("office",), Phrase("中止", "suspend"), _REASON, keeps=True
        ),
        Transition("resume", ("suspended",), None, ("office",), Phrase("恢复", "resume")),
        Transition(
            "hand-over",
            (*_AT_WORK, "suspended"),
            "handed-over",
            ("office",),
            Phrase("移交", "hand over"),
            ("reason", "receiver"),
        ),
        Transition(
            "cancel",
            (*_AT_WORK, "suspended"),
            "cancelled",
            ("office",),
            Phrase("撤销", "cancel"),
            ("reason", "basis"),
        ),
        Transition(
            "close",
            ("in-progress",),
            "closed",
            ("office",),
            Phrase("办结", "close"),
            ("acceptance", "ending"),
            keeps=True,
        ),
        Transition("reopen", ("closed",), None, ("office",), Phrase("重新办理", "reopen"), _REASON),
    ),
)
"""The task of one body, from issue to end; a suspension or a closure steps back to the state it left."""

OCCURRENCE = Machine(
    "occurrence",
    Phrase("期次", "the occurrence"),
    (
        State("scheduled", Phrase("未开始", "scheduled")),
        State("open", Phrase("填报中", "open")),
        State("closed", Phrase("已完成", "closed")),
        State("cancelled", Phrase("已取消", "cancelled")),
    ),
    (
        Transition("open", ("scheduled",), "open", ("office", "system"), Phrase("开启", "open"), ("notice",)),
        Transition(
            "close", ("open",), "closed", ("office", "system"), Phrase("完成", "close"), ("acceptance",)
        ),
        Transition(
            "cancel",
            ("scheduled", "open"),
            "cancelled",
            ("office", "system"),
            Phrase("取消", "cancel"),
            _REASON,
            keeps=True,
        ),
        Transition("reinstate", ("cancelled",), None, ("office",), Phrase("恢复", "reinstate"), _REASON),
        Transition("reopen", ("closed",), "open", ("office",), Phrase("重新开启", "reopen"), _REASON),
    ),
)
"""One period of one body's task."""

REPORT = Machine(
    "report",
    Phrase("报送", "the report"),
    (
        State("draft", Phrase("草稿", "draft"), editable=True),
        State("submitted", Phrase("已提交", "submitted")),
        State("approved", Phrase("负责人已审核", "approved by the head")),
        State("returned", Phrase("已退回", "returned"), editable=True),
        State("accepted", Phrase("已采纳", "accepted")),
        State("withdrawn", Phrase("已撤回", "withdrawn"), editable=True),
    ),
    (
        Transition(
            "submit",
            ("draft", "returned", "withdrawn"),
            "submitted",
            ("liaison", "head"),
            _SUBMIT,
            opens=True,
        ),
        Transition(
            "approve", ("submitted",), "approved", ("head",), Phrase("审核同意", "approve"), version="pin"
        ),
        Transition("accept", ("approved",), "accepted", ("office",), _ACCEPT, version="pin"),
        Transition(
            "accept", ("submitted",), "accepted", ("office",), _ACCEPT, ("head-approval",), version="pin"
        ),
        Transition(
            "return", ("submitted",), "returned", ("head", "lead", "office"), _RETURN, _REASON, restores=True
        ),
        Transition("return", ("approved",), "returned", ("lead", "office"), _RETURN, _REASON, restores=True),
        Transition("return", ("accepted",), "returned", ("office",), _RETURN, _REASON, restores=True),
        Transition("withdraw", ("submitted",), "withdrawn", ("liaison", "head"), _WITHDRAW, restores=True),
        Transition("withdraw", ("approved",), "withdrawn", ("head",), _WITHDRAW, restores=True),
        Transition("correct", ("accepted",), "draft", ("liaison", "head"), _CORRECT, _REASON),
    ),
)
"""What one body reports for one period. `head-approval` is given where the body does not ask for it; while an
accepted report is being corrected the accepted version goes on counting. A lead of the task may return what
it has to bring together, until the office has accepted it."""

JOINT_REPORT = Machine(
    "joint-report",
    Phrase("牵头报告", "the joint report"),
    (
        State("draft", Phrase("草稿", "draft"), editable=True),
        State("proposed", Phrase("待会签", "proposed")),
        State("objected", Phrase("有异议", "objected")),
        State("cosigned", Phrase("已会签", "co-signed")),
        State("submitted", Phrase("已提交", "submitted")),
        State("accepted", Phrase("已采纳", "accepted")),
        State("returned", Phrase("已退回", "returned"), editable=True),
    ),
    (
        Transition("propose", ("draft", "returned"), "proposed", ("lead",), _PROPOSE, version="seen"),
        Transition("cosign", ("proposed",), "proposed", ("co-lead",), _COSIGN, version="seen"),
        Transition("cosign", ("objected",), "objected", ("co-lead",), _COSIGN, version="seen"),
        Transition(
            "object",
            ("proposed", "objected", "cosigned"),
            "objected",
            ("co-lead",),
            Phrase("提出异议", "object"),
            _REASON,
            version="seen",
        ),
        Transition(
            "settle", ("proposed",), "cosigned", ("system",), Phrase("会签完成", "settle"), ("all-cosigned",)
        ),
        Transition(
            "settle", ("objected",), "proposed", ("system",), Phrase("异议解除", "settle"), ("no-objection",)
        ),
        Transition(
            "revise", ("proposed", "objected", "cosigned"), "draft", ("lead",), Phrase("修改", "revise")
        ),
        Transition("submit", ("cosigned",), "submitted", ("lead",), _SUBMIT, ("head-approval",), opens=True),
        Transition(
            "submit",
            ("draft", "returned"),
            "submitted",
            ("lead",),
            _SUBMIT,
            ("head-approval", "sole-lead"),
            opens=True,
        ),
        Transition(
            "submit", ("objected",), "submitted", ("lead",), _SUBMIT, ("head-approval", "dissent"), opens=True
        ),
        Transition(
            "submit", ("proposed",), "submitted", ("lead",), _SUBMIT, ("head-approval", "silence"), opens=True
        ),
        Transition("accept", ("submitted",), "accepted", ("office",), _ACCEPT, version="pin"),
        Transition(
            "return", ("submitted", "accepted"), "returned", ("office",), _RETURN, _REASON, restores=True
        ),
        Transition("withdraw", ("submitted",), "draft", ("lead",), _WITHDRAW, restores=True),
        Transition("correct", ("accepted",), "draft", ("lead",), _CORRECT, _REASON),
    ),
)
"""The conclusion of the leads. An objection or silence does not stop it for ever: it goes up with the
objection quoted, or with the silent bodies named once their time is over (`luoshi.core.work.signing`)."""

EXTENSION = Machine(
    "extension",
    Phrase("延期申请", "the request for more time"),
    (
        State("asked", Phrase("待单位审核", "asked")),
        State("endorsed", Phrase("待办公室审批", "endorsed")),
        State("granted", Phrase("已同意", "granted"), final=True),
        State("refused", Phrase("不同意", "refused"), final=True),
        State("withdrawn", Phrase("已撤回", "withdrawn"), final=True),
    ),
    (
        Transition("endorse", ("asked",), "endorsed", ("head", "lead"), _ENDORSE, ("second-person",)),
        Transition(
            "grant", ("endorsed",), "granted", ("office",), Phrase("批准", "grant"), ("second-person",)
        ),
        Transition("grant", ("asked",), "granted", ("office",), Phrase("批准", "grant"), _UNENDORSED),
        Transition("refuse", ("asked",), "refused", ("head", "lead"), Phrase("不同意", "refuse"), _REASON),
        Transition("refuse", ("endorsed",), "refused", ("office",), Phrase("不批准", "refuse"), _REASON),
        Transition(
            "refuse", ("asked",), "refused", ("office",), Phrase("不批准", "refuse"), _REFUSED_UNENDORSED
        ),
        Transition("withdraw", ("asked", "endorsed"), "withdrawn", ("liaison", "head"), _WITHDRAW),
    ),
)
"""More time for one occurrence, in two steps by two persons (`luoshi.core.work.extension`).

Where nobody could take the first step, the office decides on what was asked: still a second person.
"""

MACHINES = (ASSIGNMENT, OCCURRENCE, REPORT, JOINT_REPORT, EXTENSION)
