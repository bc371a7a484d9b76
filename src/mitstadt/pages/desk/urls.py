"""Addresses of the desk."""

from django.urls import path

from mitstadt.pages.desk import views

urlpatterns = [
    path("schalter/", views.desk, name="desk"),
    path("beteiligungen/<ref:ref>/schalter/", views.desk_process, name="desk_process"),
    path("beteiligungen/<ref:ref>/schalter/heute/", views.today, name="desk_today"),
    path("beteiligungen/<ref:ref>/schalter/zuruecknehmen/", views.undo, name="desk_undo"),
]
