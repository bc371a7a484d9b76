"""Django's own management commands, in this city's settings."""

import os


def main(arguments: list[str]) -> int:
    """Run one of them."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mitstadt.site.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(["./mitstadt manage", *arguments])
    return 0
