"""Django's own management commands, in this city's settings."""

import os

from mitstadt.ground.commands import Command
from mitstadt.ground.commands import gettext_noop as _

COMMAND = Command(
    "manage",
    _("Djangos eigene Befehle, darunter import_areas und found_city"),
    "mitstadt.site.commandline.manage:main",
    description=_("./mitstadt manage help nennt alle Befehle; ./mitstadt manage import_areas --help erklärt einen."),
    passes_on=True,
)


def main(arguments: list[str]) -> int:
    """Run one of them."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mitstadt.site.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(["./mitstadt manage", *arguments])
    return 0
