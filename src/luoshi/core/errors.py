"""The one base of all errors that a user is meant to read."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Phrase:
    """A detail of a message that reads differently in each language.

    Example:
        >>> class Damaged(LuoshiError):
        ...     zh, en = "文件已损坏({where})。", "The file is damaged ({where})."
        >>> print(Damaged(where=Phrase("第3行", "line 3")).message("en"))
        The file is damaged (line 3).
    """

    zh: str
    en: str

    def __str__(self) -> str:
        return self.zh

    def said(self, language: str) -> str:
        """The words in `zh` or `en`."""
        return self.en if language.startswith("en") else self.zh


class LuoshiError(Exception):
    """Something a person can understand and act on.

    A subclass sets `code` (stable, kebab-case, documented in `docs/reference/errors.md`) and the two
    message templates. Templates may use the keyword arguments that the error was raised with; they answer
    *what* is wrong, *where*, and *what to do*, in one sentence.

    Example:
        >>> class TooLarge(LuoshiError):
        ...     code = "too-large"
        ...     zh = "{file}有{size}字节,超过上限{limit}字节;请拆分后再导入。"
        ...     en = "{file} has {size} bytes, more than the limit of {limit}; split it and import the parts."
        >>> print(TooLarge(file="a.txt", size=9, limit=5).message("en"))
        a.txt has 9 bytes, more than the limit of 5; split it and import the parts.
    """

    code = "error"
    zh = "出现错误。"
    en = "Something went wrong."

    def __init__(self, **details: object) -> None:
        self.details = details
        super().__init__(self.message("zh"))

    def message(self, language: str = "zh") -> str:
        """The sentence in `zh` or `en`."""
        template = self.en if language.startswith("en") else self.zh
        return template.format(**{key: _said(value, language) for key, value in self.details.items()})

    def messages(self) -> dict[str, str]:
        """The sentence by language, as it is kept or sent."""
        return {"zh": self.message("zh"), "en": self.message("en")}

    def __reduce__(self) -> tuple[object, ...]:
        # Errors cross process borders (the reader runs in a child process); keyword arguments need help.
        return (_rebuild, (type(self), self.details))


def _said(value: object, language: str) -> object:
    return value.said(language) if isinstance(value, Phrase) else value


def _rebuild(kind: type[LuoshiError], details: dict[str, object]) -> LuoshiError:
    return kind(**details)
