"""The registry of formats: what each opens, its kind of part, its pages and paper form. Slices register theirs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.functional import Promise

from mitstadt.spine.deeds import Deed

if TYPE_CHECKING:
    from datetime import datetime

    from mitstadt.spine.actors import Actor
    from mitstadt.spine.models import Part


@dataclass(frozen=True)
class Format:
    """A way to take part, as declared in one place by its slice.

    ``part`` is the kind of part that the format makes in a room; ``contribution_kinds`` are the kinds of record that
    people contribute to it. ``opens`` are the deeds that its phases may take. ``take_part``, ``paper_form``,
    ``results`` and ``work`` give the address of a page for a part. ``is_ready`` says whether a part may open;
    ``on_opening`` publishes what it prepared; ``prepare`` is the page on which that is done, where something is to be
    done.
    """

    key: str
    name: str | Promise
    summary: str | Promise
    part: type[Part]
    opens: frozenset[Deed]
    contribution_kinds: frozenset[str]
    is_ready: Callable[[Part], bool]
    on_opening: Callable[[Part, Actor, datetime], None]
    take_part: Callable[[Part], str]
    paper_form: Callable[[Part], str]
    results: Callable[[Part], str]
    work: Callable[[Part], str]
    prepare: Callable[[Part], str] | None = None


_formats: dict[str, Format] = {}


def register(declared: Format) -> None:
    """Make a format known; its key must be new."""
    if declared.key in _formats and _formats[declared.key] != declared:
        raise ValueError(f"There is already a format “{declared.key}”.")
    _formats[declared.key] = declared


def format_of(part: Part) -> Format | None:
    """The format of a part, or None where its slice is not installed."""
    return _formats.get(part.format)


def format_named(key: str) -> Format | None:
    """The format with this key, or None where its slice is not installed."""
    return _formats.get(key)


def all_formats() -> tuple[Format, ...]:
    """All formats, by key."""
    return tuple(_formats[key] for key in sorted(_formats))


def part_kinds() -> frozenset[str]:
    """The kinds of record that are parts."""
    return frozenset(declared.part.KIND for declared in _formats.values())
