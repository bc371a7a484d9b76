"""Addresses for those who run the city."""

from django.urls import path

from mitstadt.pages.operations import views

urlpatterns = [
    path("betrieb/", views.operations, name="operations"),
    path("betrieb/einrichtung/", views.setup, name="setup"),
]
