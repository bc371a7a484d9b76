"""What components are given: frozen, already worded and linked, so that templates decide nothing.

Others build these in their `queries` or `views`; the tags of `templatetags/ui.py` draw them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

Moment = date | datetime


class State(StrEnum):
    """Where a knot lies on its thread."""

    DONE = "done"
    NOW = "now"
    NEXT = "next"
    MISSED = "missed"


@dataclass(frozen=True, kw_only=True)
class Link:
    """A word that leads somewhere."""

    label: str
    href: str
    current: bool = False
    count: int | None = None
    lang: str = ""


@dataclass(frozen=True, kw_only=True)
class Step:
    """One knot of a vertical thread: when, what, and in a sentence or two what it meant."""

    title: str
    state: State
    at: Moment | None = None
    text: str = ""
    quote: str = ""
    reason: str = ""
    href: str = ""
    link_label: str = ""
    actor: str = ""


@dataclass(frozen=True, kw_only=True)
class Stretch:
    """One phase on a horizontal thread; `elapsed` is the share of it that is over, 0 to 1."""

    title: str
    state: State
    when: str
    elapsed: float = 0.0
    href: str = ""

    @property
    def today_percent(self) -> int:
        """Where today stands in this stretch, kept off the knots at both ends."""
        return round(min(max(self.elapsed, 0.06), 0.94) * 100)


@dataclass(frozen=True, kw_only=True)
class ProcessCard:
    """A process in a list."""

    title: str
    href: str
    state: State
    state_label: str
    area: str
    host: str
    together: str = ""
    lead: str = ""
    phases: Sequence[Stretch] = ()
    due: Moment | None = None
    due_label: str = ""
    # How long one may still take part, in words; `presses` where that is a week or less.
    left: str = ""
    presses: bool = False
    # What stands of its promise, in words, where it is open.
    promise: str = ""
    voices: int | None = None
    language: str = ""
    # The way straight into its only open part.
    way: Link | None = None
    # What was decided at its end, and who decided it when.
    outcome: str = ""
    decided: str = ""
    # Its picture; where there is none, the name of a drawing of ours (`ui.drawings`).
    picture: "Picture | None" = None
    drawing: str = ""


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What came of a process; `correct` leads those who may to where it is mended."""

    ref: str
    sentence: str
    decided: str
    trail: str
    language: str = ""
    counts: Sequence[Link] = ()
    pictures: Sequence["Picture"] = ()
    documents: Sequence["Download"] = ()
    link: str = ""
    correct: str = ""


@dataclass(frozen=True, kw_only=True)
class Announcement:
    """What a host told on one day."""

    title: str
    text: str
    at: Moment
    language: str = ""
    pictures: Sequence["Picture"] = ()
    documents: Sequence["Download"] = ()


@dataclass(frozen=True, kw_only=True)
class Promise:
    """A host's Commitment as people read it."""

    open: str
    fixed: str
    decides: str
    reach: str
    use: str
    answer_by: Moment
    money: str = ""
    language: str = ""
    state: State = State.NEXT
    state_label: str = ""
    changes_href: str = ""
    is_changed: bool = True


@dataclass(frozen=True, kw_only=True)
class Row:
    """One line of a summary list; `change_href` leads back to the question."""

    term: str
    value: str
    change_href: str = ""


@dataclass(frozen=True, kw_only=True)
class Table:
    """Rows for a data table; `numeric` names the columns (from 0) that are aligned as numbers."""

    caption: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    numeric: frozenset[int] = frozenset()


@dataclass(frozen=True, kw_only=True)
class SupportControl:
    """How many support a record, guests apart; the button to join or step back; `refusal`: why a tap did not count.

    `is_for_earlier_words`: the author changed the words after this person supported them.
    """

    ref: str
    count: int
    address: str
    is_given: bool
    is_open: bool
    guests: int = 0
    held: int = 0
    is_quiet: bool = False
    refusal: str = ""
    is_for_earlier_words: bool = False


@dataclass(frozen=True, kw_only=True)
class FollowControl:
    """What can be followed, by its kind and the words that find it.

    `is_open`: by a button, else by a page that says how; `refusal`: why a tap did not count.
    """

    kind: str
    words: str
    name: str
    address: str
    is_followed: bool
    is_open: bool
    language: str = ""
    refusal: str = ""


@dataclass(frozen=True, kw_only=True)
class Sharing:
    """A page as it is shown where its link is shared, and the addresses of its picture, feed and calendar."""

    title: str
    description: str
    address: str
    mail: str
    image: str
    feed: str
    dates: str = ""


@dataclass(frozen=True, kw_only=True)
class Comment:
    """A comment and its replies (two levels)."""

    ref: str
    author: str
    at: Moment
    text: str
    href: str
    language: str = ""
    stance: str = ""
    channel_note: str = ""
    support: SupportControl | None = None
    is_new: bool = False
    reply_href: str = ""
    report_href: str = ""
    # When its author last changed the words; where its author does so now.
    reworded_at: Moment | None = None
    reword_href: str = ""
    answer: str = ""
    answer_by: str = ""
    replies: Sequence["Comment"] = ()


@dataclass(frozen=True, kw_only=True)
class Source:
    """A picture in one width."""

    href: str
    width: int


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A picture in several widths; without `alt` it is decoration. `sources` are WebP, `src` is for old browsers."""

    src: str
    width: int
    height: int
    alt: str
    sources: Sequence[Source] = ()
    caption: str = ""

    @property
    def srcset(self) -> str:
        """The attribute of that name."""
        return ", ".join(f"{source.href} {source.width}w" for source in self.sources)


@dataclass(frozen=True, kw_only=True)
class Download:
    """A document that can be fetched."""

    label: str
    href: str
    kind: str
    bytes: int


@dataclass(frozen=True, kw_only=True)
class PlacedThing:
    """Something that is somewhere; without a point it stands only in the list."""

    label: str
    href: str
    note: str = ""
    point: tuple[float, float] | None = None


@dataclass(frozen=True, kw_only=True)
class PlaceGroup:
    """What lies so close together that the map shows one dot; `closer_href` shows it larger."""

    number: int
    things: Sequence[PlacedThing]
    closer_href: str = ""

    @property
    def first(self) -> Sequence[PlacedThing]:
        """Those that stand open in the list."""
        return self.things[:5]

    @property
    def more(self) -> Sequence[PlacedThing]:
        """Those that are folded."""
        return self.things[5:]


class Change(StrEnum):
    """What became of a run of words."""

    SAME = "same"
    INSERTED = "inserted"
    DELETED = "deleted"


@dataclass(frozen=True, kw_only=True)
class Words:
    """A run of words of a difference."""

    text: str
    change: Change = Change.SAME


@dataclass(frozen=True, kw_only=True)
class Bar:
    """One bar of a chart; `share` is its length, 0 to 1, and `value` what is written at its end."""

    label: str
    value: str
    share: float
    tone: str = ""

    @property
    def percent(self) -> str:
        """The share as an SVG length."""
        return f"{min(max(self.share, 0.0), 1.0) * 100:.2f}%"


@dataclass(frozen=True, kw_only=True)
class Shape:
    """One area on a map: `path` is SVG path data, `tone` a class (`open`, `quiet`, `chosen`)."""

    path: str
    label: str
    href: str = ""
    tone: str = "quiet"


@dataclass(frozen=True, kw_only=True)
class Dot:
    """A place on a map; `number` ties it to the list beside the map."""

    x: float
    y: float
    label: str
    href: str = ""
    number: int | None = None
    scale: float = 1
    tone: str = ""


@dataclass(frozen=True, kw_only=True)
class AreaMap:
    """A map drawn by the server. The same facts must stand beside it as a list."""

    title: str
    description: str
    width: float
    height: float
    shapes: Sequence[Shape]
    dots: Sequence[Dot] = ()
    credit: str = ""

    @property
    def unit(self) -> float:
        """Radius of a dot in the map's own units."""
        return round(self.width / 36, 2)


@dataclass(frozen=True, kw_only=True)
class PlacesMap:
    """Things on a map and the same as a list: each dot has the number of its place in the list."""

    id: str
    groups: Sequence[PlaceGroup]
    drawing: AreaMap | None = None
    without_point: Sequence[PlacedThing] = ()
    whole_href: str = ""
