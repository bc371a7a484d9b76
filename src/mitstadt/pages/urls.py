"""Addresses of the pages that bring slices together."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
