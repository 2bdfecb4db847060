from django.urls import path

from luoshi.apps.organization import views

app_name = "organization"
urlpatterns = [
    path("health/", views.health, name="health"),
]
