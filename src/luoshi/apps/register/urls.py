"""Addresses of registers."""

from django.urls import path

from luoshi.apps.register.views import entry, listing, step

app_name = "register"
urlpatterns = [
    path("registers/", listing.start, name="start"),
    path("registers/<slug:key>/", listing.entries, name="list"),
    path("registers/<slug:key>/board/", listing.board, name="board"),
    path("registers/<slug:key>/new/<slug:transition>/", step.new, name="new"),
    path("registers/<slug:key>/<int:number>/", entry.entry, name="entry"),
    path("registers/<slug:key>/<int:number>/paper/", entry.paper, name="paper"),
    path("registers/<slug:key>/<int:number>/files/<int:file>/", entry.file, name="file"),
    path("registers/<slug:key>/<int:number>/step/<slug:transition>/", step.step, name="step"),
]
