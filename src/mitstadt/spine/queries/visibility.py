"""Which records an actor may see: the queryset twin of the permits. Every look-up by ref goes through here."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from django.db.models import Q, QuerySet

from mitstadt.ground.organisations.models import Role
from mitstadt.spine.actors import Actor
from mitstadt.spine.authorship import authored_by, is_author
from mitstadt.spine.models import Comment, Record, RecordState, Room, RoomReader, Visibility
from mitstadt.spine.permits import room_of

AnyRecord = TypeVar("AnyRecord", bound=Record)

# A withdrawn, erased or hidden record keeps its ref and trail; its words are not shown.
_KEEPS_TRAIL = (RecordState.WITHDRAWN, RecordState.ERASED, RecordState.HIDDEN)


def visible_to(actor: Actor, records: QuerySet[AnyRecord]) -> QuerySet[AnyRecord]:
    """The records whose words the actor may read: public ones, their own, those of rooms they work on or read."""
    read = _read_inside(actor, RecordState.INTERNAL)
    return records.filter(Q(state=RecordState.PUBLISHED) | _own(actor) | _worked_on(actor) | read)


def traceable_by(actor: Actor, records: QuerySet[AnyRecord]) -> QuerySet[AnyRecord]:
    """The records whose trail the actor may read; a draft has none for strangers.

    What was read by some offices only is not for everyone when it is hidden or taken back.
    """
    inside = Room.objects.filter(visibility=Visibility.INTERNAL).values("pk")
    kept = Q(state__in=_KEEPS_TRAIL) & ~Q(pk__in=inside) & (Q(room=None) | ~Q(room__in=inside))
    read = _read_inside(actor, RecordState.INTERNAL, *_KEEPS_TRAIL)
    return records.filter(Q(state=RecordState.PUBLISHED) | kept | _own(actor) | _worked_on(actor) | read)


def may_read_words(actor: Actor, record: Record) -> bool:
    """Whether this one record's words may be shown to the actor."""
    if is_author(actor, record):
        return True
    if record.state == RecordState.PUBLISHED and not astray_among([record]):
        return True
    room = room_of(record)
    if room is None:
        return False
    return actor.works_on(room) or (record.state == RecordState.INTERNAL and actor.reads(room))


def astray_among(records: Iterable[Record]) -> frozenset[int]:
    """The keys of those that were said about something that is hidden, taken back or erased: they went with it.

    Below a comment the place is kept, and its replies stay. At most one query; none where nothing answers another.
    """
    matters = {record.pk: record.about_id for record in records if record.about_id is not None}
    if not matters:
        return frozenset()
    lost = Q(state__in=_KEEPS_TRAIL) & ~Q(kind=Comment.KIND)
    below = Q(about__state__in=_KEEPS_TRAIL) & ~Q(about__kind=Comment.KIND)
    gone = set(Record.objects.filter(lost | below, pk__in=set(matters.values())).values_list("pk", flat=True))
    return frozenset(key for key, matter in matters.items() if matter in gone)


def _own(actor: Actor) -> Q:
    return authored_by(actor.person) if actor.person else Q(pk__in=[])


def _read_inside(actor: Actor, *states: RecordState) -> Q:
    """What is in one of these states in internal rooms of which one of the actor's organisations is a reader."""
    if not actor.organisation_ids:
        return Q(pk__in=[])
    inside = RoomReader.objects.filter(organisation__in=actor.organisation_ids).values("room_id")
    return Q(state__in=states) & (Q(room_id__in=inside) | Q(pk__in=inside))


def _worked_on(actor: Actor) -> Q:
    grants = [grant for grant in actor.grants if grant.role != Role.CONTRIBUTOR]
    if any(grant.is_everywhere for grant in grants):
        # An empty Q would drop out of an “or” instead of holding for all.
        return Q(pk__isnull=False)
    hosts = [grant.organisation_id for grant in grants if grant.organisation_id]
    own = [grant.room_id for grant in grants if grant.room_id]
    if not hosts and not own:
        return Q(pk__in=[])
    return (
        Q(room__host_id__in=hosts)
        | Q(room_id__in=own)
        # By key, since a queryset of any kind must understand it, not that of records alone.
        | Q(pk__in=Room.objects.filter(host_id__in=hosts).values("pk"))
        | Q(pk__in=own)
    )
