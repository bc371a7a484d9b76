"""Change in public what is open already: one person with the role, or one who proposes and another who confirms."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from mitstadt.ground.words import clean_words, has_words
from mitstadt.spine.actions import amended
from mitstadt.spine.actions.acts import record_act
from mitstadt.spine.actions.locking import lock, lock_row
from mitstadt.spine.actions.notices import tell_followers
from mitstadt.spine.actors import Actor
from mitstadt.spine.amending import HAND_OVER, WAYS, Amending, allowed_values
from mitstadt.spine.errors import Refused, require
from mitstadt.spine.kept_words import PARTS, content_of, contents_of
from mitstadt.spine.models import Amendment, Decision, Part, Room
from mitstadt.spine.permits import permit
from mitstadt.spine.permits.amending import permit_confirming, permit_declining
from mitstadt.spine.queries.parts import parts_of

MOST_CHARACTERS = 2_000


@dataclass(frozen=True)
class _Place:
    """What is changed, locked: the room, and the part where it is one."""

    room: Room
    part: Part | None = None

    @property
    def record(self) -> Room | Part:
        return self.part or self.room


def amend(
    place: Room | Part, way: Amending, *, actor: Actor, after: Mapping[str, object], reason: str, now: datetime
) -> Amendment:
    """Change it at once, or propose the change where it takes two; every word of it becomes public with the change."""
    with transaction.atomic():
        locked = _locked(place)
        require(permit(actor, way.deed, locked.room, now=now))
        said, why = _cleaned(way, after), reason_given(reason)
        before = amended.read(locked.record, way, said)
        if before == said:
            raise Refused("unchanged")
        amended.require_fit(locked.record, way, said, now=now)
        waiting = Amendment.objects.filter(record=locked.record.pk, what=way.key, done_at=None, declined_at=None)
        if waiting.exists():
            raise Refused("amendment_waits")
        made = Amendment.objects.create(
            record_id=locked.record.pk,
            what=way.key,
            before=before,
            after=said,
            reason=why,
            proposed_by=actor.person,
            proposed_at=now,
        )
        if not way.by_two:
            _do(made, locked, way, actor=actor, now=now)
    return made


def confirm(amendment: Amendment, *, actor: Actor, now: datetime) -> Amendment:
    """Do what somebody else proposed; refused where it no longer fits what stands there."""
    with transaction.atomic():
        locked, waiting = _locked_with(amendment)
        require(permit_confirming(actor, waiting, locked.room, now=now))
        way = WAYS[waiting.what]
        if amended.read(locked.record, way, waiting.after) != waiting.before:
            raise Refused("amendment_outdated")
        amended.require_fit(locked.record, way, waiting.after, now=now)
        waiting.confirmed_by = actor.person
        _do(waiting, locked, way, actor=actor, now=now)
    return waiting


def decline(amendment: Amendment, *, actor: Actor, now: datetime) -> None:
    """Let a proposal go: nothing changes, and nothing becomes public."""
    with transaction.atomic():
        locked, waiting = _locked_with(amendment)
        require(permit_declining(actor, waiting, locked.room, now=now))
        waiting.declined_at = now
        waiting.save(update_fields=["declined_at"])


def keep_done(
    record: Room | Part | Decision,
    what: str,
    *,
    actor: Actor,
    reason: str,
    now: datetime,
    **values: Mapping[str, object],
) -> None:
    """Keep beside the record what an action of its own changed in public; ``before`` and ``after`` by field."""
    Amendment.objects.create(
        record_id=record.pk,
        what=what,
        reason=reason,
        proposed_by=actor.person,
        proposed_at=now,
        done_at=now,
        **values,
    )


def reason_given(reason: str) -> str:
    """The reason, clean; refused where nothing stands there, or too much."""
    why = clean_words(reason).strip()
    if not has_words(why):
        raise Refused("reason_missing")
    if len(why) > MOST_CHARACTERS:
        raise Refused("text_too_long", length=len(why), limit=MOST_CHARACTERS)
    return why


def _do(made: Amendment, locked: _Place, way: Amending, *, actor: Actor, now: datetime) -> None:
    write: Callable[..., None] = amended.WRITES[way.key]
    write(locked.record, made, now=now)
    made.done_at = now
    made.save(update_fields=["done_at", "confirmed_by"])
    record_act(
        actor=actor,
        verb=way.verb,
        record=locked.record,
        now=now,
        content={**_promised(locked, way), "proposed_by": made.proposed_by_id, "confirmed_by": made.confirmed_by_id},
        details={**amended.details(way, made), "reason": made.reason, "people": 2 if way.by_two else 1},
    )
    # Who follows a process hears of its parts, too.
    tell_followers({locked.record, locked.room}, way.verb, now=now)
    amended.settle(locked.record, made, way, actor=actor, now=now)


def _promised(locked: _Place, way: Amending) -> dict[str, object]:
    """What stands there from now on; where the host changes, it does so for the parts, too."""
    if way is HAND_OVER:
        return {**content_of(locked.record), PARTS: contents_of(parts_of(locked.room))}
    return content_of(locked.record)


def _cleaned(way: Amending, after: Mapping[str, object]) -> dict[str, object]:
    """The new values, of the fields of this way alone, and clean."""
    said = {
        name: clean_words(value).strip() if isinstance(value, str) else value
        for name, value in after.items()
        if name in way.fields
    }
    for name, value in said.items():
        allowed = allowed_values(name)
        if allowed is not None and value not in allowed:
            raise Refused("conflict")
        if name == "title" and not has_words(str(value)):
            raise Refused("text_missing")
    return said


def _locked(place: Room | Part) -> _Place:
    if isinstance(place, Part):
        lock(place.home)
        lock(place)
        if not place.is_up:
            raise Refused("part_not_open")
        return _Place(place.home, place)
    lock(place)
    return _Place(place)


def _locked_with(amendment: Amendment) -> tuple[_Place, Amendment]:
    """What is to be changed and the proposal, in the order in which everyone locks them."""
    if WAYS[amendment.what].of_part:
        locked = _locked(Part.objects.get(pk=amendment.record_id))
    else:
        locked = _locked(Room.objects.get(pk=amendment.record_id))
    return locked, lock_row(amendment)


def is_for_another_house(amendment: Amendment) -> bool:
    """Whether the second person is one of another organisation."""
    return amendment.what == HAND_OVER.key
