"""Addresses of the demo's mailbox."""

from django.urls import path

from mitstadt.pages.mailbox import views

urlpatterns = [
    path("mails/", views.mailbox, name="mailbox"),
    path("mails/<slug:name>/", views.mail, name="mailbox_mail"),
]
