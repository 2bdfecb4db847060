"""Addresses of registers."""

from django.urls import path

from luoshi.apps.register.views import destruction, entry, listing, outside, personal, receipt, step

app_name = "register"
urlpatterns = [
    path("registers/", listing.start, name="start"),
    path("registers/<slug:key>/", listing.entries, name="list"),
    path("registers/<slug:key>/board/", listing.board, name="board"),
    path("registers/<slug:key>/new/<slug:transition>/", step.new, name="new"),
    path("registers/<slug:key>/<int:number>/", entry.entry, name="entry"),
    path("registers/<slug:key>/<int:number>/paper/", entry.paper, name="paper"),
    path("registers/<slug:key>/<int:number>/files/<int:file>/", entry.file, name="file"),
    path("registers/<slug:key>/<int:number>/step/<slug:transition>/", step.step, name="step"),
    path("registers/<slug:key>/destruction/", destruction.due, name="destruction"),
    path("registers/<slug:key>/destruction/sheets/", destruction.sheets, name="destruction-sheets"),
    path("registers/<slug:key>/destruction/<int:sheet>/", destruction.sheet, name="destruction-sheet"),
    path("registers/<slug:key>/privacy/", personal.privacy, name="privacy"),
    path("registers/<slug:key>/<int:number>/personal/", personal.shown, name="reveal"),
    path("registers/<slug:key>/<int:number>/personal/<int:correction>/", personal.answer, name="correction"),
    path("file/", outside.filing, name="filing"),
    path("file/<slug:key>/", outside.form, name="form"),
    path("receipt/", receipt.receipt, name="receipt"),
    path("receipt/again/", receipt.again, name="receipt-again"),
    path("receipt/paper/", receipt.paper, name="receipt-paper"),
    path("receipt/mine/", receipt.mine, name="receipt-mine"),
    path("receipt/mine.json", receipt.copy, name="receipt-copy"),
    path("receipt/leave/", receipt.leave, name="receipt-leave"),
    path("receipt/do/<slug:transition>/", receipt.act, name="receipt-act"),
]
