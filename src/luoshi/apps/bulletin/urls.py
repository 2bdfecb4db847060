"""Addresses of bulletins."""

from django.urls import path

from luoshi.apps.bulletin.views import bulletin, listing

app_name = "bulletin"
urlpatterns = [
    path("bulletins/", listing.bulletins, name="list"),
    path("bulletins/new/", listing.new, name="new"),
    path("bulletins/<int:bulletin>/", bulletin.bulletin, name="bulletin"),
    path("bulletins/<int:bulletin>/edit/", bulletin.edit, name="edit"),
    path("bulletins/<int:bulletin>/step/", bulletin.step, name="step"),
    path("bulletins/<int:bulletin>/practices/", bulletin.practices, name="practices"),
    path("bulletins/<int:bulletin>/word", bulletin.word, name="word"),
    path("bulletins/<int:bulletin>/numbers/<slug:figure>/", listing.figure, name="figure"),
]
