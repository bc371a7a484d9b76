"""Addresses of runs."""

from django.urls import path

from mitstadt.pages.runs import views

urlpatterns = [
    path("auswertungen/<ref:ref>/", views.run, name="run"),
    path("auswertungen/<ref:ref>/eingabe", views.run_input, name="run_input"),
    path("auswertungen/<ref:ref>/ergebnis.json", views.run_output, name="run_output"),
]
