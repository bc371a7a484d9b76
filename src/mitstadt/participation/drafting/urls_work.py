"""Addresses where people work on a text, and where everyone compares its editions."""

from django.urls import path

from mitstadt.participation.drafting.views import comparing, editing, importing, next_edition

urlpatterns = [
    path("beteiligungen/<ref:ref>/text/vergleich/", comparing.editions_compared, name="editions_compared"),
    path("beteiligungen/<ref:ref>/leitung/text/", importing.preview, name="text_preview"),
    path("beteiligungen/<ref:ref>/leitung/text/laden/", importing.load, name="text_import"),
    path("beteiligungen/<ref:ref>/redaktion/", editing.desk, name="editing_desk"),
    path("beteiligungen/<ref:ref>/redaktion/naechste-fassung/", next_edition.next_edition, name="next_edition"),
    path(
        "beteiligungen/<ref:ref>/redaktion/naechste-fassung/veroeffentlichen/",
        next_edition.publish,
        name="publish_edition",
    ),
]
