"""Addresses of writing together."""

from django.urls import include, path

from mitstadt.participation.drafting.views import contributing, exports, printing, reading

urlpatterns = [
    path("", include("mitstadt.participation.drafting.urls_work")),
    path("beteiligungen/<ref:ref>/text/", reading.text, name="text"),
    path("beteiligungen/<ref:ref>/text/<ref:passage_ref>/", reading.passage, name="passage"),
    path("beteiligungen/<ref:ref>/text/druck.pdf", printing.paper, name="text_paper"),
    path("beteiligungen/<ref:ref>/text/druck-mit-codes/", printing.paper_with_codes, name="text_paper_with_codes"),
    path("beteiligungen/<ref:ref>/text/synopse/", exports.synopsis, name="synopsis"),
    path("beteiligungen/<ref:ref>/text/synopse.<slug:extension>", exports.synopsis_file, name="synopsis_file"),
    path(
        "beteiligungen/<ref:ref>/text/<ref:passage_ref>/<slug:form>/beitragen/",
        contributing.contribute,
        name="contribute",
    ),
    path("beitraege/<ref:ref>/", contributing.contribution, name="contribution"),
]
