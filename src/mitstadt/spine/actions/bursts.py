"""Very many guests at once from one connection: they are let in, and what they add waits until a moderator has looked.

Nobody is refused. Whoever comes with an account or a printed code is never held: the database forbids it.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from mitstadt.spine import own_verbs as verbs
from mitstadt.spine.actions.acts import record_act
from mitstadt.spine.actions.carrying import recount_supports
from mitstadt.spine.actions.limits import (
    HOUSE_FACTOR,
    digest_of_day,
    forget_count,
    guests_today,
    is_house,
    midnight,
)
from mitstadt.spine.actions.locking import lock_all, lock_row
from mitstadt.spine.actions.moderation import MOST_CHARACTERS, decide_together
from mitstadt.spine.actions.records import checked_text
from mitstadt.spine.actors import Actor, actor_by_code
from mitstadt.spine.deeds import Deed
from mitstadt.spine.errors import Refused, require
from mitstadt.spine.models import (
    Burst,
    BurstCause,
    Channel,
    Counting,
    ModerationCase,
    ModerationVerdict,
    ParticipationCode,
    Record,
    ReportReason,
    Room,
    Turn,
)
from mitstadt.spine.permits import permit_judging_burst
from mitstadt.spine.queries.bursts import cases_in, supported_by_burst

# So many new guests of one connection count in one process on one day: a family, a few people at one terminal.
GUESTS_THAT_COUNT = 12


def welcome_guest(actor: Actor, room: Room, connection_address: str, *, now: datetime) -> Actor:
    """The new guest as they take part: beyond the measure of their connection and day, what they add waits.

    Where a house showed its key, as many more count as may come from there.
    """
    most = GUESTS_THAT_COUNT * (HOUSE_FACTOR if is_house(connection_address, now=now) else 1)
    if guests_today(room.pk, connection_address, now=now) <= most:
        return actor
    burst = _open_burst(room.pk, digest_of_day(room.pk, connection_address, now=now), now=now)
    code = ParticipationCode.objects.get(person=actor.person)
    code.burst, code.counting = burst, Counting.HELD
    code.save(update_fields=["burst", "counting"])
    return actor_by_code(code, actor.person, Channel(actor.channel))


def _open_burst(room_id: int, key: str, *, now: datetime) -> Burst:
    """The burst of this connection that nobody has judged, locked so that nobody judges it this moment."""
    while True:
        found, _new = Burst.objects.get_or_create(
            room_id=room_id,
            key=key,
            decided_at=None,
            defaults={"cause": BurstCause.CONNECTION, "began_at": now},
        )
        if (
            burst := Burst.objects.select_for_update(of=("self",), no_key=True)
            .filter(pk=found.pk, decided_at=None)
            .first()
        ):
            return burst


def as_it_stands(actor: Actor) -> Actor:
    """A guest who waits, as a moderator may have decided meanwhile; locked until the deed is done."""
    if not actor.is_held or actor.person is None:
        return actor
    code = ParticipationCode.objects.select_for_update(of=("self",), no_key=True).get(person=actor.person)
    return actor_by_code(code, actor.person, Channel(actor.channel))


def judge_burst(burst: Burst, *, actor: Actor, counts: bool, reason: str, now: datetime) -> Burst:
    """Count a whole burst, or do not, with a reason that everyone reads; its words are kept or hidden with it."""
    with transaction.atomic():
        # Locks in the order in which a guest takes them: connection, burst, code, records, cases, log.
        if counts:
            forget_count(burst.key)
        burst = lock_row(burst)
        guests = ParticipationCode.objects.select_for_update(of=("self",), no_key=True).filter(burst=burst)
        list(guests.order_by("pk"))
        cases, supported = _locked_with(burst)
        require(permit_judging_burst(actor, burst.room, [*supported, *(case.record for case in cases)]))
        if burst.decided_at:
            raise Refused("case_decided")
        if not counts and not reason.strip():
            raise Refused("reason_missing")
        burst.counts, burst.reason = counts, checked_text(reason, limit=MOST_CHARACTERS) if reason.strip() else ""
        burst.decided_by, burst.decided_at = actor.person, now
        burst.save()
        if burst.cause == BurstCause.CONNECTION:
            _carry_out(burst, supported, counts=counts)
        verdict = ModerationVerdict.KEEP if counts else ModerationVerdict.HIDE
        decide_together(
            cases,
            actor=actor,
            verdict=verdict,
            rule="" if counts else ReportReason.FLOOD.value,
            reason=burst.reason or str(verbs.COUNTED.log),
            now=now,
        )
        _tell(burst, supported, actor=actor, now=now)
    return burst


def _locked_with(burst: Burst) -> tuple[list[ModerationCase], list[Record]]:
    """What was said and supported in the burst, all records locked before the cases.

    What a person says while their burst is judged stays a case of its own.
    """
    supported = supported_by_burst(burst)
    said = [case.record for case in cases_in(burst)]
    locked = {record.pk: record for record in lock_all([*said, *supported])}
    cases = list(cases_in(burst).select_for_update(of=("self",), no_key=True).filter(record__in=locked))
    for case in cases:
        case.record = locked[case.record_id]
    return cases, [locked[record.pk] for record in supported if record.pk in locked]


def _carry_out(burst: Burst, supported: Collection[Record], *, counts: bool) -> None:
    to = Counting.YES if counts else Counting.NO
    guests = ParticipationCode.objects.filter(burst=burst)
    held = Turn.objects.filter(person__in=guests.values("person"), counting=Counting.HELD)
    held.update(counting=to)
    guests.update(counting=to)
    for record in supported:
        recount_supports(record.pk)


def _tell(burst: Burst, supported: Collection[Record], *, actor: Actor, now: datetime) -> None:
    """One act at the room; where it does not count, also on the trail of each record that loses supports."""
    if burst.cause == BurstCause.PERSON:
        return
    verb = verbs.COUNTED if burst.counts else verbs.NOT_COUNTED
    details = {"guests": burst.guests.count(), "reason": burst.reason}
    record_act(actor=actor, verb=verb, record=burst.room, now=now, details=details)
    for record in () if burst.counts else supported:
        taken = Turn.objects.filter(record=record, deed=Deed.SUPPORT.value, person__participation_code__burst=burst)
        record_act(actor=actor, verb=verb, record=record, now=now, details={"supports": taken.count()})


def forget_keys(*, now: datetime) -> int:
    """Empty the digests of connections when their day is over; returns how many."""
    over = Burst.objects.exclude(key="").filter(began_at__lt=midnight(now))
    return over.update(key="")
