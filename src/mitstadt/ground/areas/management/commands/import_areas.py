"""``./mitstadt manage import_areas FILE.geojson``: exact borders, further levels, or the whole tree of a city."""

import datetime as dt
from argparse import ArgumentParser
from pathlib import Path
from typing import Any, BinaryIO

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from mitstadt.ground.areas.actions import Imported, ImportOptions, import_areas
from mitstadt.ground.areas.models import Level
from mitstadt.ground.areas.reading.columns import Wishes
from mitstadt.ground.areas.reading.sets import AreaFileError

_MOST_SENTENCES = 20


class Command(BaseCommand):
    """Reads the file, finds out what it can, and says in sentences what it did or what is wrong."""

    help = "Load areas from GeoJSON or from a tree file (docs/formats-areas.md): all of the file or nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="GeoJSON or mitstadt-areas/1, packed with gzip or not")
        parser.add_argument("--level", choices=Level.values, help="which level the file holds")
        parser.add_argument("--scheme", default="", help="short name of the id scheme, for example berlin-lor-2021")
        parser.add_argument("--id-property", default="", help="property with the official id")
        parser.add_argument("--name-property", default="", help="property with the name")
        parser.add_argument("--parent-property", default="", help="property with the official id of the area above")
        parser.add_argument("--parent", default="", metavar="SLUG", help="area under which new areas are placed")
        parser.add_argument("--crs", default="", help="coordinate system when the file names none: EPSG:25833")
        parser.add_argument("--id-width", type=int, default=0, help="digits of an id whose leading zeros were lost")
        parser.add_argument(
            "--valid-from", type=dt.date.fromisoformat, help="first day of new areas, today if left out"
        )
        parser.add_argument("--upward", action="store_true", help="join the borders of the areas above from these")
        parser.add_argument("--check", action="store_true", help="only say what would happen")

    def handle(self, *args: Any, **options: Any) -> None:
        chosen = ImportOptions(
            wishes=Wishes(
                level=Level(options["level"]) if options["level"] else None,
                scheme=options["scheme"],
                id_property=options["id_property"],
                name_property=options["name_property"],
                parent_property=options["parent_property"],
            ),
            crs=options["crs"],
            valid_from=options["valid_from"],
            parent=options["parent"],
            id_width=options["id_width"],
            source=options["file"].name[:300],
            upward=options["upward"],
            check_only=options["check"],
        )
        with opened(options["file"]) as stream:
            try:
                self._tell(import_areas(stream, options=chosen, now=timezone.now()), checked=options["check"])
            except AreaFileError as error:
                raise CommandError(refusal(error), returncode=2) from error

    def _tell(self, imported: Imported, *, checked: bool) -> None:
        for finding in imported.stored.findings[:_MOST_SENTENCES]:
            self.stdout.write(finding.sentence)
        if len(imported.stored.findings) > _MOST_SENTENCES:
            self.stdout.write(f"… and {len(imported.stored.findings) - _MOST_SENTENCES} more notes.")
        stored = imported.stored
        self.stdout.write(
            f"{', '.join(imported.levels)} of {imported.scheme}: {stored.created} new, {stored.changed} changed, "
            f"{stored.unchanged} unchanged; {stored.borders} borders loaded, {imported.joined_upward} joined above."
        )
        if checked:
            self.stdout.write("This was a check: nothing was written.")


def opened(path: Path) -> BinaryIO:
    """The file, or a sentence why it cannot be read."""
    try:
        return path.open("rb")
    except FileNotFoundError:
        raise CommandError(f"There is no file {path}.", returncode=2) from None
    except IsADirectoryError:
        raise CommandError(f"{path} is a folder. Name a file in it.", returncode=2) from None
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}.", returncode=2) from None


def refusal(error: AreaFileError) -> str:
    """The first reasons of a refusal, one a line."""
    sentences = [finding.sentence for finding in error.findings]
    rest = [f"… and {len(sentences) - _MOST_SENTENCES} more."] if len(sentences) > _MOST_SENTENCES else []
    return "\n".join(["Nothing was loaded.", *sentences[:_MOST_SENTENCES], *rest])
