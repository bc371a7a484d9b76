"""Addresses of the pages that bring slices together; the short address of a ref comes last."""

from django.urls import include, path

urlpatterns = [
    path("", include("mitstadt.pages.host.urls")),
    path("", include("mitstadt.pages.moderation.urls")),
    path("", include("mitstadt.pages.tending.urls")),
    path("", include("mitstadt.pages.colleagues.urls")),
    path("", include("mitstadt.pages.desk.urls")),
    path("", include("mitstadt.pages.organisations.urls")),
    path("", include("mitstadt.pages.operations.urls")),
    path("", include("mitstadt.pages.home.urls")),
    path("", include("mitstadt.pages.processes.urls")),
    path("", include("mitstadt.pages.rooms.urls")),
    path("", include("mitstadt.pages.said.urls")),
    path("", include("mitstadt.pages.following.urls")),
    path("", include("mitstadt.pages.themes.urls")),
    path("", include("mitstadt.pages.feeds.urls")),
    path("", include("mitstadt.pages.data.urls")),
    path("", include("mitstadt.pages.promises.urls")),
    path("", include("mitstadt.pages.search.urls")),
    path("", include("mitstadt.pages.files.urls")),
    path("", include("mitstadt.pages.voices.urls")),
    path("", include("mitstadt.pages.together.urls")),
    path("", include("mitstadt.pages.people.urls")),
    path("", include("mitstadt.pages.mailbox.urls")),
    path("", include("mitstadt.pages.log.urls")),
    path("", include("mitstadt.pages.runs.urls")),
    path("", include("mitstadt.pages.trail.urls")),
]
