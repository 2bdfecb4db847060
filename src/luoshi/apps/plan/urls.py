from django.urls import URLPattern

from luoshi.apps.plan import urls_pages, urls_review

app_name = "plan"
urlpatterns: list[URLPattern] = [*urls_pages.urlpatterns, *urls_review.urlpatterns]
