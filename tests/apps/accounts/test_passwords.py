"""What a password has to be."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from luoshi.apps.accounts.models import FormerPassword
from luoshi.apps.accounts.operations import change_password, refusals, reset_password
from luoshi.apps.accounts.passwords import (
    CLASSES_NEEDED,
    FORMER_KEPT,
    SHORTEST,
    ClassesValidator,
    LengthValidator,
    classes,
    temporary_password,
)
from tests.apps.accounts.conftest import PASSWORD


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("Ab1-xyz", "too-short"),
        ("abcdefgh1234", "too-plain"),
        ("ABCDEFGH1234", "too-plain"),
        ("Wang.Min-2026", "holds-name"),
        ("9nim.gnaw-X9", "holds-name"),
        ("P@ssw0rd", "common"),
        (PASSWORD, "used-before"),
    ],
)
def test_bad_passwords_are_refused(person: User, password: str, code: str) -> None:
    with pytest.raises(ValidationError) as caught:
        validate_password(password, person)
    assert code in [error.code for error in caught.value.error_list]


@pytest.mark.parametrize("password", ["Liu-he-77", "柳河Zhen2026", "aB3$aB3$"])
def test_good_passwords_are_taken(person: User, password: str) -> None:
    validate_password(password, person)


@given(st.text(max_size=30))
def test_the_rules_are_what_they_say(password: str) -> None:
    def holds(validator: LengthValidator | ClassesValidator) -> bool:
        try:
            validator.validate(password)
        except ValidationError:
            return False
        return True

    assert holds(LengthValidator()) == (len(password) >= SHORTEST)
    used = [
        any("A" <= c <= "Z" for c in password),
        any("a" <= c <= "z" for c in password),
        any("0" <= c <= "9" for c in password),
        any(not (c.isascii() and c.isalnum()) for c in password),
    ]
    assert classes(password) == sum(used)
    assert holds(ClassesValidator()) == (sum(used) >= CLASSES_NEEDED)


def test_temporary_passwords_hold_the_rules_and_differ(person: User) -> None:
    given = {temporary_password() for _ in range(200)}
    assert len(given) == 200
    for password in given:
        validate_password(password, person)
        assert not set(password) & set("0Oo1lI")


def test_the_last_five_are_not_taken_again(person: User) -> None:
    used = [PASSWORD]
    for number in range(FORMER_KEPT + 1):
        used.append(f"Yunxi-next-{number}")
        change_password(user=person, present=used[-2], password=used[-1], by=person, at=timezone.now())
    for password in used[-FORMER_KEPT:]:
        with pytest.raises(refusals.PasswordUnfit):
            change_password(user=person, present=used[-1], password=password, by=person, at=timezone.now())
    assert FormerPassword.objects.filter(user=person).count() == FORMER_KEPT
    change_password(user=person, present=used[-1], password=used[0], by=person, at=timezone.now())


def test_the_present_password_is_asked_for(person: User) -> None:
    with pytest.raises(refusals.PasswordWrong):
        change_password(user=person, present="no", password="Liu-he-77", by=person, at=timezone.now())


def test_a_temporary_password_counts_as_used(person: User, office: User) -> None:
    temporary = reset_password(user=person, by=office, at=timezone.now())
    with pytest.raises(refusals.PasswordUnfit):
        change_password(user=person, present=temporary, password=temporary, by=person, at=timezone.now())


def test_argon2_is_what_hashes() -> None:
    from luoshi.settings import base

    assert base.PASSWORD_HASHERS[0].endswith("Argon2PasswordHasher")
