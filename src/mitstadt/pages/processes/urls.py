"""Addresses of processes."""

from django.urls import path

from mitstadt.pages.processes import views

urlpatterns = [
    path("beteiligungen/", views.processes, name="processes"),
    path("beteiligungen/<ref:ref>/", views.process, name="process"),
    path("beteiligungen/<ref:ref>/zusage/", views.commitment, name="commitment"),
]
