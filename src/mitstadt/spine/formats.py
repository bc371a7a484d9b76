"""The registry of formats: what each opens, its paper form, result page and export. Slices register theirs."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils.functional import Promise

from mitstadt.spine.deeds import Deed

if TYPE_CHECKING:
    from datetime import datetime

    from mitstadt.spine.actors import Actor
    from mitstadt.spine.models import Phase


@dataclass(frozen=True)
class Format:
    """A way to take part, as declared in one place by its slice.

    ``take_part``, ``paper_form``, ``results`` and ``work`` give the address of a page for a phase; ``exports`` maps a
    file format's name to such an address. ``contribution_kind`` is the kind of record that people contribute and the
    host must answer. ``is_ready`` says whether a phase may open; ``on_opening`` publishes what it prepared;
    ``prepare`` is the page on which that is done, where something is to be done. ``once`` says that a process has at
    most one phase of the format.
    """

    key: str
    name: str | Promise
    summary: str | Promise
    opens: frozenset[Deed]
    contribution_kind: str
    is_ready: Callable[[Phase], bool]
    on_opening: Callable[[Phase, Actor, datetime], None]
    take_part: Callable[[Phase], str]
    paper_form: Callable[[Phase], str]
    results: Callable[[Phase], str]
    work: Callable[[Phase], str]
    exports: Mapping[str, Callable[[Phase], str]] = field(default_factory=dict)
    prepare: Callable[[Phase], str] | None = None
    once: bool = False


_formats: dict[str, Format] = {}


def register(declared: Format) -> None:
    """Make a format known; its key must be new."""
    if declared.key in _formats and _formats[declared.key] != declared:
        raise ValueError(f"There is already a format “{declared.key}”.")
    _formats[declared.key] = declared


def format_of(phase: Phase) -> Format | None:
    """The format of a phase, or None where its slice is not installed."""
    return _formats.get(phase.format)


def all_formats() -> tuple[Format, ...]:
    """All formats, by key."""
    return tuple(_formats[key] for key in sorted(_formats))


def still_to_plan(used: Collection[str]) -> tuple[Format, ...]:
    """The formats of which a process with phases of these formats may have one more."""
    return tuple(declared for declared in all_formats() if not (declared.once and declared.key in used))


def opens(phase: Phase, deed: Deed) -> bool:
    """Whether the phase's format opens this deed."""
    declared = format_of(phase)
    return declared is not None and deed in declared.opens


def contribution_kinds() -> tuple[str, ...]:
    """The kinds of record that people contribute and a host must answer."""
    return tuple(sorted({declared.contribution_kind for declared in _formats.values()}))
