"""Remind a host of the answer that is overdue: everyone may, once a week; those who owe it hear of it once by mail."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from mitstadt.spine import verbs_of_change
from mitstadt.spine.actions.acts import record_act
from mitstadt.spine.actions.alerts import alert
from mitstadt.spine.actions.locking import lock
from mitstadt.spine.actors import Actor
from mitstadt.spine.deeds import Deed
from mitstadt.spine.errors import Refused, require
from mitstadt.spine.models import AlertKind, Process, Reminder
from mitstadt.spine.permits import permit_on
from mitstadt.spine.queries.promises import PromiseState, promise_state, promised_in
from mitstadt.spine.queries.reminders import monday_of
from mitstadt.spine.queries.tasks_of_people import people_with


def remind(process: Process, *, actor: Actor, now: datetime) -> Reminder:
    """Count this person among those who ask for the answer; refused where none is overdue, and twice in a week."""
    with transaction.atomic():
        lock(process)
        require(permit_on(actor, Deed.REMIND, process, now=now))
        if actor.person is None:
            raise Refused("needs_code")
        promise = promised_in(process)
        if promise is None or promise_state(promise, today=timezone.localdate(now)) is not PromiseState.OVERDUE:
            raise Refused("nothing_overdue")
        given, new = Reminder.objects.get_or_create(
            room=process, person=actor.person, week=monday_of(now), defaults={"at": now}
        )
        if not new:
            raise Refused("reminded_already")
        day = str(promise.answer_by)
        facts = {"what": "reminded", "place": process.title, "day": day, "path": reverse("host", args=[process.ref])}
        people = people_with(process, Deed.ANSWER).values_list("pk", flat=True)
        alert(people, AlertKind.DUE, f"{process.pk}-{day}-reminded", facts=facts, now=now)
        content = {"person": actor.person.pk}
        record_act(actor=actor, verb=verbs_of_change.REMINDED, record=process, now=now, content=content)
    return given
