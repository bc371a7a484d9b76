"""The moderators' queue: cases across all rooms in which the actor moderates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from enum import StrEnum

from django.db.models import Count, Q, QuerySet
from django.http import Http404

from mitstadt.spine.actors import Actor
from mitstadt.spine.deeds import Deed
from mitstadt.spine.models import Appeal, Burst, ModerationCase, ModerationVerdict, Record, Room
from mitstadt.spine.permits import permit_opening
from mitstadt.spine.queries.shelves import Shelf, fetched
from mitstadt.spine.queries.workplaces import rooms_where


class Pile(StrEnum):
    """The piles that cases lie on."""

    OPEN = "offen"
    PROPOSED = "zu-zweit"
    APPEALED = "widersprueche"
    DECIDED = "entschieden"


_ORDER = {
    Pile.OPEN: ("opened_at", "pk"),
    Pile.PROPOSED: ("opened_at", "pk"),
    Pile.APPEALED: ("appeal__created_at", "pk"),
    Pile.DECIDED: ("-decided_at", "-pk"),
}


def cases_of(actor: Actor) -> QuerySet[ModerationCase]:
    """The cases that the actor may see."""
    return ModerationCase.objects.filter(room__in=rooms_where(actor, Deed.MODERATE).values("pk"))


def pile(cases: QuerySet[ModerationCase], which: Pile) -> Shelf[ModerationCase]:
    """The cases on one pile, the one that waits longest on top; decided ones newest first."""
    return Shelf(cases.filter(_ON[which]()).order_by(*_ORDER[which]), fetched(_with_what_is_shown(cases)))


def _with_what_is_shown(cases: QuerySet[ModerationCase]) -> QuerySet[ModerationCase]:
    related = cases.select_related(
        "record__author", "record__organisation", "record__room", "proposed_by", "opened_by", "decided_by", "appeal"
    )
    return related.annotate(report_count=Count("reports"))


def pile_counts(cases: QuerySet[ModerationCase]) -> dict[Pile, int]:
    """How many cases lie on each pile; two queries: what is decided grows for ever, what waits does not."""
    few = [which for which in Pile if which is not Pile.DECIDED]
    counts = (
        cases.filter(_waiting()).order_by().aggregate(**{which.name: Count("pk", filter=_ON[which]()) for which in few})
    )
    decided = cases.filter(decided_at__isnull=False).order_by().count() - counts[Pile.APPEALED.name]
    return {**{which: counts[which.name] for which in few}, Pile.DECIDED: decided}


def case_about(ref: str, *, actor: Actor) -> ModerationCase | None:
    """The latest case about a record in a room where the actor moderates."""
    return _with_what_is_shown(cases_of(actor)).filter(record__ref=ref).order_by("-opened_at", "-pk").first()


def record_to_judge(ref: str, *, actor: Actor) -> Record:
    """A record that the actor may look at without a report; anything else does not exist."""
    record = Record.objects.select_related("author", "organisation", "room", "part").filter(ref=ref).first()
    if record is None or not permit_opening(actor, record):
        raise Http404
    return record


def is_settled(case: ModerationCase) -> bool:
    """Whether nothing of it waits for a decision."""
    appeal: Appeal | None = getattr(case, "appeal", None)
    return case.decided_at is not None and (appeal is None or appeal.decided_at is not None)


def earlier_cases(case: ModerationCase) -> list[ModerationCase]:
    """What was decided about the same record before."""
    earlier = ModerationCase.objects.filter(record_id=case.record_id).exclude(pk=case.pk)
    return list(earlier.select_related("decided_by").order_by("-opened_at", "-pk"))


def hiding_of(record_id: int) -> ModerationCase | None:
    """The case by which a record was hidden last, for now or for good, with its appeal."""
    for_now = Q(decided_at__isnull=True, hidden_at__isnull=False)
    hidden = ModerationCase.objects.filter(Q(verdict=ModerationVerdict.HIDE) | for_now, record_id=record_id)
    return hidden.select_related("appeal").order_by("-opened_at", "-pk").first()


def open_cases_in(room: Room) -> int:
    """How many cases and appeals of this room wait for a decision."""
    return open_cases([room.pk]).get(room.pk, 0)


def open_cases(rooms: Collection[int]) -> dict[int, int]:
    """How many cases, appeals and bursts wait for a decision in each of these rooms; two queries."""
    waiting = ModerationCase.objects.filter(_waiting(), room__in=rooms).exclude(_in_open_burst()).order_by()
    found = Counter(dict(waiting.values_list("room").annotate(count=Count("pk"))))
    bursts = Burst.objects.filter(room__in=rooms, decided_at__isnull=True).order_by()
    found.update(dict(bursts.values_list("room").annotate(count=Count("pk"))))
    return dict(found)


def _waiting() -> Q:
    # By key, so that decided cases are not walked for the few with an open appeal.
    appealed = Appeal.objects.filter(decided_at__isnull=True).values("case")
    return Q(decided_at__isnull=True) | Q(pk__in=appealed)


def _open() -> Q:
    return Q(decided_at__isnull=True, proposed_verdict="") & ~_in_open_burst()


def _in_open_burst() -> Q:
    """What came in a burst that nobody looked at yet lies there, in one line with all the others."""
    return Q(burst__isnull=False, burst__decided_at__isnull=True)


def _proposed() -> Q:
    return Q(decided_at__isnull=True) & ~Q(proposed_verdict="")


def _appealed() -> Q:
    return Q(appeal__isnull=False, appeal__decided_at__isnull=True)


def _decided() -> Q:
    return Q(decided_at__isnull=False) & ~_appealed()


_ON = {Pile.OPEN: _open, Pile.PROPOSED: _proposed, Pile.APPEALED: _appealed, Pile.DECIDED: _decided}
