"""Addresses of numbers."""

from django.urls import path

from luoshi.apps.indicator.views import pages

app_name = "indicator"
urlpatterns = [
    path("indicators/", pages.indicators, name="list"),
    path("indicators/<slug:key>/<slug:indicator>/", pages.indicator, name="one"),
]
