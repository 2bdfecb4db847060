"""The frame of every page: nothing inline, nothing from elsewhere, every icon there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client, RequestFactory

from luoshi.apps.organization import views

ROOT = Path(__file__).resolve().parents[3]
TEMPLATES = sorted((ROOT / "src/luoshi/templates").rglob("*.html"))
ICONS = ROOT / "src/luoshi/static/luoshi/img/icons.svg"
ICON = re.compile(r'{% icon "([\w-]+)"')
STATIC = re.compile(r"{% static '([^']+)' %}")
INLINE = re.compile(r"<style|\sstyle=|\son\w+=|javascript:|<script(?![^>]*\ssrc=)", re.IGNORECASE)
ELSEWHERE = re.compile(r"(?:src|href|action)=[\"'](?:https?:)?//")


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_nothing_inline_and_nothing_from_elsewhere(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not INLINE.findall(text)
    assert not ELSEWHERE.findall(text)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_icons_and_static_files_exist(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    drawn = set(re.findall(r'<symbol id="([\w-]+)"', ICONS.read_text(encoding="utf-8")))
    assert set(ICON.findall(text)) <= drawn
    for name in STATIC.findall(text):
        # The kits are built, not committed; tests/tools checks what is built.
        assert name.startswith("vendor/") or finders.find(name), name


def test_unknown_page_has_our_face(client: Client) -> None:
    response = client.get("/no/such/page/")
    assert response.status_code == 404
    assert "没有找到这一页" in response.content.decode()


def test_server_error_page_needs_nothing() -> None:
    response = views.server_error(RequestFactory().get("/"))
    assert response.status_code == 500
    assert "程序出现错误" in response.content.decode()
