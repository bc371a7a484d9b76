"""The site app."""

from django.apps import AppConfig
from django.conf import settings
from django.utils.module_loading import autodiscover_modules

from mitstadt.ground.tasks.signals import ran


class SiteConfig(AppConfig):
    """Registers the site with its management commands."""

    name = "mitstadt.site"
    label = "site"

    def ready(self) -> None:
        """Declare the words of the demo and what each app asks of a city; count what workers do, if asked to."""
        from mitstadt.site.demo import verbs as of_the_demo
        from mitstadt.spine import verbs

        verbs.declare(of_the_demo)
        # What must hold so that a city can be run stands in `conditions.py` of whoever knows it.
        autodiscover_modules("conditions")
        if settings.METRICS_TOKEN or settings.METRICS_FROM:
            ran.connect(_count)


def _count(*, path: str, outcome: str, **_sender: object) -> None:
    from mitstadt.site.metrics.counts import TASKS

    TASKS.labels(path.rpartition(".")[2], outcome).inc()
