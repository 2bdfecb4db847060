"""The addresses of the product, each app with its own."""

from django.urls import include, path

urlpatterns = [
    path("", include("luoshi.apps.organization.urls")),
    path("", include("luoshi.apps.interface.urls")),
    path("", include("luoshi.apps.accounts.urls")),
    path("bodies/", include("luoshi.apps.registry.urls")),
    path("documents/", include("luoshi.apps.document.urls")),
    path("", include("luoshi.apps.plan.urls")),
    path("", include("luoshi.apps.work.urls")),
    path("", include("luoshi.apps.register.urls")),
    path("", include("luoshi.apps.indicator.urls")),
    path("", include("luoshi.apps.draws.urls")),
    path("", include("luoshi.apps.binding.urls")),
    path("", include("luoshi.apps.bulk.urls")),
    path("", include("luoshi.apps.alignment.urls")),
    path("", include("luoshi.apps.supervision.urls")),
    path("", include("luoshi.apps.reminders.urls")),
    path("", include("luoshi.apps.bulletin.urls")),
    path("", include("luoshi.apps.running.urls")),
    path("", include("luoshi.apps.api.urls")),
]

handler400 = "luoshi.apps.organization.views.bad_request"
handler403 = "luoshi.apps.organization.views.permission_denied"
handler404 = "luoshi.apps.organization.views.page_not_found"
# Asked for by the library that signs people in.
handler429 = "luoshi.apps.organization.views.too_many_requests"
handler500 = "luoshi.apps.running.views.server_error"
