"""``./mitstadt manage remove_areas SLUG``: an area with everything below it, where nothing stands in it."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from mitstadt.ground.areas.actions import remove_areas
from mitstadt.ground.areas.reading.sets import AreaFileError


class Command(BaseCommand):
    """All of them or none."""

    help = "Remove an area and all below it, as a city loaded by mistake; refused where something stands there."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which."""
        parser.add_argument("slug", help="short name of the area at the top, as “berlin”")

    def handle(self, *args: Any, **options: Any) -> None:
        """Remove them and say how many."""
        try:
            count = remove_areas(options["slug"])
        except AreaFileError as error:
            raise CommandError("\n".join(finding.sentence for finding in error.findings), returncode=2) from error
        self.stdout.write(f"{count} areas are removed.")
