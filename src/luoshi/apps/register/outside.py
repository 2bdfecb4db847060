"""Signs between the product and people outside: numbers, codes, a question, and a pass for half an hour.

Nothing of it is stored in a session: what a page has to know comes back signed.
"""

from __future__ import annotations

from secrets import choice, randbelow, token_urlsafe
from typing import Any, NamedTuple

from django.core import signing
from django.utils.crypto import constant_time_compare, salted_hmac

# Without 0 and O, 1, I and L: people read these to each other over the telephone.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
NUMBER_LENGTH, CODE_LENGTH, GROUP = 12, 12, 4
PASS_SECONDS = 30 * 60
QUESTION_SECONDS = 2 * 60 * 60
_PASS, _QUESTION = "register.receipt.pass", "register.filing.question"
_CHINESE = "零一二三四五六七八九十"
_ENGLISH = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_LARGEST = 9


def new_number() -> str:
    """A number of a receipt: 59 random bits, so that no number tells of another."""
    return _grouped(NUMBER_LENGTH)


def new_code() -> str:
    """A code of a receipt, of 59 random bits."""
    return _grouped(CODE_LENGTH)


def _grouped(length: int) -> str:
    drawn = "".join(choice(ALPHABET) for _ in range(length))
    return "-".join(drawn[start : start + GROUP] for start in range(0, length, GROUP))


def tidy(said: str) -> str:
    """A number or code as it was printed, however it was typed.

    Example:
        >>> tidy(" abcd efgh-2345 ")
        'ABCD-EFGH-2345'
    """
    plain = "".join(one for one in said.upper() if one.isascii() and one.isalnum())[: NUMBER_LENGTH * 2]
    return "-".join(plain[start : start + GROUP] for start in range(0, len(plain), GROUP))


def hidden(kind: str, words: str) -> str:
    """What is kept of an address or a number where only sameness matters."""
    return salted_hmac(f"register.{kind}", words, algorithm="sha256").hexdigest()


class Question(NamedTuple):
    """A sum that a person answers and a form that was merely sent does not.

    Attributes:
        first, second: what is to be added.
        token: the question as it comes back, signed and good for two hours and one filing.
    """

    first: int
    second: int
    token: str

    @property
    def zh(self) -> str:
        """The question in Chinese words, which a screen reader reads out as they are."""
        return f"{_CHINESE[self.first]}加{_CHINESE[self.second]}等于几？"

    @property
    def en(self) -> str:
        """The question in English words."""
        return f"What is {_ENGLISH[self.first]} plus {_ENGLISH[self.second]}?"


def ask(about: str) -> Question:
    """A new question for one form."""
    first, second = 1 + randbelow(_LARGEST), 1 + randbelow(_LARGEST)
    token = signing.dumps([about, first, second, token_urlsafe(12)], salt=_QUESTION)
    return Question(first, second, token)


def asked(about: str, token: str) -> Question | None:
    """The question that comes back with a form; None where it is none of ours, another form's, or too old."""
    found = _opened(token, _QUESTION, QUESTION_SECONDS)
    if not isinstance(found, list) or len(found) != 4 or found[0] != about:
        return None
    return Question(int(found[1]), int(found[2]), token)


def is_right(question: Question, answer: str) -> bool:
    """Whether an answer is right: in digits of any width, or in Chinese numerals.

    Example:
        >>> is_right(Question(7, 5, ""), "12"), is_right(Question(7, 5, ""), "十二")
        (True, True)
        >>> is_right(Question(7, 5, ""), "13")
        False
    """
    total = question.first + question.second
    tens = "十" if total >= 10 else ""
    in_chinese = tens + (_CHINESE[total % 10] if total % 10 or not tens else "")
    said = answer.strip()
    return (said.isdecimal() and len(said) <= 3 and int(said) == total) or said == in_chinese


def pass_for(receipt: int, code: str) -> str:
    """What lets a browser come back to a receipt for half an hour; `code` is the hash that is kept."""
    return signing.dumps([receipt, hidden("code", code)[:16]], salt=_PASS)


def passed(token: str) -> int | None:
    """The receipt that a pass was given for."""
    found = _opened(token, _PASS, PASS_SECONDS)
    return int(found[0]) if isinstance(found, list) and len(found) == 2 else None


def fits(token: str, code: str) -> bool:
    """Whether a pass was given for the code that a receipt has now."""
    found = _opened(token, _PASS, PASS_SECONDS)
    return isinstance(found, list) and constant_time_compare(found[-1], hidden("code", code)[:16])


def _opened(token: str, salt: str, seconds: int) -> Any:
    try:
        return signing.loads(token[:500], salt=salt, max_age=seconds)
    except signing.BadSignature:
        return None
