"""Addresses of pages that show how the work stands."""

from django.urls import URLPattern, path

from luoshi.apps.work.views import agenda, body, burden, desk, matrix, plan_map, sheet, task

_PLAN = "plans/<int:plan>/"
_WORK = "work/"

urlpatterns: list[URLPattern] = [
    path("", desk.home, name="home"),
    path("work/", desk.desk, name="desk"),
    path("work/waiting/<slug:kind>/", desk.desk_list, name="desk-list"),
    path("work/calendar/", agenda.work_calendar, name="calendar"),
    path("work/burden/", burden.work_burden, name="burden"),
    path("work/sheet/", sheet.sheet, name="sheet"),
    path("work/sheet/bodies/<int:body>/", sheet.sheet_file, name="sheet-file"),
    path("work/sheet/<uuid:upload>/", sheet.sheet_upload, name="sheet-upload"),
    path("work/sheet/<uuid:upload>/faults/", sheet.sheet_faults, name="sheet-faults"),
    path(f"{_PLAN}{_WORK}", plan_map.work_map, name="map"),
    path(f"{_PLAN}matrix/", matrix.matrix, name="matrix"),
    path(f"{_PLAN}tasks/<int:task>/{_WORK}", task.work_task, name="task"),
    path(f"{_PLAN}{_WORK}bodies/<int:body>/", body.work_body, name="body"),
]
