"""Formats, ways to take part, one declaration each: all that spine, pages and site need to know of a slice.

A slice writes its declaration in its own folder and registers it when it is loaded. Pages reach a slice through this
declaration alone, and import nothing from it. See docs/new-slice.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise

from mitstadt.spine.deeds import Deed

if TYPE_CHECKING:
    from datetime import datetime

    from django import forms

    from mitstadt.ground.people.models import Person
    from mitstadt.spine.actors import Actor
    from mitstadt.spine.models import Part, Record
    from mitstadt.spine.stage import Scene


@dataclass(frozen=True)
class Preparation:
    """The page on which what people will work on is made ready, and what leads there: at first, and once it is."""

    address: Callable[[Part], str]
    begin: str | Promise
    change: str | Promise


@dataclass(frozen=True)
class Due:
    """One line of work that waits: how much, what, and the page on which it is done."""

    count: int
    text: str
    href: str


@dataclass(frozen=True)
class DueList:
    """Lines of work that belong together, under a title."""

    title: str | Promise
    rows: Sequence[Due]


@dataclass(frozen=True)
class SlipLine:
    """What a slip says, in a line: where it belongs, what kind of word it is, the words."""

    place: str = ""
    label: str = ""
    words: str = ""


@dataclass(frozen=True)
class Desk:
    """How a clerk enters what stands on a slip; codes, supports, lists and taking back are the same for all formats.

    ``form`` is a `mitstadt.ui.slips.SlipForm` with the format's own fields, made with the part; it checks what was
    typed. ``say`` writes what the checked form says, for the one who speaks, entered by the clerk; None where the slip
    only supports others. ``lines`` tells what such records say, for many keys at once. ``faults`` names the field at
    which a refusal stands.
    """

    form: Callable[..., forms.Form]
    say: Callable[[Any, Actor, Actor, datetime], Record | None]
    lines: Callable[[Sequence[int]], Mapping[int, SlipLine]]
    faults: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Format:
    """A way to take part, as declared in one place by its slice.

    ``part`` is the kind of part that the format makes in a room; ``contribution_kinds`` are the kinds of record that
    people contribute to it. ``opens`` are the deeds that its phases may take. ``is_ready`` says whether a part may
    open; ``on_opening`` publishes what it prepared.

    ``take_part``, ``paper_form``, ``results``, ``work`` and ``waiting`` give the address of a page for a part: where
    people take part, its paper form, what came of it, where its people work, and what waits for an answer there.
    ``prepare`` is the page on which it is made ready, where something is to be made ready. ``call`` says the deed
    on the button that leads there, ``icon`` is the drawing of its way, ``work_label`` what its work is called.

    ``desk`` is how slips are entered. ``board`` says what else waits in a part, for the dashboard; how long
    contributions wait for an answer is known without it. ``settings_form`` has the fields of the part's own settings:
    what it cleans is kept as JSON. ``personal`` tells what the format keeps about a person in rows that are no records,
    for their download. ``scene`` is what it plays in the demo city.
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
    work_label: str | Promise
    waiting: Callable[[Part], str]
    call: str | Promise = ""
    icon: str = "pen"
    prepare: Preparation | None = None
    desk: Desk | None = None
    board: Callable[[Part, datetime], Sequence[DueList]] | None = None
    settings_form: type[forms.Form] | None = None
    personal: Callable[[Person], Mapping[str, Iterable[Mapping[str, Any]]]] | None = None
    scene: Scene | None = None


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


def desk_of(part: Part) -> Desk | None:
    """How slips for this part are entered, or None where its format knows no slips."""
    declared = format_of(part)
    return declared.desk if declared else None


def part_kinds() -> frozenset[str]:
    """The kinds of record that are parts."""
    return frozenset(declared.part.KIND for declared in _formats.values())
