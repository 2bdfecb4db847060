"""Addresses of bulk work, beside those of the registers that it is for."""

from django.urls import path

from luoshi.apps.bulk.views import acting, importing

app_name = "bulk"
urlpatterns = [
    path("registers/<slug:key>/import/", importing.start, name="import"),
    path("registers/<slug:key>/import/<slug:transition>/template/", importing.template, name="template"),
    path("registers/<slug:key>/import/<uuid:upload>/", importing.upload, name="upload"),
    path("registers/<slug:key>/import/<uuid:upload>/faults/", importing.faults, name="faults"),
    path("registers/<slug:key>/act/", acting.choose, name="act"),
    path("registers/<slug:key>/act/<uuid:action>/", acting.action, name="action"),
]
