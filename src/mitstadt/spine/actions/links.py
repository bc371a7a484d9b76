"""Join two records by a typed, dated arrow."""

from datetime import datetime

from mitstadt.spine.models import Link, LinkType, Record


def join(source: Record, target: Record, type_: LinkType, *, now: datetime) -> Link:
    """The arrow from source to target; made once."""
    link, _made = Link.objects.get_or_create(
        source_id=source.pk, target_id=target.pk, type=type_, defaults={"created_at": now}
    )
    return link
