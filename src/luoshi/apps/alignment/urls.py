"""Addresses of links, comparisons and the level above."""

from django.urls import path

from luoshi.apps.alignment.views import above, clauses, comparisons, links

app_name = "alignment"
urlpatterns = [
    path("alignment/links/", links.links, name="links"),
    path("alignment/links/find/", links.find, name="find"),
    path("alignment/links/<int:link>/settle/", links.settle, name="settle-link"),
    path("alignment/tasks/<int:task>/", links.link_task, name="link-task"),
    path("plans/<int:plan>/alignment/", comparisons.comparisons, name="comparisons"),
    path("alignment/<int:comparison>/", comparisons.comparison, name="comparison"),
    path("alignment/<int:comparison>/remove/", comparisons.remove, name="remove"),
    path("alignment/clauses/<int:clause>/", clauses.clause, name="clause"),
    path("alignment/clauses/<int:clause>/needless/", clauses.needless, name="needless"),
    path("alignment/pairs/<int:pair>/settle/", clauses.settle, name="settle-pair"),
    path("above/", above.start, name="above"),
    path("above/regions/<str:code>/", above.region, name="region"),
    path("above/regions/<str:code>/plans/", above.plans, name="region-plans"),
    path("above/plans/<int:plan>/", above.plan, name="above-plan"),
    path("above/tasks/<int:task>/", above.task, name="above-task"),
]
