"""The addresses of the made-up slice: all else leans on pages that are there for every slice."""

from django.urls import path

from mitstadt.site.tests.second import views

urlpatterns = [
    path("wuensche/<ref:ref>/", views.wishes, name="wishes"),
    path("wuensche/<ref:ref>/bogen/", views.sheet, name="trial_sheet"),
]
