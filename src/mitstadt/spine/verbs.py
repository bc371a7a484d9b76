"""Verbs of the public log, and events that followers hear of: one declaration each, with all its sentences.

A slice declares its own in its `verbs.py`; `record_act` and `tell_followers` take these objects alone. What is used
without a declaration stops the start (see `checks`), so that nothing is ever logged in the wrong voice.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum
from types import ModuleType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mitstadt.spine.models import RecordState


class By(StrEnum):
    """Who speaks in an act: people for themselves, an office of the city, the platform itself."""

    PEOPLE = "people"
    OFFICE = "host"
    SYSTEM = "system"


class Untold(Enum):
    """Why a verb has no sentence of its own on a trail."""

    # The kind of the record says how it began.
    BEGINS = "begins"
    # So many that they would drown the others; their sum is told instead.
    COUNTED = "counted"
    # It stands in the log alone.
    LOG_ONLY = "log only"


@dataclass(frozen=True)
class Told:
    """A step of a trail: what happened, what that means, the detail of the act that is quoted, where it leads."""

    title: Promise
    text: Promise | str = ""
    quotes: str = ""
    # Where it can be read, from the details of the act; and the words of that link.
    leads_to: Callable[[Mapping[str, object]], str] | None = None
    link: Promise | str = ""


@dataclass(frozen=True)
class Event:
    """Something that followers are told and that is no act of its own; ``notice_many`` says several in one sentence."""

    key: str
    notice: Promise
    notice_many: Callable[[int], str] | None = None


@dataclass(frozen=True)
class Verb:
    """One verb: who speaks, its words in the log (which name nobody), on trails, and for followers, if they hear.

    `leaves` has the states in which a record may stand after it; it is empty where the state stays as it was.
    """

    key: str
    by: By
    log: Promise
    trail: Told | Untold
    notice: Promise | None = None
    notice_many: Callable[[int], str] | None = None
    leaves: frozenset[RecordState] = frozenset()


# How an act leaves a record, where it changes its state.
READ, AWAY = frozenset({RecordState.PUBLISHED, RecordState.INTERNAL}), frozenset({RecordState.HIDDEN})
TAKEN_BACK, EMPTY = frozenset({RecordState.WITHDRAWN}), frozenset({RecordState.ERASED})

_verbs: dict[str, Verb] = {}
_events: dict[str, Event | Verb] = {}

_UNKNOWN_ACT = _("Ein Schritt, dessen Art hier nicht mehr eingerichtet ist")
_UNKNOWN_STEP = Told(_("Es hat sich etwas getan. Diese Art von Schritt ist hier nicht mehr eingerichtet."))
_UNKNOWN_EVENT = _("Es hat sich etwas getan.")


def of_module(module: ModuleType) -> list[Verb | Event]:
    """The verbs and events that a module holds as constants."""
    return [one for one in vars(module).values() if isinstance(one, Verb | Event)]


def declare(module: ModuleType) -> None:
    """Make all verbs and events of a slice's module known; called once, when the slice is loaded."""
    for one in of_module(module):
        register(one)


def register(declared: Verb | Event) -> None:
    """Make one known; its key must be new."""
    if isinstance(declared, Verb) and _verbs.setdefault(declared.key, declared) is not declared:
        raise ValueError(f"There is already a verb “{declared.key}”.")
    if declared.notice and _events.setdefault(declared.key, declared) is not declared:
        raise ValueError(f"There is already an event “{declared.key}”.")


def is_declared(one: Verb | Event) -> bool:
    """Whether this very verb or event was declared by a slice that is installed."""
    return _verbs.get(one.key) is one or _events.get(one.key) is one


def all_verbs() -> tuple[Verb, ...]:
    """All declared verbs, by key."""
    return tuple(_verbs[key] for key in sorted(_verbs))


def untold() -> tuple[str, ...]:
    """The keys of the verbs that no trail shows."""
    return tuple(verb.key for verb in all_verbs() if verb.trail is Untold.COUNTED or verb.trail is Untold.LOG_ONLY)


def in_the_log(key: str) -> str:
    """An act in the words of the log; one whose slice is gone is said plainly, with its verb as it stands there."""
    verb = _verbs.get(key)
    return str(verb.log) if verb else f"{_UNKNOWN_ACT} ({key})"


def on_the_trail(key: str) -> Told | Untold:
    """How a trail tells an act; one whose slice is gone is told plainly."""
    verb = _verbs.get(key)
    return verb.trail if verb else _UNKNOWN_STEP


def event_of(key: str) -> Event | Verb | None:
    """The declared event or verb of which followers hear; nothing where its slice is gone."""
    return _events.get(key)


def for_followers(key: str, *, times: int = 1) -> str:
    """The sentence for an event; several of one kind become one sentence with their number."""
    event = _events.get(key)
    if event is None:
        return str(_UNKNOWN_EVENT)
    return event.notice_many(times) if times > 1 and event.notice_many else str(event.notice)
