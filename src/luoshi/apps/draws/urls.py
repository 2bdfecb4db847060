"""Addresses of draws."""

from django.urls import path

from luoshi.apps.draws.views import public, working

app_name = "draws"
urlpatterns = [
    path("registers/<slug:key>/<int:number>/draw/<slug:draw>/", working.draw, name="draw"),
    path("registers/<slug:key>/<int:number>/draw/<slug:draw>/list/", working.frozen, name="list"),
    path("draws/", public.index, name="index"),
    path("draws/verify_draw.py", public.program, name="program"),
    path("draws/<int:number>/", public.notice, name="notice"),
    path("draws/<int:number>/list/", public.names, name="names"),
    path("draws/<int:number>/commitment.json", public.commitment, name="commitment"),
    path("draws/<int:number>/proof.json", public.evidence, name="proof"),
]
