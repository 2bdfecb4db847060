"""Addresses of reports, approvals and evidence."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
