"""The site app."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """Registers the site with its management commands."""

    name = "mitstadt.site"
    label = "site"
