"""The counts of the spine itself, and how each is counted anew."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from mitstadt.spine.counts import KeptCount
from mitstadt.spine.deeds import Deed
from mitstadt.spine.models import UP, Authorship, Comment, Counting, Record, Standing, Turn


def rows_that(rows: QuerySet[Any], points_at: str) -> Combinable:
    """How many of these rows point at the row that counts, by this column."""
    mine = rows.filter(**{points_at: OuterRef("pk")}).order_by().values(points_at)
    return Coalesce(Subquery(mine.annotate(total=Count("pk")).values("total")), 0)


def _supports() -> Mapping[str, Combinable]:
    given = Turn.objects.filter(deed=Deed.SUPPORT.value)
    return {
        "support_count": rows_that(given.exclude(standing=Standing.GUEST), "record"),
        "guest_support_count": rows_that(given.filter(standing=Standing.GUEST, counting=Counting.YES), "record"),
        "held_support_count": rows_that(given.filter(counting=Counting.HELD), "record"),
    }


def _comments() -> Mapping[str, Combinable]:
    up = Comment.objects.filter(state__in=UP)
    # Nobody comments on a comment, and nobody replies to anything else.
    return {"comment_count": rows_that(up, "target") + rows_that(up, "reply_to")}


def _threads() -> Mapping[str, Combinable]:
    shown = Comment.objects.filter(Q(state__in=UP) | Q(comment_count__gt=0), reply_to=None)
    return {"thread_count": rows_that(shown, "target")}


def _authors() -> Mapping[str, Combinable]:
    return {"further_authors": rows_that(Authorship.objects.exclude(confirmed_at=None, origin=None), "record")}


COUNTS = (
    KeptCount("supports", _("Unterstützungen"), Record, _supports),
    KeptCount("comments", _("Kommentare"), Record, _comments),
    # After the comments: an answered comment that was taken back keeps its place.
    KeptCount("threads", _("Gesprächsfäden"), Record, _threads),
    KeptCount("authors", _("Mitschreibende"), Record, _authors),
)
