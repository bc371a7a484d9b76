"""Address of the promise board."""

from django.urls import path

from mitstadt.pages.promises import views

urlpatterns = [path("zusagen/", views.promises, name="promises")]
