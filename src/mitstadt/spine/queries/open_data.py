"""All public records of a room as open data, in batches of constant size."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from mitstadt.ground.files.api import CONTENT_TYPES, FileKind
from mitstadt.spine import kinds
from mitstadt.spine.authorship import fetch_further_authors
from mitstadt.spine.models import Answer, Attachment, Comment, Correction, Link, Place, Record, RecordState, Room
from mitstadt.spine.queries.visibility import astray_among

BATCH = 500


def public_records(room: Room) -> Iterator[tuple[Record, Mapping[str, object]]]:
    """Every published record of the room in the order of its making, each with the facts of its kind."""
    rows = Record.objects.filter(room=room, state=RecordState.PUBLISHED)
    last = 0
    while batch := list(rows.filter(pk__gt=last).select_related("author", "organisation").order_by("pk")[:BATCH]):
        last = batch[-1].pk
        fetch_further_authors(batch)
        facts, astray = _facts(batch), astray_among(batch)
        yield from ((record, facts.get(record.pk, {})) for record in batch if record.pk not in astray)


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
    told = {key: told for kind, wanted in keys.items() for key, told in kinds.facts(kind, wanted).items()}
    for more in (_places(batch), _files(batch), _earlier_words(batch)):
        for key, facts in more.items():
            told[key] = {**told.get(key, {}), **facts}
    return told


def _places(batch: Sequence[Record]) -> dict[int, Mapping[str, object]]:
    """Where records are about, as exactly as it is kept."""
    names = ("longitude", "latitude", "precision", "words")
    rows = Place.objects.filter(record__in=batch).values("record_id", *names)
    return {row["record_id"]: {"place": {name: row[name] for name in names}} for row in rows}


def _files(batch: Sequence[Record]) -> dict[int, Mapping[str, object]]:
    """Pictures and documents in their largest size."""
    rows = Attachment.objects.filter(record__in=batch).select_related("file").prefetch_related("file__sizes")
    told: dict[int, list[object]] = defaultdict(list)
    for row in rows.order_by("record", "position"):
        largest = row.largest
        told[row.record_id].append(
            {
                "name": largest.public_name,
                "type": CONTENT_TYPES[FileKind(largest.kind)],
                "description": row.description,
                "caption": row.caption,
                "sha256": row.file.sha256,
            }
        )
    return {key: {"files": files} for key, files in told.items()}


def _earlier_words(batch: Sequence[Record]) -> dict[int, Mapping[str, object]]:
    """What stood in records before it was corrected: since when it no longer does, by whom, and who supported it."""
    told: dict[int, list[object]] = defaultdict(list)
    keys = [record.pk for record in batch if record.reworded_at or record.entered_by_id]
    corrections = Correction.objects.filter(record__in=keys).order_by("record", "at", "pk")
    for row in corrections if keys else ():
        told[row.record_id].append(
            {
                "until": row.at.isoformat(),
                "by": "author" if row.by_author else "desk",
                "reason": row.reason,
                "words": row.before,
                "supports": row.support_count,
                "guest_supports": row.guest_support_count,
            }
        )
    return {key: {"earlier_words": earlier} for key, earlier in told.items()}


def facts_of_comments(keys: Sequence[int]) -> Mapping[int, Mapping[str, object]]:
    """What a comment stands at, what it replies to, and its stance."""
    rows = Comment.objects.keyed(keys).values_list("pk", "target__ref", "reply_to__ref", "stance")
    return {key: {"target": target, "reply_to": reply, "stance": stance} for key, target, reply, stance in rows}


def facts_of_answers(keys: Sequence[int]) -> Mapping[int, Mapping[str, object]]:
    """What the host decided."""
    return {key: {"decision": value} for key, value in Answer.objects.keyed(keys).values_list("pk", "decision")}
