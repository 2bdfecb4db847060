"""Requests for legal services in the demo: over three channels, answered, referred, rated, left waiting."""

from __future__ import annotations

from luoshi.apps.demo.living import Ago, Lives, Named, Told
from luoshi.core.register.procedure import Actor

# Whose it is, and its steps.
Request = tuple[str, tuple[Told, ...]]
_JUSTICE = "区司法局"
_HEAD, _OUTSIDE, _RECEIVER = Actor.HEAD, Actor.OUTSIDE, Actor.RECEIVER


def keep_requests(lives: Lives) -> None:
    """Requests at every stage, one of them late, one that has led on to legal aid."""
    told = _at_windows() + _on_the_hotline() + _from_the_web()
    for body, steps in sorted(told, key=lambda one: -one[1][0].ago):
        lives.live("legal-service-requests", body, *steps)


def _asked(category: str, matter: str, question: str, **more: object) -> dict[str, object]:
    asked = {"language": "mandarin", "category": category, "matter": matter, "question": question}
    return {**asked, **{key.replace("_", "-"): value for key, value in more.items()}}


def _answered(ago: int, form: str, words: str, **more: object) -> Told:
    given = {key.replace("_", "-"): value for key, value in more.items()}
    return Told(ago, "answer", {"answer-form": form, "answer": words, **given})


def _rated(ago: int, how: str) -> Told:
    return Told(ago, "rate", {"satisfaction": how}, _OUTSIDE)


def _referred(ago: int, to: str, reason: str) -> Told:
    return Told(ago, "refer", {"refer-to": Named(to)}, reason=reason)


def _at_windows() -> list[Request]:
    def at(body: str, ago: int, asked: dict[str, object], *following: Told) -> Request:
        return body, (Told(ago, "register", {"channel": "window", **asked}), *following)

    wages = _asked(
        "aid",
        "labour",
        "四个月没有发工资，请不起律师。",
        caller={"name": "曹子墨", "phone": "13800002468"},
    )
    pasture = _asked("advice", "land", "草场承包期内能不能收回？", caller={"name": "金乐山"})
    return [
        at(_JUSTICE, 24, _asked("complaint", "other", "反映某法律服务所收费不开票。")),
        at(
            "柳河镇",
            14,
            _asked("notary", "family", "继承公证要带什么材料？"),
            _answered(13, "face", "已当面给出材料清单和公证处地址。"),
            _rated(12, "fair"),
            Told(10, "close"),
        ),
        at(
            "青石镇",
            10,
            _asked("advice", "administrative", "户口登记有误。"),
            Told(10, "turn-away", {"route": "到派出所户籍窗口办理，带户口簿和身份证。"}),
        ),
        at(
            "城东街道",
            6,
            {**pasture, "language": "mongolian"},
            _answered(5, "face", "承包期内发包方不得收回。", language_service="interpreter"),
        ),
        at(
            _JUSTICE,
            5,
            wages,
            Told(5, "refer-to-aid"),
            _answered(4, "face", "已转法律援助中心，会有人联系本人补全申请。"),
        ),
        at("城西街道", 0, _asked("advice", "consumer", "商家不履行保修。")),
    ]


def _on_the_hotline() -> list[Request]:
    def call(ago: int, asked: dict[str, object], *following: Told, step: str = "register") -> Request:
        return _JUSTICE, (Told(ago, step, {"channel": "hotline", **asked}), *following)

    deposit = _asked(
        "advice",
        "housing",
        "租期满了，房东不退押金。",
        answer_form="phone",
        answer="可以要求返还；协商不成的，申请社区调解或者起诉。",
    )
    return [
        call(
            15,
            deposit,
            _rated(15, "satisfied"),
            Told(14, "check-quality", {"quality": "passed"}, _HEAD),
            Told(12, "close"),
            step="answer-at-once",
        ),
        call(
            8,
            _asked("advice", "labour", "在工地摔伤，怎样认定工伤？", caller={"name": "施景行"}),
            _referred(7, "区人社局", "工伤认定由人社部门负责"),
            Told(6, "sign", actor=_RECEIVER),
            _answered(4, "phone", "单位应在三十日内提出申请；单位不提出的，本人可在一年内提出。"),
        ),
        call(
            3,
            _asked("advice", "other", "补办证件需要本人到场吗？"),
            _referred(2, "市公安局云溪分局", "证件业务由公安机关办理"),
        ),
    ]


def _from_the_web() -> list[Request]:
    def filed(ago: int, asked: dict[str, object], *following: Told) -> Request:
        return _JUSTICE, (Told(ago, "file", asked, _OUTSIDE), *following)

    return [
        filed(
            12,
            _asked("advice", "contract", "网上购课后机构停业，怎样退费？"),
            _answered(10, "web", "可以向消费者协会投诉，也可以起诉。"),
            _rated(9, "dissatisfied"),
            Told(7, "call-back", {"called-on": Ago(7), "call-result": "solved"}),
        ),
        filed(
            7,
            _asked("advice", "traffic", "对方全责但不赔误工费。"),
            _answered(5, "web", "可以请求赔偿误工费，请保存工资流水。"),
            _rated(4, "dissatisfied"),
        ),
        filed(
            4,
            _asked("mediation", "housing", "楼上漏水，能不能调解？"),
            Told(3, "ask-more", {"missing-points": "请补充小区名称，是否已与物业联系。"}),
        ),
        filed(1, _asked("lawyer", "family", "离婚案件怎样委托律师？")),
    ]
