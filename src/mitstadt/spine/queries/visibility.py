"""Which records an actor may see: the queryset twin of the permits. Every look-up by ref goes through here."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Q, QuerySet

from mitstadt.ground.organisations.models import Role
from mitstadt.spine.actors import Actor
from mitstadt.spine.models import Process, Record, RecordState

AnyRecord = TypeVar("AnyRecord", bound=Record)

# A withdrawn, erased or hidden record keeps its ref and trail; its words are not shown.
TRACEABLE = (RecordState.PUBLISHED, RecordState.WITHDRAWN, RecordState.ERASED, RecordState.HIDDEN)


def visible_to(actor: Actor, records: QuerySet[AnyRecord]) -> QuerySet[AnyRecord]:
    """The records whose words the actor may read: public ones, their own, and those of processes they work on."""
    return records.filter(Q(state=RecordState.PUBLISHED) | _own(actor) | _worked_on(actor))


def traceable_by(actor: Actor, records: QuerySet[AnyRecord]) -> QuerySet[AnyRecord]:
    """The records whose trail the actor may read; a draft has none for strangers."""
    return records.filter(Q(state__in=TRACEABLE) | _own(actor) | _worked_on(actor))


def may_read_words(actor: Actor, record: Record) -> bool:
    """Whether this one record's words may be shown to the actor."""
    if record.state == RecordState.PUBLISHED:
        return True
    if actor.person is not None and record.author_id == actor.person.pk:
        return True
    process = record.as_process if record.kind == "process" else record.process
    return process is not None and actor.works_on(process)


def _own(actor: Actor) -> Q:
    return Q(author=actor.person) if actor.person else Q(pk__in=[])


def _worked_on(actor: Actor) -> Q:
    grants = [grant for grant in actor.grants if grant.role != Role.CONTRIBUTOR]
    if any(grant.organisation_id is None and grant.process_id is None for grant in grants):
        # An empty Q would drop out of an “or” instead of holding for all.
        return Q(pk__isnull=False)
    hosts = [grant.organisation_id for grant in grants if grant.organisation_id]
    processes = [grant.process_id for grant in grants if grant.process_id]
    if not hosts and not processes:
        return Q(pk__in=[])
    return (
        Q(process__host_id__in=hosts)
        | Q(process_id__in=processes)
        # By key, since a queryset of any kind must understand it, not that of records alone.
        | Q(pk__in=Process.objects.filter(host_id__in=hosts).values("pk"))
        | Q(pk__in=processes)
    )
