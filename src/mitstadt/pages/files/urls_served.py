"""Addresses of the files themselves. They have no language: a site mounts them outside the language prefix."""

from django.urls import path

from mitstadt.pages.files import views

urlpatterns = [
    path("dateien/<ref:ref>/<slug:key>.<slug:ending>", views.record_file, name="record_file"),
    path("hochgeladen/<slug:key>/", views.kept_file, name="kept_file"),
]
