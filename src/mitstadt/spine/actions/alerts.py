"""Tell people with a task, each thing once: what waits for them, and what changed in their own rights."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from mitstadt.ground.people.models import Person
from mitstadt.spine.actions.locking import lock_row
from mitstadt.spine.models import Alert, AlertKind, AlertOff

# Whoever was written to lately hears the rest together, the next day.
REST = timedelta(hours=20)
FORGET_AFTER = timedelta(days=180)


def alert(people: Iterable[int], kind: AlertKind, key: str, *, facts: Mapping[str, object], now: datetime) -> int:
    """Note it for these people, but those who do not want to hear of it; what was noted before is not noted again.

    What concerns somebody's own rights is sent at once, all else with the next mail. Returns how many are told.
    """
    wanted = set(people)
    if not kind.is_always_told:
        wanted -= set(AlertOff.objects.filter(kind=kind, person__in=wanted).values_list("person_id", flat=True))
    known = set(Alert.objects.filter(kind=kind, key=key, person__in=wanted).values_list("person_id", flat=True))
    fresh = sorted(wanted - known)
    Alert.objects.bulk_create(
        [Alert(person_id=one, kind=kind, key=key, facts=dict(facts), created_at=now) for one in fresh],
        ignore_conflicts=True,
        batch_size=500,
    )
    if kind.is_always_told:
        from mitstadt.spine.tasks import alert_mail_for  # it sends what is noted here

        for one in fresh:
            alert_mail_for.enqueue(person=one)
    return len(fresh)


def choose_alerts(person: Person, wanted: Iterable[AlertKind]) -> None:
    """Keep which alerts this person wants; those about their own rights are always told."""
    chosen = set(wanted)
    off = [one for one in AlertKind if one not in chosen and not one.is_always_told]
    with transaction.atomic():
        lock_row(person)
        AlertOff.objects.filter(person=person).exclude(kind__in=off).delete()
        AlertOff.objects.bulk_create([AlertOff(person=person, kind=one) for one in off], ignore_conflicts=True)


def people_to_alert(now: datetime) -> QuerySet[Person]:
    """Those for whom something is noted, and who were not written to within the last day."""
    waiting = Alert.objects.filter(person=OuterRef("pk"), sent_at=None)
    lately = Alert.objects.filter(person=OuterRef("pk"), sent_at__gt=now - REST)
    found = Person.objects.filter(Exists(waiting), ~Exists(lately), is_active=True)
    return found.exclude(email=None).order_by("pk")


def forget_old_alerts(*, now: datetime) -> int:
    """Delete what was told half a year ago."""
    return Alert.objects.filter(sent_at__lt=now - FORGET_AFTER).delete()[0]
