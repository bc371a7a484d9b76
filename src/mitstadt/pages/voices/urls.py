"""Addresses of what people do to a record."""

from django.urls import path

from mitstadt.pages.voices import rewording, translating, views

urlpatterns = [
    path("eintraege/<ref:ref>/unterstuetzen/", views.support, name="support"),
    path("eintraege/<ref:ref>/nicht-mehr-unterstuetzen/", views.end_support, name="end_support"),
    path("eintraege/<ref:ref>/kommentieren/", views.comment, name="comment"),
    path("eintraege/<ref:ref>/antworten/", views.reply, name="reply"),
    path("eintraege/<ref:ref>/folgen/", views.follow, name="follow"),
    path("eintraege/<ref:ref>/aendern/", rewording.reword, name="reword"),
    path("eintraege/<ref:ref>/zuruecknehmen/", views.own_record, name="own_record"),
    path("eintraege/<ref:ref>/uebersetzung/", translating.translation, name="translation"),
    path("beleg/<ref:ref>/", views.receipt, name="receipt"),
]
