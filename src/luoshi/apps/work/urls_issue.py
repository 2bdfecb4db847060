"""Addresses of handing a plan out, signing, and changes of time."""

from django.urls import URLPattern, path

from luoshi.apps.work.views import adjusting, extending, issuing, rules, signing, steering, working_days

urlpatterns: list[URLPattern] = [
    path("plans/<int:plan>/issue/", issuing.issue, name="issue"),
    path("plans/<int:plan>/issued/", issuing.issued, name="issued"),
    path("plans/<int:plan>/issued/terms/", issuing.terms, name="terms"),
    path("plans/<int:plan>/slips/<int:body>/", issuing.slip, name="slip"),
    path("work/signing/", signing.signing, name="signing"),
    path("work/extensions/", extending.extensions, name="extensions"),
    path("work/extensions/<int:extension>/", extending.extension, name="extension"),
    path("work/occurrences/<int:occurrence>/extend/", extending.extend, name="extend"),
    path("work/tasks/<int:task>/adjust/", adjusting.adjust, name="adjust"),
    path("work/tasks/<int:task>/ask/", steering.ask, name="ask"),
    path("work/tasks/<int:task>/rules/", rules.rules, name="rules"),
    path("work/adjustments/<int:adjustment>/", adjusting.adjustment, name="adjustment"),
    path("work/assignments/<int:assignment>/<slug:step>/", steering.step, name="step"),
    path("calendar/days/", working_days.working_days, name="working-days"),
]
