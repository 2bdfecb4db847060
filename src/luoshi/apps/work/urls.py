"""Addresses of the work: handing out and time, reports, and what shows how it stands."""

from luoshi.apps.work import urls_issue, urls_report, urls_show

app_name = "work"
urlpatterns = [*urls_issue.urlpatterns, *urls_report.urlpatterns, *urls_show.urlpatterns]
