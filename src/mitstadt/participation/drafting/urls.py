"""Addresses of writing together."""

from django.urls import include, path

from mitstadt.participation.drafting.views import contributing, reading

urlpatterns = [
    path("", include("mitstadt.participation.drafting.urls_work")),
    path("beteiligungen/<ref:ref>/text/", reading.text, name="text"),
    path("beteiligungen/<ref:ref>/text/<ref:passage_ref>/", reading.passage, name="passage"),
    path(
        "beteiligungen/<ref:ref>/text/<ref:passage_ref>/<slug:form>/beitragen/",
        contributing.contribute,
        name="contribute",
    ),
    path("beitraege/<ref:ref>/", contributing.contribution, name="contribution"),
]
