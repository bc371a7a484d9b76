"""The pages app."""

from django.apps import AppConfig


class PagesConfig(AppConfig):
    """Registers the pages that bring slices together."""

    name = "mitstadt.pages"
    label = "pages"

    def ready(self) -> None:
        """Listen to what happens to accounts, and let searches be followed."""
        from mitstadt.pages.people.safety import connect
        from mitstadt.pages.search.following import SEARCH
        from mitstadt.spine.following import register

        connect()
        register(SEARCH)
