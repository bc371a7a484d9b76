"""The mail app."""

from django.apps import AppConfig


class MailConfig(AppConfig):
    """Registers the mail app under its short label."""

    name = "mitstadt.ground.mail"
    label = "mail"
