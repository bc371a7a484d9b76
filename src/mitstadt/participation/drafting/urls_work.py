"""Addresses where people work on a text, and where everyone compares its editions."""

from django.urls import path

from mitstadt.participation.drafting.views import comparing, editing, importing, next_edition, publishing

urlpatterns = [
    path("texte/<ref:ref>/vergleich/", comparing.editions_compared, name="editions_compared"),
    path("texte/<ref:ref>/vorbereiten/", importing.preview, name="text_preview"),
    path("texte/<ref:ref>/vorbereiten/laden/", importing.load, name="text_import"),
    path("texte/<ref:ref>/redaktion/", editing.desk, name="editing_desk"),
    path("texte/<ref:ref>/redaktion/naechste-fassung/", next_edition.next_edition, name="next_edition"),
    path(
        "texte/<ref:ref>/redaktion/naechste-fassung/veroeffentlichen/",
        publishing.publish,
        name="publish_edition",
    ),
]
