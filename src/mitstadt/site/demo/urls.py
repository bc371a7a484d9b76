"""Addresses of the demo; mounted only where `settings.DEMO` is set."""

from django.urls import path

from mitstadt.site.demo import views

urlpatterns = [
    path("demo/", views.demo, name="demo"),
    path("demo/<slug:key>/", views.take_seat, name="take_seat"),
]
