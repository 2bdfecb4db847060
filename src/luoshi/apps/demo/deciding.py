"""Major decisions of the demo: a year's catalogue at every stage, with the assessments and reviews inside."""

from __future__ import annotations

from datetime import date, timedelta

from luoshi.apps.demo.living import Ago, Lives, Paper, Told
from luoshi.apps.register.models import Entry
from luoshi.core.register.procedure import Actor

_HEAD, _OFFICE = Actor.HEAD, Actor.OFFICE
# The catalogue is listed on 10 February; the story of an item takes up to so long from there.
LISTED, LONGEST = (2, 10), timedelta(days=140)
_NO = {"hearing-needed": "no", "experts-needed": "no", "risk-needed": "no", "competition": "not-applicable"}
_SUBMITTED = ["draft", "basis", "procedure", "comments"]


def keep_decisions(lives: Lives) -> None:
    """Items from the proposal to being carried out, and one that was decided without a review."""
    catalogue = _Catalogue(lives)
    catalogue.carried_out()
    catalogue.before_the_meeting()
    catalogue.unlawful()
    catalogue.under_review()
    catalogue.in_comment()
    catalogue.proposed()
    catalogue.made_without_review()


class _Catalogue:
    """The items of the latest year for which there was time enough."""

    def __init__(self, lives: Lives) -> None:
        today = lives.at.date()
        self.year = today.year if date(today.year, *LISTED) + LONGEST <= today else today.year - 1
        self.listed = (today - date(self.year, *LISTED)).days
        self.lives = lives

    def carried_out(self) -> None:
        """Everything that an item has to pass, up to its publication."""
        needs = {"experts-needed": "yes", "risk-needed": "yes", "competition": "due"}
        item = self._opened("区住建局", "老旧小区改造三年计划", "project", 138, **needs)
        experts = {
            "experts": [{"name": {"name": "华景行"}, "subject": "建筑"}, {"name": {"name": "金知秋"}}],
            "experts-opinion": [Paper("专家论证意见.pdf")],
            "pre-appraiser": "云溪工程咨询中心",
        }
        passed = {"competition": "passed", "competition-words": "不存在限制竞争的内容。"}
        steps = Told(134, "assess-risk"), Told(125, "record-experts", experts)
        item = self.lives.go_on(item, *steps, Told(120, "record-competition", passed))
        self._assessed(item, 133, filed=True)
        self._reviewed(self._commented(item, 104, "42", "17"), 102, "lawful")
        self.lives.go_on(item, Told(74, "submit"), *self._meeting(70))
        words = {"document": f"云政发〔{self.year}〕18号", "published-at": "区政府门户网站"}
        self.lives.go_on(
            item,
            Told(65, "report-party", {"party-reply": "agreed"}, _OFFICE),
            Told(58, "publish", words | {"interpretation": "一图读懂"}, _OFFICE),
            Told(50, "archive", {"archive": [Paper("决策卷宗.pdf")]}),
            Told(10, "follow", {"progress": "首批六个小区已经开工。"}),
        )

    def before_the_meeting(self) -> None:
        """Lawful if changed, changed, and submitted."""
        item = self._commented(
            self._opened("区交通局", "城区公交线网优化方案", "policy", 100), 66, "96", "31"
        )
        self._reviewed(item, 64, "lawful-if-changed", "补充老年人优惠乘车的依据。")
        self.lives.go_on(item, Told(5, "submit", {"changes-made": "yes"}))

    def unlawful(self) -> None:
        """An opinion that lets nothing pass: the item stands where it is."""
        item = self._commented(
            self._opened("区农业农村局", "畜禽养殖禁养范围调整", "policy", 90), 56, "12", "2"
        )
        self._reviewed(item, 55, "unlawful", "限养范围超出上位法规定的权限。")

    def under_review(self) -> None:
        """With the justice bureau, its papers not checked in time."""
        item = self._commented(
            self._opened("区发改委", "居民供热价格调整方案", "policy", 60), 26, "208", "64"
        )
        self.lives.go_on(item, Told(18, "submit-review"))

    def in_comment(self) -> None:
        """Open for comments, with an assessment that is late."""
        item = self._opened("区教体局", "中小学布局规划", "plan", 44, **{"risk-needed": "yes"})
        item = self.lives.go_on(item, Told(42, "assess-risk"))
        self._assessed(item, 41, filed=False)
        self._opened("区文旅局", "南桥历史街区保护规划", "plan", 12)

    def proposed(self) -> None:
        """For the catalogue of the year that runs."""
        year = str(self.lives.at.year)
        first = self._first("夜间急诊服务点设置方案", "policy", 9, year, adjusted="yes")
        self.lives.live("decision-catalogue", "区卫健委", first)

    def made_without_review(self) -> None:
        """Found by an inspection and recorded as it was."""
        given = {
            "title": "云溪广场改造",
            "year": str(self.year),
            "kind": "project",
            "excluded": "none",
            "submitted-on": Ago(88),
            "decided-on": Ago(86),
            "legality-reviewed": "no",
            "document": f"云政发〔{self.year}〕11号",
            "published-at": "区政府门户网站",
        }
        told = Told(30, "record-made", _NO | given, _OFFICE, "法治督察发现，如实补录。")
        self.lives.live("decision-catalogue", "区政府办", told)

    def _first(self, title: str, kind: str, ago: int, year: str, **needs: object) -> Told:
        words = {"title": title, "year": year, "kind": kind, "excluded": "none"}
        words["planned-by"] = f"{year}-09-30"
        return Told(ago, "propose", _NO | words | needs)

    def _opened(self, body: str, title: str, kind: str, drafted: int, **needs: object) -> Entry:
        """An item of the catalogue whose draft was published some days ago."""
        given = {"listing-number": f"云政办发〔{self.year}〕6号", "listed-on": Ago(self.listed)}
        return self.lives.live(
            "decision-catalogue",
            body,
            self._first(title, kind, self.listed + 20, str(self.year), **needs),
            Told(self.listed + 8, "agree-list", actor=_OFFICE),
            Told(self.listed, "list", given, _OFFICE),
            Told(drafted, "publish-draft", {"draft": [Paper("征求意见稿.pdf")]}),
        )

    def _commented(self, item: Entry, ago: int, comments: str, taken: str) -> Entry:
        words = {"comments": comments, "comments-taken": taken, "comments-words": "采纳情况已随草案公开。"}
        return self.lives.go_on(item, Told(ago, "end-comment", words))

    def _assessed(self, item: Entry, ago: int, *, filed: bool) -> None:
        """The assessment of the risks of an item, to the end or left at the consultation."""
        scheme = {
            "assessor": "云溪工程咨询中心",
            "scheme": Paper("评估方案.pdf"),
            "ways": ["survey", "meeting"],
        }
        concerns = [{"risk": "施工期间停车困难", "measure": "分期施工，设置临时停车点"}]
        graded = {"consulted": "310", "concerns": concerns, "grade": "medium"}
        inside = self.lives.go_on(self._inside(item, "risk-assessment"), Told(ago, "consult", scheme))
        if filed:
            self.lives.go_on(
                inside,
                Told(ago - 14, "grade", graded),
                Told(ago - 16, "conclude", {"conclusion": "go", "report": Paper("评估报告.pdf")}, _HEAD),
                Told(ago - 18, "file", actor=_OFFICE),
            )

    def _reviewed(self, item: Entry, ago: int, opinion: str, words: str = "权限、程序、内容合法。") -> None:
        """The review of an item by the justice bureau."""
        item = self.lives.go_on(item, Told(ago, "submit-review"))
        given = {"opinion": opinion, "opinion-paper": Paper("合法性审查意见书.pdf")}
        self.lives.go_on(
            self._inside(item, "legality-review"),
            Told(ago - 1, "accept", {"submitted": _SUBMITTED}),
            Told(ago - 6, "propose", {"proposed-opinion": opinion, "opinion-words": words}),
            Told(ago - 26, "give", given, _HEAD),
        )

    def _meeting(self, ago: int) -> tuple[Told, ...]:
        votes = {"due": "9", "present": "8", "in-favour": "7", "head-last": "yes"}
        papers = {"minutes": [Paper("常务会议纪要.pdf")], "decided-on": Ago(ago)}
        return (Told(ago, "decide", votes | papers, _HEAD),)

    def _inside(self, item: Entry, mechanism: str) -> Entry:
        return Entry.objects.filter(mechanism=mechanism, links__target=item).latest("pk")
