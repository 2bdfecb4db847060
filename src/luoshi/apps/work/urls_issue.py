"""Addresses of handing a plan out, signing, and changes of time."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
