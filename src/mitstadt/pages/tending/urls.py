"""Addresses of those who tend the record for others."""

from django.urls import path

from mitstadt.pages.tending import views

urlpatterns = [
    path("eintraege/<ref:ref>/pflege/", views.tend, name="tend"),
    path("eintraege/<ref:ref>/schwaerzen/", views.black_words_out, name="black_out"),
    path("eintraege/<ref:ref>/loeschen/", views.erase, name="erase_for_others"),
    path("eintraege/<ref:ref>/berichtigen/", views.correct, name="correct_entry"),
    path("loeschungen/", views.waiting, name="erasures_waiting"),
]
