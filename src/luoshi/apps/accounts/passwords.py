"""What a password has to be. Each rule says in one sentence what is wrong and what would be right."""

from __future__ import annotations

import secrets
import string
from typing import Any

from django.contrib.auth.hashers import check_password
from django.contrib.auth.models import AbstractBaseUser
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from luoshi.apps.accounts.models import FormerPassword

SHORTEST = 8
CLASSES_NEEDED = 3
FORMER_KEPT = 5
# Of a temporary password; without characters that look alike on paper.
TEMPORARY_LENGTH = 12
_LOOK_ALIKE = "0Oo1lI"


def classes(password: str) -> int:
    """How many of the four classes a password uses: capitals, small letters, digits, anything else.

    Example:
        >>> classes("Yunxi-2026"), classes("yunxi"), classes("云溪2026")
        (4, 1, 2)
    """
    found = {_class_of(character) for character in password}
    return len(found)


def _class_of(character: str) -> str:
    if character in string.ascii_uppercase:
        return "capital"
    if character in string.ascii_lowercase:
        return "small"
    return "digit" if character in string.digits else "other"


def temporary_password() -> str:
    """A password for one use, that holds every rule and can be read out."""
    letters = [character for character in string.ascii_letters if character not in _LOOK_ALIKE]
    digits = [character for character in string.digits if character not in _LOOK_ALIKE]
    while True:
        word = "".join(secrets.choice(letters + digits) for _ in range(TEMPORARY_LENGTH))
        if classes(word) >= CLASSES_NEEDED:
            # In groups of four, as one reads it out.
            return "-".join(word[at : at + 4] for at in range(0, TEMPORARY_LENGTH, 4))


class LengthValidator:
    """At least `SHORTEST` characters."""

    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:
        if len(password) < SHORTEST:
            raise ValidationError(
                _("密码太短：至少 %(least)d 个字符。"), code="too-short", params={"least": SHORTEST}
            )

    def get_help_text(self) -> str:
        return _("至少 %(least)d 个字符") % {"least": SHORTEST}


class ClassesValidator:
    """At least three of the four classes of characters."""

    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:
        if classes(password) < CLASSES_NEEDED:
            raise ValidationError(
                _("密码太简单：大写字母、小写字母、数字、其他符号，至少用其中三类。"), code="too-plain"
            )

    def get_help_text(self) -> str:
        return _("大写字母、小写字母、数字、其他符号，至少三类")


class NameValidator:
    """The user name is not in it, forwards or backwards, whatever the case."""

    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:
        name = user.get_username().lower() if user is not None else ""
        if name and (name in password.lower() or name[::-1] in password.lower()):
            raise ValidationError(_("密码中不能有用户名；请换一个。"), code="holds-name")

    def get_help_text(self) -> str:
        return _("不含用户名")


class CommonValidator(CommonPasswordValidator):
    """Not on the list of the passwords that are tried first."""

    def validate(self, password: str, user: Any = None) -> None:
        try:
            super().validate(password, user)
        except ValidationError:
            raise ValidationError(_("这是很多人在用的密码；请换一个。"), code="common") from None

    def get_help_text(self) -> str:
        return _("不是常见密码")


class FormerValidator:
    """Not one of the last `FORMER_KEPT`, nor the present one."""

    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:
        if user is None or user.pk is None:
            return
        kept = FormerPassword.objects.filter(user_id=user.pk).values_list("hashed", flat=True)[:FORMER_KEPT]
        if any(check_password(password, hashed) for hashed in {user.password, *kept} if hashed):
            raise ValidationError(
                _("不能与最近 %(count)d 次用过的密码相同；请换一个。"),
                code="used-before",
                params={"count": FORMER_KEPT},
            )

    def get_help_text(self) -> str:
        return _("不是最近 %(count)d 次用过的密码") % {"count": FORMER_KEPT}
