"""Disputes of the demo: by application and by transfer, settled or not, up to the subsidy."""

from __future__ import annotations

from typing import Any

from luoshi.apps.demo.living import Ago, Lives, Named, Paper, Told
from luoshi.core.register.procedure import Actor

# Whose it is, and its steps.
Dispute = tuple[str, tuple[Told, ...]]
_HEAD, _OFFICE, _RECEIVER = Actor.HEAD, Actor.OFFICE, Actor.RECEIVER
_BOTH = {"applicant-consents": "yes", "other-consents": "yes"}
_VOLUME = ["application", "rights", "identity", "record", "agreement", "cover", "visit"]
_MEDIATOR = {"mediators": [{"name": {"name": "魏乐山"}, "role": "专职"}]}


def keep_disputes(lives: Lives) -> None:
    """One dispute at each stage, and some that are late."""
    told = _settled() + _open() + _ended() + _transferred()
    for body, steps in sorted(told, key=lambda one: -one[1][0].ago):
        lives.live("mediation", body, *steps)


def _of(body: str, *steps: Told) -> Dispute:
    return body, steps


def _dispute(one: str, other: str, about: str, facts: str, **more: object) -> dict[str, object]:
    return {
        "kind": "people",
        "dispute": about,
        "applicant": {"name": one},
        "other-party": {"name": other},
        "language": "mandarin",
        "facts": facts,
        **{key.replace("_", "-"): value for key, value in more.items()},
    }


def _begun(ago: int, *parties: str) -> tuple[Told, ...]:
    """A dispute that a party brought, taken on, with a mediator."""
    first = Told(ago, "apply", _dispute(*parties))
    return first, Told(ago - 1, "accept", _BOTH), Told(ago - 2, "appoint", _MEDIATOR)


def _agreed(ago: int, *, perform: int, amount: str = "", wanted: str = "no") -> Told:
    given = {
        "agreement-form": "written",
        "agreement": [Paper("调解协议书.pdf")],
        "terms": "双方确认事实，约定履行内容和期限。",
        "agreed-on": Ago(ago),
        "perform-by": Ago(perform),
        "confirmation-wanted": wanted,
    }
    return Told(ago, "agree", given | ({"amount": amount} if amount else {}))


def _followed(ago: int, performance: str = "performed") -> Told:
    return Told(ago, "finish", {"performance": performance, "visited-on": Ago(ago)})


def _filed(ago: int) -> Told:
    return Told(ago, "check-file", {"volume": _VOLUME}, _HEAD)


def _claimed(ago: int, difficulty: str, subsidy: str) -> Told:
    given = {"difficulty": difficulty, "claimed-elsewhere": "no", "subsidy": subsidy}
    return Told(ago, "claim", given)


def _settled() -> list[Dispute]:
    """Those with an agreement: followed, before the court, filed, claimed, paid."""
    joint = {"court": "云溪区人民法院", "joint-application": Paper("司法确认申请书.pdf")}
    confirmed = {"confirmation": "confirmed", "confirmation-number": "调确12号"}
    return [
        _of(
            "柳河镇",
            *_begun(120, "卫景行", "华子墨", "neighbours", "雨水从邻家屋檐流入院内，要求改道。"),
            _agreed(108, perform=90, amount="800"),
            _followed(88),
            _filed(80),
            _claimed(60, "simple", "50"),
            Told(45, "grant-subsidy", actor=_OFFICE),
        ),
        _of(
            "云门街道",
            *_begun(
                100, "严晓雯", "云门物业公司", "property-services", "电梯长期停用，要求维修并减收物业费。"
            ),
            _agreed(85, perform=70, amount="2400"),
            _followed(66),
            _filed(50),
            _claimed(20, "hard", "200"),
        ),
        _of(
            "城东街道",
            *_begun(95, "吕一鸣", "吕思远", "family", "兄弟之间赡养老人的费用分担。"),
            _agreed(80, perform=60),
            _followed(58, "partly"),
            _filed(40),
        ),
        _of(
            "青石镇",
            *_begun(60, "施雨桐", "张嘉禾", "injury", "争执中受伤，要求赔偿医药费。"),
            _agreed(45, perform=-30, amount="6000", wanted="yes"),
            Told(30, "apply-confirmation", joint),
            Told(22, "record-confirmation", confirmed),
        ),
        _of(
            "城西街道",
            *_begun(40, "曹若溪", "孔乐山", "housing", "屋顶渗水，要求修缮并赔偿。"),
            _agreed(25, perform=-20, amount="3500", wanted="yes"),
            Told(8, "apply-confirmation", joint),
        ),
        _of(
            "白鹭镇",
            *_begun(70, "何知秋", "许嘉禾", "land", "承包地边界，各称占用一垄。"),
            _agreed(55, perform=15),
        ),
    ]


def _open() -> list[Dispute]:
    """Those at work, one of them late and one that could get worse."""
    danger = {"danger": "双方亲属曾到场争吵，已劝离并告知派出所。"}
    return [
        _of("城西街道", *_begun(48, "尤子墨", "秦晓雯", "contract", "装修工程款结算有分歧。")),
        _of(
            "柳河镇",
            *_begun(12, "朱一鸣", "杨景行", "land", "草场界线。"),
            Told(7, "report-danger", danger),
        ),
        _of("柳河镇", Told(2, "apply", _dispute("沈若溪", "韩雨桐", "neighbours", "围墙越界。"))),
    ]


def _ended() -> list[Dispute]:
    """Those without an agreement."""
    told = {"routes-told": "yes"}
    first = _dispute("卫乐山", "蒋子墨", "consumer", "网购商品与描述不符。")
    refusal = {"refusal-ground": "no-consent", "other-consents": "no"}
    return [
        _of(
            "青石镇",
            *_begun(75, "陈晓雯", "冯思远", "traffic", "车辆剐蹭，维修费分歧。"),
            Told(50, "fail", told | {"failure": "双方差距过大。"}),
        ),
        _of(
            "城东街道",
            *_begun(65, "王若溪", "郑乐山", "family", "继承份额。"),
            Told(52, "terminate", told | {"refusing-side": "other"}),
        ),
        _of(
            "云门街道",
            Told(33, "apply", first),
            Told(31, "refuse", refusal, reason="对方明确拒绝调解。"),
        ),
    ]


def _transferred() -> list[Dispute]:
    """Those that came from the court, the police and the petition office, signed for or not."""
    papers = [{"name": "移送函", "copies": "1"}, {"name": "当事人陈述", "copies": "2"}]

    def sent(ago: int, to: str, source: str, number: str, *parties: str, **more: Any) -> Told:
        words = {"source": source, "source-number": number, "sent-to": Named(to), "papers": papers}
        return Told(ago, "send", _dispute(*parties, **more) | words | _BOTH)

    wages = ("吴思远", "云溪建筑公司", "labour", "拖欠工资。")
    goods = ("钱若溪", "孙子墨", "contract", "买卖合同货款。")
    return [
        _of(
            "区法院",
            sent(50, "区律师协会", "court-assigned", "诉前调31号", *goods, kind="lawyer"),
            Told(47, "sign", actor=_RECEIVER),
            Told(46, "accept"),
            Told(45, "appoint", _MEDIATOR),
            _agreed(28, perform=-10, amount="18000"),
        ),
        _of(
            "区法院",
            sent(6, "区律师协会", "court-entrusted", "民初58号", *wages, kind="lawyer", procedure="ordinary"),
            Told(4, "sign", actor=_RECEIVER),
            Told(3, "accept"),
            Told(3, "appoint", _MEDIATOR),
        ),
        _of(
            "市公安局云溪分局",
            sent(3, "城东街道", "police", "公移17号", "李晓雯", "周一鸣", "injury", "口角推搡，轻微伤。"),
        ),
        _of(
            "区信访局",
            sent(20, "白鹭镇", "petition", "访移9号", "赵知秋", "白鹭供水站", "other", "停水损失。"),
            Told(18, "give-back", actor=_RECEIVER, reason="供水站属柳河镇，请改送。"),
        ),
    ]
