"""Whose words are whose: a floor owns those of its folder, a slice those of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from mitstadt.site.slices import folder_of, installed

SOURCE = Path(__file__).resolve().parents[2]
# The floor of the slices: each comes and goes with all that it says.
_DIVIDED = "participation"


@dataclass(frozen=True)
class Owner:
    """A floor or a slice, the folder of its code and its catalogues, and its module where that lies elsewhere."""

    name: str
    folder: Path
    module: str = ""

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
    """All floors and slices, in the order of their names: those installed here, or those below another folder."""
    floors = [folder for folder in _packages(source) if folder.name != _DIVIDED]
    inside = [_inside(folder, source) for folder in floors]
    if source != SOURCE:
        inside += [_inside(folder, source) for folder in _packages(source / _DIVIDED)]
    else:
        inside += [_of_slice(name) for name in installed()]
    return sorted(inside, key=lambda owner: owner.folder)


def _inside(folder: Path, source: Path) -> Owner:
    return Owner(folder.relative_to(source).as_posix(), folder)


def _of_slice(name: str) -> Owner:
    folder = folder_of(name)
    return _inside(folder, SOURCE) if folder.is_relative_to(SOURCE) else Owner(name, folder, module=name)


def languages(source: Path = SOURCE) -> list[str]:
    """Every language that some floor or slice speaks beside the German of the code."""
    found = {path for owner in owners(source) for path in owner.catalogues() if path.name == "django.po"}
    return sorted({path.parents[1].name for path in found})


def _packages(folder: Path) -> Iterator[Path]:
    if folder.is_dir():
        yield from (child for child in folder.iterdir() if child.is_dir() and not child.name.startswith(("_", ".")))
