"""Addresses of pages about the files of a record."""

from django.urls import path

from mitstadt.pages.files.removing import record_files

urlpatterns = [path("eintraege/<ref:ref>/dateien/", record_files, name="record_files")]
