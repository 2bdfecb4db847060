from django.urls import URLPattern, URLResolver, include, path

from luoshi.apps.accounts import urls_pages, urls_signing_in

urlpatterns: list[URLPattern | URLResolver] = [
    *urls_signing_in.urlpatterns,
    path("", include((urls_pages.urlpatterns, "accounts"))),
]
