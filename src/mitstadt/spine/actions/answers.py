"""The host answers one contribution or many at once, with a reason."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from mitstadt.spine.actions.notices import tell_followers
from mitstadt.spine.actions.records import checked_text, publish_record
from mitstadt.spine.actors import Actor
from mitstadt.spine.deeds import Deed
from mitstadt.spine.errors import Refused, require
from mitstadt.spine.models import Answer, AnswerDecision, Link, LinkType, Process, Record
from mitstadt.spine.permits import permit

MOST_CHARACTERS = 5_000


def answer(
    records: Collection[Record],
    *,
    process: Process,
    actor: Actor,
    decision: AnswerDecision,
    reason: str,
    now: datetime,
) -> Answer:
    """Answer all these contributions with one reasoned decision; a later answer replaces an earlier one."""
    require(permit(actor, Deed.ANSWER, process, now=now))
    if not records or any(record.process_id != process.pk for record in records):
        raise Refused("nothing_to_answer")
    body = checked_text(reason, limit=MOST_CHARACTERS) if reason.strip() else ""
    if not body:
        raise Refused("reason_missing")
    with transaction.atomic():
        # Before the act: who supports one of them meanwhile locks the record first and the log after it.
        Record.objects.filter(pk__in=[record.pk for record in records]).update(
            answer_state=decision.value, changed_at=now
        )
        given = publish_record(
            Answer(
                body=body,
                decision=decision,
                process=process,
                organisation=process.host,
                area_id=process.area_id,
                author=actor.person,
                language=process.language,
            ),
            actor=actor,
            verb="answered",
            now=now,
            details={"decision": decision.value, "answers": sorted(record.ref for record in records)},
        )
        _join(given, records, now=now)
        tell_followers(records, f"answered_{decision.value}", now=now)
    return given


def _join(given: Answer, records: Collection[Record], *, now: datetime) -> None:
    ids = [record.pk for record in records]
    earlier = (
        Link.objects.filter(type=LinkType.ANSWERS, target_id__in=ids)
        .exclude(source_id=given.pk)
        .values_list("source_id", flat=True)
        .distinct()
    )
    replaced = [
        Link(source_id=given.pk, target_id=old, type=LinkType.REPLACES, created_at=now) for old in sorted(earlier)
    ]
    answered = [Link(source_id=given.pk, target_id=pk, type=LinkType.ANSWERS, created_at=now) for pk in sorted(ids)]
    Link.objects.bulk_create([*replaced, *answered], batch_size=500, ignore_conflicts=True)
