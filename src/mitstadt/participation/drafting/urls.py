"""Addresses of writing together."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
