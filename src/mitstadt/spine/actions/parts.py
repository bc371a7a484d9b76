"""Put a Format to work in a room: plan its part and phases, say who may take part, open it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db import transaction

from mitstadt.ground.words import clean_each, clean_words
from mitstadt.spine import formats, verbs
from mitstadt.spine.actions.acts import record_act
from mitstadt.spine.actions.locking import lock, lock_row
from mitstadt.spine.actions.records import change_state, publish_record, published_in
from mitstadt.spine.actors import Actor
from mitstadt.spine.deeds import SECRET, Deed
from mitstadt.spine.errors import Refused, require
from mitstadt.spine.kept_words import PARTS, contents_of
from mitstadt.spine.models import Part, Phase, RecordState, Room, RoomStage, SecretBox
from mitstadt.spine.permits import permit

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
) -> Phase:
    """Add a stretch of time in which the part takes some deeds, by default all that its format opens."""
    _require_order(opens_at, closes_at)
    taken = _deeds(part, deeds)
    with transaction.atomic():
        _lock_part(part)
        require(permit(actor, Deed.PREPARE, part, now=now))
        _require_not_closed(part.home)
        _require_uncounted(part, taken)
        phase = Phase.objects.create(
            part_id=part.pk,
            room=part.home,
            title=clean_words(title).strip(),
            opens_at=opens_at,
            closes_at=closes_at,
            deeds=taken,
        )
        details = {"deeds": taken, "opens_at": opens_at.isoformat(), "closes_at": closes_at.isoformat()}
        record_act(actor=actor, verb=verbs.PLANNED_PHASE, record=part, now=now, details=details)
    return phase


def move_phase(
    phase: Phase, *, actor: Actor, opens_at: datetime, closes_at: datetime, now: datetime, title: str = ""
) -> None:
    """Change the dates of a phase, and its name where one is given; the log says so."""
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
        phase.opens_at, phase.closes_at = opens_at, closes_at
        phase.title = clean_words(title).strip() or phase.title
        phase.save(update_fields=["opens_at", "closes_at", "title"])
        details = {"opens_at": opens_at.isoformat(), "closes_at": closes_at.isoformat()}
        record_act(actor=actor, verb=verbs.MOVED_PHASE, record=phase.part, now=now, details=details)


def describe_part(part: Part, *, actor: Actor, fields: Mapping[str, object], now: datetime) -> Part:
    """Change what a part is called, who may take part and how it works, until it opens."""
    with transaction.atomic():
        _lock_part(part)
        require(permit(actor, Deed.PREPARE, part, now=now))
        if part.is_up:
            raise Refused("already_open")
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
        require(permit(actor, Deed.PREPARE, part, now=now))
        if part.home.stage != RoomStage.OPEN:
            raise Refused("room_not_open")
        if part.is_up:
            raise Refused("already_open")
        if not is_ready(part):
            raise Refused("part_not_ready", what=part.title)
        publish_part(part, actor=actor, now=now)
        record_act(actor=actor, verb=verbs.OPENED_PART, record=part, now=now, content={PARTS: contents_of([part])})


def is_ready(part: Part) -> bool:
    """Whether what people will work on lies ready, and when they may."""
    declared = formats.format_of(part)
    return declared is not None and bool(part.phases.all()) and declared.is_ready(part)


def publish_part(part: Part, *, actor: Actor, now: datetime) -> None:
    """Show a part that is ready, and what its format prepared; in the transaction of what opens it."""
    lock(part)
    if part.is_up:
        return
    change_state(part, published_in(part.home), now=now)
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
