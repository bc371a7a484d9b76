"""Where a record is read, whatever its kind."""

from __future__ import annotations

from django.urls import reverse

from mitstadt.spine.models import Record

_OWN_PAGES = {"process": "process", "contribution": "contribution"}


def address_of(record: Record) -> str:
    """The page of a record: its own where its kind has one, else its trail."""
    if record.kind == "passage" and record.room:
        return reverse("passage", args=[record.room.ref, record.ref])
    if record.kind == "text" and record.room:
        return reverse("text", args=[record.room.ref])
    return reverse(_OWN_PAGES.get(record.kind, "trail"), args=[record.ref])
