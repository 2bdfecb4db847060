"""What the readers of a declaration share: the scheme, and expressions with the line they stand on."""

from __future__ import annotations

from collections.abc import Mapping

from luoshi.core.errors import Phrase
from luoshi.core.expression import Expression
from luoshi.core.expression.errors import ExpressionWrong
from luoshi.core.expression.kinds import Date, Kind, Money, Number, Plain, Scheme, Truth, said
from luoshi.core.expression.parsing import parse
from luoshi.core.mechanism.reader import Reader

_CONDITIONS = (Truth,)
_NUMBERS = (Number, Money, Plain)
_DAYS = (Date,)


class Context:
    """Reads the expressions of one declaration."""

    def __init__(self, scheme: Scheme, formulas: Mapping[str, Expression]) -> None:
        self.scheme = scheme
        self._formulas = formulas

    def formula(self, field: str) -> Expression | None:
        """The formula of a computed field."""
        return self._formulas.get(field)

    def condition(self, reader: Reader, key: str) -> Expression | None:
        """A condition, or None where there is none."""
        return self.required_condition(reader, key) if key in reader else self._absent(reader, key)

    def truth_or_condition(self, reader: Reader, key: str) -> bool | Expression:
        """true, false, or a condition; false where nothing is said."""
        said = reader.text(key, "false")
        if said in ("true", "false"):
            return said == "true"
        return self._fitting(reader, key, said, _CONDITIONS, Phrase("是否", "yes or no"))

    def required_condition(self, reader: Reader, key: str) -> Expression:
        """A condition; refused where it is missing."""
        return self._of(reader, key, _CONDITIONS, Phrase("是否", "yes or no"))

    def required_number(self, reader: Reader, key: str) -> Expression:
        """An expression for a number or an amount."""
        return self._of(reader, key, _NUMBERS, Phrase("数", "a number"))

    def about_another(self, reader: Reader, key: str, other: Scheme, asking: Scheme) -> Expression:
        """A condition about an entry of another mechanism; `this` is the one that asks."""
        return self._checked(
            reader,
            key,
            parsed(reader, key, reader.text(key), other, asking),
            _CONDITIONS,
            Phrase("是否", "yes or no"),
        )

    def day(self, reader: Reader, key: str) -> Expression | None:
        """An expression for a day, or None where there is none."""
        if key not in reader:
            return self._absent(reader, key)
        return self._of(reader, key, _DAYS, Phrase("日期", "a day"))

    def expressions(self, reader: Reader, key: str) -> dict[str, Expression]:
        """Expressions by the field that they give a value to."""
        inner = reader.mapping(key)
        if inner is None:
            return {}
        return {name: parsed(inner, name, inner.text(name), self.scheme) for name in inner.keys()}  # noqa: SIM118

    def _of(self, reader: Reader, key: str, kinds: tuple[type[Kind], ...], wanted: Phrase) -> Expression:
        return self._fitting(reader, key, reader.text(key), kinds, wanted)

    def _fitting(
        self, reader: Reader, key: str, text: str, kinds: tuple[type[Kind], ...], wanted: Phrase
    ) -> Expression:
        return self._checked(reader, key, parsed(reader, key, text, self.scheme), kinds, wanted)

    @staticmethod
    def _checked(
        reader: Reader, key: str, expression: Expression, kinds: tuple[type[Kind], ...], wanted: Phrase
    ) -> Expression:
        if not isinstance(expression.kind, kinds):
            got = said(expression.kind)
            reader.fail(
                Phrase(
                    f"此处应为{wanted.zh}，现为{got.zh}。", f"This has to be {wanted.en}; it is {got.en}."
                ),
                key,
            )
        return expression

    @staticmethod
    def _absent(reader: Reader, key: str) -> None:
        reader.text(key, "")


def parsed(reader: Reader, key: str, text: str, scheme: Scheme, asking: Scheme | None = None) -> Expression:
    """The expression of a key, or what is wrong with it, with its line."""
    try:
        return parse(text, scheme, asking=asking)
    except ExpressionWrong as error:
        raise reader.wrong(Phrase(error.message("zh"), error.message("en")), key) from None
