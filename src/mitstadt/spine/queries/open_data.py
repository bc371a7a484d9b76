"""All public records of a room as open data, in batches of constant size."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from mitstadt.spine import kinds
from mitstadt.spine.models import Answer, Comment, Link, Record, RecordState, Room

BATCH = 500


def public_records(room: Room) -> Iterator[tuple[Record, Mapping[str, object]]]:
    """Every published record of the room in the order of its making, each with the facts of its kind."""
    rows = Record.objects.filter(room=room, state=RecordState.PUBLISHED)
    last = 0
    while batch := list(rows.filter(pk__gt=last).select_related("author", "organisation").order_by("pk")[:BATCH]):
        last = batch[-1].pk
        facts = _facts(batch)
        yield from ((record, facts.get(record.pk, {})) for record in batch)


def public_links(room: Room) -> Iterator[tuple[str, str, str, str]]:
    """Every arrow between published records of the room: source, type, target, when."""
    rows = Link.objects.filter(
        source__room=room, source__state=RecordState.PUBLISHED, target__state=RecordState.PUBLISHED
    ).order_by("pk")
    for source, kind, target, at in rows.values_list("source__ref", "type", "target__ref", "created_at").iterator(
        chunk_size=BATCH
    ):
        yield source, kind, target, at.isoformat()


def _facts(batch: Sequence[Record]) -> dict[int, Mapping[str, object]]:
    keys: dict[str, list[int]] = defaultdict(list)
    for record in batch:
        keys[record.kind].append(record.pk)
    return {key: told for kind, wanted in keys.items() for key, told in kinds.facts(kind, wanted).items()}


def facts_of_comments(keys: Sequence[int]) -> Mapping[int, Mapping[str, object]]:
    """What a comment stands at, what it replies to, and its stance."""
    rows = Comment.objects.keyed(keys).values_list("pk", "target__ref", "reply_to__ref", "stance")
    return {key: {"target": target, "reply_to": reply, "stance": stance} for key, target, reply, stance in rows}


def facts_of_answers(keys: Sequence[int]) -> Mapping[int, Mapping[str, object]]:
    """What the host decided."""
    return {key: {"decision": value} for key, value in Answer.objects.keyed(keys).values_list("pk", "decision")}
