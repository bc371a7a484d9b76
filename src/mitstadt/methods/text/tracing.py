"""What became of every passage."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Versioned:
    """A passage of one version."""

    ref: str
    text: str
    predecessors: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Arrival:
    """A new passage."""

    ref: str
    state: Literal["kept", "changed", "split", "merged", "new"]
    predecessors: tuple[str, ...]


@dataclass(frozen=True)
class Departure:
    """An old passage."""

    ref: str
    state: Literal["kept", "changed", "split", "merged", "dropped"]
    successors: tuple[str, ...]


@dataclass(frozen=True)
class Tracing:
    """Both sides."""

    arrivals: tuple[Arrival, ...]
    departures: tuple[Departure, ...]


def trace(old: Sequence[Versioned], new: Sequence[Versioned]) -> Tracing:
    """Declared predecessors only."""
    words = {p.ref: p.text for p in old}
    heirs: dict[str, list[str]] = {p.ref: [] for p in old}
    for p in new:
        for before in p.predecessors or ():
            heirs[before].append(p.ref)

    def arrived(p: Versioned) -> Literal["kept", "changed", "split", "merged", "new"]:
        before = p.predecessors or ()
        if not before:
            return "new"
        if len(before) > 1:
            return "merged"
        if len(heirs[before[0]]) > 1:
            return "split"
        return "kept" if words[before[0]] == p.text else "changed"

    states = {p.ref: arrived(p) for p in new}

    def left(ref: str) -> Literal["kept", "changed", "split", "merged", "dropped"]:
        if not heirs[ref]:
            return "dropped"
        if len(heirs[ref]) > 1:
            return "split"
        state = states[heirs[ref][0]]
        return "changed" if state == "new" else state

    return Tracing(
        tuple(Arrival(p.ref, states[p.ref], p.predecessors or ()) for p in new),
        tuple(Departure(p.ref, left(p.ref), tuple(heirs[p.ref])) for p in old),
    )
