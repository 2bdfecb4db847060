"""Evidence: told by content, kept once, replaced and never changed."""

from __future__ import annotations

import copy
import io
import zipfile
from collections.abc import Iterator
from datetime import date

import pytest
from pytest_django import DjangoDbBlocker, Settings

from luoshi.apps.work.models import Blob, Evidence
from luoshi.apps.work.operations.deciding import accept
from luoshi.apps.work.operations.evidence import (
    add_evidence,
    hand_out_evidence,
    replace_evidence,
    set_expiry,
)
from luoshi.apps.work.operations.report_refusals import EvidenceReplaced, EvidenceSame, EvidenceTooLarge
from luoshi.apps.work.operations.reporting import open_report, save, submit
from luoshi.apps.work.queries.forms import form_of
from luoshi.core.work.evidence import EvidenceEmpty, EvidenceTypeRefused
from tests.apps.conftest import taken_back
from tests.apps.work.factories import World, issued_plan, morning

AT = morning(2026, 3, 18)
PDF = b"%PDF-1.7\nminutes"


@pytest.fixture(scope="module")
def lived(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """The world below, made once."""
    with taken_back(django_db_blocker):
        yield issued_plan(until=morning(2026, 3, 17))


@pytest.fixture
def world(lived: World, db: None) -> World:
    """An issued plan whose first quarter is open."""
    return copy.deepcopy(lived)


def add(world: World, content: bytes = PDF, name: str = "纪要.pdf", body: str = "区教育局") -> Evidence:
    by = world.liaison(body)
    return add_evidence(body=world.bodies[body], name=name, content=content, by=by, at=AT).evidence


def test_the_same_file_is_kept_once_for_a_body_and_its_bytes_once_for_all(world: World) -> None:
    first = add(world)
    again = add_evidence(
        body=world.bodies["区教育局"], name="别名.pdf", content=PDF, by=world.liaison("区教育局"), at=AT
    )
    other = add(world, body="青山镇")
    assert (again.evidence, again.reused) == (first, True)
    assert other != first
    assert Blob.objects.count() == 1


def test_the_name_says_nothing_and_is_made_safe(world: World) -> None:
    found = add(world, name="../../秘密\u202egpj.exe")
    assert (found.name, found.media) == ("秘密gpj.exe", "application/pdf")
    assert hand_out_evidence(evidence=found, by=world.office, at=AT) == PDF


@pytest.mark.parametrize(
    "content",
    [
        b"<!DOCTYPE html><script>1</script>",
        b"<svg onload='x'/>",
        b"MZ\x90\x00",
        b"\x7fELF",
        b"\x00\x01\x02\x03\xff\xfe\x81",
    ],
)
def test_kinds_that_are_not_taken(world: World, content: bytes) -> None:
    with pytest.raises(EvidenceTypeRefused):
        add(world, content, "纪要.pdf")


def test_archives_are_refused_and_office_files_taken(world: World) -> None:
    def packed(*names: str) -> bytes:
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as container:
            for name in names:
                container.writestr(name, "x")
        return buffer.getvalue()

    for names in (("a.txt",), ("word/document.xml", "word/vbaProject.bin")):
        with pytest.raises(EvidenceTypeRefused):
            add(world, packed(*names), "a.docx")
    assert add(world, packed("OFD.xml"), "a").media == "application/ofd"
    assert add(world, packed("word/document.xml"), "a").media.endswith("wordprocessingml.document")


def test_empty_and_too_large(world: World, settings: Settings) -> None:
    with pytest.raises(EvidenceEmpty):
        add(world, b"")
    settings.LUOSHI_EVIDENCE_BYTES = len(PDF) - 1
    with pytest.raises(EvidenceTooLarge):
        add(world)


def test_versions(world: World) -> None:
    old, by = add(world), world.liaison("区教育局")
    with pytest.raises(EvidenceSame):
        replace_evidence(evidence=old, name="纪要.pdf", content=PDF, by=by, at=AT)
    new = replace_evidence(evidence=old, name="纪要2.pdf", content=PDF + b"2", by=by, at=AT)
    assert (new.replaces, new.body) == (old, old.body)
    with pytest.raises(EvidenceReplaced):
        replace_evidence(evidence=old, name="纪要3.pdf", content=PDF + b"3", by=by, at=AT)


def test_the_next_report_rests_on_the_newest_version_that_still_counts(world: World) -> None:
    by = world.liaison("区人民法院")
    old, gone = add(world, body="区人民法院"), add(world, b"%PDF-1", "b.pdf", "区人民法院")
    report = open_report(occurrence=world.occurrence(4, "区人民法院"), by=by, at=AT)
    values = {"progress": "一", "evidence": (str(old.pk), str(gone.pk))}
    save(report=report, values=values, base=0, by=by, at=AT)
    submit(report=report, seen=1, by=by, at=AT)
    accept(report=report, seen=1, by=world.office, at=AT)
    new = replace_evidence(evidence=old, name="纪要2.pdf", content=PDF + b"2", by=by, at=AT)
    set_expiry(evidence=gone, expires_on=date(2026, 3, 31), by=by, at=AT)
    later = morning(2026, 6, 20)
    world.advance(later)
    form = form_of(world.occurrence(4, "区人民法院", "2026Q2"), on=date(2026, 6, 20))
    [line] = [line for line in form.lines if line.field.key == "evidence"]
    assert line.known is not None
    assert line.known.value == (str(new.pk),)
    assert line.need == "change", "evidence is never required"
