"""Addresses of what is bound to plans."""

from django.urls import path

from luoshi.apps.binding.views import choosing, listing

app_name = "binding"
urlpatterns = [
    path("plans/<int:plan>/bindings/", listing.bindings, name="list"),
    path("plans/<int:plan>/bindings/find/", listing.find, name="find"),
    path("plans/<int:plan>/bindings/certain/", listing.certain, name="certain"),
    path("plans/<int:plan>/bindings/by-hand/", choosing.by_hand, name="by-hand"),
    path("bindings/<int:binding>/settle/", listing.settled, name="settle"),
]
