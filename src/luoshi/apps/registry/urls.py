from django.urls import path

from luoshi.apps.registry.views import body, group, imports, listing

app_name = "registry"
urlpatterns = [
    path("", listing.body_list, name="list"),
    path("groups/", listing.group_list, name="groups"),
    path("workbook", listing.workbook, name="workbook"),
    path("import/", imports.upload, name="import"),
    path("import/<uuid:upload>/", imports.shown, name="upload"),
    path("import/<uuid:upload>/apply", imports.apply, name="apply"),
    path("import/<uuid:upload>/faults", imports.faults, name="faults"),
    path("new", body.create, name="create"),
    path("<int:body>/", body.body, name="body"),
    path("<int:body>/edit", body.change, name="change"),
    path("<int:body>/reorganize/<slug:change>", body.reorganization, name="reorganize"),
    path("<int:body>/members/", group.members, name="members"),
    path("<int:body>/members/add", group.add, name="add-members"),
    path("<int:body>/members/<int:membership>", group.date, name="membership"),
    path("<int:body>/members/<int:membership>/remove", group.remove, name="remove-member"),
    path("<int:body>/rules/add", group.rule, name="add-rule"),
    path("<int:body>/rules/<int:rule>/remove", group.unrule, name="remove-rule"),
]
