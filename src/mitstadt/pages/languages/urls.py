"""The address that remembers a language: it is of none itself."""

from django.urls import path

from mitstadt.pages.languages import views

urlpatterns = [path("sprache/<slug:language>/", views.choose, name="choose_language")]
