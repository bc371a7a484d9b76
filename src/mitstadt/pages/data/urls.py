"""Addresses of open data."""

from django.urls import path

from mitstadt.pages.data import views

urlpatterns = [
    path("beteiligungen/<ref:ref>/daten.json", views.process_json, name="process_json"),
    path("beteiligungen/<ref:ref>/daten.csv", views.process_csv, name="process_csv"),
]
