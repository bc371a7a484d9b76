"""Every route of the city, who gets what there, and an example address for each (see tests/matrix/README.md)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Protocol

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from matrix_visitors import PERSONAS
from mitstadt.site.slices import folder_of, installed

SOURCE = Path(__file__).resolve().parents[1] / "src" / "mitstadt"
# Who looks at a page first.
_LOOKERS = ("guest", "joerg", "malik", *PERSONAS)


class HasRefs(Protocol):
    """What gives addresses their refs: the whole city, or the one that is served."""

    @property
    def refs(self) -> dict[str, str]:
        """Refs by the name of the record."""


@dataclass(frozen=True)
class Route:
    """One route: its name, its pattern, and what its address needs."""

    name: str
    pattern: str
    needs: tuple[str, ...]

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True)
class Look:
    """A page in one state, and who looks at it."""

    persona: str
    route: str
    given: dict[str, str] = field(default_factory=dict)
    query: str = ""

    def __str__(self) -> str:
        return " ".join([self.persona, self.route, *self.given.values(), self.query]).strip()


@dataclass
class Table:
    """All that the tables of all slices say."""

    rows: dict[tuple[str, str], tuple[int, ...]] = field(default_factory=dict)
    given: dict[str, dict[str, str]] = field(default_factory=dict)
    also: list[Look] = field(default_factory=list)
    files: set[str] = field(default_factory=set)

    def read(self, line: str) -> None:
        """Take one line in."""
        kind, *words = line.split()
        if kind == "with":
            self.given[words[0]] = _arguments(words[1:])
        elif kind == "also":
            query = next((word for word in words if word.startswith("?")), "")
            self.also.append(Look(words[0], words[1], _arguments(words[2:]), query))
        elif kind == "file":
            self.files.add(words[0])
        else:
            key = (kind, words[0])
            assert key not in self.rows, f"{key} stands in two tables"
            self.rows[key] = tuple(map(int, words[1:]))


def _arguments(words: list[str]) -> dict[str, str]:
    return dict(word.split("=", 1) for word in words if not word.startswith("?"))


@cache
def table() -> Table:
    """The tables of all slices, found by their name."""
    whole = Table()
    elsewhere = [folder for name in installed() if not (folder := folder_of(name)).is_relative_to(SOURCE)]
    for file in sorted(file for folder in (SOURCE, *elsewhere) for file in folder.glob("**/tests/addresses.txt")):
        for line in file.read_text(encoding="utf-8").splitlines():
            if line and line[0] != "#":
                whole.read(line)
    return whole


def table_rows() -> dict[tuple[str, str], tuple[int, ...]]:
    """Statuses by route and method, one for each persona."""
    return table().rows


def looks() -> list[Look]:
    """Every page that the city shows to someone, once in each state."""
    shown = [
        Look(_first(cells), name)
        for (name, method), cells in table().rows.items()
        if method == "GET" and 200 in cells and name not in table().files
    ]
    return [*shown, *table().also]


def _first(cells: tuple[int, ...]) -> str:
    return next(persona for persona in _LOOKERS if cells[PERSONAS.index(persona)] == 200)


def routes() -> list[Route]:
    """All routes, in the order in which they are tried."""
    return list(_below(get_resolver(), "", ()))


def _below(resolver: URLResolver, prefix: str, needs: tuple[str, ...]) -> Iterator[Route]:
    for entry in resolver.url_patterns:
        path, wanted = f"{prefix}{entry.pattern}", (*needs, *entry.pattern.regex.groupindex)
        if isinstance(entry, URLResolver):
            yield from _below(entry, path, wanted)
        elif isinstance(entry, URLPattern):
            yield Route(entry.name or f"a route without a name: {path}", path, wanted)


@cache
def route_named(name: str) -> Route:
    """The route of this name."""
    return next(route for route in routes() if route.name == name)


def address(route: Route, city: HasRefs, **other: str) -> str:
    """The address of the route in the open process of Mitte, or with other arguments where given."""
    known = {**_common(route), **table().given.get(route.name, {}), **other}
    return reverse(route.name, kwargs={name: known[name].format(**city.refs) for name in route.needs})


def _common(route: Route) -> dict[str, str]:
    of_process = "beteiligungen/" in route.pattern
    of_part = any(f"{place}/" in route.pattern for place in ("texte", "teile", "schalter"))
    return {
        "ref": "{process}" if of_process else "{text}" if of_part else "{contribution}",
        "rest": "synopse/",
        "passage_ref": "{passage}",
        "typed": "{contribution}",
        "slug": "{host}",
    }
