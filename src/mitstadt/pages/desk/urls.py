"""Addresses of the desk: all of it, one room with its parts, one part."""

from django.urls import path

from mitstadt.pages.desk import views

urlpatterns = [
    path("schalter/", views.desk, name="desk"),
    path("schalter/<ref:ref>/", views.enter, name="desk_part"),
    path("schalter/<ref:ref>/heute/", views.today, name="desk_today"),
    path("schalter/<ref:ref>/zuruecknehmen/", views.undo, name="desk_undo"),
    path("beteiligungen/<ref:ref>/schalter/", views.parts, name="desk_process"),
]
