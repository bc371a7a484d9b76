"""Opened processes of a big city: one by the real actions, then copies of its rows, table by table."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from benchmarks.rows import insert, new_refs, saved, sentence

if TYPE_CHECKING:
    from django.db.models import Model

    from mitstadt.spine.models import Process, Record


def many_processes(count: int, *, now: datetime, rng: random.Random) -> list[tuple[int, int, int]]:
    """Opened processes with a text each, one by the real actions, then copies; gives (process, text, passage) ids."""
    from mitstadt.ground.areas.models import Area, Level
    from mitstadt.participation.drafting.models import Passage
    from mitstadt.spine.models import Process

    areas = list(Area.objects.filter(level=Level.DISTRICT).values_list("pk", flat=True))
    opened = now - timedelta(days=20, minutes=count)
    _opened(opened, area=areas[0], closes_at=now + timedelta(days=30), rng=rng)
    refs = new_refs(12 * count)
    copies = [
        Copy(
            area=rng.choice(areas),
            title=f"Frage {number}: {sentence(rng)}",
            opened_at=now - timedelta(days=20, minutes=count - number),
            closes_at=now + timedelta(days=30 + number % 20, minutes=number),
            answer_by=(now + timedelta(days=number % 60 - 5)).date(),
        )
        for number in range(1, count)
    ]
    _copied(Process.objects.get(), copies, refs)
    _finish_some(now=now)
    return list(Passage.objects.order_by("pk").values_list("room_id", "part_id", "pk"))


@dataclass(frozen=True)
class Copy:
    """What differs in one copy of the first process."""

    area: int
    title: str
    opened_at: datetime
    closes_at: datetime
    answer_by: date


def _opened(now: datetime, *, area: int, closes_at: datetime, rng: random.Random) -> None:
    """The first process, with a text of eight paragraphs."""
    from mitstadt.ground.organisations.contact import Contact, columns_of
    from mitstadt.ground.organisations.models import Membership, Organisation, OrganisationKind, Role
    from mitstadt.ground.people.models import Person
    from mitstadt.participation.drafting import computations
    from mitstadt.participation.drafting.actions.working_copy import import_text
    from mitstadt.participation.drafting.models import CoText
    from mitstadt.spine.actions import processes
    from mitstadt.spine.actions.parts import plan_part
    from mitstadt.spine.actors import actor_for
    from mitstadt.spine.models import ParticipationLevel, Process

    reached = columns_of(Contact("Amt", "Platz 1", "030 1", "amt@example.org", "immer", "yes"))
    host = Organisation.objects.create(name="Bezirksamt", slug="amt", kind=OrganisationKind.ADMINISTRATION, **reached)
    owner = Person.objects.create_account(email="leitung@example.org", display_name="Leitung")
    Membership.objects.create(person=owner, organisation=host, role=Role.OWNER)
    actor = actor_for(owner)
    process = processes.prepare_process(
        host=host, actor=actor, title=f"Frage: {sentence(rng)}", body=sentence(rng), now=now, area_id=area
    )
    fields = {
        "what_is_open": "vieles",
        "what_is_fixed": "wenig",
        "decided_by_id": host.slug,
        "use_of_results": "Vorlage",
        "level": ParticipationLevel.COOPERATE,
        "money": "keins",
        "answer_by": (closes_at + timedelta(days=14)).date(),
    }
    processes.write_commitment(process, actor=actor, fields=fields, now=now)
    planned = plan_part(
        process, actor=actor, format_key="drafting", title="Schreiben", now=now, opens_at=now, closes_at=closes_at
    )
    words = "\n\n".join(["Der Text", *(sentence(rng) * 3 for _ in range(8))])
    text = CoText.objects.get(pk=planned.pk)
    import_text(text, actor=actor, read=computations.read_pasted(words), source_name="", now=now)
    processes.open_process(Process.objects.get(pk=process.pk), actor=actor, now=now)


def _copied(first: Process, copies: list[Copy], refs: Iterator[str]) -> None:
    """Rows of each table for all copies, table by table."""
    from mitstadt.participation.drafting.models import CoText, Edition, Passage
    from mitstadt.spine.models import Commitment, Phase, Record

    def again(record: Record, **changed: object) -> Record:
        fields = {field.attname: getattr(record, field.attname) for field in Record._meta.concrete_fields[1:]}  # noqa: SLF001  # documented by Django
        return Record(**{**fields, "ref": next(refs), **changed})

    text = CoText.objects.get()
    edition, passages = Edition.objects.get(), list(Passage.objects.order_by("position"))
    commitment, phase = first.commitment, Phase.objects.get()
    rooms = saved([again(first, area_id=one.area, title=one.title, created_at=one.opened_at) for one in copies])
    insert(
        "spine_room",
        ("record_ptr_id", "host_id", "stage", "visibility", "four_eyes", "opened_at"),
        ((r.pk, first.host_id, "open", "public", False, one.opened_at) for r, one in zip(rooms, copies, strict=True)),
    )
    texts = saved([again(text, room_id=room.pk) for room in rooms])
    insert(
        "spine_part",
        ("record_ptr_id", "format", "access", "checks_first", "settings"),
        ((row.pk, text.format, text.access, False, "{}") for row in texts),
    )
    insert("drafting_cotext", ("part_ptr_id", "source_name"), ((row.pk, "") for row in texts))
    editions = Edition.objects.bulk_create(
        [Edition(text_id=row.pk, number=1, published_at=edition.published_at) for row in texts], batch_size=2_000
    )
    places = [(row, edition, old) for row, edition in zip(texts, editions, strict=True) for old in passages]
    made = saved([again(old, room_id=row.room_id, part_id=row.pk) for row, _edition, old in places])
    insert(
        "drafting_passage",
        ("record_ptr_id", "edition_id", "position", "number", "level", "shape", "contribution_count"),
        (
            (row.pk, edition.pk, old.position, old.number, old.level, old.shape, 0)
            for row, (_text, edition, old) in zip(made, places, strict=True)
        ),
    )
    Commitment.objects.bulk_create(
        [
            Commitment(**{**_values(commitment), "process_id": row.pk, "answer_by": one.answer_by})
            for row, one in zip(rooms, copies, strict=True)
        ],
        batch_size=2_000,
    )
    Phase.objects.bulk_create(
        [
            Phase(**{**_values(phase), "room_id": row.room_id, "part_id": row.pk, "closes_at": one.closes_at})
            for row, one in zip(texts, copies, strict=True)
        ],
        batch_size=2_000,
    )


def _values(row: Model) -> dict[str, object]:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if not field.primary_key}  # noqa: SLF001  # documented by Django


def _finish_some(*, now: datetime) -> None:
    """A tenth of the promises is kept, some of those processes are closed; never the first, where most is said."""
    from mitstadt.spine.models import Commitment, Process, RoomStage

    keys = list(Process.objects.order_by("pk").values_list("pk", flat=True))
    kept = keys[9::10]
    Commitment.objects.filter(process__in=kept).update(kept_at=now - timedelta(days=2))
    Process.objects.filter(pk__in=kept[::2]).update(stage=RoomStage.CLOSED, closed_at=now - timedelta(days=1))
