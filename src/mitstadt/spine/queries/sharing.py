"""How the work on answers is shared, for those who do it: who cares for what, notes, drafts, text blocks.

Whoever asks these has the permit to prepare answers in the room; nobody else is shown a row of them.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from mitstadt.ground.people.models import Person
from mitstadt.spine.actors import Actor
from mitstadt.spine.deeds import Deed
from mitstadt.spine.models import (
    UP,
    AnswerDraft,
    Assignment,
    DraftedFor,
    MovedOn,
    Part,
    Record,
    Room,
    TextBlock,
    WorkNote,
)
from mitstadt.spine.permits import permit
from mitstadt.spine.queries.tasks_of_people import people_with


@dataclass(frozen=True)
class Work:
    """What colleagues keep beside one contribution."""

    assigned: Person | None = None
    notes: tuple[WorkNote, ...] = ()
    draft: AnswerDraft | None = None


NO_WORK = Work()


def work_beside(records: Collection[Record], room: Room, *, actor: Actor, now: datetime) -> dict[int, Work]:
    """What stands beside each of these records of the room; three queries, nothing for who does not answer there."""
    if not permit(actor, Deed.PREPARE_ANSWERS, room, now=now):
        return {}
    keys = [record.pk for record in records if record.room_id == room.pk]
    assigned = {
        row.record_id: row.person for row in Assignment.objects.filter(record__in=keys).select_related("person")
    }
    rows = DraftedFor.objects.filter(record__in=keys).select_related("draft__drafted_by")
    drafts = {row.record_id: row.draft for row in rows}
    notes: dict[int, list[WorkNote]] = {}
    for note in WorkNote.objects.filter(record__in=keys).select_related("author").order_by("at", "pk"):
        notes.setdefault(note.record_id, []).append(note)
    return {key: Work(assigned.get(key), tuple(notes.get(key, ())), drafts.get(key)) for key in keys}


def colleagues_in(room: Room) -> list[Person]:
    """Who can care for contributions here, by name; two queries."""
    return list(people_with(room, Deed.PREPARE_ANSWERS).order_by("display_name", "email"))


@dataclass(frozen=True)
class WaitingDraft:
    """A draft that waits for a second person, with the refs of what it would answer."""

    draft: AnswerDraft
    refs: tuple[str, ...]
    is_own: bool


def drafts_waiting(room: Room, *, actor: Actor, now: datetime) -> list[WaitingDraft]:
    """All drafts that wait in the room, the oldest first; two queries, nothing for who does not answer there."""
    if not permit(actor, Deed.PREPARE_ANSWERS, room, now=now):
        return []
    rows = AnswerDraft.objects.filter(room=room.pk, signed_at=None).select_related("drafted_by", "room__host")
    drafts = list(rows.prefetch_related("drafted_for__record").order_by("drafted_at", "pk"))
    me = actor.person.pk if actor.person else None
    return [
        WaitingDraft(one, tuple(sorted(row.record.ref for row in one.drafted_for.all())), one.drafted_by_id == me)
        for one in drafts
    ]


def blocks_of(organisation_id: int) -> list[TextBlock]:
    """The text blocks of an organisation, by name; one query."""
    return list(TextBlock.objects.filter(organisation=organisation_id).order_by("title", "pk"))


def assigned_and_waiting(actor: Actor, *, now: datetime) -> list[tuple[Part, int]]:
    """The parts in which contributions wait that the actor cares for, with how many; only where they still may."""
    if actor.person is None:
        return []
    mine = Assignment.objects.filter(
        person=actor.person, record__answer_state="", record__moved_on=MovedOn.NO, record__state__in=UP
    )
    counted = dict(mine.order_by().values_list("record__part").annotate(count=Count("pk")))
    parts = Part.objects.filter(pk__in=[key for key in counted if key]).select_related("room__host")
    return [
        (part, counted[part.pk])
        for part in parts.order_by("pk")
        if permit(actor, Deed.PREPARE_ANSWERS, part.home, now=now)
    ]
