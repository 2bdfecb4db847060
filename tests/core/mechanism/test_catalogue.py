"""What a declaration may say, and the sentence for everything that it may not."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from luoshi.core.mechanism.catalogue import NoSuchMechanism, load
from luoshi.core.mechanism.changes import succession
from luoshi.core.mechanism.errors import DeclarationWrong

FILE = "venue-check.yaml"
SMALL = (Path(__file__).parent / FILE).read_text(encoding="utf-8")

WRONG = [
    # what is replaced, by what, and what the message says (English), with its line
    ("theme: grassroots", "theme: grasroots", 7, "did you mean “grassroots”"),
    ("theme: grassroots\n", "", 2, "“theme” is missing"),
    ("version: 1", "version: one", 3, "“one” is not a whole number"),
    ("{start: 2020-01-01}", "{start: yesterday}", 4, "“yesterday” is no day"),
    ("name: {zh: 场所检查, en: Checks of venues}", "name: {zh: 场所检查}", 5, "“en” is missing"),
    ("required: true, public: true", "requird: true", 11, "did you mean “required”"),
    ("type: body", "type: bdoy", 12, "did you mean “body”"),
    (", options: {fine: {zh: 正常, en: Fine}, bad: {zh: 有问题, en: Bad}}", "", 13, "A choice has options"),
    ('formula: "visits * 2"', 'formula: "visit * 2"', 15, "did you mean “visits”"),
    (', formula: "visits * 2"', "", 15, "A computed field has a formula"),
    ("final: true, public", "public", 18, "Nothing leads on from here"),
    ("to: open", "to: opened", 20, "did you mean “open”"),
    ("to: open,", "", 20, "Write either “to: state” or “stay: true”"),
    ("asks: [found]", "asks: [fuond]", 26, "did you mean “found”"),
    ("who: [system]", "who: [robot]", 30, "“robot” is nobody who acts"),
    (", at-end: late", "", 30, "needs `when`, a limit"),
    ("visits >= 1", "visits >= 'many'", 28, "Expression"),
    ("unit: working_day", "unit: workingday", 32, "did you mean “working_day”"),
    (", starts: [check]", "", 32, "No step starts this limit"),
    ("amount: 10", "amount: 0", 32, "This is no limit"),
    ("kinds: [town]}, covers: town", "kinds: [town]}, covers: venue", 34, "not known here"),
    (", roster: {kinds: [town]}", "", 34, "needs “roster”"),
    ("columns: [venue]}", "columns: [town]}", 35, "not known here"),
    ("filters: [found]", "filters: [venue]", 36, "not known here"),
    ('title: "{venue}"', 'title: "{venu}"', 36, "did you mean “venue”"),
    ("{indicator: covered,", "{indicator: cover,", 37, "did you mean “covered”"),
    ("key: venue-check\n", "key: venue-check\nkey: venue-check\n", 3, "written twice"),
    ("serves: [场所检查]", "serves: &a [场所检查]", 8, "Anchors"),
    ("serves: [场所检查]", "serves: !!python/name:os.system [a]", 8, "Tags"),
    ("serves: [场所检查]", "serves: " + "[" * 40, 8, "Nested"),
    ("serves: [场所检查]", "serves: [", 10, "not valid YAML"),
]


@pytest.mark.parametrize(("old", "new", "line", "said"), WRONG, ids=[f"{w[1][:30]}" for w in WRONG])
def test_what_is_wrong_is_told_with_its_line(old: str, new: str, line: int, said: str) -> None:
    assert old in SMALL
    with pytest.raises(DeclarationWrong) as refused:
        load({FILE: SMALL.replace(old, new, 1)})
    message = refused.value.message("en")
    assert said in message
    assert f"line {line} " in message


def test_what_is_right_is_loaded_whole() -> None:
    found = load({FILE: SMALL}).latest("venue-check")
    assert [one.key for one in found.register.fields] == ["venue", "town", "found", "visits", "double"]
    assert found.register.limit["check"].rule.words("en") == "10 working days"
    assert found.register.limit["check"].rule.in_force_from == date(2020, 1, 1)
    assert found.indicator["covered"].empty == "missing"


CHANGE = """\
key: venue-check
version: 2
in-force: {start: 2026-01-01}
extends: 1
limits:
  check: {amount: 5}
fields:
  visits: {most: 9}
"""


def test_a_later_version_says_only_what_changes() -> None:
    catalogue = load({FILE: SMALL, "venue-check@2.yaml": CHANGE})
    old, new = catalogue.on("venue-check", date(2025, 12, 31)), catalogue.on("venue-check", date(2026, 1, 1))
    assert (old.version, new.version) == (1, 2)
    assert (old.register.limit["check"].rule.amount, new.register.limit["check"].rule.amount) == (10, 5)
    assert new.register.limit["check"].at_end == "late"
    assert old.in_force.to == date(2025, 12, 31)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (CHANGE.replace("2026-01-01", "2019-01-01"), "A later version has to begin after"),
        (CHANGE.replace("extends: 1", "extends: 5"), "There is no version 5"),
        (
            CHANGE.replace("visits: {most: 9}", "venue: {type: place}"),
            "type of a field",
        ),
        (CHANGE.replace("version: 2", "version: 3"), "has to be called venue-check@3.yaml"),
    ],
)
def test_versions_have_to_fit(change: str, said: str) -> None:
    with pytest.raises(DeclarationWrong) as refused:
        load({FILE: SMALL, "venue-check@2.yaml": change})
    assert said in refused.value.message("en")


def test_a_later_version_drops_what_is_null_and_says_what_it_changed() -> None:
    change = CHANGE.replace("{most: 9}", "{label: {zh: 到访, en: Calls}, required: true}")
    catalogue = load({FILE: SMALL, "venue-check@2.yaml": f"{change}  double: null\n"})
    first, second = succession(catalogue.versions["venue-check"])
    assert "double" not in second.mechanism.register.field
    assert first.changes == ()
    said = {one.words.en for one in second.changes}
    assert {
        "Limits, Time to check: 10 working days → 5 working days",
        "Fields, Calls: optional → required",
        "Fields, Twice: dropped",
    } <= said


def test_the_day_says_which_version_people_work_by() -> None:
    catalogue = load({FILE: SMALL, "venue-check@2.yaml": CHANGE})
    days = (date(2019, 1, 1), date(2025, 12, 31), date(2026, 1, 1))
    assert [catalogue.current("venue-check", day).version for day in days] == [2, 1, 2]


def test_an_unknown_mechanism_is_told_with_those_that_there_are() -> None:
    catalogue = load({FILE: SMALL})
    with pytest.raises(NoSuchMechanism, match="venue-check"):
        catalogue.latest("venue")
    with pytest.raises(NoSuchMechanism, match="2019"):
        catalogue.on("venue-check", date(2019, 1, 1))
    with pytest.raises(NoSuchMechanism):
        catalogue.version("venue-check", 2)
