"""Put a Format to work in a room: plan its part and phases, say who may take part, open it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db import transaction

from mitstadt.ground.words import clean_each, clean_words
from mitstadt.spine import formats, verbs_of_change
from mitstadt.spine import own_verbs as verbs
from mitstadt.spine.actions.acts import enter_acts_in_preparation, record_act
from mitstadt.spine.actions.amendments import keep_done, reason_given
from mitstadt.spine.actions.kept import open_promises_again
from mitstadt.spine.actions.locking import lock, lock_row
from mitstadt.spine.actions.notices import tell_followers
from mitstadt.spine.actions.records import change_state, publish_record, published_in
from mitstadt.spine.actors import Actor
from mitstadt.spine.deeds import SECRET, Deed
from mitstadt.spine.errors import Refused, require
from mitstadt.spine.kept_words import PARTS, contents_of
from mitstadt.spine.models import Part, Phase, RecordState, Room, RoomStage, SecretBox
from mitstadt.spine.permits import permit
from mitstadt.spine.queries.dates import phase_day_fault
from mitstadt.spine.queries.shortening import is_announced, takes_two

# What may be written about a part until it opens.
FIELDS = ("title", "body", "access", "checks_first", "settings")


def plan_part(
    room: Room, *, actor: Actor, format_key: str, title: str, opens_at: datetime, closes_at: datetime, now: datetime
) -> Part:
    """Put a format to work in the room, with a first phase of the same name; nobody outside sees it until it opens."""
    declared = formats.format_named(format_key)
    if declared is None:
        raise Refused("format_unknown")
    part = declared.part(
        format=format_key,
        title=title,
        room=room,
        organisation=room.host,
        area_id=room.area_id,
        language=room.language,
        author=actor.person,
        state=RecordState.DRAFT,
    )
    with transaction.atomic():
        lock(room)
        require(permit(actor, Deed.PREPARE, room, now=now))
        _require_not_closed(room)
        publish_record(part, actor=actor, verb=verbs.PLANNED_PART, now=now, details={"format": format_key})
        plan_phase(part, actor=actor, title=title, opens_at=opens_at, closes_at=closes_at, now=now)
    return part


def plan_phase(
    part: Part,
    *,
    actor: Actor,
    title: str,
    opens_at: datetime,
    closes_at: datetime,
    now: datetime,
    deeds: Collection[Deed] | None = None,
    reason: str = "",
) -> Phase:
    """Add a stretch of time in which the part takes some deeds, by default all that its format opens.

    Where the part is open already, that is a public act with a reason.
    """
    _require_order(opens_at, closes_at)
    taken = _deeds(part, deeds)
    with transaction.atomic():
        _lock_part(part)
        require(permit(actor, Deed.PREPARE, part, now=now))
        _require_not_closed(part.home)
        _require_uncounted(part, taken)
        why = _why_in_public(part, actor=actor, closes_at=closes_at, reason=reason, now=now)
        phase = Phase.objects.create(
            part_id=part.pk,
            room=part.home,
            title=clean_words(title).strip(),
            opens_at=opens_at,
            closes_at=closes_at,
            deeds=taken,
        )
        if why:
            keep_done(part, "plan_phase", actor=actor, reason=why, now=now, after=_told(phase))
            tell_followers([part.home], verbs_of_change.TIMES_CHANGED, now=now)
        details = {"deeds": taken, **_days(phase), **_reason_in(why)}
        record_act(actor=actor, verb=verbs.PLANNED_PHASE, record=part, now=now, details=details)
        _open_promise_again(part, closes_at, now=now)
    return phase


def move_phase(
    phase: Phase,
    *,
    actor: Actor,
    opens_at: datetime,
    closes_at: datetime,
    now: datetime,
    title: str = "",
    reason: str = "",
) -> None:
    """Change the dates of a phase, and its name where given; of an open part in public and with a reason.

    What takes time away that everyone has read of is refused here: two people do that (`amending.SHORTEN`).
    """
    _require_order(opens_at, closes_at)
    with transaction.atomic():
        part = phase.part
        _lock_part(part)
        phase = lock_row(phase)
        phase.part = part
        require(permit(actor, Deed.PREPARE, part.home, now=now))
        _require_not_closed(part.home)
        _require_uncounted(phase.part, phase.deeds)
        if (phase.opens_at, phase.closes_at) == (opens_at, closes_at) and title.strip() in {"", phase.title}:
            return
        why = _why_in_public(phase.part, actor=actor, closes_at=closes_at, reason=reason, now=now)
        if takes_two(phase, opens_at, closes_at, now=now):
            raise Refused("shortening_takes_two")
        before = _told(phase)
        phase.opens_at, phase.closes_at = opens_at, closes_at
        phase.title = clean_words(title).strip() or phase.title
        phase.save(update_fields=["opens_at", "closes_at", "title"])
        if why:
            keep_done(phase.part, "move_phase", actor=actor, reason=why, now=now, before=before, after=_told(phase))
            tell_followers([part.home], verbs_of_change.TIMES_CHANGED, now=now)
        details = {**_days(phase), **_reason_in(why)}
        record_act(actor=actor, verb=verbs.MOVED_PHASE, record=phase.part, now=now, details=details)
        _open_promise_again(phase.part, closes_at, now=now)


def drop_phase(phase: Phase, *, actor: Actor, now: datetime) -> None:
    """Give up a phase that nobody outside has read of; what is announced is dropped by two (`amending.SHORTEN`)."""
    with transaction.atomic():
        kept = phase.part
        _lock_part(kept)
        phase = lock_row(phase)
        require(permit(actor, Deed.PREPARE, kept.home, now=now))
        _require_not_closed(kept.home)
        if not kept.phases.exclude(pk=phase.pk).exists():
            raise Refused("only_phase")
        if kept.dropped_at is not None:
            raise Refused("part_dropped")
        if is_announced(kept):
            raise Refused("shortening_takes_two")
        days = _days(phase)
        Phase.objects.filter(pk=phase.pk).delete()
        record_act(actor=actor, verb=verbs_of_change.DROPPED_PHASE, record=kept, now=now, details=days)


def drop_part(part: Part, *, actor: Actor, now: datetime) -> None:
    """Give up a part that never opened, with its phases; nobody outside ever saw it."""
    with transaction.atomic():
        _lock_part(part)
        require(permit(actor, Deed.PREPARE, part, now=now))
        if part.is_up:
            raise Refused("already_open")
        if part.dropped_at is not None:
            raise Refused("part_dropped")
        part.dropped_at = part.changed_at = now
        part.save(update_fields=["dropped_at", "changed_at"])
        part.phases.all().delete()
        record_act(actor=actor, verb=verbs_of_change.DROPPED_PART, record=part, now=now)


def describe_part(part: Part, *, actor: Actor, fields: Mapping[str, object], now: datetime) -> Part:
    """Change what a part is called, who may take part and how it works, until it opens."""
    with transaction.atomic():
        _lock_part(part)
        require(permit(actor, Deed.PREPARE, part, now=now))
        if part.is_up:
            raise Refused("already_open")
        if part.dropped_at is not None:
            raise Refused("part_dropped")
        written = [name for name in FIELDS if name in fields]
        said = clean_each(fields)
        for name in written:
            setattr(part, name, said[name])
        part.changed_at = now
        part.save(update_fields=[*written, "changed_at"])
    return part


def open_part(part: Part, *, actor: Actor, now: datetime) -> None:
    """Open a part that was planned when its room was open already."""
    with transaction.atomic():
        _lock_part(part)
        require(permit(actor, Deed.OPEN_PART, part, now=now))
        if part.dropped_at is not None:
            raise Refused("part_dropped")
        if part.home.stage != RoomStage.OPEN:
            raise Refused("room_not_open")
        if part.is_up:
            raise Refused("already_open")
        if not is_ready(part):
            raise Refused("part_not_ready", what=part.title)
        for phase in part.phases.all():
            _require_before_answer(part.home, phase.closes_at)
        publish_parts(part.home, [part], actor=actor, now=now)
        record_act(actor=actor, verb=verbs.OPENED_PART, record=part, now=now, content={PARTS: contents_of([part])})
        tell_followers([part.home], verbs_of_change.PART_OPENED, now=now)
        _open_promise_again(part, max(phase.closes_at for phase in part.phases.all()), now=now)


def is_ready(part: Part) -> bool:
    """Whether what people will work on lies ready, and when they may."""
    declared = formats.format_of(part)
    return declared is not None and bool(part.phases.all()) and declared.is_ready(part)


def publish_parts(room: Room, parts: Collection[Part], *, actor: Actor, now: datetime) -> None:
    """Show parts that are ready, and what their formats prepared; in the transaction of what opens them.

    What was done to them as drafts enters the log once all that changes is locked, and before what they publish.
    """
    for part in parts:
        lock(part)
    opened = [part for part in parts if not part.is_up]
    for part in opened:
        change_state(part, published_in(room), now=now)
    enter_acts_in_preparation(room, now=now)
    for part in opened:
        if declared := formats.format_of(part):
            declared.on_opening(part, actor, now)


def _lock_part(part: Part) -> None:
    """A part behind its room, as everyone takes them."""
    lock(part.home)
    lock(part)


def _deeds(part: Part, wanted: Collection[Deed] | None) -> list[str]:
    """The deeds of a phase in a fixed order; a format is asked for no more than it opens."""
    declared = formats.format_of(part)
    opened = declared.opens if declared else frozenset()
    chosen = opened if wanted is None else frozenset(wanted)
    if not chosen or not chosen <= opened:
        raise Refused("deed_not_of_format")
    return sorted(deed.value for deed in chosen)


def _why_in_public(part: Part, *, actor: Actor, closes_at: datetime, reason: str, now: datetime) -> str:
    """The reason for new times of an open part, by the role that it takes; empty where nobody outside sees it yet."""
    if part.dropped_at is not None:
        raise Refused("part_dropped")
    if not part.is_up or part.home.stage != RoomStage.OPEN:
        return ""
    require(permit(actor, Deed.AMEND, part.home, now=now))
    why = reason_given(reason)
    _require_before_answer(part.home, closes_at)
    return why


def _require_before_answer(room: Room, closes_at: datetime) -> None:
    """Nobody speaks any more on the day on which all should have an answer."""
    if fault := phase_day_fault(room.pk, closes_at):
        raise Refused(fault.reason, **fault.parameters)


def _open_promise_again(part: Part, closes_at: datetime, *, now: datetime) -> None:
    """New time to take part: a promise that was kept is open again."""
    if part.is_up and closes_at > now:
        open_promises_again([part.home.pk], now=now)


def _reason_in(why: str) -> dict[str, str]:
    """The reason in the details of an act, where there is one."""
    return {"reason": why} if why else {}


def _told(phase: Phase) -> dict[str, object]:
    return {"phase": phase.title, **_days(phase)}


def _days(phase: Phase) -> dict[str, object]:
    return {"opens_at": phase.opens_at.isoformat(), "closes_at": phase.closes_at.isoformat()}


def _require_not_closed(room: Room) -> None:
    """What is closed gets no new time: nobody could take part in it."""
    if room.stage == RoomStage.CLOSED:
        raise Refused("room_closed")


def _require_uncounted(part: Part, deeds: Collection[str]) -> None:
    """Refuse more time for what is cast in secret once all of it was counted."""
    boxes = SecretBox.objects.select_for_update().filter(part_id=part.pk, unlinked_on__isnull=False)
    if any(deed.value in deeds for deed in SECRET) and boxes.exists():
        raise Refused("secret_rows_counted")


def _require_order(opens_at: datetime, closes_at: datetime) -> None:
    if closes_at <= opens_at:
        raise Refused("phase_ends_before_it_begins")
