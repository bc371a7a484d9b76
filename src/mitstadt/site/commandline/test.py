"""Run all tests: the whole suite in parallel, or what the arguments name."""

import os
from pathlib import Path

from mitstadt.ground.commands import Command
from mitstadt.ground.commands import gettext_noop as _

COMMAND = Command(
    "test",
    _("alle Tests laufen lassen, oder die genannten"),
    "mitstadt.site.commandline.test:main",
    description=_(
        "Ohne Angaben laufen alle Tests, auf zwei Prozessen. Alles andere geht an pytest: "
        "./mitstadt test src/mitstadt/spine, ./mitstadt test -q --help."
    ),
    passes_on=True,
)


def main(arguments: list[str]) -> int:
    """Hand over to pytest; without arguments all tests, on two workers."""
    import pytest

    os.chdir(os.environ.get("MITSTADT_ROOT", Path.cwd()))
    return int(pytest.main(arguments or ["-q", "-n", "2", "--dist", "loadfile"]))
