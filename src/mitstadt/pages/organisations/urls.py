"""Addresses of organisations."""

from django.urls import path

from mitstadt.pages.organisations import text_blocks, views

urlpatterns = [
    path("organisationen/", views.organisations, name="organisations"),
    path("organisationen/neu/", views.organisation_new, name="organisation_new"),
    path("organisationen/<slug:slug>/", views.organisation, name="organisation"),
    path("organisationen/<slug:slug>/angaben/", views.organisation_facts, name="organisation_facts"),
    path("organisationen/<slug:slug>/schliessen/", views.organisation_end, name="organisation_end"),
    path("organisationen/<slug:slug>/menschen/", views.organisation_people, name="organisation_people"),
    path("organisationen/<slug:slug>/textbausteine/", text_blocks.text_blocks, name="text_blocks"),
]
