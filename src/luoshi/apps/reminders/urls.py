"""Addresses of reminders."""

from django.urls import path

from luoshi.apps.reminders.views import notices

app_name = "reminders"
urlpatterns = [
    path("reminders/", notices.notices, name="list"),
    path("reminders/<int:digest>/", notices.notice, name="digest"),
    path("reminders/settings/", notices.settings, name="settings"),
    path("reminders/calendar/", notices.feed_address, name="feed-address"),
    path("calendar/feed/<slug:secret>.ics", notices.feed, name="feed"),
]
