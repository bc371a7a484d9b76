"""Address of the search."""

from django.urls import path

from mitstadt.pages.search import views

urlpatterns = [path("suche/", views.search, name="search")]
