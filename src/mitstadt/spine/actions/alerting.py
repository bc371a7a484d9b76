"""Look what waits for people with a task, and note it for them: run by the clock, and never twice for one thing."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from mitstadt.spine import kinds
from mitstadt.spine.actions.alerts import alert
from mitstadt.spine.deeds import Deed
from mitstadt.spine.models import (
    UP,
    AccountErasure,
    AlertKind,
    Appeal,
    Commitment,
    ErasureRequest,
    ModerationCase,
    Record,
    Room,
    RoomStage,
)
from mitstadt.spine.permits import room_of
from mitstadt.spine.queries.amendments import people_to_confirm, waiting_everywhere
from mitstadt.spine.queries.tasks_of_people import leaders_of, people_with

WAITS_TOO_LONG = timedelta(days=14)
_NEAR_DAYS = (3, 14)
# A first contribution is news for a week; an upgrade tells nobody of old ones.
_NEWS_FOR = timedelta(days=7)


def note_what_waits(*, now: datetime) -> int:
    """Note every case, appeal, proposal, day and beginning of which people with a task do not know yet."""
    waiting = (_cases, _appeals, _erasures, _account_ends, _proposals, _promises, _rooms)
    return sum(look(now) for look in waiting)


def _cases(now: datetime) -> int:
    told = 0
    waiting = ModerationCase.objects.filter(decided_at=None).select_related("record__room__host")
    for case in waiting.order_by("pk").iterator(chunk_size=500):
        second = "-2" if case.proposed_verdict else ""
        path = reverse("moderation_case", args=[case.record.ref])
        told += _tell(
            case.record, Deed.MODERATE, AlertKind.REPORT, f"case-{case.pk}{second}", path, case.proposed_by_id, now
        )
    return told


def _appeals(now: datetime) -> int:
    told = 0
    for made in Appeal.objects.filter(decided_at=None).select_related("case__record__room__host").order_by("pk"):
        record = made.case.record
        path = reverse("moderation_case", args=[record.ref])
        told += _tell(record, Deed.MODERATE, AlertKind.APPEAL, f"appeal-{made.pk}", path, made.case.decided_by_id, now)
    return told


def _erasures(now: datetime) -> int:
    told = 0
    for asked in ErasureRequest.objects.filter(decided_at=None).select_related("record__room__host").order_by("pk"):
        path = reverse("erase_for_others", args=[asked.record.ref])
        told += _tell(
            asked.record,
            Deed.ERASE_FOR_OTHERS,
            AlertKind.ERASURE,
            f"erasure-{asked.pk}",
            path,
            asked.proposed_by_id,
            now,
        )
    return told


def _account_ends(now: datetime) -> int:
    told = 0
    for asked in AccountErasure.objects.filter(decided_at=None).order_by("pk"):
        people = leaders_of(None).exclude(pk=asked.proposed_by_id or 0).exclude(pk=asked.person_id)
        facts = {"what": "account_end", "path": reverse("person_deletion", args=[asked.person_id])}
        keys = people.values_list("pk", flat=True)
        told += alert(keys, AlertKind.PROPOSAL, f"account-{asked.pk}", facts=facts, now=now)
    return told


def _proposals(now: datetime) -> int:
    """Changes that wait for a second person, told to everyone who may be that person."""
    told = 0
    for made, room in waiting_everywhere():
        path = reverse("proposal", args=[room.ref, made.pk])
        keys = people_to_confirm(made, room).values_list("pk", flat=True)
        facts = {"place": room.title, "path": path}
        told += alert(keys, AlertKind.PROPOSAL, f"change-{made.pk}", facts=facts, now=now)
    return told


def _tell(
    record: Record, deed: Deed, kind: AlertKind, key: str, path: str, except_person: int | None, now: datetime
) -> int:
    room = room_of(record)
    if room is None:
        return 0
    people = people_with(room, deed).exclude(pk=except_person or 0).values_list("pk", flat=True)
    return alert(people, kind, key, facts={"place": room.title, "ref": record.ref, "path": path}, now=now)


def _promises(now: datetime) -> int:
    today, told = timezone.localdate(now), 0
    owed = Commitment.objects.filter(locked_at__isnull=False, kept_at=None, answer_by__isnull=False)
    for commitment in owed.select_related("process__host").order_by("pk"):
        left = (commitment.answer_by - today).days  # type: ignore[operator]  # filtered above
        stage = "over" if left < 0 else next((str(days) for days in _NEAR_DAYS if left <= days), "")
        if not stage:
            continue
        room = commitment.process
        told += alert(
            people_with(room, Deed.ANSWER).values_list("pk", flat=True),
            AlertKind.DUE,
            f"{room.pk}-{commitment.answer_by}-{stage}",
            facts={
                "what": "overdue" if stage == "over" else "due",
                "place": room.title,
                "day": str(commitment.answer_by),
                "path": reverse("host", args=[room.ref]),
            },
            now=now,
        )
    return told


def _rooms(now: datetime) -> int:
    """What waits too long, told once a week, and what has begun."""
    told = 0
    week = "{}-{}".format(*timezone.localtime(now).isocalendar()[:2])
    open_rooms = Room.objects.filter(~Q(stage=RoomStage.PREPARED)).select_related("host").order_by("pk")
    for room in open_rooms.iterator(chunk_size=200):
        said = Record.objects.filter(room=room.pk, kind__in=kinds.answerable_kinds(), state__in=UP)
        facts = {"place": room.title, "path": kinds.address_of(room)}
        if said.filter(answer_state="", created_at__lt=now - WAITS_TOO_LONG).exists():
            people = people_with(room, Deed.ANSWER).values_list("pk", flat=True)
            told += alert(people, AlertKind.WAITING, f"{room.pk}-{week}", facts=facts, now=now)
        if room.opened_at and room.opened_at < now - timedelta(days=366):
            continue
        first = said.order_by("created_at").values_list("created_at", flat=True).first()
        if first and first > now - _NEWS_FOR:
            people = people_with(room, Deed.SEE_DASHBOARD).values_list("pk", flat=True)
            told += alert(people, AlertKind.FIRST, str(room.pk), facts=facts, now=now)
    return told
