"""Addresses of feeds, calendars and share cards."""

from django.urls import path

from mitstadt.pages.feeds import views

urlpatterns = [
    path("atom/", views.city_feed, name="city_feed"),
    path("atom/<slug:kind>/", views.feed, name="feed"),
    path("kalender/<slug:kind>/", views.dates, name="dates"),
    path("karte/<slug:kind>/", views.card, name="share_card"),
]
