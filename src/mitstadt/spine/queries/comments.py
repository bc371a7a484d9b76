"""Comments of a record as threads of two levels: pageable, sortable, in a constant number of queries."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet

from mitstadt.spine.models import UP, Comment, Record
from mitstadt.spine.queries.ordering import Order, in_order
from mitstadt.spine.queries.shelves import Shelf, fetched

THREADS_PER_PAGE = 50


@dataclass(frozen=True)
class Thread:
    """A comment and its replies, oldest reply first."""

    comment: Comment
    replies: tuple[Comment, ...]


def comment_threads(
    record: Record, *, order: Order = Order.OLDEST, page: int = 1, stance: str = ""
) -> tuple[Page[Comment], list[Thread]]:
    """One page of threads: four queries, however many comments there are.

    A comment that was hidden, withdrawn or erased keeps its place while it has replies, without its words.
    """
    # From the record's own table alone: its index has all that this asks.
    roots = Record.objects.filter(about=record.pk, kind=Comment.KIND).filter(Q(state__in=UP) | Q(comment_count__gt=0))
    threads: Shelf[Comment] = Shelf(
        in_order(_with_stance(roots, stance), order),
        fetched(Comment.objects.keyed().select_related("author", "organisation")),
        count=None if stance else _thread_count(record),
    )
    shown = Paginator(threads, THREADS_PER_PAGE).get_page(page)
    comments = list(shown.object_list)
    replies: dict[int, list[Comment]] = {}
    below = Comment.objects.filter(about__in=[comment.pk for comment in comments], state__in=UP)
    for reply in below.select_related("author", "organisation").order_by("created_at", "pk"):
        if reply.about_id is not None:
            replies.setdefault(reply.about_id, []).append(reply)
    return shown, [Thread(comment, tuple(replies.get(comment.pk, ()))) for comment in comments]


def _thread_count(record: Record) -> int:
    """As it is now: the record may have been read before the last comment came."""
    return Record.objects.values_list("thread_count", flat=True).get(pk=record.pk)


def _with_stance(roots: QuerySet[Record], stance: str) -> QuerySet[Record]:
    return roots.filter(as_comment__stance=stance) if stance else roots
