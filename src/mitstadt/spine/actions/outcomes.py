"""Say what came of a process, when it closes; mend that in public."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from mitstadt.ground.organisations.models import Organisation
from mitstadt.spine import links, verbs_of_change
from mitstadt.spine.actions.acts import record_act
from mitstadt.spine.actions.amendments import keep_done, reason_given
from mitstadt.spine.actions.attachments import DescribedFile, attach
from mitstadt.spine.actions.locking import lock
from mitstadt.spine.actions.notices import tell_followers
from mitstadt.spine.actions.records import checked_text, publish_record, published_in
from mitstadt.spine.actors import Actor
from mitstadt.spine.deeds import Deed
from mitstadt.spine.errors import Refused, require
from mitstadt.spine.kept_words import content_of
from mitstadt.spine.models import Decision, Link, Process
from mitstadt.spine.permits import permit
from mitstadt.spine.queries.decisions import latest_decision, require_body
from mitstadt.spine.queries.tallies import by_answer
from mitstadt.spine.search.indexing import refresh_entry

MOST_CHARACTERS = 600


@dataclass(frozen=True)
class Outcome:
    """Who decided what, when, in one sentence; where that can be read."""

    sentence: str
    decided_by: Organisation
    decided_on: date
    link: str = ""
    files: Sequence[DescribedFile] = ()


def decide(process: Process, outcome: Outcome, *, actor: Actor, now: datetime) -> Decision:
    """Publish what came of it; part of closing, which has its permit. What an earlier closing said is replaced."""
    earlier = latest_decision(process)
    made = publish_record(
        Decision(
            room=process,
            organisation=process.host,
            area_id=process.area_id,
            author=actor.person,
            language=process.language,
            state=published_in(process),
            **_checked(outcome, process, now=now),
        ),
        actor=actor,
        verb=verbs_of_change.DECIDED,
        now=now,
        details={"answers": by_answer(process.pk)},
    )
    attach(made, outcome.files, actor=actor, now=now)
    if earlier is not None:
        Link.objects.create(source_id=made.pk, target_id=earlier.pk, type=links.REPLACES, created_at=now)
    return made


def correct_outcome(decision: Decision, outcome: Outcome, *, actor: Actor, reason: str, now: datetime) -> Decision:
    """Say it anew in public: what stood there, what stands there now, and why. Files are added to those that hang."""
    with transaction.atomic():
        process = Process.objects.get(pk=decision.home.pk)
        lock(process)
        lock(decision)
        require(permit(actor, Deed.AMEND, process, now=now))
        if not decision.is_up:
            raise Refused("record_not_public")
        after, why = _checked(outcome, process, now=now), reason_given(reason)
        before = {name: getattr(decision, name) for name in after}
        if before == after and not outcome.files:
            raise Refused("unchanged")
        for name, value in after.items():
            setattr(decision, name, value)
        decision.changed_at = now
        decision.save()
        refresh_entry(decision)
        attach(decision, outcome.files, actor=actor, now=now)
        keep_done(decision, "outcome", actor=actor, reason=why, now=now, before=_plain(before), after=_plain(after))
        verb = verbs_of_change.CORRECTED_OUTCOME
        details = {"reason": why}
        record_act(actor=actor, verb=verb, record=decision, now=now, content=content_of(decision), details=details)
        tell_followers([process], verb, now=now, said=decision)
    return decision


def _checked(outcome: Outcome, process: Process, *, now: datetime) -> dict[str, object]:
    """What the columns of the decision are to hold; refuses who cannot decide, a day to come, an address of no page."""
    require_body(process, outcome.decided_by.slug)
    if outcome.decided_on > timezone.localdate(now):
        raise Refused("decided_in_future")
    if outcome.link and not outcome.link.startswith(("https://", "http://")):
        raise Refused("link_of_no_page")
    return {
        "body": checked_text(outcome.sentence, limit=MOST_CHARACTERS),
        "decided_by_id": outcome.decided_by.slug,
        "decided_on": outcome.decided_on,
        "link": outcome.link,
    }


def _plain(values: dict[str, object]) -> dict[str, object]:
    """The columns by the names under which changes tell them."""
    return {
        "outcome": values["body"],
        "decided_by_id": values["decided_by_id"],
        "decided_on": str(values["decided_on"]),
        "link": values["link"],
    }
