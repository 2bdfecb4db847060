"""Addresses of orders."""

from django.urls import path

from luoshi.apps.supervision.views import drafting, listing, order

app_name = "supervision"
urlpatterns = [
    path("supervision/", listing.orders, name="list"),
    path("supervision/new/", drafting.new, name="new"),
    path("supervision/numbering/", listing.numbering, name="numbering"),
    path("supervision/tasks/<int:task>/", drafting.of_task, name="of-task"),
    path("supervision/<int:order>/", order.order, name="order"),
    path("supervision/<int:order>/edit/", drafting.edit, name="edit"),
    path("supervision/<int:order>/step/", order.step, name="step"),
    path("supervision/<int:order>/answer/<int:body>/", order.answer, name="answer"),
    path("supervision/<int:order>/paper/<int:body>/", order.paper, name="paper"),
]
