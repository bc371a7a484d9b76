"""The addresses of the made-up slice: all else leans on pages that are there for every slice."""

from django.urls import path

from mitstadt.site.tests.second import views

urlpatterns = [
    path("wuensche/<ref:ref>/", views.wishes, name="wishes"),
    path("wuensche/<ref:ref>/bogen/", views.sheet, name="trial_sheet"),
    path("wuensche/<ref:ref>/bogen.pdf", views.sheet_on_paper, name="trial_sheet_paper"),
    path("wuensche/<ref:ref>/bogen/ergebnis/", views.sheet_results, name="trial_sheet_results"),
    path("wuensche/<ref:ref>/bogen/antworten.<slug:kind>", views.sheet_file, name="trial_sheet_file"),
]
