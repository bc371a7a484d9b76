"""Whose words are whose: a floor owns those of its folder, a way to take part those of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2]
# The one floor whose folders each own their words: a slice comes and goes with all that it says.
_DIVIDED = "participation"


@dataclass(frozen=True)
class Owner:
    """A floor or a slice, and the folder in which its code and its catalogues lie."""

    name: str
    folder: Path

    @property
    def locale(self) -> Path:
        """Where gettext looks for its catalogues."""
        return self.folder / "locale"

    def catalogue(self, language: str) -> Path:
        """The catalogue of one language, named as gettext does: ``en``, ``de_Simple``."""
        return self.locale / language / "LC_MESSAGES" / "django.po"

    def catalogues(self) -> Iterator[Path]:
        """The catalogues that are there."""
        yield from sorted(self.locale.glob("*/LC_MESSAGES/*.po"))


def owners(source: Path = SOURCE) -> list[Owner]:
    """All floors and slices below a folder of source code, in the order of their names."""
    floors = [folder for folder in _packages(source) if folder.name != _DIVIDED]
    slices = list(_packages(source / _DIVIDED))
    return [Owner(folder.relative_to(source).as_posix(), folder) for folder in sorted([*floors, *slices])]


def languages(source: Path = SOURCE) -> list[str]:
    """Every language that some floor or slice speaks beside the German of the code."""
    found = {path for owner in owners(source) for path in owner.catalogues() if path.name == "django.po"}
    return sorted({path.parents[1].name for path in found})


def _packages(folder: Path) -> Iterator[Path]:
    if folder.is_dir():
        yield from (child for child in folder.iterdir() if child.is_dir() and not child.name.startswith(("_", ".")))
