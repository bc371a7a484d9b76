"""Run the tests: all in parallel, those of a slice in seconds, or everything at full size with ``--thorough``."""

from __future__ import annotations

import os
from itertools import takewhile
from pathlib import Path

from mitstadt.ground.commands import Command
from mitstadt.ground.commands import gettext_noop as _

COMMAND = Command(
    "test",
    _("alle Tests laufen lassen, die eines Teils, oder alle in voller Größe"),
    "mitstadt.site.commandline.test:main",
    description=_(
        "Ohne Angaben laufen alle Tests, auf zwei Prozessen; ./mitstadt test drafting nimmt die eines Teils, "
        "--thorough alle in voller Größe. Alles andere geht an pytest: ./mitstadt test drafting -q -x."
    ),
    passes_on=True,
)
_ALL = ["-n", "2", "--dist", "loadfile"]
_CODE = ("participation", "pages", "methods", "ground", "spine", "ui", "site", "site/commandline")


def main(arguments: list[str]) -> int:
    """Hand over to pytest: names of slices become their folders, everything else is pytest's own."""
    import pytest

    root = Path(os.environ.get("MITSTADT_ROOT", Path.cwd()))
    os.chdir(root)
    return int(pytest.main(words_for_pytest(arguments, root)))


def words_for_pytest(arguments: list[str], root: Path) -> list[str]:
    """What pytest is told; without a place all tests, on two workers. Slices are named before any option."""
    size = ["--thorough"] if "--thorough" in arguments else []
    rest = [word for word in arguments if word != "--thorough"]
    places = list(takewhile(lambda word: not word.startswith("-"), rest))
    options = rest[len(places) :]
    folders = [folder for place in places for folder in folders_of(place, root) or [place]]
    return ["-q", *(options or ([] if places else _ALL)), *size, *folders]


def folders_of(name: str, root: Path) -> list[str]:
    """All folders of a slice: ``log`` is the mathematics of the log and its pages; ``tests`` what crosses slices."""
    if not name.isidentifier():
        return []
    near = {"budget": "budgeting", "lottery": "sortition"}.get(name, name)
    source = root / "src" / "mitstadt"
    found = [source / near, *(source / floor / word for floor in _CODE for word in dict.fromkeys((near, name)))]
    across = [root / "tests"] if name == "tests" else [root / "tests" / name]
    return [str(folder.relative_to(root)) for folder in [*found, *across] if _has_tests(folder)]


def _has_tests(folder: Path) -> bool:
    return folder.is_dir() and next(folder.rglob("test_*.py"), None) is not None
