"""Addresses of the promise board and of reminding."""

from django.urls import path

from mitstadt.pages.promises import reminding, views

urlpatterns = [
    path("zusagen/", views.promises, name="promises"),
    path("beteiligungen/<ref:ref>/erinnern/", reminding.remind, name="remind"),
]
