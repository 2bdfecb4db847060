"""What fields hold: what people type becomes exact, and what cannot be is refused with what to write."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.core.errors import Phrase
from luoshi.core.register.fields import Field, FieldType, Option
from luoshi.core.register.packing import pack, unpack
from luoshi.core.register.person import Person, is_identity
from luoshi.core.register.values import Value, ValueUnusable, read

LABEL = Phrase("字段", "Field")
GRADES = (
    Option("minor", Phrase("轻微", "Minor")),
    Option("serious", Phrase("严重", "Serious"), (Option("fatal", Phrase("致命", "Fatal")),)),
)


def field(type_: FieldType, **more: object) -> Field:
    return Field("f", type_, LABEL, **more)  # type: ignore[arg-type]


RIGHT: list[tuple[Field, object, Value | None]] = [
    (field(FieldType.TEXT), "  一行\n两行 ", "一行 两行"),
    (field(FieldType.LONG_TEXT), "一\r\n二\x00", "一\n二"),
    (field(FieldType.NUMBER, unit="件"), "1,200件", Decimal(1200)),
    (field(FieldType.NUMBER), 0, Decimal(0)),
    (field(FieldType.MONEY), "28600", Decimal("28600.00")),
    (field(FieldType.DATE), "2026年3月1日", date(2026, 3, 1)),
    (field(FieldType.DATE), "2026/3/1", date(2026, 3, 1)),
    (field(FieldType.PERIOD), "2026Q1", "2026Q1"),
    (field(FieldType.CHOICE, options=GRADES), "严重", "serious"),
    (field(FieldType.CHOICE, options=GRADES), "fatal", "fatal"),
    (field(FieldType.CHOICES, options=GRADES), "严重、轻微", ("minor", "serious")),
    (field(FieldType.YES_NO), "不详", "unknown"),
    (field(FieldType.YES_NO), "否", "no"),
    (field(FieldType.PERSON), "李 明", Person("李 明")),
    (field(FieldType.PERSON), {"name": "李明", "phone": "138-0000 0000"}, Person("李明", "13800000000")),
    (field(FieldType.FILES), ["a", "b", "a"], ("a", "b")),
    (field(FieldType.CREDIT_CODE), "11 990102 MB0000019H", "11990102MB0000019H"),
    (
        field(FieldType.ROWS, columns=(field(FieldType.NUMBER),)),
        [{"f": "3"}, {"f": ""}],
        ({"f": Decimal(3)},),
    ),
    *((field(type_, options=GRADES), "", None) for type_ in FieldType),
]

WRONG = [
    (field(FieldType.TEXT), "长" * 501, "500"),
    (field(FieldType.NUMBER), "很多", "not a number"),
    (field(FieldType.NUMBER), "NaN", "not a number"),
    (field(FieldType.NUMBER), "1e400", "not that large"),
    (field(FieldType.NUMBER), True, "not a number"),
    (field(FieldType.NUMBER, least=Decimal(1)), "0", "At least 1"),
    (field(FieldType.NUMBER, most=Decimal(9)), "10", "At most 9"),
    (field(FieldType.MONEY), "-1", "At least 0"),
    (field(FieldType.MONEY), "1.234", "decimals"),
    (field(FieldType.DATE), "2026-02-30", "no day"),
    (field(FieldType.DATE), "明天", "no day"),
    (field(FieldType.PERIOD), "2026Q5", "no period"),
    (field(FieldType.CHOICE, options=GRADES), "一般", "choose Minor"),
    (field(FieldType.YES_NO), "也许", "yes, no or unknown"),
    (field(FieldType.PERSON), {"name": ""}, "Give the name"),
    (field(FieldType.PERSON), {"name": "李明", "phone": "12"}, "7 to 16 digits"),
    (field(FieldType.PERSON), {"name": "李明", "identity": "110101199003078516"}, "identity number is wrong"),
    (field(FieldType.PERSON), {"name": "李明", "age": "9"}, "Give a name"),
    (field(FieldType.CREDIT_CODE), "123", "wrong"),
    (field(FieldType.ROWS, columns=(field(FieldType.NUMBER),)), [{"f": "x"}], "row 1"),
    (field(FieldType.ROWS, columns=(field(FieldType.NUMBER),)), [{"g": "x"}], "column that is not known"),
    (field(FieldType.ROWS, columns=(field(FieldType.TEXT),)), "x", "list of rows"),
    (field(FieldType.COMPUTED), "1", "computed"),
]


@pytest.mark.parametrize(("of", "given_", "value"), RIGHT, ids=[f"{r[0].type}-{r[1]}" for r in RIGHT])
def test_what_is_typed_becomes_exact(of: Field, given_: object, value: Value | None) -> None:
    assert read(of, given_) == value


@pytest.mark.parametrize(("of", "given_", "said"), WRONG, ids=[f"{w[0].type}-{w[2]}" for w in WRONG])
def test_what_cannot_be_is_refused_with_what_to_write(of: Field, given_: object, said: str) -> None:
    with pytest.raises(ValueUnusable) as refused:
        read(of, given_)
    assert said in refused.value.message("en")
    assert refused.value.message("zh").startswith("“字段”")


@pytest.mark.parametrize(("of", "given_", "value"), RIGHT, ids=[f"{r[0].type}-{r[1]}" for r in RIGHT])
def test_json_loses_nothing(of: Field, given_: object, value: Value | None) -> None:
    if value is not None:
        assert unpack({"f": of}, pack({"f": value})) == {"f": value}


@pytest.mark.parametrize("type_", [one for one in FieldType if one is not FieldType.COMPUTED])
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
        max_leaves=6,
    )
)
def test_whatever_is_sent_is_a_value_or_a_refusal(type_: FieldType, sent: object) -> None:
    of = field(type_, options=GRADES, columns=(Field("a", FieldType.NUMBER, LABEL),))
    try:
        value = read(of, sent)
    except ValueUnusable:
        return
    if value is not None:
        assert unpack({"f": of}, pack({"f": value})) == {"f": value}
        assert read(of, pack({"f": value})["f"]) == value, "reading again changes nothing"


@given(st.text(alphabet="0123456789", min_size=17, max_size=17))
def test_one_check_character_fits_an_identity_number(first: str) -> None:
    assert sum(is_identity(first + last) for last in "0123456789X") == 1


@pytest.mark.parametrize(
    ("person", "masked"),
    [(Person("李明"), "李*"), (Person("欧阳云"), "欧阳*"), (Person("周"), "周*"), (Person("Nara"), "N***")],
)
def test_a_masked_name_keeps_the_surname(person: Person, masked: str) -> None:
    assert person.masked == masked
