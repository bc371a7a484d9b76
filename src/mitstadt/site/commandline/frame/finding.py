"""Find every declared command: those beside this folder, and those in a module ``commands`` of a floor or slice."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import mitstadt.site.commandline as own
from mitstadt.ground.commands import Command
from mitstadt.site.catalogues.owners import SOURCE, owners

_NO_COMMANDS = {"frame", "__main__"}


@dataclass(frozen=True)
class Found:
    """A command and the catalogues of those who declared it."""

    command: Command
    locale: Path


def commands(source: Path = SOURCE, package: str = "mitstadt") -> dict[str, Found]:
    """All commands by name; two of one name are refused."""
    found: dict[str, Found] = {}
    for one in [*_of_the_house(), *_of_floors_and_slices(source, package)]:
        if found.setdefault(one.command.name, one) is not one:
            raise ValueError(f"Two commands are named “{one.command.name}”.")
    return found


def _of_the_house() -> Iterator[Found]:
    """A module or folder beside this one that declares a command; others help them."""
    for module in pkgutil.iter_modules(own.__path__):
        if module.name not in _NO_COMMANDS:
            declared = importlib.import_module(f"{own.__name__}.{module.name}")
            if command := getattr(declared, "COMMAND", None):
                yield Found(command, SOURCE / "site" / "locale")


def _of_floors_and_slices(source: Path, package: str) -> Iterator[Found]:
    for owner in owners(source):
        if (owner.folder / "commands.py").exists() or (owner.folder / "commands").is_dir():
            module = owner.module or f"{package}.{owner.name.replace('/', '.')}"
            declared = importlib.import_module(f"{module}.commands")
            # `ground/commands.py` has the form of a declaration and declares none.
            yield from (Found(command, owner.locale) for command in getattr(declared, "COMMANDS", ()))
