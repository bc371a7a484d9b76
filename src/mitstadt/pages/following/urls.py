"""Addresses of following."""

from django.urls import path

from mitstadt.pages.following import views

urlpatterns = [path("folgen/<slug:kind>/", views.follow_target, name="follow_target")]
