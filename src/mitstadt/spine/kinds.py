"""Kinds of record, one declaration each: what a record of the kind is called, takes, tells and counts.

The slice that owns the model declares its kind when it is loaded; spine and pages read these declarations alone. A kind
in use without a declaration stops the start (see `checks`). A record whose slice is gone is shown as a plain record.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mitstadt.spine.deeds import Deed

if TYPE_CHECKING:
    from django.db.models import Model, QuerySet

    from mitstadt.spine.models import AnswerDecision, Record
    from mitstadt.spine.verbs import Event, Verb

# Deeds that are done to a record, and that its kind therefore takes or not; all others are done in a room or part.
DONE_TO_RECORDS = frozenset(
    {
        Deed.CONTRIBUTE,
        Deed.COMMENT,
        Deed.SUPPORT,
        Deed.VOTE,
        Deed.FOLLOW,
        Deed.REPORT,
        Deed.REMIND,
        Deed.ANSWER,
        Deed.MODERATE,
        Deed.WITHDRAW,
        Deed.REWORD,
        Deed.ERASE,
        Deed.APPEAL,
        Deed.INVITE,
        Deed.JOIN,
        Deed.MERGE,
        Deed.SPLIT,
        Deed.SEPARATE,
        Deed.BLACK_OUT,
        Deed.ERASE_FOR_OTHERS,
        Deed.CORRECT_ENTRY,
    }
)
# What every record takes that people can read and judge.
JUDGED = frozenset({Deed.REPORT, Deed.MODERATE, Deed.APPEAL, Deed.BLACK_OUT})
# What a record takes that a person wrote for themselves, or that a clerk typed for them.
OWN_WORDS = JUDGED | {Deed.WITHDRAW, Deed.REWORD, Deed.ERASE, Deed.ERASE_FOR_OTHERS, Deed.CORRECT_ENTRY}
# What a record takes that several people may write together.
SHARED = frozenset({Deed.INVITE, Deed.JOIN})
# What a record takes that may go on in another one, or in several. Splitting asks the kind for `piece`.
MERGED_AND_SPLIT = frozenset({Deed.MERGE, Deed.SPLIT, Deed.SEPARATE})


@dataclass(frozen=True)
class Surroundings:
    """What stands around a record, so that nobody judges words without their place.

    ``words`` are those it speaks about, ``href`` where they are read. ``judged`` is a template of the slice for words
    that the record has beside its body; it gets ``record`` and these ``facts``.
    """

    title: str | Promise = ""
    words: str = ""
    href: str = ""
    judged: str = ""
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class SearchFilter:
    """What narrows a search to some records of a kind: a field of the form, and the records that one choice means."""

    name: str
    label: str | Promise
    choices: Sequence[tuple[str, str | Promise]]
    records: Callable[[str], QuerySet[Record]]


@dataclass(frozen=True)
class Listing:
    """How records of a kind stand in lists of what was said.

    ``rows`` fetches them by key with all that ``shown`` tells of each: from the record with its answers, from how this
    person may support it (`ui.support`) and from what the list tells of its answer (`ui.given_answers`), it makes what
    the template gets as ``talk``.
    """

    template: str
    rows: Callable[[Sequence[int]], Sequence[Record]]
    shown: Callable[..., object]


@dataclass(frozen=True)
class Overstated:
    """An answer that says more than is so, or does not fit: the reason of the refusal, and the records."""

    reason: str
    refs: tuple[str, ...]


@dataclass(frozen=True)
class Kind:
    """One kind of record.

    ``label`` and ``labels`` are its names for one and for many. ``accepts`` are the deeds that it takes.
    ``address`` is its own page; without one, what people speak about has the common page of a record, and all else its
    trail. ``near`` are the records of the kind that stand at the same place (without it, all of the same part): with
    them it may be merged. ``stands_at`` the record on whose page it is read,
    ``surroundings`` what a moderator must see beside it. ``spoken`` says that someone said it and is shown with it,
    ``answerable`` that the host owes it an answer, ``holds_others`` that what others said is read in it, so that it is
    never hidden whole. ``begun`` is the first sentence of its trail, from who and the
    details of the act; ``arrived`` and ``afterwards`` are the sentences of its receipt. ``weight`` is how much a hit in
    it counts in the search, ``filters`` what narrows a search for it, ``card`` the template of such a hit where it is
    not the common one. ``variants`` are what its records may be (a comment, a question), told by ``variant`` when one
    is made; ``quiet`` are those of which a hit counts little, since they only give order. ``is_found`` says whether
    the search has a record; without it, every public one. ``listing`` is how they stand in lists of what was said,
    where that is not the common row.

    ``goes_on`` are the pages on which one reads on after a receipt, the next one first.

    ``tells`` says whose followers hear of a new one, and of what: when it can be read, not while it waits for a check.
    ``count`` is called with +1 when a record of the kind becomes public and −1 when it no longer is;
    ``erase`` empties the kind's own tables; ``keeps_words`` names the rows and fields beside the record in which its
    words stand (a path with strokes leads into JSON), so that they can be blacked out there; ``says_beside`` finds its
    records in a room in whose own tables some words stand; ``corrects`` are the fields of its own table in which a
    clerk may have mistyped, or which its author may change, with their labels; ``checks`` refuses texts that the kind
    does not take in their place; ``came_by`` is the deed by which it came: while that is open, its author may change
    the words; ``words`` gives the words to quote where they are not the body, which
    is then the reason for them; ``piece`` makes a new record, not yet saved, that says some of the words of another one
    at the same place; ``facts`` gives what open data tell of records beyond their row, for many keys at once.
    ``overstated`` gives the refs of those for which a decision would claim more than is so, or which it does not fit,
    with the reason why; ``answered`` lets follow what hangs on an answer, for all that it reaches.

    ``keeps`` are the columns of the kind's own table that its acts promise beside title, body and language, so that
    nobody changes them past the log; a column with words that is none of it stands in ``no_words``. Records that an act
    about another one tells by the hundred name the list in its content where they stand: ``told_in``.
    """

    key: str
    label: str | Promise
    labels: str | Promise
    accepts: frozenset[Deed] = JUDGED
    address: Callable[[Record], str] | None = None
    near: Callable[[Record], QuerySet[Record]] | None = None
    stands_at: Callable[[Record], Record] | None = None
    surroundings: Callable[[Record], Surroundings] | None = None
    spoken: bool = False
    answerable: bool = False
    holds_others: bool = False
    begun: Callable[[str, Mapping[str, object]], str] | None = None
    arrived: str | Promise = ""
    afterwards: str | Promise = ""
    goes_on: Callable[[Record], Sequence[tuple[str, str]]] | None = None
    weight: float = 1.0
    filters: tuple[SearchFilter, ...] = ()
    card: str = ""
    variants: Sequence[tuple[str, str | Promise]] = ()
    variant: Callable[[Record], str] | None = None
    quiet: frozenset[str] = frozenset()
    is_found: Callable[[Record], bool] | None = None
    listing: Listing | None = None
    tells: Callable[[Record], tuple[Sequence[Record], Event | Verb]] | None = None
    count: Callable[[Record, int], None] | None = None
    erase: Callable[[Record], None] | None = None
    keeps_words: Callable[[Record], Iterable[tuple[Model, str]]] | None = None
    says_beside: Callable[[int, Collection[str]], Sequence[Record]] | None = None
    corrects: Mapping[str, str | Promise] = field(default_factory=dict)
    checks: Callable[[Record, Mapping[str, str]], None] | None = None
    came_by: Deed = Deed.CONTRIBUTE
    words: Callable[[Record], str] | None = None
    piece: Callable[[Record, str], Record] | None = None
    facts: Callable[[Sequence[int]], Mapping[int, Mapping[str, object]]] | None = None
    keeps: tuple[str, ...] = ()
    no_words: tuple[str, ...] = ()
    told_in: str = ""
    overstated: Callable[[Sequence[int], AnswerDecision], Overstated | None] | None = None
    answered: Callable[[Sequence[int], AnswerDecision, datetime], None] | None = None


# A record whose slice is no longer installed: read and judged, but nothing is added to it. It cannot be erased, since
# nobody knows which tables hold its words.
_PLAIN = Kind(
    key="",
    label=gettext_lazy("Eintrag"),
    labels=gettext_lazy("Einträge"),
    accepts=JUDGED | {Deed.WITHDRAW},
)
_kinds: dict[str, Kind] = {}


def register(declared: Kind) -> Kind:
    """Make a kind known; called once, when its slice is loaded."""
    if not declared.key or _kinds.setdefault(declared.key, declared) is not declared:
        raise ValueError(f"There is already a kind “{declared.key}”.")
    return declared


def kind_of(record: Record) -> Kind:
    """The declaration of a record's kind; that of a plain record where its slice is not installed."""
    return _kinds.get(record.kind, _PLAIN)


def all_kinds() -> tuple[Kind, ...]:
    """All declared kinds, by key."""
    return tuple(_kinds[key] for key in sorted(_kinds))


def answerable_kinds() -> tuple[str, ...]:
    """The keys of the kinds to which a host owes an answer."""
    return tuple(declared.key for declared in all_kinds() if declared.answerable)


def taking(deed: Deed) -> tuple[str, ...]:
    """The keys of the kinds that take this deed."""
    return tuple(declared.key for declared in all_kinds() if deed in declared.accepts)


def accepts(kind: str, deed: Deed) -> bool:
    """Whether records of this kind take this deed. Deeds that are not done to records are not the kind's to refuse."""
    return deed not in DONE_TO_RECORDS or deed in _kinds.get(kind, _PLAIN).accepts


def address_of(record: Record) -> str:
    """The page of a record: its own where its kind has one, else the common one, or its trail."""
    kind = kind_of(record)
    if kind.address:
        return kind.address(record)
    is_talked_about = Deed.COMMENT in kind.accepts and kind.stands_at is None
    return reverse("record" if is_talked_about else "trail", args=[record.ref])


def variant_of(record: Record) -> str:
    """Which of the variants of its kind a new record is; none, where the kind has none."""
    told = kind_of(record).variant
    return told(record) if told else ""


def is_found(record: Record) -> bool:
    """Whether the search has this public record."""
    asked = kind_of(record).is_found
    return asked(record) if asked else True


def listing_of(kind: str) -> Listing | None:
    """How records of this kind stand in lists of what was said; None where they stand in the common row."""
    return _kinds.get(kind, _PLAIN).listing


def near(record: Record) -> QuerySet[Record] | None:
    """The records of the kind that stand where this one stands; None where the kind says nothing of it."""
    declared = kind_of(record).near
    return declared(record) if declared else None


def common_page(record: Record) -> str:
    """Where any record is read, commented, supported and answered: the address of kinds without a page of their own."""
    return reverse("record", args=[record.ref])


def common_room_page(record: Record) -> str:
    """Where any room is read with what it holds: the address of kinds of room without a page of their own."""
    return reverse("room", args=[record.ref])


def stands_at(record: Record) -> Record:
    """The record on whose page this one is read: itself, where its kind says nothing else."""
    place = kind_of(record).stands_at
    return place(record) if place else record


def goes_on(record: Record) -> Sequence[tuple[str, str]]:
    """Where one reads on after a receipt: words and address, the next page first; nowhere, where its kind says none."""
    pages = kind_of(record).goes_on
    return pages(record) if pages else ()


def surroundings_of(record: Record) -> Surroundings:
    """What stands around a record, for those who judge it."""
    around = kind_of(record).surroundings
    return around(record) if around else Surroundings(href=address_of(record))


def begun(record: Record, who: str, details: Mapping[str, object]) -> str:
    """The first sentence of a record's trail."""
    sentence = kind_of(record).begun
    return sentence(who, details) if sentence else _("%(who)s hat das eingetragen.") % {"who": who}


def tells(record: Record) -> tuple[Sequence[Record], Event | Verb] | None:
    """Whose followers hear of a new record, and of what; nobody, where its kind says nothing."""
    told = kind_of(record).tells
    return told(record) if told else None


def count(record: Record, difference: int) -> None:
    """Let counters follow a record that became public (+1), or no longer is (−1)."""
    counted = kind_of(record).count
    if difference and counted:
        counted(record, difference)


def erase(record: Record) -> None:
    """Empty what the kind keeps beside the record."""
    emptied = kind_of(record).erase
    if emptied:
        emptied(record)


def kept_words(record: Record) -> Iterable[tuple[Model, str]]:
    """The rows and fields beside the record in which its kind keeps its words."""
    kept = kind_of(record).keeps_words
    return kept(record) if kept else ()


def said_beside(room: int, wanted: Collection[str]) -> list[Record]:
    """Records of the room in whose kind's own tables these words stand."""
    found = (declared.says_beside(room, wanted) for declared in all_kinds() if declared.says_beside)
    return [record for records in found for record in records]


def check_texts(record: Record, texts: Mapping[str, str]) -> None:
    """Refuse texts, by the name of their field, that the kind does not take."""
    checks = kind_of(record).checks
    if checks:
        checks(record, texts)


def words(record: Record) -> str:
    """What a record says, to be quoted on its trail."""
    quoted = kind_of(record).words
    return quoted(record) if quoted else record.body


def piece(record: Record, words: str) -> Record | None:
    """A new record, not yet saved, that says some of the words of this one; None where the kind cannot be split."""
    made = kind_of(record).piece
    return made(record, words) if made else None


def facts(kind: str, keys: Sequence[int]) -> Mapping[int, Mapping[str, object]]:
    """What open data tell of these records of one kind, by key."""
    told = _kinds.get(kind, _PLAIN).facts
    return told(keys) if told and keys else {}


def overstated(records: Sequence[Record], decision: AnswerDecision) -> Overstated | None:
    """Which of these the decision would say too much about; None where it is true of all."""
    for kind, keys in _by_kind(records).items():
        asked = _kinds.get(kind, _PLAIN).overstated
        if asked and (found := asked(keys, decision)):
            return found
    return None


def answered(records: Sequence[Record], decision: AnswerDecision, now: datetime) -> None:
    """Let each kind follow an answer that reached these records."""
    for kind, keys in _by_kind(records).items():
        follows = _kinds.get(kind, _PLAIN).answered
        if follows:
            follows(keys, decision, now)


def _by_kind(records: Sequence[Record]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for record in records:
        found.setdefault(record.kind, []).append(record.pk)
    return found
