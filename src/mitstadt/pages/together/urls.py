"""Addresses of one record, and of what makes one of several and several of one."""

from django.urls import path

from mitstadt.pages.together import authors, merging, record

urlpatterns = [
    path("eintraege/<ref:ref>/", record.record, name="record"),
    path("eintraege/<ref:ref>/verfasst-von/", authors.authors, name="authors"),
    path("eintraege/<ref:ref>/zustimmen/", authors.agree, name="agree"),
    path("mitschreiben/", authors.join, name="join_authors"),
    path("eintraege/<ref:ref>/zusammenfuehren/", merging.merge, name="merge"),
    path("eintraege/<ref:ref>/trennen/", merging.separate, name="separate"),
    path("eintraege/<ref:ref>/aufteilen/", merging.split, name="split"),
]
