"""Addresses of one's own account and of the three administrators."""

from django.urls import path

from luoshi.apps.accounts.views import authorizing, log, managing, own, people, signing_in

urlpatterns = [
    path("login/demo/", signing_in.demo, name="demo"),
    path("account/", own.own, name="own"),
    path("account/sessions/<int:session>/end/", own.leave, name="leave"),
    path("account/sessions/end/", own.leave_others, name="leave-others"),
    path("admin/accounts/", people.account_list, name="list"),
    path("admin/accounts/new/", managing.new, name="new"),
    path("admin/accounts/<int:user>/", people.account, name="account"),
    path("admin/accounts/<int:user>/change/", managing.change, name="change"),
    path("admin/accounts/<int:user>/disable/", managing.disable, name="disable"),
    path("admin/accounts/<int:user>/enable/", managing.enable, name="enable"),
    path("admin/accounts/<int:user>/roles/", authorizing.give_role, name="give-role"),
    path("admin/accounts/<int:user>/roles/<int:role>/revoke/", authorizing.take_role, name="take-role"),
    path("admin/accounts/<int:user>/administrator/", authorizing.make_administrator, name="appoint"),
    path("admin/accounts/<int:user>/administrator/end/", authorizing.dismiss_administrator, name="dismiss"),
    path("admin/accounts/<int:user>/unlock/", authorizing.unlock, name="unlock"),
    path("admin/accounts/<int:user>/password/", authorizing.reset_password, name="reset-password"),
    path(
        "admin/accounts/<int:user>/second-factor/",
        authorizing.reset_second_factor,
        name="reset-second-factor",
    ),
    path("admin/accounts/<int:user>/sessions/end/", authorizing.end_sessions, name="end-sessions"),
    path("admin/regions/", managing.region_list, name="regions"),
    path("admin/regions/new/", managing.new_region, name="new-region"),
    path("admin/regions/<str:code>/", managing.region, name="region"),
    path("admin/state/", managing.state, name="state"),
    path("admin/log/", log.log, name="log"),
]
