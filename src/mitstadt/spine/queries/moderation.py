"""The moderators' queue: cases across all rooms in which the actor moderates."""

from __future__ import annotations

from enum import StrEnum

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import Http404

from mitstadt.spine.actors import Actor
from mitstadt.spine.deeds import Deed
from mitstadt.spine.models import Appeal, ModerationCase, ModerationVerdict, Room
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
    """The cases that the actor may see, with what a list shows of them."""
    mine = rooms_where(actor, Deed.MODERATE)
    return (
        ModerationCase.objects.filter(Q(record__room__in=mine) | Q(record__as_room__in=mine))
        .select_related("record__author", "record__organisation", "record__room", "proposed_by", "decided_by", "appeal")
        .annotate(report_count=Count("reports"))
    )


def pile(cases: QuerySet[ModerationCase], which: Pile) -> QuerySet[ModerationCase]:
    """The cases on one pile, the one that waits longest on top; decided ones newest first."""
    return cases.filter(_ON[which]()).order_by(*_ORDER[which])


def pile_counts(cases: QuerySet[ModerationCase]) -> dict[Pile, int]:
    """How many cases lie on each pile; one query."""
    bare = ModerationCase.objects.filter(pk__in=cases.order_by().values("pk"))
    counts = bare.aggregate(**{which.name: Count("pk", filter=_ON[which]()) for which in Pile})
    return {which: counts[which.name] for which in Pile}


def case_about(ref: str, *, actor: Actor) -> ModerationCase:
    """The latest case about a record that the actor may decide; anything else does not exist."""
    found = cases_of(actor).filter(record__ref=ref).order_by("-opened_at", "-pk").first()
    if found is None:
        raise Http404
    return found


def earlier_cases(case: ModerationCase) -> list[ModerationCase]:
    """What was decided about the same record before."""
    earlier = ModerationCase.objects.filter(record_id=case.record_id).exclude(pk=case.pk)
    return list(earlier.select_related("decided_by").order_by("-opened_at", "-pk"))


def hiding_of(record_id: int) -> ModerationCase | None:
    """The decision by which a record was hidden last, with its appeal."""
    hidden = ModerationCase.objects.filter(record_id=record_id, verdict=ModerationVerdict.HIDE)
    return hidden.select_related("appeal").order_by("-decided_at", "-pk").first()


def open_cases_in(room: Room) -> int:
    """How many cases and appeals of this room wait for a decision."""
    appealed = Exists(Appeal.objects.filter(case=OuterRef("pk"), decided_at__isnull=True))
    cases = ModerationCase.objects.filter(Q(record__room=room) | Q(record_id=room.pk))
    return cases.filter(Q(decided_at__isnull=True) | appealed).count()


def _open() -> Q:
    return Q(decided_at__isnull=True, proposed_verdict="")


def _proposed() -> Q:
    return Q(decided_at__isnull=True) & ~Q(proposed_verdict="")


def _appealed() -> Q:
    return Q(appeal__isnull=False, appeal__decided_at__isnull=True)


def _decided() -> Q:
    return Q(decided_at__isnull=False) & ~_appealed()


_ON = {Pile.OPEN: _open, Pile.PROPOSED: _proposed, Pile.APPEALED: _appealed, Pile.DECIDED: _decided}
