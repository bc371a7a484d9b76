"""Records of a theme."""

from __future__ import annotations

from mitstadt.spine.models import Record, RecordState
from mitstadt.spine.queries.shelves import Shelf, fetched
from mitstadt.spine.queries.visibility import astray_among


def about(theme: str) -> Shelf[Record]:
    """What is public about this theme, the newest first."""
    keys = Record.objects.filter(theme=theme, state=RecordState.PUBLISHED).order_by("-created_at", "-pk")
    rows = Record.objects.select_related("room", "author", "organisation")
    return Shelf(keys, fetched(rows))


def still_read(records: list[Record]) -> list[Record]:
    """Those that did not go with what they speak about."""
    lost = astray_among(records)
    return [record for record in records if record.pk not in lost]
