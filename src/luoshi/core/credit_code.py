"""The unified social credit code of a body (GB 32100) with the organization code inside it (GB 11714).

    1 1 990102 MB0000019 H
    │ │ │      │         └ check character of all before it
    │ │ │      └ organization code: eight characters and a check character of their own
    │ │ └ region that registered it (GB/T 2260)
    │ └ kind of body within the authority
    └ authority that registered it: 1 offices and institutions, 5 social organizations, 9 enterprises …

Source: GB 32100-2015 sections 4 and 5; GB 11714-1997 section 4.
"""

from __future__ import annotations

import re

from luoshi.core.errors import LuoshiError, Phrase

# Digits and letters, without those that look like others: I, O, S, V, Z.
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_VALUE = {character: value for value, character in enumerate(ALPHABET)}
_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))
_BODY_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
# Blanks, hyphens and the like that people put between the parts. Sample: "11 990102 MB000001-9"
_BETWEEN = re.compile(r"[\s\-－—·]+")


class WrongCreditCode(LuoshiError):
    """A text that is no unified social credit code."""

    code = "credit-code-wrong"
    zh = "统一社会信用代码“{given}”不正确：{reason}；请对照登记证书核对。"
    en = "The unified social credit code “{given}” is wrong: {reason}; compare it with the certificate."


def normalized(text: str) -> str:
    """The code without blanks and hyphens, full-width characters made narrow, letters in capitals.

    Example:
        >>> normalized("１１ 990102 mb000001-9 h")
        '11990102MB0000019H'
    """
    narrow = "".join(chr(ord(c) - 0xFEE0) if "！" <= c <= "～" else c for c in text)
    return _BETWEEN.sub("", narrow).upper()


def check_character(first: str) -> str:
    """The 18th character for the first 17.

    Raises:
        KeyError: a character is not in `ALPHABET`.

    Example:
        >>> check_character("11990102MB0000019")
        'H'
    """
    total = sum(_VALUE[character] * weight for character, weight in zip(first, _WEIGHTS, strict=True))
    return ALPHABET[-total % 31]


def body_check_character(first: str) -> str:
    """The 9th character of an organization code for its first eight.

    Example:
        >>> body_check_character("MB000001")
        '9'
    """
    # GB 11714 counts letters on from nine in the order of the whole Latin alphabet: A is 10, Z is 35.
    total = sum(int(character, 36) * weight for character, weight in zip(first, _BODY_WEIGHTS, strict=True))
    rest = -total % 11
    return "X" if rest == 10 else str(rest)


def compose(*, authority: str, region: str, number: str) -> str:
    """A whole code from what a registrar decides.

    Args:
        authority: two characters, who registered it and as what.
        region: six digits.
        number: eight characters of the organization code.

    Example:
        >>> compose(authority="11", region="990102", number="MB000001")
        '11990102MB0000019H'
    """
    first = f"{authority}{region}{number}{body_check_character(number)}"
    return first + check_character(first)


def verified(text: str) -> str:
    """The code as it is written in a register, after every check that needs no register.

    Raises:
        WrongCreditCode: its length, a character, its region or one of its two check characters is wrong.

    Example:
        >>> verified("11990102-MB0000019-h")
        '11990102MB0000019H'
    """
    code = normalized(text)
    reason = _fault(code)
    if reason is not None:
        raise WrongCreditCode(given=text.strip()[:40], reason=reason)
    return code


def _fault(code: str) -> Phrase | None:
    if len(code) != 18:
        return Phrase(f"应为18位，这里是{len(code)}位", f"it has {len(code)} characters instead of 18")
    strange = next((character for character in code if character not in _VALUE), None)
    if strange is not None:
        return Phrase(f"不会出现“{strange}”", f"“{strange}” never stands in one")
    if not (code[2:8].isascii() and code[2:8].isdigit()):
        return Phrase("第3至8位应为六位行政区划代码", "characters 3 to 8 are the six digits of a region")
    body = body_check_character(code[8:16])
    if body != code[16]:
        return Phrase(f"第17位（主体标识码的校验码）应为{body}", f"character 17 should be {body}")
    last = check_character(code[:17])
    if last != code[17]:
        return Phrase(f"末位校验码应为{last}", f"the last character should be {last}")
    return None
