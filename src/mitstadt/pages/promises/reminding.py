"""An overdue promise in words, and the deed that everyone may do about it: remind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from mitstadt.ground import clock
from mitstadt.spine.actions.reminders import remind as remind_host
from mitstadt.spine.actors import Actor
from mitstadt.spine.deeds import Deed
from mitstadt.spine.errors import Refused
from mitstadt.spine.models import Process
from mitstadt.spine.queries.processes import process_by_ref
from mitstadt.spine.queries.promises import PromiseState, promise_state, unanswered
from mitstadt.spine.queries.reminders import Reminded, reminded
from mitstadt.ui.participants import taking_part
from mitstadt.ui.requests import actor_of
from mitstadt.ui.supporters import and_guests


@dataclass(frozen=True)
class Overdue:
    """How many wait, since when, how often the host was reminded, and whether this reader did so this week."""

    since: date
    days: int
    waiting: int
    reminders: str
    by_you: bool


def overdue(process: Process, *, actor: Actor, now: datetime) -> Overdue | None:
    """What there is to say about an overdue promise; nothing about any other, and then nothing is queried."""
    promise, today = process.commitment, timezone.localdate(now)
    if promise.locked_at is None or promise.answer_by is None:
        return None
    if promise_state(promise, today=today) is not PromiseState.OVERDUE:
        return None
    given = reminded(process, actor=actor, now=now)
    days = (today - promise.answer_by).days
    return Overdue(promise.answer_by, days, unanswered(process), _reminders(given), given.by_you)


def _reminders(given: Reminded) -> str:
    if not (given.people or given.guests):
        return ""
    told = ngettext("%(n)s-mal wurde schon erinnert", "%(n)s-mal wurde schon erinnert", given.people) % {
        "n": given.people
    }
    return f"{told}, {and_guests(given.guests)}." if given.guests else f"{told}."


@require_POST
def remind(request: HttpRequest, ref: str) -> HttpResponse:
    """Count this person among those who ask for the answer; guests get a code with it."""
    process = process_by_ref(ref, actor=actor_of(request))
    now, was_guest = clock.now(), actor_of(request).is_guest
    try:
        with taking_part(request, process, Deed.REMIND, now=now) as actor:
            remind_host(process, actor=actor, now=now)
    except Refused as refusal:
        messages.error(request, str(refusal.sentence))
    else:
        messages.success(request, _("Ihre Erinnerung zählt. Alle sehen, wie oft erinnert wurde."))
        if was_guest:
            messages.success(request, _("Ihr Teilnahmecode steht auf „Meine Seite“."))
    return redirect("process", ref=ref)
