"""Addresses of pages that show how the work stands."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
