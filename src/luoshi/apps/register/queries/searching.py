"""Entries in whose words all words of a question occur, however short they are, on both databases.

Chinese puts no blanks between words, so what is indexed are characters and pairs of neighbours: a word of two
characters is one of them, a longer one needs several, and whether these stand together is then looked up in
the text. The index is an FTS5 table in SQLite and GIN over an array in PostgreSQL, which need no extension.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import F, Lookup, QuerySet, Value
from django.db.models.functions import StrIndex

from luoshi.apps.register.models import Entry, Wording

# ASCII divides words in FTS5; moved to where nothing is written, it is indexed like every other character.
_APART = {code: 0xE000 + code for code in range(0x21, 0x7F)}
_NOWHERE = dict.fromkeys((*range(0x20), *range(0x7F, 0xA0), *_APART.values()), " ")


def plain(text: str) -> str:
    """Text as it is compared: without regard to width, case and kind of blank.

    Example:
        >>> plain("云政发〔2026〕１号　ABC")
        '云政发〔2026〕1号 abc'
    """
    return " ".join(unicodedata.normalize("NFKC", text).casefold().translate(_NOWHERE).split())


def occurs(question: str, text: str) -> bool:
    """Whether all words of a question occur in a text: what searching means."""
    said = plain(text)
    return all(word in said for word in plain(question).split())


def grams(text: str) -> str:
    """The characters and pairs of neighbours of a plain text, each once."""
    found: dict[str, None] = {}
    for word in text.translate(_APART).split():
        found |= dict.fromkeys(word) | dict.fromkeys(map("".join, pairwise(word)))
    return " ".join(found)


def worded(rows: QuerySet[Entry], question: str) -> QuerySet[Entry]:
    """Those of the entries in which all words of a question occur; all of them where it has none."""
    words = plain(question).split()
    if not words:
        return rows
    needed = dict.fromkeys(pair for word in words for pair in _pairs(word.translate(_APART)))
    wordings = Wording.objects.filter(Holding(F("grams"), list(needed)))
    for place, word in enumerate(word for word in words if len(word) > 2):
        wordings = wordings.alias(**{f"at_{place}": StrIndex("text", Value(word))})
        wordings = wordings.filter(**{f"at_{place}__gt": 0})
    return rows.filter(pk__in=wordings.order_by().values("entry"))


# More than people look through: of what is found oftener nobody needs the number, only the first pages.
MOST_FOUND = 2_000
# Where a database expects more than this, it reads every entry to find them: see `few`.
MOST_EXPECTED = 100_000


def few(rows: QuerySet[Entry]) -> QuerySet[Entry]:
    """The same entries by their keys where there are no more than `MOST_FOUND`; else as they are.

    A database that is to give the newest of them goes through all entries from the newest on and looks
    whether the words occur: where they are rare that takes minutes. So they are looked for in no order first,
    unless the database expects that many of them that the newest are soon found.
    """
    try:
        text, given = rows.order_by().values("pk").query.sql_with_params()
    except EmptyResultSet:
        return rows
    if _expected(text, given) > MOST_EXPECTED:
        return rows
    # PostgreSQL would carry the limit into the search, and then it does not use the index.
    whole = "MATERIALIZED" if connection.vendor == "postgresql" else ""
    statement = f"WITH found AS {whole} ({text}) SELECT * FROM found LIMIT %s"  # noqa: S608 (of our own making)
    with connection.cursor() as cursor:
        cursor.execute(statement, [*given, MOST_FOUND + 1])
        keys = [key for (key,) in cursor.fetchall()]
    return rows if len(keys) > MOST_FOUND else Entry.objects.filter(pk__in=keys)


def _expected(statement: str, given: Iterable[Any]) -> int:
    """How many rows PostgreSQL expects of a statement, from what it knows of the words; 0 for SQLite."""
    if connection.vendor != "postgresql":
        return 0
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (FORMAT JSON) {statement}", [*given])
        (said,) = cursor.fetchone()
    plans = json.loads(said) if isinstance(said, str) else said
    return int(plans[0]["Plan"]["Plan Rows"])


def _pairs(word: str) -> Iterator[str]:
    """As few pairs as cover a word: fewer lists to intersect, and no planner takes them for independent."""
    if len(word) == 1:
        yield word
        return
    yield from (word[place : place + 2] for place in range(0, len(word) - 1, 2))
    if len(word) % 2:
        yield word[-2:]


class Holding(Lookup):  # type: ignore[type-arg]
    """Whether all of some grams are among those of a wording. The expressions are those of the indexes."""

    prepare_rhs = False

    def get_prep_lookup(self) -> list[str]:
        """The grams as they are."""
        return list(self.rhs)

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        """By containment of arrays."""
        column, params = self.process_lhs(compiler, connection)
        return f"string_to_array({column} COLLATE \"C\", ' ') @> %s::text[]", [*params, self.rhs]

    def as_sqlite(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        """By the table of grams beside that of wordings."""
        key = Wording._meta.pk.get_col(self.lhs.alias)
        column, params = compiler.compile(key)
        wanted = " AND ".join(f'"{one}"' for one in self.rhs)
        table = "register_wording_grams"
        return f"{column} IN (SELECT rowid FROM {table} WHERE {table} MATCH %s)", [*params, wanted]  # noqa: S608
