"""Documents are stored safely, once a region, and handed out as they came."""

from __future__ import annotations

import dataclasses

import pytest
from django.contrib.auth.models import User
from hypothesis import given
from hypothesis import strategies as st

from luoshi.apps.audit.models import Event
from luoshi.apps.document.models import StoredDocument
from luoshi.apps.document.operations import LONGEST_NAME, hand_out, safe_name, storable, store_document
from tests.apps.factories import NOW, REGION, plan_text, read_document, region


@pytest.mark.parametrize(
    ("given_name", "safe"),
    [
        ("方案.docx", "方案.docx"),
        ("C:\\Users\\甲\\方案.docx", "方案.docx"),
        ("../../etc/passwd", "passwd"),
        ("/", "document"),
        ("..", "document"),
        (".htaccess", "htaccess"),
        ("方案\u202excod.exe", "方案xcod.exe"),
        ("a\r\nSet-Cookie: x.txt", "aSet-Cookie: x.txt"),
        ("长" * 300 + ".docx", "长" * 115 + ".docx"),
        ("长" * 300, "长" * 120),
    ],
)
def test_names_become_safe(given_name: str, safe: str) -> None:
    assert safe_name(given_name) == safe


@given(st.text(max_size=300))
def test_any_name_becomes_one(name: str) -> None:
    safe = safe_name(name)
    assert 0 < len(safe) <= LONGEST_NAME
    assert "/" not in safe
    assert safe.isprintable()
    assert safe not in {".", ".."}


@given(st.text(st.characters(exclude_categories=()), max_size=50))
def test_any_text_becomes_storable_without_moving_a_character(text: str) -> None:
    kept = storable(text)
    assert len(kept) == len(text)
    kept.encode()
    assert "\x00" not in kept


def test_a_text_with_nul_is_stored(office: User) -> None:
    document = dataclasses.replace(read_document(plan_text(1)), original="合\x00同")
    stored = store_document(region=REGION, document=document, content=b"x", by=office, at=NOW)
    assert StoredDocument.objects.get(pk=stored.pk).original == "合\ufffd同"


def test_the_same_bytes_are_one_document_a_region(office: User) -> None:
    region("990103")
    document = read_document(plan_text(1))
    first = store_document(region=REGION, document=document, content=b"x", by=office, at=NOW)
    assert store_document(region=REGION, document=document, content=b"x", by=office, at=NOW) == first
    other = store_document(region="990103", document=document, content=b"x", by=office, at=NOW)
    assert other != first


def test_handing_out_is_written_down(office: User) -> None:
    stored = store_document(
        region=REGION, document=read_document(plan_text(1)), content=b"\x00\xff", by=office, at=NOW
    )
    assert hand_out(document=stored, by=office, at=NOW) == b"\x00\xff"
    event = Event.objects.get(type="document.document.downloaded")
    assert (event.actor, event.region, event.object_id) == (office, REGION, str(stored.pk))


def test_lists_do_not_load_the_heavy_columns(office: User, django_assert_num_queries: object) -> None:
    store_document(region=REGION, document=read_document(plan_text(1)), content=b"x", by=office, at=NOW)
    with django_assert_num_queries(1) as queries:  # type: ignore[operator]
        list(StoredDocument.objects.all())
    assert "content" not in queries[0]["sql"]
