from django.urls import path

from luoshi.apps.running import views

app_name = "running"
urlpatterns = [
    path("ready/", views.ready, name="ready"),
    path("metrics/", views.metrics, name="metrics"),
]
