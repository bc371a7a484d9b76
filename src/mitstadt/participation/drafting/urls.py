"""Addresses of writing together. Those that carried the ref of a process are printed on paper: they lead on."""

from django.urls import include, path

from mitstadt.participation.drafting.views import contributing, exports, moved, printing, reading

urlpatterns = [
    path("", include("mitstadt.participation.drafting.urls_work")),
    path("texte/<ref:ref>/", reading.text, name="text"),
    path("texte/<ref:ref>/<ref:passage_ref>/", reading.passage, name="passage"),
    path("texte/<ref:ref>/druck.pdf", printing.paper, name="text_paper"),
    path("texte/<ref:ref>/druck-mit-codes/", printing.paper_with_codes, name="text_paper_with_codes"),
    path("texte/<ref:ref>/synopse/", exports.synopsis, name="synopsis"),
    path("texte/<ref:ref>/synopse.<slug:extension>", exports.synopsis_file, name="synopsis_file"),
    path("texte/<ref:ref>/<ref:passage_ref>/<slug:form>/beitragen/", contributing.contribute, name="contribute"),
    path("beitraege/<ref:ref>/", contributing.contribution, name="contribution"),
    path("beteiligungen/<ref:ref>/text/", moved.moved, name="text_moved"),
    path("beteiligungen/<ref:ref>/text/<path:rest>", moved.moved, name="text_page_moved"),
]
