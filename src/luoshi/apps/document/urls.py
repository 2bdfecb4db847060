from django.urls import path

from luoshi.apps.document import views

app_name = "document"
urlpatterns = [
    path("<int:document>/original", views.original, name="original"),
]
