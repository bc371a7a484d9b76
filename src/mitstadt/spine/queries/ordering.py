"""In which order people read what was said: declared once for lists of every kind."""

from __future__ import annotations

from enum import StrEnum
from typing import TypeVar

from django.db.models import QuerySet

from mitstadt.spine.models import Record

AnyRecord = TypeVar("AnyRecord", bound=Record)


class Order(StrEnum):
    """How records are sorted; the value stands in addresses."""

    MOST_SUPPORTED = "supported"
    NEWEST = "newest"
    OLDEST = "oldest"


ORDERINGS = {
    Order.MOST_SUPPORTED: ("-support_count", "created_at", "pk"),
    Order.NEWEST: ("-created_at", "-pk"),
    Order.OLDEST: ("created_at", "pk"),
}


def in_order(rows: QuerySet[AnyRecord], order: Order) -> QuerySet[AnyRecord]:
    """The rows so sorted; no two are ever alike, so that pages neither repeat nor skip one."""
    return rows.order_by(*ORDERINGS[order])
