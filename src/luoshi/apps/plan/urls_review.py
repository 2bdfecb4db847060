"""Addresses of uploading and of the import review."""

from django.urls import path

from luoshi.apps.plan.views import edit, match, review, settle, upload

urlpatterns = [
    path("imports/", upload.upload, name="upload"),
    path("imports/<uuid:job>/", upload.job, name="job"),
    path("imports/<uuid:job>/retry", upload.retry, name="retry"),
    path("plans/<int:plan>/review/", review.review, name="review"),
    path("plans/<int:plan>/review/text/<int:number>", review.passage, name="review-passage"),
    path("plans/<int:plan>/review/tasks/<int:number>", review.batch, name="review-batch"),
    path("plans/<int:plan>/review/card/<int:position>", review.card, name="review-card"),
    path("plans/<int:plan>/review/findings", review.findings, name="review-findings"),
    path("plans/<int:plan>/review/edit/<int:position>", edit.edit, name="review-edit"),
    path("plans/<int:plan>/review/settle/<int:finding>", settle.settle, name="settle"),
    path("plans/<int:plan>/review/notes", settle.notes, name="accept-notes"),
    path("plans/<int:plan>/review/undo/<int:step>", settle.undo, name="undo"),
    path("plans/<int:plan>/review/confirm", settle.confirm, name="confirm"),
    path("plans/<int:plan>/review/reopen", settle.reopen, name="reopen"),
    path("plans/<int:plan>/review/names/", match.names, name="review-names"),
    path("plans/<int:plan>/review/names/match", match.match, name="match"),
    path("plans/<int:plan>/review/names/register", match.register, name="register"),
    path("plans/<int:plan>/review/names/match-exact", match.match_exact, name="match-exact"),
    path("plans/<int:plan>/review/names/register-all", match.register_rest, name="register-all"),
]
