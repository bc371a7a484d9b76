"""Address of themes."""

from django.urls import path

from mitstadt.pages.themes import views

urlpatterns = [path("themen/", views.theme, name="theme")]
