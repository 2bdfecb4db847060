"""Limits come from the environment, whole or not at all."""

from __future__ import annotations

from dataclasses import fields

import pytest

from luoshi.core.document.limits import Limits
from luoshi.intake.limits import WrongSetting, limits_from_environment, settings, variable


def test_an_empty_environment_gives_the_defaults() -> None:
    assert limits_from_environment({}) == Limits()
    assert limits_from_environment({variable("pages"): " "}) == Limits()


@pytest.mark.parametrize("field", [field.name for field in fields(Limits)])
def test_every_limit_can_be_set(field: str) -> None:
    limits = limits_from_environment({variable(field): "7"})
    assert getattr(limits, field) == 7
    assert limits != Limits()


def test_seconds_may_be_broken_and_pages_may_not() -> None:
    assert limits_from_environment({"LUOSHI_LIMIT_SECONDS": "0.5"}).seconds == 0.5
    with pytest.raises(WrongSetting):
        limits_from_environment({"LUOSHI_LIMIT_PAGES": "0.5"})


@pytest.mark.parametrize("value", ["0", "-1", "many", "inf", "nan"])
def test_a_wrong_value_is_named_in_both_languages(value: str) -> None:
    with pytest.raises(WrongSetting) as caught:
        limits_from_environment({"LUOSHI_LIMIT_SECONDS": value})
    for language in ("zh", "en"):
        sentence = caught.value.message(language)
        assert "LUOSHI_LIMIT_SECONDS" in sentence
        assert value in sentence


def test_settings_describe_every_limit() -> None:
    described = settings()
    assert [setting.field for setting in described] == [field.name for field in fields(Limits)]
    assert all(setting.meaning.endswith(".") for setting in described)
    ratio = next(setting for setting in described if setting.field == "ratio")
    assert ratio.meaning.endswith("taken for a zip bomb.")
