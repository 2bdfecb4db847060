"""Titles, measures and citations: what the words of a task are, sentence by sentence."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

# The end of a sentence, with its closing quote or bracket. Sample: 。”
SENTENCE_END = re.compile(r"[。!?;](?:[”』])?|\n")
# A citation; its title may hold another in angle brackets. Sample: 《优化营商环境条例》
CITATION = re.compile(r"《(?P<title>[^《》\n]{2,120}(?:《[^《》]{1,80}》[^《》\n]{0,80})*)》")
# Results in a progress column are no part of what is asked. Sample: 进展落实情况
PROGRESS = re.compile(r"进展(?:落实)?情况|落实情况|完成情况")
# Verbs by which a plan asks for something, wherever they stand in a sentence's first words.
VERBS = frozenset(
    [
        "推进",
        "推动",
        "推广",
        "推行",
        "完善",
        "健全",
        "加强",
        "加快",
        "加大",
        "强化",
        "建立",
        "建设",
        "建成",
        "开展",
        "开设",
        "落实",
        "实施",
        "实现",
        "提高",
        "提升",
        "优化",
        "深化",
        "深入",
        "规范",
        "组织",
        "组建",
        "做好",
        "抓好",
        "制定",
        "出台",
        "编制",
        "发挥",
        "发布",
        "发展",
        "促进",
        "扩大",
        "培育",
        "培养",
        "培训",
        "打造",
        "打击",
        "整合",
        "整治",
        "构建",
        "保障",
        "确保",
        "保护",
        "严禁",
        "严格",
        "督促",
        "督导",
        "指导",
        "引导",
        "鼓励",
        "支持",
        "运用",
        "公布",
        "公开",
        "纳入",
        "压缩",
        "清理",
        "修订",
        "取消",
        "下放",
        "贯彻",
        "增强",
        "防范",
        "化解",
        "查处",
        "治理",
        "监督",
        "监管",
        "检查",
        "排查",
        "举办",
        "征集",
        "探索",
        "研究",
        "完成",
        "设立",
        "配备",
        "选派",
        "评选",
        "申报",
        "达到",
        "创新",
        "拓宽",
        "畅通",
        "简化",
        "减少",
        "降低",
        "控制",
        "妥善",
        "坚持",
        "坚决",
        "把握",
        "倡导",
        "弘扬",
        "宣传",
        "普及",
        "注重",
        "关注",
        "明确",
        "细化",
        "压实",
        "履行",
        "执行",
        "形成",
        "营造",
        "应当",
        "必须",
        "不得",
        "定期",
        "适时",
        "及时",
        "参与",
        "解决",
        "改革",
        "统筹",
        "协调",
        "核查",
        "安排",
        "报送",
        "汇总",
        "通报",
    ]
)
# Two characters that may be one of the verbs; a class of each is quick to look for. Sample: 完善
_PAIR = re.compile(f"[{''.join(sorted({v[0] for v in VERBS}))}][{''.join(sorted({v[1] for v in VERBS}))}]")
# How far into a sentence its verb may stand, in characters.
_VERB_WITHIN = 60
# Sentences that state an aim or a reason. Sample: 为…奠定基础
_AIM = re.compile(r"为[^,。]{0,60}(?:奠定|提供|作出|助力)|这是|其中|附件")


def sentences(view: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentences between two characters, each with its closing point, without white space around."""
    at = start
    for stop in SENTENCE_END.finditer(view, start, end):
        if view[stop.start()] == ";" and _inside_brackets(view, at, stop.start()):
            continue
        yield from _stripped(view, at, stop.end())
        at = stop.end()
    yield from _stripped(view, at, end)


def _inside_brackets(view: str, start: int, at: int) -> bool:
    words = view[start:at]
    return words.count("(") > words.count(")") or words.count("[") > words.count("]")


def _stripped(view: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and view[start] in " \n\t|*-":
        start += 1
    while start < end and view[end - 1] in " \n\t|*-":
        end -= 1
    if start < end:
        yield start, end


def title_span(view: str, start: int, end: int, group: int | None) -> tuple[int, int] | None:
    """The heading of a task: its first sentence, if that reads as one.

    Args:
        view: the reading's view.
        start: where the words behind the number begin.
        end: where the task's own words end.
        group: where its bodies begin, if they stand in this text.
    """
    while start < end and view[start] in " \t*“」「":
        start += 1
    stop = re.compile(r"[。!?]|\n|\*\*|\s-{1,2}\s?|\s{1,3}(?=[一-鿿(])|:(?=\n|$)|【").search(view, start, end)
    last = stop.start() if stop else end
    words = view[start:last]
    if not 3 <= len(words) <= 32 or words.count(",") > 1 or re.search(r"[;:|]", words):
        return None
    rest = view[stop.end() if stop else last : end].strip(" *\n-。")
    if group is not None and group <= last + 1:
        return None
    if (stop is None and ("," in words or words.count("“") > words.count("”"))) or words[0].isdigit():
        return None
    if rest or (len(words) <= 30 and "," not in words):
        return start, last
    return None


def citations(view: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The titles cited between two characters, without their brackets, each once."""
    seen: set[str] = set()
    for found in CITATION.finditer(view, start, end):
        if found.group("title") not in seen:
            seen.add(found.group("title"))
            yield found.span("title")


def verb_places(view: str) -> list[int]:
    """Where a verb that asks for something stands, in order.

    Example:
        >>> verb_places("完善目录制度,推动公开")
        [0, 7, 9]
    """
    return [found.start() for found in _PAIR.finditer(view) if found.group() in VERBS]


def asks(view: str, start: int, end: int, verbs: list[int]) -> bool:
    """Whether the sentence at `start` to `end` asks for something to be done.

    Args:
        view: the reading's view.
        start: where the sentence begins.
        end: where it ends.
        verbs: what `verb_places` found in the view.
    """
    slot = bisect_left(verbs, start)
    near = slot < len(verbs) and verbs[slot] < min(end, start + _VERB_WITHIN)
    return near and _AIM.match(view, start, end) is None
