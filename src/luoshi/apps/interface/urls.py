from django.urls import path

from luoshi.apps.interface import views

app_name = "interface"
urlpatterns = [
    path("preferences/", views.set_preferences, name="preferences"),
    path("help/", views.help_page, name="help"),
]
