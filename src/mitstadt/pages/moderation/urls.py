"""Addresses of moderation."""

from django.urls import path

from mitstadt.pages.moderation import views

urlpatterns = [
    path("moderation/", views.queue, name="moderation"),
    path("moderation/<ref:ref>/", views.case, name="moderation_case"),
    path("melden/<ref:ref>/", views.report, name="report"),
    path("melden/<ref:ref>/danke/", views.report_received, name="report_received"),
    path("widerspruch/<ref:ref>/", views.appeal, name="appeal"),
]
