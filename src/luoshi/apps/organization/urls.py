from django.urls import path

from luoshi.apps.organization import views

app_name = "organization"
urlpatterns = [
    path("login/", views.login, name="login"),
    path("logout/", views.logout, name="logout"),
    path("health/", views.health, name="health"),
]
