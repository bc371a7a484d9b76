"""Let somebody not write for a while, for a reason that they read and can object to; what they said stays."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.urls import reverse

from mitstadt.ground.organisations.models import Organisation
from mitstadt.ground.people.models import Person
from mitstadt.spine import office_verbs as verbs
from mitstadt.spine.actions.acts import record_act
from mitstadt.spine.actions.alerts import alert
from mitstadt.spine.actions.locking import lock, lock_row
from mitstadt.spine.actions.records import checked_reason, checked_text
from mitstadt.spine.actors import Actor, actor_for
from mitstadt.spine.deeds import Deed
from mitstadt.spine.errors import Refused, require
from mitstadt.spine.models import AlertKind, Pause, Record
from mitstadt.spine.permits import permit_leading, permit_on, permit_pause_ending, room_of
from mitstadt.spine.verbs import Verb

MOST_CHARACTERS = 2_000


def pause_author(record: Record, *, actor: Actor, reason: str, now: datetime) -> Pause:
    """Pause whoever wrote this, in all rooms of the organisation that answers here; nobody need know who it is."""
    with transaction.atomic():
        author = lock_row(record.author) if record.author else None
        lock(record)
        require(permit_on(actor, Deed.PAUSE, record, now=now))
        room = room_of(record)
        if room is None or author is None or record.author_id != author.pk:
            raise Refused("no_author_to_pause")
        return _begin(author, room.host, record, actor=actor, reason=reason, now=now)


def pause_account(person: Person, *, actor: Actor, reason: str, now: datetime) -> Pause:
    """Pause an account on the whole platform: it writes nowhere, and none of its roles holds."""
    with transaction.atomic():
        found = _locked(person, *([actor.person] if actor.person else []))
        # As they stand now: two who pause each other at the same moment would leave nobody to end it.
        actor = actor_for(found[actor.person.pk]) if actor.person else actor
        require(permit_leading(actor, None))
        return _begin(found[person.pk], None, None, actor=actor, reason=reason, now=now)


def _locked(*people: Person) -> dict[int, Person]:
    """These people as they stand, by key, in the one order for all."""
    keys = {person.pk for person in people}
    rows = Person.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk")
    return {row.pk: row for row in rows}


def _begin(
    person: Person,
    organisation: Organisation | None,
    record: Record | None,
    *,
    actor: Actor,
    reason: str,
    now: datetime,
) -> Pause:
    """The pause of a person whose row is locked."""
    if actor.person is not None and actor.person.pk == person.pk:
        raise Refused("pause_of_oneself")
    said = checked_reason(reason)
    if Pause.objects.filter(person=person, organisation=organisation, ended_at=None).exists():
        raise Refused("paused_already")
    made = Pause.objects.create(
        person=person,
        organisation=organisation,
        record_id=record.pk if record else None,
        reason=said,
        begun_at=now,
        begun_by=actor.person,
    )
    Person.objects.filter(pk=person.pk).update(is_paused=True)
    _tell(made, "paused", said, now=now)
    _record(made, verbs.PAUSED, actor=actor, now=now)
    return made


def end_pause(made: Pause, *, actor: Actor, reason: str, now: datetime) -> None:
    """Let the person write again."""
    with transaction.atomic():
        lock_row(made.person)
        kept = lock_row(made, reason="not_paused")
        require(permit_pause_ending(actor, kept))
        said = checked_reason(reason)
        if kept.ended_at:
            raise Refused("not_paused")
        kept.ended_at, kept.ended_by, kept.end_reason = now, actor.person, said
        kept.save(update_fields=["ended_at", "ended_by", "end_reason"])
        others = Pause.objects.filter(person=kept.person_id, ended_at=None).exists()
        Person.objects.filter(pk=kept.person_id).update(is_paused=others)
        _tell(kept, "pause_ended", said, now=now)
        _record(kept, verbs.ENDED_PAUSE, actor=actor, now=now)


def object_to(made: Pause, *, actor: Actor, text: str, now: datetime) -> None:
    """Say, once, why one should be allowed to write again."""
    said = checked_text(text, limit=MOST_CHARACTERS)
    with transaction.atomic():
        kept = lock_row(made, reason="not_paused")
        if actor.person is None or kept.person_id != actor.person.pk:
            raise Refused("not_yours")
        if kept.ended_at:
            raise Refused("not_paused")
        if kept.objected_at:
            raise Refused("objected_already")
        kept.objection, kept.objected_at = said, now
        kept.save(update_fields=["objection", "objected_at"])
        _record(kept, verbs.OBJECTED_TO_PAUSE, actor=actor, now=now)


def _tell(made: Pause, what: str, reason: str, *, now: datetime) -> None:
    if made.person.email is None:
        return
    place = made.organisation.name if made.organisation else ""
    facts = {"what": what, "place": place, "reason": reason, "path": reverse("my_pauses")}
    alert([made.person_id], AlertKind.PAUSE, f"{what}-{made.pk}", facts=facts, now=now)


def _record(made: Pause, verb: Verb, *, actor: Actor, now: datetime) -> None:
    details = {"organisation": made.organisation.slug} if made.organisation else {}
    record_act(actor=actor, verb=verb, record=None, now=now, content={"pause": made.pk}, details=details)
