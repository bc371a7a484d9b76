"""Address of the list of contributions."""

from django.urls import path

from mitstadt.pages.said import views

urlpatterns = [path("beteiligungen/<ref:ref>/beitraege/", views.said, name="said")]
