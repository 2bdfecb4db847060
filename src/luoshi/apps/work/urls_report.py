"""Addresses of reports, approvals and evidence."""

from django.urls import URLPattern, path

from luoshi.apps.work.views import evidence, queues, report, report_steps

_OF_REPORT = "work/occurrences/<int:occurrence>/report/"

urlpatterns: list[URLPattern] = [
    path(_OF_REPORT, report.report, name="report"),
    path(f"{_OF_REPORT}save/", report.report_save, name="report-save"),
    path(f"{_OF_REPORT}send/", report.report_submit, name="report-submit"),
    path(f"{_OF_REPORT}quote/", report.report_quote, name="report-quote"),
    path(f"{_OF_REPORT}here/", report.report_here, name="report-here"),
    path(f"{_OF_REPORT}<slug:step>/", report_steps.report_step, name="report-step"),
    path("work/no-change/", report_steps.no_change, name="no-change"),
    path("work/accepting/", queues.accepting, name="accepting"),
    path("work/approving/", queues.approving, name="approving"),
    path("work/occurrences/<int:occurrence>/collecting/", queues.collecting, name="collecting"),
    path("work/evidence/", evidence.evidence, name="evidence"),
    path("work/evidence/<int:evidence>/", evidence.evidence_page, name="evidence-page"),
    path("work/evidence/<int:evidence>/file", evidence.evidence_file, name="evidence-file"),
    path("work/settings/<int:body>/", report_steps.body_setting, name="body-setting"),
]
