"""Addresses of the calls, and of the pages about them."""

from django.urls import include, path

from luoshi.apps.api.service import addresses
from luoshi.apps.api.views import tokens, webhooks

pages = [
    path("account/tokens/", tokens.tokens, name="tokens"),
    path("account/tokens/<int:token>/revoke/", tokens.revoke, name="revoke"),
    path("webhooks/", webhooks.webhooks, name="webhooks"),
    path("webhooks/<int:webhook>/", webhooks.webhook, name="webhook"),
    path("webhooks/<int:webhook>/end/", webhooks.end, name="end-webhook"),
]
urlpatterns = [path("api/v1/", addresses()), path("", include((pages, "api")))]
