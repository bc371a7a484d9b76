"""``./mitstadt manage import_addresses FILE.csv.gz``: the addresses of a city and the area each lies in."""

import datetime as dt
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from mitstadt.ground.areas.actions import import_addresses
from mitstadt.ground.areas.management.commands.import_areas import opened, refusal
from mitstadt.ground.areas.models import Area, Level
from mitstadt.ground.areas.reading.sets import AreaFileError


class Command(BaseCommand):
    """Replaces the address table by the file's."""

    help = "Load addresses from CSV (columns: street, number, suffix, postcode, locality, area): replaces all others."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="CSV, packed with gzip or not")
        parser.add_argument(
            "--level", choices=Level.values, default=Level.PLANNING_AREA, help="level of the areas named"
        )
        parser.add_argument("--scheme", default="", help="id scheme of the areas named, when there are several")
        parser.add_argument("--on", type=dt.date.fromisoformat, help="day on which the areas exist, today if left out")

    def handle(self, *args: Any, **options: Any) -> None:
        areas = Area.objects.valid_on(options["on"] or timezone.localdate()).filter(level=options["level"])
        if options["scheme"]:
            areas = areas.filter(scheme=options["scheme"])
        with opened(options["file"]) as stream:
            try:
                loaded = import_addresses(stream, areas=areas)
            except AreaFileError as error:
                raise CommandError(refusal(error), returncode=2) from error
        self.stdout.write(
            f"{loaded.addresses} addresses on {loaded.streets} streets loaded; "
            f"{loaded.repeated} stood twice and count once."
        )
