"""Addresses of the pages that show a plan."""

from django.urls import path

from luoshi.apps.plan.views import body, export, findings, listing, overview, task, timeline

urlpatterns = [
    path("plans/", listing.plan_list, name="list"),
    path("plans/<int:plan>/", overview.overview, name="overview"),
    path("plans/<int:plan>/tasks/<int:task>/", task.task, name="task"),
    path("plans/<int:plan>/bodies/", body.bodies, name="bodies"),
    path("plans/<int:plan>/bodies/<path:name>/", body.body, name="body"),
    path("plans/<int:plan>/timeline/", timeline.plan_timeline, name="timeline"),
    path("plans/<int:plan>/findings/", findings.findings, name="findings"),
    path("plans/<int:plan>/export/", export.export, name="export"),
    path("plans/<int:plan>/export/<slug:shape>", export.download, name="download"),
]
