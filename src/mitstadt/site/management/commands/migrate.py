"""Django's own command, with a backup of a living city before its tables change, and a recount afterwards."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser
from django.core.management.commands import migrate
from django.db import DEFAULT_DB_ALIAS

from mitstadt.ground import clock
from mitstadt.methods.shared.errors import MethodError
from mitstadt.site.backup import versions
from mitstadt.site.backup.upgrading import backed_up_first, count_anew, way_back


class Command(migrate.Command):
    """Migrate; a city with rows is backed up first and counted anew afterwards; one that fails says how to go back."""

    def add_arguments(self, parser: CommandParser) -> None:
        """Django's own, and a way out for whoever has a backup."""
        super().add_arguments(parser)
        parser.add_argument("--without-backup", action="store_true", help="Write no backup of a living city first.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Back up, where there is something to lose, and migrate."""
        only_looks = options.get("plan") or options.get("check_unapplied")
        whole = not only_looks and not options.get("app_label") and options.get("database") == DEFAULT_DB_ALIAS
        changes = whole and bool(versions.pending())
        backup = None
        without = options.pop("without_backup", False)
        if options.get("database") == DEFAULT_DB_ALIAS and not only_looks and not without:
            backup = backed_up_first(now=clock.now(), say=self.stderr.write)
        try:
            super().handle(*args, **options)
            if changes:
                count_anew()
        except MethodError:
            raise
        except Exception as error:
            if backup is None:
                raise
            raise way_back(backup, error) from error
