"""Why a step is not taken: what is missing, whose it is, and what to do first."""

from __future__ import annotations

from luoshi.core.errors import LuoshiError


class StepNotHere(LuoshiError):
    """A step that does not lead on from where the entry stands."""

    code = "step-not-here"
    zh = "“{step}”不能在“{state}”时办理；请刷新页面，查看现在可以办理的步骤。"
    en = "“{step}” cannot be taken while it is “{state}”; reload the page and see what can be done now."


class StepNotYours(LuoshiError):
    """A step that somebody else takes."""

    code = "step-not-yours"
    zh = "“{step}”应由{who}办理；请联系他们。"
    en = "“{step}” is taken by {who}; turn to them."


class FourEyes(LuoshiError):
    """A second step by the person who took the first."""

    code = "step-four-eyes"
    zh = "“{step}”不能由办理“{other}”的同一人办理；请交由他人。"
    en = "“{step}” cannot be taken by the person who took “{other}”; leave it to another."


class Recused(LuoshiError):
    """A step of somebody who has an interest in the matter."""

    code = "step-recused"
    zh = "您与此事有利害关系，应当回避，不能办理“{step}”；请交由他人。"
    en = "You have an interest in this matter and may not take “{step}”; leave it to another."


class ValuesMissing(LuoshiError):
    """A step without what it needs."""

    code = "step-values-missing"
    zh = "办理“{step}”前请填写：{fields}。"
    en = "“{step}” needs {fields} first."


class ValueNotAsked(LuoshiError):
    """A value for a field that the step does not ask for."""

    code = "step-value-not-asked"
    zh = "“{step}”不填写“{field}”；请删除这一项。"
    en = "“{step}” does not ask for “{field}”; remove it."


class GuardUnmet(LuoshiError):
    """A step before what the declaration asks for first. The words are those of the declaration."""

    code = "step-guard-unmet"
    zh = "{message}"
    en = "{message}"


class ReasonMissing(LuoshiError):
    """A step that has to be explained."""

    code = "step-reason-missing"
    zh = "办理“{step}”须写明理由。"
    en = "“{step}” needs a reason."


class TooEarly(LuoshiError):
    """A step before a time has passed that has to pass."""

    code = "step-too-early"
    zh = "“{limit}”至{day}届满（{source}），此后方可办理“{step}”。"
    en = "“{limit}” runs until {day} ({source}); “{step}” can be taken after that."


class NotStarted(LuoshiError):
    """A step that has to wait for a time that has not even begun."""

    code = "step-period-not-begun"
    zh = "“{limit}”尚未开始（{source}），不能办理“{step}”。"
    en = "“{limit}” has not begun ({source}); “{step}” cannot be taken yet."


class NoQuorum(LuoshiError):
    """A vote in which too few took part, or whose numbers cannot be."""

    code = "vote-no-quorum"
    zh = "应到{due}人、实到{present}人，未达到法定人数{needed}人，表决无效。"
    en = "Of {due} only {present} were present; {needed} are needed for a valid vote."


class NoMajority(LuoshiError):
    """A vote in which too few agreed."""

    code = "vote-no-majority"
    zh = "同意{in_favour}人，未达到通过所需的{needed}人。"
    en = "{in_favour} agreed; {needed} are needed to pass."


class VoteImpossible(LuoshiError):
    """Numbers of a vote that cannot all be right."""

    code = "vote-impossible"
    zh = "表决人数不合理：应到{due}、实到{present}、同意{in_favour}；请核对。"
    en = (
        "These numbers cannot be right: {due} entitled, {present} present, {in_favour} in favour; check them."
    )


class ExtensionNotPossible(LuoshiError):
    """A limit that cannot be made longer, or not by so much."""

    code = "step-extension-not-possible"
    zh = "“{limit}”{problem}"
    en = "“{limit}”: {problem}"
