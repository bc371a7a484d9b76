"""Addresses of trails."""

from django.urls import path, re_path

from mitstadt.pages.trail import views

urlpatterns = [
    path("werdegang/<ref:ref>/", views.trail, name="trail"),
    path("nachschlagen/", views.lookup, name="lookup"),
    re_path(r"^(?P<typed>[0-9A-Za-z]{4}[-. ]?[0-9A-Za-z]{4})/?$", views.short_ref, name="short_ref"),
]
