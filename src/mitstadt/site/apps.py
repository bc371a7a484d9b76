"""The site app."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """Registers the site with its management commands."""

    name = "mitstadt.site"
    label = "site"

    def ready(self) -> None:
        """Declare what the demo city says in the log."""
        from mitstadt.site.demo import verbs as of_the_demo
        from mitstadt.spine import verbs

        verbs.declare(of_the_demo)
