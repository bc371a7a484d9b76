"""What a synopsis consists of, as plain rows: every writer (page, PDF, DOCX, CSV, JSON) is given these and no more."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from mitstadt.participation.drafting.computations import Adoption
from mitstadt.participation.drafting.models import CoText, Edition


class Course(StrEnum):
    """What became of a passage in the next edition."""

    KEPT = "kept"
    CHANGED = "changed"
    SPLIT = "split"
    MERGED = "merged"
    DROPPED = "dropped"
    NEW = "new"
    # The newest edition: there is no next one yet.
    STANDS = "stands"


COURSE_LABELS = {
    Course.KEPT: _("unverändert"),
    Course.CHANGED: _("geändert"),
    Course.SPLIT: _("aufgeteilt"),
    Course.MERGED: _("zusammengeführt"),
    Course.DROPPED: _("gestrichen"),
    Course.NEW: _("neu"),
    Course.STANDS: _("aktuelle Fassung"),
}


@dataclass(frozen=True)
class Place:
    """A passage of an edition."""

    ref: str
    number: str
    edition: int
    words: str


@dataclass(frozen=True)
class TakenUp:
    """A contribution whose words are in the text now, the whole wording or a part of it, and who made it."""

    ref: str
    author: str
    whole: bool


@dataclass(frozen=True)
class PassageRow:
    """A passage with what became of it; a new passage has no words before it stood in the later edition."""

    key: int
    place: Place
    shape: str
    level: int
    course: Course
    results: tuple[Place, ...] = ()
    taken_up: tuple[TakenUp, ...] = ()
    voice_count: int = 0

    @property
    def is_new(self) -> bool:
        """Whether there was nothing here in the edition before."""
        return self.course is Course.NEW

    @property
    def before(self) -> str:
        """The text that people spoke about."""
        return "" if self.is_new else self.place.words


@dataclass(frozen=True)
class EarlierReply:
    """An answer that held before it was changed, and until when."""

    ref: str
    decision: str
    reason: str
    at: datetime
    until: datetime


@dataclass(frozen=True)
class Reply:
    """The host's answer that holds now, and what it said before, oldest first."""

    ref: str
    decision: str
    reason: str
    by: str
    at: datetime
    earlier: tuple[EarlierReply, ...] = ()


@dataclass(frozen=True)
class Voice:
    """A public contribution."""

    key: int
    ref: str
    form: str
    author: str
    # The key of the way it came; its label is for people.
    channel: str
    at: datetime
    reworded_at: datetime | None
    language: str
    body: str
    wording: str
    passage_words: str
    quoted: str
    theme: str
    supports: int
    guest_supports: int
    comments: int
    reply: Reply | None
    results: tuple[Place, ...]
    # Whether the wording stands there whole, else in part; and the numbers, where there are results.
    stands_whole: bool = False
    adoption: Adoption | None = None
    # Whether it was merged or split, and the refs in which it goes on.
    moved_on: str = ""
    went_to: tuple[str, ...] = ()


@dataclass(frozen=True)
class Counts:
    """How much there is; `not_shown` counts what was withdrawn, erased or hidden, by state.

    What has no answer and went on in another contribution waits there: `went_on` counts it, `unanswered` does not.
    """

    voices: int
    by_form: Mapping[str, int]
    by_decision: Mapping[str, int]
    unanswered: int
    went_on: int
    not_shown: Mapping[str, int]


@dataclass(frozen=True)
class Synopsis:
    """All passages in order, each with how much was said at it; the contributions themselves are streamed."""

    text: CoText
    editions: tuple[Edition, ...]
    rows: tuple[PassageRow, ...]
    places: Mapping[int, Place]
    counts: Counts
