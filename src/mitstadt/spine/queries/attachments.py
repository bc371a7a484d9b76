"""Files on records, always with who asks: what hangs on a record that one may not read does not exist for them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from mitstadt.ground.files.api import FileSize
from mitstadt.spine.actors import Actor
from mitstadt.spine.models import Attachment, Record
from mitstadt.spine.queries.visibility import visible_to


def attachments_of(records: Iterable[Record], *, actor: Actor) -> Mapping[int, list[Attachment]]:
    """The files of each record whose words the actor may read, by the record's key, in their order; three queries."""
    seen = visible_to(actor, Record.objects.filter(pk__in=[record.pk for record in records]))
    rows = Attachment.objects.filter(record__in=seen).select_related("record", "file").prefetch_related("file__sizes")
    by_record: dict[int, list[Attachment]] = defaultdict(list)
    for row in rows.order_by("record", "position"):
        by_record[row.record_id].append(row)
    return by_record


def file_size(ref: str, name: str, *, actor: Actor) -> FileSize | None:
    """One stored size of a file on this record; None where it is not there for the actor."""
    seen = visible_to(actor, Record.objects.filter(ref=ref))
    return (
        FileSize.objects.filter(name=f"files/{name[:2]}/{name}", file__attachment__record__in=seen)
        .select_related("file__attachment")
        .first()
    )
